"""What all lists of places share: who may, how rows are written and given back, what is drawn under their points."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from wangge.access.actor import Actor
from wangge.exchange.importer import Ground, Importer, Label, Values, Written
from wangge.places import actions
from wangge.places.models import Area, BaseMap
from wangge.places.queries.drawing import extent
from wangge.places.rules import may_import_places

PLACE_RULES: dict[str, Label] = {
    "unknown_area": _("No area of this name or code is in the register."),
    "ambiguous_area": _("Several areas have this name: name the town too, or use the code."),
    "no_area": _("No area is named, and none can be found in the address. Say in the options which it is."),
    "unknown_compound": _("No compound of this name is in the register. Bring in the compounds first."),
    "ambiguous_compound": _("Several compounds have this name: name the community too."),
}
ROADS, WATER, GREEN = ("road", "bridge"), ("river", "water", "lake", "canal"), ("park", "green")


def token() -> str:
    """The short address on a plate: random."""
    return secrets.token_hex(6)


class PlaceImporter(Importer):
    """A list of places."""

    role = "system_admin"
    rules = PLACE_RULES

    def may(self, actor: Actor) -> str | None:
        return may_import_places(actor)

    def write(
        self, made: Sequence[tuple[int, Model]], changed: Sequence[tuple[int, Model, Values]], *, by: Actor, of: int
    ) -> list[Written]:
        """Write records, each with the number of its row; of changed ones what stood there before."""
        actions.take([row for _n, row in made], [(row, tuple(old)) for _n, row, old in changed], by=by, of=of)
        written = [Written(number, type(row), row.pk) for number, row in made]
        return written + [Written(number, type(row), row.pk, old) for number, row, old in changed]

    def give_back(self, changes: Sequence[Any], *, by: Actor, now: datetime, of: int) -> dict[int, str]:
        if changes:
            actions.give_back(changes, by=by, of=of)
        return {}

    def box(self) -> tuple[float, float, float, float] | None:
        found = extent([])
        return (found.west, found.south, found.east, found.north) if found else None

    def ground(self) -> list[Ground]:
        found = []
        for area in Area.objects.filter(valid_to__isnull=True, outline__isnull=False, level__in=("town", "county")):
            found += _rings("area", area.outline, is_closed=True)
        for held in BaseMap.objects.filter(kind__in=(*ROADS, *WATER, *GREEN)).order_by("pk")[:3000]:
            kind = "road" if held.kind in ROADS else "water" if held.kind in WATER else "green"
            found += _rings(kind, held.geometry, is_closed=held.geometry["type"] == "Polygon")
        return found


def _rings(kind: str, geometry: Any, *, is_closed: bool) -> list[Ground]:
    drawn = shape(geometry)
    parts = getattr(drawn, "geoms", [drawn])
    lines = [part.exterior if hasattr(part, "exterior") else part for part in parts]
    return [Ground(kind, (tuple((x, y) for x, y, *_ in line.coords),), is_closed) for line in lines]
