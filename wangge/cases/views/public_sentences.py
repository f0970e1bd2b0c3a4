"""What residents are told about where their report stands: whose turn it is, until when, what comes after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wangge.cases.models import Case
from wangge.cases.queries.faces import calendar
from wangge.cases.queries.tracking import Told
from wangge.catalogue import queries as catalogue
from wangge.catalogue.words import Stage
from wangge.core.clock_face import day_and_time
from wangge.core.deadlines import Limit, due

TURN: dict[str, tuple[str | Promise, str]] = {  # state: whose turn it is, icon
    "verifying": (gettext_lazy("A grid worker goes to see it"), "walk"),
    "reported": (gettext_lazy("The centre looks at it"), "headset"),
    "accepted": (gettext_lazy("The centre decides who does it"), "route"),
    "filed": (gettext_lazy("The centre decides who does it"), "route"),
    "returned": (gettext_lazy("The centre decides who does it"), "route"),
    "reopened": (gettext_lazy("We do it again: the centre decides who"), "repeat"),
    "dispatched": (gettext_lazy("%(unit)s has it now"), "briefcase"),
    "in_progress": (gettext_lazy("%(unit)s is at work"), "tool"),
    "extension": (gettext_lazy("%(unit)s is at work"), "tool"),
    "rework": (gettext_lazy("%(unit)s does it again"), "repeat"),
    "suspended": (gettext_lazy("It cannot be done now"), "player-pause"),
    "handled": (gettext_lazy("Somebody else goes to look"), "clipboard-check"),
    "checking": (gettext_lazy("Somebody else goes to look"), "clipboard-check"),
    "revisiting": (gettext_lazy("Is it solved?"), "message-2-question"),
    "closed": (gettext_lazy("Finished"), "circle-check"),
    "self_handled": (gettext_lazy("Solved on the spot"), "circle-check"),
    "not_accepted": (gettext_lazy("This is not ours to do"), "circle-x"),
    "voided": (gettext_lazy("Taken off the list"), "ban"),
}
BY = gettext_lazy("By %(until)s at the latest.")
UNTIL: dict[str, str | Promise] = {
    "suspended": gettext_lazy("We answer again by %(until)s."),
    "revisiting": gettext_lazy("You can answer until %(until)s."),
}
OVER = ("closed", "self_handled", "not_accepted", "voided")
AHEAD: tuple[tuple[str | Promise, frozenset[str]], ...] = (  # what comes after, and the states in which it is past
    (gettext_lazy("It is settled who does it"),
     frozenset({"dispatched", "in_progress", "extension", "rework", "suspended", "handled", "checking", "revisiting"})),
    (gettext_lazy("The work is done"), frozenset({"handled", "checking", "revisiting"})),
    (gettext_lazy("Somebody else goes to look"), frozenset({"handled", "checking", "revisiting"})),
    (gettext_lazy("You are asked whether it is solved"), frozenset({"revisiting"})),
)  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """The sentence at the head of the page."""

    title: str
    text: str
    icon: str
    is_late: bool
    is_over: bool


def when(at: datetime, now: datetime) -> str:
    """A moment in a sentence: "today 12:10", "24 Nov 12:10"."""
    local, moment = localtime(at), localtime(now)
    if local.date() == moment.date():
        return _("today %(time)s") % {"time": f"{local:%H:%M}"}
    return day_and_time(local, moment, "en" if (get_language() or "").startswith("en") else "zh-Hans")


def turn(case: Case, now: datetime) -> Turn:
    """Whose turn it is and until when; a deadline that has passed is said as such."""
    label, icon = TURN[case.state]
    title = str(label) % {"unit": case.lead.name if case.lead else ""}
    if case.state in OVER:
        return Turn(title, "", icon, is_late=False, is_over=True)
    until = {"until": when(case.due_at, now)}
    if now > case.due_at:
        late = _("This was due by %(until)s and is late. Call us and ask.") % until
        return Turn(title, late, icon, is_late=True, is_over=False)
    return Turn(title, str(UNTIL.get(case.state, BY)) % until, icon, is_late=False, is_over=False)


def way(case: Case, told: tuple[Told, ...], now: datetime) -> list[dict[str, Any]]:
    """The story as the component `way` draws it: what is past, whose turn it is, what comes."""
    steps: list[dict[str, Any]] = [
        {"label": one.label.rstrip("。."), "look": "done", "at": one.at, "text": one.text, "photos": one.photos}
        for one in told
    ]
    at_turn = turn(case, now)
    if at_turn.is_over:
        return steps
    steps.append({"label": at_turn.title, "look": "now", "icon": at_turn.icon, "text": at_turn.text})
    steps += [{"label": str(label), "look": "next"} for label, past in AHEAD if case.state not in past]
    return steps


def promises(case: Case, now: datetime) -> list[dict[str, str]]:
    """What happens next to a new report, with the latest times by the clocks."""
    days = calendar()
    decided = due(case.due_at, _accepting(case), days).astimezone(get_default_timezone())
    return [
        {"until": when(case.due_at, now), "text": _("a grid worker goes to see it")},
        {"until": when(decided, now), "text": _("the centre decides whose job it is")},
        {"until": "", "text": _("After the work somebody else goes to look, and you are asked whether it is solved.")},
    ]


def _accepting(case: Case) -> Limit:
    if case.category_id is not None:
        return catalogue.category_of(case.category_id).entry.limit(Stage.ACCEPT)
    return catalogue.limit(Stage.ACCEPT, urgent=case.urgent)
