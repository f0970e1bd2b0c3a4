"""The demo's grids in the register: as the engine drew them, and as the desk reads and judges them."""

from django.utils import timezone

from tests.town import divided_town, load_divided_town
from wangge.core import drafting
from wangge.core.drafting import Why
from wangge.core.partition.graph import graph_of
from wangge.jobs.system import as_system
from wangge.places.models import Building, Dwelling, Grid, MicroGrid, MicroUnit
from wangge.places.queries import by_token, drafted
from wangge.places.queries.divisions import USUAL
from wangge.places.queries.units import Stairs, stairs_of
from wangge.places.queries.watch import count_homes
from wangge.places.words import GridKind
from wangge.web.demo.load import token_of


def test_the_desk_sees_the_houses_and_grids_that_the_engine_saw_and_finds_them_right(db: str) -> None:
    made, town = load_divided_town(timezone.now()), divided_town()
    communities = [area.key for area in town.areas if area.level == "community"]
    options = drafted.options_of(vars(USUAL))
    for key in communities:
        with as_system("test"):
            stairs = stairs_of(made.areas[key])
            grids = Grid.objects.filter(area__parent_id=made.areas[key], kind=GridKind.GENERAL)
            homes = dict(grids.values_list("area_id", "households"))
            rounds = MicroGrid.objects.filter(grid__parent_id=made.areas[key])
            minutes = {pk: rest for pk, *rest in rounds.values_list("pk", "grid_id", "households", "minutes", "tour_m")}
        present = drafted.in_force(stairs, options)
        names = present.units.names
        rows = drafting.rows(present, options)
        assert len(rows) == len(homes) + len(minutes)
        general = {int(names["general_grid"][row.key]): row for row in rows if row.level == "general"}
        assert {area: row.households for area, row in general.items()} == homes
        assert {row.why for row in rows} <= {Why.RIGHT, Why.TOO_FEW}
        assert sum(row.why is Why.RIGHT for row in general.values()) > len(general) / 2
        micro = [row for row in rows if row.level == "micro"]
        assert sorted((row.households, round(row.minutes), round(row.tour_m)) for row in micro) == sorted(
            tuple(rest[1:]) for rest in minutes.values()
        )


def test_what_was_loaded_is_what_a_plan_in_force_writes(db: str) -> None:
    made, town = load_divided_town(timezone.now()), divided_town()
    with as_system("test"):
        assert set(Grid.objects.filter(area__in=made.areas.values()).values_list("provisional", flat=True)) == {False}
        assert MicroUnit.objects.count() == sum(len(micro.units) for micro in town.micro_grids)
        first = town.micro_grids[0]
        held = MicroUnit.objects.filter(micro__number=first.number).order_by("order")
        assert [(one.building_id, one.unit) for one in held] == [
            (made.buildings[unit.building], str(unit.unit or "")) for unit in first.units
        ]
        doors = Dwelling.objects.filter(building__in=made.buildings.values())
        areas = {(home.building, home.unit): made.areas[home.grid] for home in town.dwellings}
        assert {(made.buildings[b], str(u or "")): area for (b, u), area in areas.items()} == {
            (b, u): area for b, u, area in doors.values_list("building_id", "unit", "area_id")
        }
        assert (count_homes().changed, count_homes().left) == ({}, {})  # the nightly watch has nothing to say


def test_a_compound_is_reported_in_the_grid_that_the_demo_says(db: str) -> None:
    made, town = load_divided_town(timezone.now()), divided_town()
    with as_system("test"):
        for compound in town.compounds:
            place = by_token(token_of(town, compound.key))
            assert place is not None
            assert place.area_id == made.areas[compound.grid]
        grids = dict(Building.objects.filter(pk__in=made.buildings.values()).values_list("pk", "grid_id"))
    assert grids == {made.buildings[one.key]: made.areas[one.grid] for one in town.buildings}


def test_the_desk_takes_the_ways_of_the_map_and_a_draft_from_before_has_none(db: str) -> None:
    made, town = load_divided_town(timezone.now()), divided_town()
    parts = []
    for key in (area.key for area in town.areas if area.level == "community"):
        with as_system("test"):
            stairs = stairs_of(made.areas[key])
        assert max(stairs.way) >= 0
        older = Stairs(**{name: column for name, column in stairs.kept().items() if name != "way"})
        assert set(drafted.units_of(older).way.tolist()) == {-1}
        found = (drafted.units_of(one) for one in (older, stairs))
        graphs = (graph_of(one.x_m, one.y_m, one.compound, one.barrier_cell, one.way) for one in found)
        parts.append(tuple(int(graph.parts().max()) + 1 for graph in graphs))
    assert max(before for before, _ in parts) > 1
    assert {after for _, after in parts} == {1}
