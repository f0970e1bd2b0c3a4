"""What the address of the map says: where, how close, which layers, which cases. Nothing in it is about a person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import cos, isfinite, radians

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wangge.cases.forms.query import changed
from wangge.cases.queries import suggest
from wangge.cases.queries.desk import OPEN_STATES, Wanted
from wangge.cases.words import State
from wangge.catalogue import queries as catalogue
from wangge.places.queries.drawing import PIXELS, TILE, Box, box_of

THEMES = {
    "": (_("Neighbours"), "hexagons"), "reports": (_("Reports"), "inbox"),
    "households": (_("Households"), "home"), "worker": (_("Without a worker"), "user"),
}  # fmt: skip
LAYERS = {
    "cases": _("Open cases"), "buildings": _("Buildings"), "ground": _("Roads and water"), "names": _("Names"),
    "micro": _("Micro-grids"),
}  # fmt: skip
DAYS = ((7, _("last 7 days")), (30, _("last 30 days")), (90, _("last 90 days")), (365, _("last 365 days")))
USUAL_DAYS = 30  # of reports, where nobody says
HIGH = 2 / 3  # of its width
CHOSEN = ("grid", "building")
NUMBER = 20  # characters of a case's number


@dataclass(frozen=True)
class At:
    """The middle of the map and its scale."""

    lon: float
    lat: float
    zoom: float

    @property
    def box(self) -> Box:
        """What a desk's screen shows of it."""
        wide = 360 * PIXELS / TILE / 2**self.zoom / 2
        high = wide * HIGH * cos(radians(self.lat))
        return Box(self.lon - wide, self.lat - high, self.lon + wide, self.lat + high)


@dataclass(frozen=True)
class Asked:
    """The address, read; what nobody offers is left out, so that an old address still shows a map."""

    at: At | None = None
    box: Box | None = None
    inside: int | None = None
    grid: int | None = None
    building: int | None = None
    case: str = ""
    theme: str = ""
    off: frozenset[str] = frozenset()
    group: str = ""
    state: str = ""
    days: int | None = None
    groups: dict[str, str] = field(default_factory=dict)

    def wanted(self, now: datetime, *, reports: bool = False) -> Wanted:
        """The filters as the work list takes them; of reports, every state and a period always."""
        days = self.days or (USUAL_DAYS if reports else None)
        codes = tuple(each.entry.code for each in catalogue.categories() if each.entry.branch == self.group)
        return Wanted(
            state="" if reports else self.state, categories=codes if self.group else (), area=self.inside,
            since=now - timedelta(days=days) if days else None,
        )  # fmt: skip


def read(data: QueryDict) -> Asked:
    groups = suggest.branch_labels()
    theme, group, state = (data.get(name, "") for name in ("tint", "group", "state"))
    days = _number(data.get("days", ""))
    return Asked(
        at=_at(data.get("at", "")), box=_box(data.get("bbox", "")), inside=_number(data.get("in", "")),
        grid=_number(data.get("grid", "")), building=_number(data.get("building", "")),
        case=data.get("case", "")[:NUMBER].replace("\0", ""), theme=theme if theme in THEMES else "",
        off=frozenset(data.get("off", "").split(",")) & frozenset(LAYERS), group=group if group in groups else "",
        state=state if state in OPEN_STATES else "", days=days if days in dict(DAYS) else None, groups=groups,
    )  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _at(text: str) -> At | None:
    try:
        lon, lat, zoom = (float(part) for part in text[:80].split(","))
    except ValueError:
        return None
    fits = all(map(isfinite, (lon, lat, zoom))) and abs(lon) <= 180 and abs(lat) <= 85 and 0 <= zoom <= 24
    return At(lon, lat, zoom) if fits else None


def _box(text: str) -> Box | None:
    try:
        return box_of(text) if text else None
    except ValueError:
        return None


def address(data: QueryDict, *, without: Iterable[str] = (), **more: str) -> str:
    """The query of this map with some parts changed; what is empty is left out."""
    kept = changed(data, ("bbox", *without), more)
    return f"?{kept.urlencode(safe=',')}" if kept else "?"


def choices(asked: Asked) -> list[dict[str, object]]:
    """The selects over the map."""
    days = [(str(count), label) for count, label in DAYS]
    states = [(code, State(code).label) for code in OPEN_STATES]
    return [
        {"name": "group", "label": _("Category group"), "value": asked.group, "options": list(asked.groups.items())},
        {"name": "state", "label": _("State"), "value": asked.state, "options": states},
        {"name": "days", "label": _("Reported"), "value": str(asked.days or ""), "options": days},
    ]  # fmt: skip
