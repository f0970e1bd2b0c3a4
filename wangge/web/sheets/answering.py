"""The firm's inbox: lines that came back, and what the firm says to them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.people import actions
from wangge.people.models import SheetLine
from wangge.people.queries import sheets as queries
from wangge.people.queries.firms import my_firms
from wangge.people.rules import may_report
from wangge.people.sheet_words import FOR_THE_FIRM, LINE_LOOKS, LINE_MOVES, LineKind, LineReason, LineState
from wangge.web.firms.chips import chips
from wangge.web.sheets.forms import AnswerForm, ReasonForm

FORMS = {"answer": AnswerForm, "object": ReasonForm, "withdraw": None}


@needs(may_report)
@require_safe
def inbox(request: Request) -> HttpResponse:
    """Lines that came back, the longest waiting first; by a filter those in another state."""
    asked, after = {"state": request.GET.get("state", "")}, request.GET.get("after", "")
    states = (asked["state"],) if asked["state"] in LineState.values else FOR_THE_FIRM
    found = queries.page_of_lines(states=states, firms=my_firms(), after=number(after))
    page, more = found[: queries.PAGE], found[queries.PAGE :]
    return render(request, "sheets/inbox.html", {
        "rows": [(one, *LINE_LOOKS[one.state]) for one in page], "shown": len(page),
        "filters": chips(asked, "state", LineState.choices),
        "more_url": f"?{urlencode({**asked, 'after': page[-1].pk})}" if more else "",
    })  # fmt: skip


def number(typed: str) -> int:
    """A place in a list as an address gives it; from the beginning when it is none."""
    return int(typed) if typed.isdecimal() and len(typed) < 18 else 0


@needs(may_report)
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: Request, pk: int, verb: str = "") -> HttpResponse:
    """One line of one's own firm: what the community says to it, and what can be said back now."""
    held = get_object_or_404(
        SheetLine.objects.select_related("sheet__compound", "building"), pk=pk, firm__in=my_firms()
    )
    if verb and verb not in FORMS:
        raise Http404
    forms = {
        "answer": AnswerForm(initial={"kind": held.kind, "people": held.people}), "object": ReasonForm(),
    }  # fmt: skip
    wrong = False
    if request.method == "POST" and verb:
        kind = FORMS[verb]
        form: Any = kind(request.POST) if kind else None
        if form is None or form.is_valid():
            try:
                _done(request, held, verb, form.cleaned_data if form else {})
            except Refused as refused:
                if form is None:
                    raise
                form.add_error(None, refused.reason)
            else:
                messages.success(request, _("The community sees it."))
                return redirect("sheets-inbox")
        forms[verb], wrong = form, True
    icon, tone = LINE_LOOKS[held.state]
    response = render(request, "sheets/mine.html", {
        "line": held, "icon": icon, "tone": tone, "between": queries.between(held), "forms": forms, "verb": verb,
        "verbs": LINE_MOVES.verbs(held.state),
    }, status=422 if wrong else 200)  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def _done(request: Request, held: SheetLine, verb: str, given: dict[str, Any]) -> None:
    by = {"by": request.actor, "now": request.now}
    match verb:
        case "answer":
            actions.answer(held, kind=LineKind(given["kind"]), people=given["people"], text=given["text"], **by)
        case "object":
            actions.object_to(held, reason=LineReason(given["reason"]), text=given["text"], **by)
        case "withdraw":
            actions.withdraw_line(held, **by)
