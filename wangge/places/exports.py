"""Lists of places that can be taken out: buildings and grids, without their workers; and filters by area for others."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Model, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.exchange.exporter import Cell, Column, Exporter, Filter, Given, Label, Type, by_key, register
from wangge.places.models import Area, Building, Grid
from wangge.places.queries.tree import tree
from wangge.places.words import GridKind, Level

WORKERS = ("secretary", "town_staff", "acceptor", "dispatcher", "checker", "duty_chief")
ABOVE = (Level.COUNTY, Level.TOWN, Level.COMMUNITY)
AREAS = tuple(
    Column(level.value, level.label, Type.PLACE, "places.Area.name") for level in (*ABOVE, Level.GRID)
)  # fmt: skip
AREA = Filter("area", _("Area"), required=True)


class OfAreas(Exporter):
    """Lists that are narrowed by an area: one of the actor's own, or any that lies in it."""

    filters: tuple[Filter, ...] = (AREA,)

    def may_ask(self, actor: Actor) -> str | None:
        if actor.areas_of(WORKERS):
            return None
        return _now("Such lists are asked for by the centre, towns and communities.")

    def choices(self, code: str, actor: Actor) -> list[tuple[str, Label]]:
        """Own areas and what lies in them, down to communities; each further in by its level."""
        held = tree()
        found: list[tuple[str, Label]] = []
        waiting = [(held.nodes[root], 0) for root in actor.areas_of(WORKERS) if root in held.nodes]
        waiting.sort(key=lambda pair: pair[0].sort_key, reverse=True)
        while waiting:
            node, depth = waiting.pop()
            found.append((str(node.id), "\u3000" * depth + node.name))
            below = [child for child in held.children.get(node.id, ()) if child.level != Level.GRID]
            waiting += [(child, depth + 1) for child in reversed(below)]
        return found

    def said(self, code: str, value: str) -> str:
        return Area.objects.filter(pk=int(value)).values_list("name", flat=True).first() or value


def inside(given: Given) -> QuerySet[Reach, int]:
    """Ids of the area that was chosen and of all that lie in it."""
    return Reach.objects.filter(ancestor_id=int(given["area"])).values_list("descendant_id", flat=True)


def lies_in(area: int, name: str = "") -> tuple[str, ...]:
    """Names of county, town, community and grid over a place; `name` is that of an area no longer in force."""
    path = {node.level: node.name for node in tree().path(area)}
    return (*(path.get(level, "") for level in ABOVE), path.get(Level.GRID, "") or ("" if path else name))


class Buildings(OfAreas):
    """The register of buildings, as it stands on the doors."""

    kind, label, icon = "buildings", _("Buildings"), "building"
    holds = _("Buildings with their grid, compound, floors and number of homes. No dwelling, nobody who lives there.")
    columns = (
        *AREAS,
        Column("number", _("Number of the grid"), Type.CODE, "places.Grid.number"),
        Column("compound", _("Compound"), Type.PLACE, "places.Compound.name"),
        Column("building", _("Building"), Type.PLACE, "places.Building.name"),
        Column("floors", _("Floors"), Type.COUNT, "places.Building.floors"),
        Column("units", _("Entrances"), Type.COUNT, "places.Building.units"),
        Column("homes", _("Homes"), Type.COUNT, "places.Building.homes"),
        Column("lift", _("Lift"), Type.WORD, "places.Building.lift"),
        Column("lon", _("Longitude"), Type.NUMBER, "places.Building.lon"),
        Column("lat", _("Latitude"), Type.NUMBER, "places.Building.lat"),
    )

    def _found(self, given: Given) -> QuerySet[Building]:
        return Building.objects.filter(grid_id__in=inside(given))

    def count(self, given: Given, at: datetime) -> int:
        return self._found(given).count()

    def rows(self, given: Given, at: datetime, now: datetime) -> Iterator[tuple[Cell, ...]]:
        fields = ("floors", "units", "homes", "lift", "lon", "lat")
        held = by_key(
            self._found(given), "grid_id", "grid__name", "grid__grid__number", "compound__name", "name", *fields
        )
        for grid, grid_name, number, compound, name, floors, units, homes, lift, lon, lat in held:
            yield (
                *lies_in(grid, grid_name), number, compound or "", name, floors, units, homes,
                _now("yes") if lift else _now("no"), round(lon, 6), round(lat, 6),
            )  # fmt: skip


class Grids(OfAreas):
    """The register of grids in force."""

    kind, label, icon = "grids", _("Grids"), "hexagons"
    holds = _("Grids with their kind, households and buildings. Not who looks after them.")
    columns = (
        *AREAS,
        Column("number", _("Number of the grid"), Type.CODE, "places.Grid.number"),
        Column("kind", _("Kind"), Type.WORD, "places.Grid.kind"),
        Column("households", _("Households"), Type.COUNT, "places.Grid.households"),
        Column("buildings", _("Buildings"), Type.COUNT, "places.Building.id"),
        Column("provisional", _("Provisional"), Type.WORD, "places.Grid.provisional"),
    )

    def _found(self, given: Given) -> QuerySet[Grid]:
        return Grid.objects.filter(area_id__in=inside(given), area__valid_to__isnull=True)

    def count(self, given: Given, at: datetime) -> int:
        return self._found(given).count()

    def rows(self, given: Given, at: datetime, now: datetime) -> Iterator[tuple[Cell, ...]]:
        found: QuerySet[Model] = self._found(given).annotate(buildings=Count("area__buildings"))
        fields = ("area_id", "area__name", "number", "kind", "households", "buildings", "provisional")
        for area, name, number, kind, households, buildings, provisional in by_key(found, *fields):
            yield (
                *lies_in(area, name), number, str(GridKind(kind).label), households, buildings,
                _now("yes") if provisional else _now("no"),
            )  # fmt: skip


def register_all() -> None:
    """Called when the app is ready."""
    register(Buildings(), Grids())
