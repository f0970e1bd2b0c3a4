"""Parts of a page of figures as templates take them: head, rows, bars, the map, the days."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.html import escape, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wangge.core.classes import Classes
from wangge.core.counts import Counts, median, share
from wangge.insight.queries.cockpit import Board
from wangge.insight.queries.drawing import Drawing
from wangge.insight.views.links import Links
from wangge.insight.words import DEFINITIONS, ICONS, TONES, Colour

WIDE = 400
HIGH = 96
BY_MONTH = 92  # days; more are drawn by month
LABEL = 26  # width of a letter of a name on the map


def shown_share(part: int, whole: int) -> str:
    """A share in percent, or nothing where the whole is too small for one."""
    found = share(part, whole)
    return "" if found is None else f"{found:.1f}%"


def span(minutes: int | None) -> str:
    """Minutes as people say them."""
    if minutes is None:
        return "–"
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return _("%(h)s h %(m)s min") % {"h": hours, "m": rest}
    return _("%(d)s d %(h)s h") % {"d": hours // 24, "h": hours % 24}


def working(minutes: int | None) -> str:
    return "–" if minutes is None else _("%(n)s working hours") % {"n": f"{minutes / 60:.1f}"}


@dataclass(frozen=True)
class Head:
    """One of the figures at the head: what it is called, how much, what to know beside it, the list it opens."""

    code: str
    value: str
    hint: str
    url: str = ""
    tone: str = ""

    @property
    def name(self) -> str:
        return str(DEFINITIONS[self.code].name)

    @property
    def definition(self) -> Any:
        return DEFINITIONS[self.code]


def heads(board: Board, links: Links, today: date) -> list[Head]:
    """At most five figures."""
    total, usual = board.past.total, board.arrivals.usual
    day = {"since": today.isoformat(), "until": today.isoformat(), "counted": "1"}
    hint = _("usually %(n)s by now") % {"n": f"{usual:g}"} if usual is not None else ""
    return [
        Head("today", f"{board.arrivals.today:,}", hint, links.open(**day)),
        Head("open", f"{board.open.total:,}", "", links.open(due="open")),
        Head("over", f"{board.open.over:,}", _("%(n)s with danger") % {"n": board.open.danger}, links.open(due="over"),
             "bad" if board.open.over else ""),
        Head("close", working(median(total.close)),
             ngettext("%(n)s case closed", "%(n)s cases closed", total.closed) % {"n": f"{total.closed:,}"},
             links.closed),
        satisfaction(total, links, is_hidden=board.answers_hidden),
    ]  # fmt: skip


def satisfaction(total: Counts, links: Links, *, is_hidden: bool) -> Head:
    """A share only from twenty answers on; a count from five on; beside it how many were reached."""
    if is_hidden:
        return Head("solved", "–", _("too few answers to show"))
    reach = _("%(answered)s of %(asked)s answered") % {"answered": f"{total.answered:,}", "asked": f"{total.asked:,}"}
    value = shown_share(total.solved, total.answered) or f"{total.solved} / {total.answered}"
    return Head("solved", value, reach, links.asked("solved"))


def colours(board: Board, links: Links) -> list[dict[str, Any]]:
    """The four colours as parts of one bar, with the list of each."""
    parts, left = [], 0.0
    for colour in Colour:
        number = getattr(board.open, colour.value)
        wide = WIDE * number / board.open.total if board.open.total else 0
        parts.append({
            "code": colour.value, "label": colour.label, "icon": ICONS[colour.value], "tone": TONES[colour.value],
            "count": number, "x": f"{left:.1f}", "wide": f"{wide:.1f}", "url": links.open(due=colour.value),
            "definition": DEFINITIONS[colour.value],
        })  # fmt: skip
        left += wide
    return parts


def units(board: Board, links: Links) -> list[dict[str, Any]]:
    most = max((unit.over for unit in board.units), default=0)
    return [
        {"name": unit.name or _("No unit yet"), "over": unit.over, "wide": f"{WIDE * unit.over / most:.0f}",
         "url": links.open(due="over", unit=str(unit.id))}
        for unit in board.units
    ]  # fmt: skip


def rows(board: Board, links: Links) -> list[dict[str, Any]]:
    """The areas right below, what is overdue first."""
    most = max((row.open.over for row in board.rows), default=0)
    ordered = sorted(board.rows, key=lambda row: (-row.open.over, -row.open.total))
    return [
        {"row": row, "links": links.below(row.place.id), "page": links.page(row.place.id),
         "open": links.below(row.place.id).open(due="open"), "over": links.below(row.place.id).open(due="over"),
         "danger": links.below(row.place.id).open(due="open", danger="1"),
         "wide": f"{WIDE * row.open.over / most:.0f}" if most else "0"}
        for row in ordered
    ]  # fmt: skip


def sheet(drawn: Drawing | None, board: Board, among: Classes, links: Links | None) -> dict[str, Any] | None:
    """The map: every part with its shade, the names of what is large enough, the legend with how many areas each."""
    if drawn is None:
        return None
    over = board.map
    below = {row.place.id: row.open.over for row in board.rows}
    shades = {each.id: among.of(over.get(each.id, 0)) for each in drawn.shapes}
    named = drawn.lines or drawn.shapes
    names = [
        {"shape": each, "count": below.get(each.id, over.get(each.id, 0))}
        for each in named
        if each.wide > LABEL * len(each.name) * 0.8
    ]
    held = Counter(shades.values())
    legend = [{"shade": at, "label": _class(*each), "areas": held[at]} for at, each in enumerate(among.ranges)]
    return {
        "box": f"0 0 1000 {drawn.high:.0f}", "lines": drawn.lines, "names": names, "legend": legend,
        "parts": _linked(drawn, over, shades, links) if links else _plain(drawn, shades),
    }  # fmt: skip


LINKED = '<a href="{}" aria-label="{}"><path class="wg-shade wg-shade-{}" d="{}"><title>{}</title></path></a>'


def _linked(drawn: Drawing, over: dict[int, int], shades: dict[int, int], links: Links) -> str:
    """Each part as a link that says its name and number; a county has hundreds, so no template is asked for each."""
    said = ((each, escape(f"{each.name}: {over.get(each.id, 0)}")) for each in drawn.shapes)
    return format_html_join("", LINKED, (
        (links.page(each.id), words, shades[each.id], each.path, words) for each, words in said
    ))  # fmt: skip


def _plain(drawn: Drawing, shades: dict[int, int]) -> str:
    parts = ((shades[each.id], each.path) for each in drawn.shapes)
    return format_html_join("", '<path class="wg-shade wg-shade-{}" d="{}"/>', parts)


def _class(low: int, high: int | None) -> str:
    if high is None:
        return _("%(low)s or more") % {"low": low}
    return str(low) if low == high else f"{low}–{high}"


def days(board: Board) -> dict[str, Any] | None:
    """Reports and closed cases of each day as bars, with the table of the same numbers; none for a single day."""
    if board.period.length == 1:
        return None
    by_month = board.period.length > BY_MONTH
    groups: dict[date, Counts] = {}
    for day in board.period.days:
        key = day.replace(day=1) if by_month else day
        groups.setdefault(key, Counts()).add(board.past.daily.get(day, Counts()))
    most = max(1, *(max(counts.reports, counts.closed) for counts in groups.values()))
    step = WIDE / len(groups)
    label = pgettext("date format", "F Y") if by_month else pgettext("date format", "j M")
    bars = [
        {"x": f"{at * step:.2f}", "x2": f"{at * step + step * 0.45:.2f}", "wide": f"{step * 0.4:.2f}",
         "reports": counts.reports, "closed": counts.closed, "high": f"{HIGH * counts.reports / most:.1f}",
         "y": f"{HIGH - HIGH * counts.reports / most:.1f}", "high2": f"{HIGH * counts.closed / most:.1f}",
         "y2": f"{HIGH - HIGH * counts.closed / most:.1f}", "label": date_format(day, label)}
        for at, (day, counts) in enumerate(groups.items())
    ]  # fmt: skip
    return {"bars": bars, "most": most, "wide": WIDE, "high": HIGH}
