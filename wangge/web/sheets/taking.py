"""The community's side: the inbox of lines, one line with its door, taken over, visited first or sent back."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.core.identifiers import grouped_phone
from wangge.people import actions
from wangge.people.actions.lines import fitting
from wangge.people.models import SheetLine
from wangge.people.queries import sheets as queries
from wangge.people.rules import may_see_residents
from wangge.people.sheet_words import (
    FOR_THE_COMMUNITY,
    LINE_LOOKS,
    LINE_MOVES,
    LineField,
    LineKind,
    LineReason,
    LineState,
)
from wangge.web.firms.chips import chips
from wangge.web.homes.forms import PurposeForm, purposes
from wangge.web.sheets.answering import number
from wangge.web.sheets.forms import ReasonForm, TakeForm

SHOWN_FOR = timedelta(minutes=10)
VERBS = ("take", "visit", "back")


@needs(may_see_residents)
@require_safe
def lines(request: Request) -> HttpResponse:
    """What property firms said of doors in one's own area, the longest waiting first."""
    asked = {name: request.GET.get(name, "")[:20] for name in ("state", "kind")}
    states = (asked["state"],) if asked["state"] in LineState.values else FOR_THE_COMMUNITY
    kind = asked["kind"] if asked["kind"] in LineKind.values else ""
    found = queries.page_of_lines(states=states, kind=kind, after=number(request.GET.get("after", "")))
    page, more = found[: queries.PAGE], found[queries.PAGE :]
    counted = queries.counted_lines()
    return render(request, "sheets/lines.html", {
        "rows": [(one, *LINE_LOOKS[one.state]) for one in page], "shown": len(page),
        "states": chips(asked, "state", [(one, LineState(one).label) for one in FOR_THE_COMMUNITY], counted)
        + chips(asked, "state", [(one.value, one.label) for one in LineState if one not in FOR_THE_COMMUNITY]),
        "kinds": chips(asked, "kind", LineKind.choices), "left": sum(counted.values()),
        "more_url": f"?{urlencode({**asked, 'after': page[-1].pk})}" if more else "",
    })  # fmt: skip


@needs(may_see_residents)
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: Request, pk: int, verb: str = "") -> HttpResponse:
    """One line: what the firm says, what is known of the door, and what can become of it now."""
    held = line_of(pk)
    if verb and verb not in VERBS:
        raise Http404
    households = queries.households_at(held)
    about: dict[str, Any] = {"line": held, "outcomes": fitting(held), "households": households}
    forms: dict[str, Any] = {"take": TakeForm(**about), "back": ReasonForm(auto_id="back_%s")}
    wrong = False
    if request.method == "POST" and verb:
        form: Any = None
        if verb in forms:
            form = TakeForm(request.POST, **about) if verb == "take" else ReasonForm(request.POST, auto_id="back_%s")
        if form is None or form.is_valid():
            try:
                _done(request, held, verb, form)
            except Refused as refused:
                if form is None:
                    raise
                form.add_error(None, refused.reason)
            else:
                return redirect("sheet-lines")
        forms[verb], wrong = form, True
    icon, tone = LINE_LOOKS[held.state]
    response = render(request, "sheets/line.html", {
        "line": held, "icon": icon, "tone": tone, "between": queries.between(held), "forms": forms, "verb": verb,
        "verbs": LINE_MOVES.verbs(held.state), "households": households,
        "kept": [field for field in LineField if getattr(held, field.value) is not None],
    }, status=422 if wrong else 200)  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def _done(request: Request, held: SheetLine, verb: str, form: Any) -> None:
    by = {"by": request.actor, "now": request.now}
    match verb:
        case "take":
            taken = actions.take(held, **form.given(), **by)
            messages.success(request, str(taken.get_outcome_display()))
        case "visit":
            actions.need_visit(held, **by)
            messages.success(request, _("It waits for a visit."))
        case "back":
            given = form.cleaned_data
            actions.send_back(held, reason=LineReason(given["reason"]), text=given["text"], **by)
            messages.success(request, _("It lies in the firm's inbox."))


@needs(may_see_residents)
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: Request, pk: int, field: str) -> HttpResponse:
    """Name or number of a line: the purpose first, then the value for ten minutes."""
    held = line_of(pk)
    if field not in LineField.values:
        raise Http404
    kept = LineField(field)
    choices = purposes(kept.value, request.actor, localdate(request.now))
    form = PurposeForm(request.POST if request.method == "POST" else None, choices=choices)
    form.fields.pop("task")
    context: dict[str, Any] = {"line": held, "kept": kept, "form": form}
    if form.is_valid():
        try:
            shown = actions.open_line(held, field=kept, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            context |= {
                "value": grouped_phone(shown.value) if kept is LineField.PHONE else shown.value,
                "until": request.now + SHOWN_FOR, "seconds": int(SHOWN_FOR.total_seconds()),
                "purpose": dict(choices)[form.cleaned_data["purpose"]],
            }  # fmt: skip
    response = render(request, "sheets/reveal.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def line_of(pk: int) -> SheetLine:
    """A line of a door in one's own area; 404 alike for another's and for none."""
    held = SheetLine.objects.select_related("sheet__compound", "building", "firm")
    return get_object_or_404(held, pk=pk)
