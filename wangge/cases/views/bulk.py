"""One verb on many cases: each its own action, each done or refused with its reason, undone together."""

import secrets
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.access.receipts import OtherBody, once
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.forms.move import MoveForm
from wangge.cases.models import Case
from wangge.cases.queries import suggest
from wangge.cases.rules import may_see_desk
from wangge.cases.views.pane import own_path
from wangge.cases.words import VERBS
from wangge.catalogue import queries as catalogue

MOST = 100
VERBS_IN_BULK = ("accept", "verify_first", "not_accept", "dispatch")
ASKED = ("not_accept", "dispatch")  # one reason or one unit for all of them


@dataclass(frozen=True)
class Result:
    """What became of one case: empty `reason` when it was done."""

    number: str
    reason: str = ""


def chosen(request: Request) -> list[Case]:
    """The ticked cases, as far as the actor may see them, in the order of their limits."""
    numbers = [number[:20] for number in request.POST.getlist("case") if "\0" not in number]
    if len(numbers) > MOST:
        raise Refused(_("At most %(most)s cases at a time. Untick some.") % {"most": MOST})
    return list(Case.objects.filter(number__in=numbers).order_by("due_at", "id"))


@needs(may_see_desk)
@require_POST
def bulk(request: Request) -> HttpResponse:
    """Do the verb on each ticked case; ask first where all of them need the same answer."""
    verb, back = request.POST.get("verb", ""), own_path(request, reverse("desk"))
    if verb not in VERBS_IN_BULK:
        raise Http404(verb)
    cases = chosen(request)
    if not cases:
        messages.info(request, _("No row is ticked."))
        return redirect(back)
    form = None
    if verb in ASKED:
        form = _form(request, cases[0], verb)
        if not form.is_bound or not form.is_valid():
            return _ask(request, cases, form, back)
    results = _once(request, cases, verb, form)
    return _said(request, verb, results, back)


def _form(request: Request, case: Case, verb: str) -> MoveForm:
    data = request.POST if "answered" in request.POST else None
    return MoveForm(data, case=case, verb=verb, now=request.now, initial={"key": secrets.token_urlsafe(16)})


def _ask(request: Request, cases: list[Case], form: MoveForm, back: str) -> HttpResponse:
    context = {"form": form, "verb": form.verb, "cases": cases, "cancel_url": back}
    return render(request, "cases/bulk.html", context, status=422 if form.errors else 200)


def _once(request: Request, cases: list[Case], verb: str, form: MoveForm | None) -> list[Result]:
    """Each case is an action of its own; the whole is done once per key, however often it is sent."""
    given = form.arguments() if form else {}
    note = form.cleaned_data.get("note", "") if form else ""
    known = catalogue.categories() if verb == "accept" else ()

    def each() -> dict[str, Any]:
        made = []
        for case in cases:
            fits = suggest.best(case, known)
            own = {"category": fits.code} if fits else {}
            made.append(_one(request, case, verb, own | given | {"said": Said(note)}))
        return {"results": [asdict(result) for result in made]}

    key = request.POST.get("key", "")[:64] or secrets.token_urlsafe(16)
    body = {
        "verb": verb,
        "cases": [case.number for case in cases],
        "note": note,
        **{n: str(v) for n, v in given.items()},
    }
    try:
        answer = once(key, body, each, account_id=request.actor.account_id, now=request.now)
    except OtherBody:
        raise Refused(_("This list was sent before with other rows. Open it again.")) from None
    return [Result(**result) for result in answer["results"]]


def _one(request: Request, case: Case, verb: str, given: dict[str, Any]) -> Result:
    if verb == "accept" and "category" not in given:
        return Result(case.number, _("No category is proposed: open it and choose one."))
    try:
        actions.BY_VERB[verb](case, by=request.actor, now=request.now, **given)
    except Refused as no:
        return Result(case.number, no.reason)
    return Result(case.number)


def _said(request: Request, verb: str, results: list[Result], back: str) -> HttpResponse:
    """A toast when all were done; else the list of what was done and what was not."""
    done = [result.number for result in results if not result.reason]
    refused = [result for result in results if result.reason]
    undo_url = f"{reverse('bulk-undo')}?{urlencode({'case': done, 'next': back}, doseq=True)}"
    if verb == "verify_first" or not done:
        undo_url = ""
    text = ngettext("%(verb)s: %(n)s case", "%(verb)s: %(n)s cases", len(done)) % {
        "verb": VERBS[verb].label, "n": len(done),
    }  # fmt: skip
    if not refused:
        messages.success(request, text, extra_tags=undo_url)
        return redirect(back)
    context = {"verb": VERBS[verb], "done": done, "refused": refused, "undo_url": undo_url, "back": back, "text": text}
    return render(request, "cases/bulk_result.html", context)


@needs(may_see_desk)
@require_POST
def undo(request: Request) -> HttpResponse:
    """Take back each of the cases of a bulk move."""
    numbers = request.GET.getlist("case")[:MOST]
    results = []
    for case in Case.objects.filter(number__in=[n[:20] for n in numbers if "\0" not in n]):
        try:
            actions.take_back(case, by=request.actor, now=request.now)
            results.append(Result(case.number))
        except Refused as no:
            results.append(Result(case.number, no.reason))
    return _said_undone(request, results)


def _said_undone(request: Request, results: list[Result]) -> HttpResponse:
    back = own_path(request, reverse("desk"))
    done = [result.number for result in results if not result.reason]
    refused = [result for result in results if result.reason]
    text = ngettext("%(n)s case taken back", "%(n)s cases taken back", len(done)) % {"n": len(done)}
    if not refused:
        messages.success(request, text)
        return redirect(back)
    context = {"verb": VERBS["take_back"], "done": done, "refused": refused, "undo_url": "", "back": back, "text": text}
    return render(request, "cases/bulk_result.html", context)
