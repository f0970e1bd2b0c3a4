"""Plans by which figures are grouped, colours of clocks, and the definition of every figure in one place."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise


class Plan(models.TextChoices):
    """By which division of areas a past day is grouped."""

    THEN = "then", _("Areas as they were then")
    NOW = "now", _("Areas as they are today")


class Colour(models.TextChoices):
    """What the clock of an open case shows; the value is that of the work list's filter."""

    OVER = "over", _("Overdue")
    NEAR = "near", _("Half the time used")
    CALM = "calm", pgettext_lazy("clock", "In time")
    PAUSED = "paused", _("Suspended")


TONES = {"over": "bad", "near": "warn", "calm": "good", "paused": "hold"}
ICONS = {"over": "alarm", "near": "alert-triangle", "calm": "clock", "paused": "player-pause"}
PERIODS: tuple[tuple[str, Text], ...] = (
    ("today", _("Today")), ("yesterday", _("Yesterday")), ("week", _("This week")), ("days30", _("30 days")),
    ("month", _("This month")), ("year", _("This year")),
)  # fmt: skip


@dataclass(frozen=True)
class Definition:
    """What a figure is: said beside it and on the page of definitions. `small` says what is not shown, and when."""

    code: str
    name: Text
    meaning: Text
    formula: Text
    source: Text
    left_out: Text = ""
    small: Text = ""


NOW_READ = _("The open cases themselves, read at the time shown.")
BY_DAY = _("Counts of each local day; what changed since is read from the cases themselves.")
NOT_COUNTED = _("Voided by two persons, and not accepted because the same matter was being handled already.")
ONE_OF_FOUR = _("Every open case has exactly one of the four colours.")

DEFINITIONS: dict[str, Definition] = {
    each.code: each
    for each in (
        Definition(
            "open", _("Open cases"), _("Cases that are not over: from the report to the reporter's answer."),
            _("Cases in one of the fourteen open states, now."), NOW_READ,
        ),
        Definition(
            "over", Colour.OVER.label, _("Open cases whose limit has passed."),
            _("Open, and the limit lies before now. A suspended case counts when its promised day has passed."),
            NOW_READ, ONE_OF_FOUR,
        ),
        Definition(
            "near", Colour.NEAR.label, _("Open cases that have used half of their time or more."),
            _("Open, not overdue, not suspended, and the time since the stage began is at least the time left."),
            NOW_READ, ONE_OF_FOUR,
        ),
        Definition(
            "calm", Colour.CALM.label, _("Open cases with more than half of their time left."),
            _("Open, and none of the other three colours."), NOW_READ, ONE_OF_FOUR,
        ),
        Definition(
            "paused", Colour.PAUSED.label, _("Open cases that cannot be done now, with a promised day to come."),
            _("Suspended, and the promised day lies ahead."), NOW_READ, ONE_OF_FOUR,
        ),
        Definition(
            "danger", _("Danger"), _("Open cases in which somebody may come to harm."),
            _("Open, and marked as danger by the report or its category."), NOW_READ,
        ),
        Definition(
            "today", _("Reports today"), _("What came in today, against what is usual by this time of day."),
            _("Reports since midnight. Usual is the median of the last eight same weekdays up to the same time."),
            _("The cases by the time of their report."), NOT_COUNTED,
        ),
        Definition(
            "reports", _("Reports"), _("What came in during the period."), _("Cases by the local day of their report."),
            BY_DAY, NOT_COUNTED,
        ),
        Definition(
            "closed", _("Closed"), _("What ended well during the period and was not opened again since."),
            _("Cases that are closed or were handled on the spot, by the local day of their end."), BY_DAY,
            _("Not accepted and voided cases; cases that were opened again."),
        ),
        Definition(
            "dispatch", _("Report to dispatch"), _("How long a report waits until a unit has it."),
            _("Median of the minutes from report to the last dispatch, around the clock, over the reports of the period"
              " that are dispatched."),
            BY_DAY, NOT_COUNTED, _("The lower of the two values in the middle."),
        ),
        Definition(
            "close", _("Report to end"), _("How much working time passes until a case is over."),
            _("Median of the working time from report to end over the cases closed in the period. Working time is 9–12"
              " and 13–17 on working days of the calendar; suspended time does not count."),
            BY_DAY, _("Cases that reach into a year whose calendar is not known."),
            _("The lower of the two values in the middle."),
        ),
        Definition(
            "asked", _("Asked and answered"), _("Whose reporter was asked whether it is solved, and who answered."),
            _("Cases by the local day on which the reporter was last asked; answered is an answer to that asking."),
            BY_DAY, _("Voided cases."), _("Fewer than five answers are not shown."),
        ),
        Definition(
            "solved", _("Solved, say the reporters"), _("How many of those who answered say that it is solved."),
            _("Answers “solved” / answers, over the cases of “asked and answered”."), BY_DAY, _("Voided cases."),
            _("Fewer than five answers are not shown, nor what both plans together would tell. Under 20 no share."),
        ),
        Definition(
            "unstaffed", _("Grids without a worker"), _("Grids in which nobody looks after the people today."),
            _("Grids in force without anybody in the post of a grid worker at this moment."), _("Posts and areas."),
            _("Total grids: they are the community as a whole."),
        ),
        Definition(
            "unit", _("Overdue by unit"), _("Which units have cases whose limit has passed."),
            _("Overdue cases by the unit that has them; those no unit has yet stand on a line of their own."),
            NOW_READ, _("Nothing: the lines add up to all overdue cases."),
        ),
    )
}  # fmt: skip
