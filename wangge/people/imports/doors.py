"""The dwelling each row names, and whether it lies where who brings the list in may write."""

from collections.abc import Sequence
from dataclasses import dataclass

from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.exchange.importer import Checked
from wangge.people.rules import KEEPERS
from wangge.places.imports.dwellings import building_of
from wangge.places.queries.lookup import compounds_named, dwellings_at, houses_of, room, unit


@dataclass(frozen=True, slots=True)
class Door:
    """A dwelling with its grid and community."""

    dwelling: int
    grid: int
    community: int


def doors_named(rows: Sequence[Checked], *, by: Actor) -> dict[int, Door]:
    """The door of each row, by number of the row; a fault for each that is not clear or not the actor's."""
    compounds = compounds_named({one.values.get("compound", "") for one in rows})
    houses = houses_of(c.pk for found in compounds.values() for c in found)
    asked: dict[int, tuple[int, str, str]] = {}
    for one in rows:
        building = building_of(one, compounds, houses)
        if building is not None and not any(fault["field"] in ("unit", "room") for fault in one.faults):
            asked[one.number] = (building.id, unit(one.values.get("unit", "")), room(one.values.get("room", "")))
    there = dwellings_at(set(asked.values()))
    mine = None if by.has("system", "system_admin") else _grids_of(by)
    found: dict[int, Door] = {}
    for one in rows:
        if one.number not in asked:
            continue
        if asked[one.number] not in there:
            one.fault("room", "unknown_door")
            continue
        door = Door(*there[asked[one.number]])
        if mine is not None and door.grid not in mine:
            one.fault("compound", "not_yours")
        found[one.number] = door
    return found


def _grids_of(actor: Actor) -> set[int]:
    inside = Reach.objects.filter(ancestor_id__in=actor.areas_of(KEEPERS))
    return set(inside.values_list("descendant_id", flat=True))
