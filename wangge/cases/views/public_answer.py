"""What the reporter says afterwards: a word more, whether it is solved, that it is not over. Each on a page of its own."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wangge.access.action import Refused
from wangge.access.budgets import Budget
from wangge.access.pages import Request
from wangge.access.receipts import OtherBody
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.forms.report import ReopenForm, SolvedForm, WordForm, new_key
from wangge.cases.models import Case
from wangge.cases.queries import tracking as read
from wangge.cases.views.public_door import READS_AND_WRITES, public, unknown
from wangge.cases.views.public_receive import PhotosUnfit, digests, keep_all, sent_once
from wangge.cases.views.public_tracking import nobodys
from wangge.core.numbers import grouped

Write = Callable[[Case, Said, WordForm], Case]
PER_CASE = Budget("words on a case", 30, 24 * 3600)
RATINGS = {"solved": actions.rate_solved, "partly": actions.rate_partly, "unsolved": actions.rate_unsolved}


@public(*READS_AND_WRITES)
def add(request: Request, tracking: str) -> HttpResponse:
    """Add a word or a photo to one's own report."""

    def write(case: Case, said: Said, _form: WordForm) -> Case:
        return actions.supplement(case, by=request.actor, now=request.now, said=said)

    return _word(request, tracking, "supplement", WordForm, write, _words_of("add"))


@public(*READS_AND_WRITES)
def rate(request: Request, tracking: str, answer: str) -> HttpResponse:
    """Answer whether it is solved; the page asks, the button answers."""
    if answer not in RATINGS:
        return unknown(request, _("There are three answers: solved, partly solved, not solved."))

    def write(case: Case, said: Said, _form: WordForm) -> Case:
        return RATINGS[answer](case, by=request.actor, now=request.now, said=said)

    made = SolvedForm if answer == "solved" else WordForm
    return _word(request, tracking, f"rate_{answer}", made, write, _words_of(answer))


@public(*READS_AND_WRITES)
def reopen(request: Request, tracking: str) -> HttpResponse:
    """Say that it is not over, with a reason of the closed list."""

    def write(case: Case, said: Said, form: WordForm) -> Case:
        reason = form.cleaned_data["reason"]
        return actions.reopen(case, reason=reason, by=request.actor, now=request.now, said=said)

    return _word(request, tracking, "reopen", ReopenForm, write, _words_of("reopen"))


def _words_of(asked: str) -> dict[str, str]:
    """Title, lead and button of each of the pages."""
    again = _("The number stays the same. The centre decides at once who does it.")
    said = {
        "add": (_("Add a word"), _("Everybody who works on your report reads it."), _("Send")),
        "solved": (_("Solved"), _("Your report is closed with this. You can open it again within 15 days."),
                   _("Yes, it is solved")),
        "partly": (_("Partly solved"), again, _("Have the rest done")),
        "unsolved": (_("Not solved"), again, _("Have it done again")),
        "reopen": (_("It is not over"), again, _("Open it again")),
    }  # fmt: skip
    title, lead, button = said[asked]
    return {"asked": asked, "title": title, "lead": lead, "button": button}


def _word(
    request: Request, tracking: str, verb: str, made: type[WordForm], write: Write, words: dict[str, str]
) -> HttpResponse:
    """The page of one verb: asks, checks, writes once, and leads back to the progress."""
    case = read.by_token(tracking)
    if case is None:
        return nobodys(request)
    if request.method != "POST":
        if verb not in case.verbs:
            return redirect("tracking", tracking)
        return _asked(request, {**words, "case": case, "form": made(initial={"key": new_key()}), "tracking": tracking}, 200)
    form = made(request.POST, request.FILES)
    page = {**words, "case": case, "form": form, "tracking": tracking}
    if not form.is_valid():
        return _asked(request, page, 422)
    return _send(request, page, write)


def _send(request: Request, page: dict[str, Any], write: Write) -> HttpResponse:
    case, form = page["case"], page["form"]
    if not PER_CASE.spend(case.number):
        return _asked(request, {**page, "refused": _("Enough was added today. Call us, or go on tomorrow.")}, 429)
    try:
        _write_once(request, case, form, write, page["asked"])
    except PhotosUnfit as problem:
        for reason in problem.reasons:
            form.add_error("photos", reason)
        return _asked(request, page, 422)
    except OtherBody:
        return _asked(request, {**page, "refused": _("This was sent before. Look at the progress first.")}, 409)
    except Refused as refusal:
        return _asked(request, {**page, "refused": refusal.reason}, 409)
    return redirect("tracking", page["tracking"])


def _write_once(request: Request, case: Case, form: WordForm, write: Write, asked: str) -> None:
    given = form.cleaned_data

    def answer() -> dict[str, Any]:
        said = Said(note=given["note"], photos=keep_all(given["photos"], request))
        return {"number": write(case, said, form).number}

    body = {**given, "photos": digests(given["photos"]), "case": case.number, "asked": asked}
    sent_once(request, body, answer)


def _asked(request: Request, page: dict[str, Any], status: int) -> HttpResponse:
    form, case = page["form"], page["case"]
    context = {
        **page,
        "key": form["key"].value() or new_key(),
        "number": grouped(case.number),
        "phone": read.duty_phone(case.area_id),
        "reasons": _reasons(form) if isinstance(form, ReopenForm) else [],
    }
    return render(request, "cases/public/word.html", context, status=status)


def _reasons(form: ReopenForm) -> list[dict[str, Any]]:
    chosen = form["reason"].value()
    return [{"value": code, "label": label, "is_checked": code == chosen} for code, label in form.reasons.items()]
