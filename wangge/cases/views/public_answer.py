"""What the reporter says afterwards: a word more, whether it is solved, that it is not over; a page for each."""

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Page:
    """One of the pages: the verb it writes, the form it asks with, its words, and what it does with the answer."""

    asked: str
    verb: str
    form: type[WordForm]
    title: str
    lead: str
    button: str


@public(*READS_AND_WRITES)
def add(request: Request, tracking: str) -> HttpResponse:
    """Add a word or a photo to one's own report."""

    def write(case: Case, said: Said, _form: WordForm) -> Case:
        return actions.supplement(case, by=request.actor, now=request.now, said=said)

    lead = _("Everybody who works on your report reads it.")
    return _word(request, tracking, Page("add", "supplement", WordForm, _("Add a word"), lead, _("Send")), write)


@public(*READS_AND_WRITES)
def rate(request: Request, tracking: str, answer: str) -> HttpResponse:
    """Answer whether it is solved; the page asks, the button answers."""
    if answer not in RATINGS:
        return unknown(request, _("There are three answers: solved, partly solved, not solved."))

    def write(case: Case, said: Said, _form: WordForm) -> Case:
        return RATINGS[answer](case, by=request.actor, now=request.now, said=said)

    return _word(request, tracking, _rating(answer), write)


@public(*READS_AND_WRITES)
def reopen(request: Request, tracking: str) -> HttpResponse:
    """Say that it is not over, with a reason of the closed list."""

    def write(case: Case, said: Said, form: WordForm) -> Case:
        reason = form.cleaned_data["reason"]
        return actions.reopen(case, reason=reason, by=request.actor, now=request.now, said=said)

    page = Page("reopen", "reopen", ReopenForm, _("It is not over"), _again(), _("Open it again"))
    return _word(request, tracking, page, write)


def _again() -> str:
    return _("The number stays the same. The centre decides at once who does it.")


def _rating(answer: str) -> Page:
    if answer == "solved":
        lead = _("Your report is closed with this. You can open it again within 15 days.")
        return Page(answer, "rate_solved", SolvedForm, _("Solved"), lead, _("Yes, it is solved"))
    if answer == "partly":
        return Page(answer, "rate_partly", WordForm, _("Partly solved"), _again(), _("Have the rest done"))
    return Page(answer, "rate_unsolved", WordForm, _("Not solved"), _again(), _("Have it done again"))


def _word(request: Request, tracking: str, page: Page, write: Write) -> HttpResponse:
    """Ask, check, write once, and lead back to the progress."""
    case = read.by_token(tracking)
    if case is None:
        return nobodys(request)
    shown = {"page": page, "case": case, "tracking": tracking}
    if request.method != "POST":
        if page.verb not in case.verbs:
            return redirect("tracking", tracking)
        return _asked(request, {**shown, "form": page.form(initial={"key": new_key()})}, 200)
    form = page.form(request.POST, request.FILES)
    shown["form"] = form
    return _send(request, shown, write) if form.is_valid() else _asked(request, shown, 422)


def _send(request: Request, shown: dict[str, Any], write: Write) -> HttpResponse:
    case, form = shown["case"], shown["form"]
    if not PER_CASE.spend(case.number):
        return _asked(request, {**shown, "refused": _("Enough was added today. Call us, or go on tomorrow.")}, 429)
    try:
        _write_once(request, case, form, write, shown["page"].asked)
    except PhotosUnfit as problem:
        for reason in problem.reasons:
            form.add_error("photos", reason)
        return _asked(request, shown, 422)
    except OtherBody:
        return _asked(request, {**shown, "refused": _("This was sent before. Look at the progress first.")}, 409)
    except Refused as refusal:
        return _asked(request, {**shown, "refused": refusal.reason}, 409)
    return redirect("tracking", shown["tracking"])


def _write_once(request: Request, case: Case, form: WordForm, write: Write, asked: str) -> None:
    given = form.cleaned_data

    def answer() -> dict[str, Any]:
        said = Said(note=given["note"], photos=keep_all(given["photos"], request))
        return {"number": write(case, said, form).number}

    body = {**given, "photos": digests(given["photos"]), "case": case.number, "asked": asked}
    sent_once(request, body, answer)


def _asked(request: Request, shown: dict[str, Any], status: int) -> HttpResponse:
    form, case = shown["form"], shown["case"]
    context = {
        **shown,
        "key": form["key"].value() or new_key(),
        "number": grouped(case.number),
        "times": case.steps.filter(verb=shown["page"].verb).count(),  # words of the last time are not brought back
        "phone": read.duty_phone(case.area_id),
        "reasons": _reasons(form) if isinstance(form, ReopenForm) else [],
    }
    return render(request, "cases/public/word.html", context, status=status)


def _reasons(form: ReopenForm) -> list[dict[str, Any]]:
    chosen = form["reason"].value()
    return [{"value": code, "label": label, "is_checked": code == chosen} for code, label in form.reasons.items()]
