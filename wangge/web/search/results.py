"""What was found, ready to be shown: what it is, where it lies, why it fits, and the page it opens."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wangge.cases.models import Case
from wangge.cases.queries.desk import number_in, numbered
from wangge.core.folding import fold
from wangge.places.queries.finding import START, Cursor, Hit, Rank
from wangge.places.queries.register import Register, register
from wangge.places.queries.seeking import ORDER, Group, look_up
from wangge.places.words import How, Kind

PAGE = 20
CASE = "case"
ZOOM = 17
LABELS = {
    Kind.DWELLING: (gettext_lazy("Homes"), "door"), Kind.BUILDING: (gettext_lazy("Buildings"), "building"),
    Kind.COMPOUND: (gettext_lazy("Compounds and hamlets"), "building-community"),
    Kind.AREA: (gettext_lazy("Areas"), "map-2"), Kind.GRID: (gettext_lazy("Grids"), "hexagons"),
    Kind.FEATURE: (gettext_lazy("Roads, water, public places"), "route"), CASE: (gettext_lazy("Cases"), "list"),
}  # fmt: skip
KINDS = (CASE, *(kind.value for kind in ORDER))


@dataclass(frozen=True)
class Found:
    """One thing that was found."""

    kind: str
    id: int
    name: str
    where: str
    why: str
    url: str
    token: str = ""
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True)
class Section:
    """Things of one kind, the closest first; `more` is where the list goes on."""

    kind: str
    items: list[Found]
    more: str = ""

    @property
    def label(self) -> str:
        return str(LABELS[self.kind][0])

    @property
    def icon(self) -> str:
        return LABELS[self.kind][1]


@dataclass(frozen=True)
class Results:
    """All of it; `spot` says the two coordinates as they were read."""

    sections: list[Section]
    spot: str = ""

    @property
    def total(self) -> int:
        return sum(len(section.items) for section in self.sections)


def find(text: str, *, kind: str = "", after: str = "", most: int = PAGE) -> Results:
    """Everything the text may mean, or one kind of it from behind a place in its list."""
    kinds = [kind] if kind in KINDS else list(KINDS)
    sections = [_cases(first, after if kind else "", most)] if CASE in kinds and (first := number_in(text)) else []
    places = [each for each in kinds if each != CASE]
    answer = look_up(text, kinds=places, after=cursor_of(after) if kind else START, most=most)
    known = register()
    sections += [_section(group, known) for group in answer.groups]
    spot = f"{answer.spot.lat:.5f}, {answer.spot.lon:.5f}" if answer.spot else ""
    return Results([section for section in sections if section.items], spot)


def cursor_of(after: str) -> Cursor:
    """The place in a list that a link names; the beginning when it is none."""
    parts = after.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 16 for part in parts):
        return START
    return Cursor(*map(int, parts))


def _section(group: Group, known: Register) -> Section:
    more = f"{group.more.rank}.{group.more.size}.{group.more.row}" if group.more else ""
    return Section(group.kind, [_found(hit, known) for hit in group.hits], more)


def _found(hit: Hit, known: Register) -> Found:
    path = known.path(hit.area)
    where = " › ".join(known.tree[area].name for area in path)
    name = _("%(place)s %(door)s") % {"place": hit.name, "door": hit.door} if hit.door else hit.name
    return Found(hit.kind, hit.place, name, where, _why(hit), _url(hit), hit.token, hit.lon, hit.lat)


def _why(hit: Hit) -> str:
    """Why this was found, in a few words; nothing where the name says it."""
    if hit.metres is not None:
        return ngettext("%(n)d metre away", "%(n)d metres away", hit.metres) % {"n": hit.metres}
    if hit.how == "spot":
        return _("the point lies in it")
    if hit.cursor.rank == Rank.ALIKE:
        return _("sounds or looks alike")
    return _by_name(hit)


def _by_name(hit: Hit) -> str:
    if hit.how == How.CODE:
        return _("official code %(code)s (%(scheme)s)") % {"code": hit.text, "scheme": hit.note}
    if hit.how == How.NUMBER:
        return _("grid number %(number)s") % {"number": hit.text}
    if hit.how in (How.ALIAS, How.FORMER, How.SHORT) and fold(hit.text) != fold(hit.name):
        return f"{How(hit.how).label} {hit.text}"
    if hit.cursor.rank in (Rank.SPELT, Rank.SPELT_BEGINS, Rank.SPELT_HOLDS):
        return _("by its pinyin")
    return _("by its address") if hit.how == "address" else ""


def _url(hit: Hit) -> str:
    """The map at the place, with the card of the grid or building open."""
    asked: dict[str, str | int] = {}
    if hit.lon is not None and hit.lat is not None and hit.how != "spot":
        asked["at"] = f"{hit.lon:.5f},{hit.lat:.5f},{ZOOM}"
    if hit.kind == Kind.GRID:
        asked = {"in": hit.place, "grid": hit.place}
    elif hit.kind == Kind.AREA:
        asked = {"in": hit.place}
    elif hit.kind == Kind.BUILDING:
        asked["building"] = hit.place
    elif hit.building is not None:
        asked["building"] = hit.building
    return f"{reverse('map')}?{urlencode(asked, safe=',')}"


def _cases(first: str, after: str, most: int) -> Section:
    found = numbered(Case.objects.all(), first)
    if after:
        found = found.filter(number__gt=after[:20])
    rows = list(found.order_by("number").only("id", "number", "place", "state")[: most + 1])
    items = [
        Found(CASE, row.pk, row.number, row.place, row.get_state_display(), reverse("case", args=[row.number]))
        for row in rows[:most]
    ]
    return Section(CASE, items, rows[most - 1].number if len(rows) > most else "")
