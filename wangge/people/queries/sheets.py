"""Reads of daily sheets: the doors of a firm's compounds, what it handed in, the inboxes of both sides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Q, QuerySet

from wangge.core.daily_sheet import Door, Doors
from wangge.people.models import Household, Managing, Sheet, SheetLine
from wangge.people.queries.firms import buildings_of, in_force, my_firms
from wangge.people.sheet_words import FOR_THE_COMMUNITY, FOR_THE_FIRM
from wangge.people.words import COMPARTMENT
from wangge.vault import queries as vault

PAGE = 50
DOORS = "select dwelling_id, building_id, area_id, unit, room from people_firm_doors(%s) order by 2, 4, 5"


@dataclass(frozen=True)
class FirmDoor(Door):
    """A door of a compound that one's firm manages, with the grid it lies in."""

    area: int


def doors_of(compound: int) -> list[FirmDoor]:
    """The doors of a compound of one's own firm: numbers only; of any other compound none."""
    with connection.cursor() as cursor:
        cursor.execute(DOORS, [compound])
        rows = cursor.fetchall()
    return [FirmDoor(dwelling, building, unit, room, area) for dwelling, building, area, unit, room in rows]


def known_doors(compound: int) -> Doors:
    """The same, found as people write them."""
    return Doors(buildings_of(compound), doors_of(compound))


@dataclass(frozen=True)
class Today:
    """A compound of one's firm with its sheet of a day; `lines` counts by state."""

    held: Managing
    sheet: Sheet | None
    lines: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.lines.values())


def managed_by_me(day: date) -> QuerySet[Managing]:
    """The compounds of one's own firms on a day."""
    mine = Managing.objects.filter(in_force(day), firm__in=my_firms())
    return mine.select_related("firm", "compound").order_by("compound__sort_key", "pk")


def todays(day: date) -> list[Today]:
    """The compounds of one's own firms with their sheets of a day."""
    managed = list(managed_by_me(day)[:PAGE])
    sheets = {
        (s.firm_id, s.compound_id): s for s in Sheet.objects.filter(day=day, firm__in={m.firm_id for m in managed})
    }
    counts: dict[int, dict[str, int]] = {}
    lines = SheetLine.objects.filter(sheet__in=[sheet.pk for sheet in sheets.values()])
    for sheet, state, n in lines.values_list("sheet", "state").annotate(n=Count("pk")):
        counts.setdefault(sheet, {})[state] = n
    found = [(held, sheets.get((held.firm_id, held.compound_id))) for held in managed]
    return [Today(held, sheet, counts.get(sheet.pk, {}) if sheet else {}) for held, sheet in found]


def lines_of(sheet: Sheet | None) -> list[SheetLine]:
    """The lines of one sheet by door, without what is sealed."""
    return list(shown().filter(sheet=sheet).order_by("building__order", "unit", "room")) if sheet else []


def shown() -> QuerySet[SheetLine]:
    """Lines with all that a list shows; sealed fields stay where they are, but whether a name is there is told."""
    return SheetLine.objects.select_related("sheet__compound", "building", "firm").defer(
        "name", "phone", "said", "answer"
    )


def page_of_lines(
    *, states: Iterable[str], kind: str = "", firms: Iterable[int] | None = None, after: int = 0
) -> list[SheetLine]:
    """One page of an inbox, the longest waiting first, and one more to know whether there is another."""
    found = shown().filter(state__in=tuple(states), pk__gt=after)
    if kind:
        found = found.filter(kind=kind)
    if firms is not None:
        found = found.filter(firm__in=list(firms))
    return list(found.order_by("pk")[: PAGE + 1])


def counted_lines() -> dict[str, int]:
    """How many lines wait for the community, by state, of those whoever looks may see."""
    open_now = SheetLine.objects.filter(state__in=FOR_THE_COMMUNITY)
    return dict(open_now.values_list("state").annotate(n=Count("pk")))


def count_for_firm() -> int:
    """How many lines have come back to one's own firms."""
    return SheetLine.objects.filter(state__in=FOR_THE_FIRM, firm__in=my_firms()).count()


def households_at(line: SheetLine) -> list[Household]:
    """Households that are written down at the door of a line, as a grid's own team sees them."""
    if line.dwelling_id is None:
        return []
    living = Household.objects.filter(dwelling=line.dwelling_id, until__isnull=True)
    return list(living.annotate(members=Count("persons", filter=Q(persons__left_on__isnull=True))).order_by("pk")[:20])


@dataclass(frozen=True)
class Between:
    """What the two sides wrote to each other last about a line; empty where nothing was written."""

    said: str
    answer: str


def between(line: SheetLine) -> Between:
    """Open what community and firm wrote to each other, for the page of the line that both of them read."""
    table = SheetLine._meta.db_table
    held = {column: getattr(line, column) for column in ("said", "answer")}
    places = [(bytes(value), table, column, str(line.pk)) for column, value in held.items() if value is not None]
    opened = dict(zip((place[2] for place in places), vault.open_many(COMPARTMENT, places), strict=True))
    return Between(opened.get("said") or "", opened.get("answer") or "")
