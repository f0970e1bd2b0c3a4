"""The wall: the desk's numbers for a room, without links, names of persons or small counts; renews itself."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, needs
from wangge.core.classes import COARSE
from wangge.core.periods import DAY, period_of
from wangge.core.suppression import LEAST, shown
from wangge.insight.queries.cockpit import Board, board
from wangge.insight.queries.drawing import drawing
from wangge.insight.queries.past import past
from wangge.insight.queries.waiting import Open
from wangge.insight.rules import may_see_figures
from wangge.insight.views import parts
from wangge.insight.views.figures import way_to
from wangge.insight.views.links import Links
from wangge.insight.words import Plan

ALL, DIRECTLY = -1, 0  # no area has these numbers
OVER, IN_TIME = True, False
EVERY = 30  # seconds


@needs(may_see_figures)
@require_safe
def wall(request: Request, area: int) -> HttpResponse:
    """One scene. Satisfaction is that of the last whole month: a period that stands still tells nobody's answer."""
    way = way_to(request, area)
    today = localtime(request.now).date()
    end_of_last = today.replace(day=1) - DAY
    month = period_of("custom", today, end_of_last.replace(day=1), end_of_last)
    roots = request.actor.areas_of(request.actor.role_codes)
    found = board(area, period_of("today", today), Plan.THEN, request.now, roots)
    answers = past(area, month, Plan.THEN, request.now, bare=True, roots=roots).total
    sheet = drawing(area, list(found.map), [row.place.id for row in found.rows])
    return render(request, "insight/wall.html", {
        "place": way[-1], "board": found, "every": EVERY, "least": LEAST, "table": table(found),
        "today": withheld(found.arrivals.today), "usual": f"{found.arrivals.usual or 0:g}",
        "unstaffed": found.unstaffed,
        "sheet": parts.sheet(sheet, found, COARSE, None), "month": month,
        "satisfaction": parts.satisfaction(
            answers, Links(area, month, Plan.THEN), is_hidden=withheld(answers.answered) is None
        ),
    })  # fmt: skip


def withheld(count: int) -> int | None:
    """A count as the wall shows it: nothing in place of 1 to 4."""
    return None if 0 < count < LEAST else count


def table(found: Board) -> dict[str, Any]:
    """Open and overdue cases of each area and in all; a count from 1 to 4 is held back, and what would tell it."""
    opened = {row.place.id: row.open for row in found.rows}
    opened[DIRECTLY] = Open(
        found.open.over - sum(each.over for each in opened.values()),
        calm=found.open.total - found.open.over - sum(each.total - each.over for each in opened.values()),
    )
    counts = {(one, part): each.over if part else each.total - each.over
              for one, each in opened.items() for part in (OVER, IN_TIME)}  # fmt: skip
    cells = {}
    for one in [*(row.place.id for row in found.rows), ALL]:
        inside = opened if one == ALL else [one]
        cells[one, "open"] = frozenset((each, part) for each in inside for part in (OVER, IN_TIME))
        cells[one, "over"] = frozenset((each, OVER) for each in inside)
    told = shown(cells, counts)

    def line(one: int) -> list[int | None]:
        return [sum(counts[atom] for atom in cells[one, column]) if (one, column) in told else None
                for column in ("open", "over")]  # fmt: skip

    order = sorted(found.rows, key=lambda row: (-row.open.over, -row.open.total))
    return {"rows": [(row.place.name, *line(row.place.id)) for row in order], "all": line(ALL)}
