"""The rounds of the micro-grids in force: their stairwells in walking order, with what is counted there today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _
from shapely import Polygon

from wangge.core.rounds.stops import Door, Stop
from wangge.core.unit_files.table import Plane
from wangge.places.models import Building, Dwelling, MicroGrid, MicroUnit
from wangge.places.queries.units import footprint, places_of

GROUND, TOP = -99, 999
Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Walked:
    """A micro-grid (微网格) with its stops in walking order; `compound` is named where all of them lie in one."""

    micro: MicroGrid
    compound: str
    stops: list[Stop]
    are_counted: bool
    """Whether the doors of today were seen; else the households are those of the day the plan took effect."""
    footprints: dict[str, list[Ring]] = field(default_factory=dict)

    @property
    def households(self) -> int:
        return sum(stop.households for stop in self.stops)


def micro_grids_of(grid: int) -> list[MicroGrid]:
    """The micro-grids in force of a general grid, by their numbers."""
    return list(MicroGrid.objects.filter(grid_id=grid, valid_to__isnull=True).order_by("number", "pk"))


def walked(micro_grids: Sequence[MicroGrid]) -> list[Walked]:
    """The rounds of micro-grids that lie near each other, in the order in which their stairwells were numbered.

    Counted are the doors of today, where whoever asks may see doors: a home that was registered since the plan took
    effect is on the sheet of its stairwell, and a stairwell without homes is not walked to.
    """
    units = list(MicroUnit.objects.filter(micro__in=micro_grids).order_by("micro_id", "order", "pk"))
    ids = {unit.building_id for unit in units}
    buildings = {one.pk: one for one in Building.objects.filter(pk__in=ids).select_related("compound")}
    if not buildings:
        return [Walked(one, "", [], are_counted=False) for one in micro_grids]
    plane = Plane.of(*(np.array([getattr(one, at) for one in buildings.values()]) for at in ("lon", "lat")))
    rings = {pk: _rings(one, plane) for pk, one in buildings.items()}
    around = _Around(buildings, _doors(ids), _spots(buildings, plane), rings)
    return [_walked(one, [unit for unit in units if unit.micro_id == one.pk], around) for one in micro_grids]


Key = tuple[int, str]


@dataclass(frozen=True)
class _Around:
    """What rounds go past: buildings, doors and places by stairwell, outlines of buildings in metres."""

    buildings: dict[int, Building]
    doors: dict[Key, list[tuple[int, str]]]
    spots: dict[Key, tuple[float, float]]
    rings: dict[int, list[Ring]]


def _doors(buildings: Iterable[int]) -> dict[Key, list[tuple[int, str]]]:
    """Floor and room of each door by its stairwell; empty for who may see no doors."""
    found: dict[Key, list[tuple[int, str]]] = {}
    rows = Dwelling.objects.filter(building_id__in=buildings).order_by("floor", "room")
    for building, unit, floor, room in rows.values_list("building_id", "unit", "floor", "room"):
        found.setdefault((building, unit), []).append((floor, room))
    return found


def _spots(buildings: dict[int, Building], plane: Plane) -> dict[Key, tuple[float, float]]:
    """Where the stairwells stand, those beside them in other micro-grids counted."""
    every = MicroUnit.objects.filter(building_id__in=buildings, micro__valid_to__isnull=True)
    keys = sorted(set(every.values_list("building_id", "unit")), key=lambda key: (key[0], len(key[1]), key[1]))
    x, y = places_of(keys, buildings, plane)
    return {
        key: (round(east, 2), round(north, 2)) for key, east, north in zip(keys, x.tolist(), y.tolist(), strict=True)
    }


def _rings(building: Building, plane: Plane) -> list[Ring]:
    ground = footprint(building, plane)
    return [[(x, y) for x, y, *_ in ground.exterior.coords]] if isinstance(ground, Polygon) else []


def _walked(micro: MicroGrid, units: list[MicroUnit], around: _Around) -> Walked:
    buildings, doors = around.buildings, around.doors
    compounds = {one.compound.name if one.compound else "" for one in (buildings[u.building_id] for u in units)}
    is_one = len(compounds) == 1
    counted = bool(doors)
    stops: list[Stop] = []
    footprints: dict[str, list[Ring]] = {}
    taken: set[str] = set()
    for unit in units:
        one, key = buildings[unit.building_id], (unit.building_id, unit.unit)
        house = one.name if is_one or not one.compound else f"{one.compound.name} {one.name}"
        behind = [door for door in doors.get(key, ()) if _lies_in(door[0], unit)]
        households = len(behind) if key in doors or (counted and not one.homes) else unit.households
        if not households:
            continue
        name = _once(" ".join(part for part in (house, called(unit)) if part), taken)
        stops.append(Stop(
            name, *around.spots[key], households, _floors(unit, one, behind), lift=one.lift, building=house,
            doors=tuple(Door(_door(house, unit.unit, room), floor) for floor, room in behind),
        ))  # fmt: skip
        if around.rings[one.pk]:
            footprints[name] = around.rings[one.pk]
    return Walked(micro, next(iter(compounds)) if is_one else "", stops, counted, footprints)


def _lies_in(floor: int, unit: MicroUnit) -> bool:
    low, high = GROUND if unit.low is None else unit.low, TOP if unit.high is None else unit.high
    return low <= floor <= high


def _floors(unit: MicroUnit, building: Building, doors: list[tuple[int, str]]) -> int:
    """Up to which floor one climbs."""
    highest = max((floor for floor, _room in doors), default=0)
    return unit.high if unit.high is not None else max(building.floors, highest)


def called(unit: MicroUnit) -> str:
    """A stairwell, or its floors, as people call it; nothing for a house without."""
    name = _("stairwell %(unit)s") % {"unit": unit.unit} if unit.unit.isdecimal() else unit.unit
    if unit.high is not None:
        return f"{name} " + _("floors up to %(top)s") % {"top": unit.high}
    return f"{name} " + _("from floor %(low)s up") % {"low": unit.low} if unit.low is not None else name


def _door(house: str, unit: str, room: str) -> str:
    return f"{house} {unit}-{room}" if unit.isdecimal() else " ".join(part for part in (house, unit, room) if part)


def _once(name: str, taken: set[str]) -> str:
    """The name, told apart from those taken: two houses may be called alike."""
    found, n = name, 1
    while found in taken:
        n += 1
        found = f"{name} ({n})"
    taken.add(found)
    return found


def stairs_by_micro(micro_grids: Sequence[MicroGrid]) -> dict[int, list[tuple[str, int]]]:
    """The stairwells of each micro-grid in walking order with their households when the plan took effect."""
    held = MicroUnit.objects.filter(micro__in=micro_grids).select_related("building__compound")
    found: dict[int, list[tuple[str, int]]] = {one.pk: [] for one in micro_grids}
    for unit in held.order_by("micro_id", "order", "pk"):
        compound = unit.building.compound.name if unit.building.compound else ""
        name = " ".join(part for part in (compound, unit.building.name, called(unit)) if part)
        found[unit.micro_id].append((name, unit.households))
    return found


def micro_grid_in(grid: int, pk: int) -> MicroGrid | None:
    """One micro-grid in force of a general grid."""
    return MicroGrid.objects.filter(Q(pk=pk, grid_id=grid, valid_to__isnull=True)).first()
