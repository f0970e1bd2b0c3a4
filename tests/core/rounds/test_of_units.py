from dataclasses import replace

import numpy as np

from wangge.core.checking import Kind, Rules, audit
from wangge.core.rounds.of_units import stops_by_grid
from wangge.core.rounds.plan import plan
from wangge.core.rounds.stops import Door
from wangge.core.unit_files.assignments import Assignment, read_assignment
from wangge.core.unit_files.reading import read_units

UNITS = b"""id,x_m,y_m,households,floors,micro_grid
a,0,0,10,6,m1
b,40,0,12,6,m1
t,80,0,8,4,m2
"""


def test_the_judge_finds_the_minutes_of_a_real_round_right() -> None:
    draw = np.random.default_rng(8)
    text = "id,x_m,y_m,households,floors,micro_grid\n" + "".join(
        f"u{k},{draw.integers(0, 150)},{draw.integers(0, 150)},5,3,m\n" for k in range(18)
    )
    table = read_units(text.encode())
    leaves = {visit.stop.id: visit.leaves for visit in plan(stops_by_grid(table)["m"]).visits}
    minutes = np.array([leaves[one] for one in table.ids])
    division = Assignment(
        table.rows, table.ids, np.zeros(18, np.int64), ("",) * 18, ("g",) * 18, ("m",) * 18, table.households, minutes
    )
    rules = Rules(low=80, high=100, tolerance=0.05)
    assert audit(table, division, rules).is_right
    late = audit(table, replace(division, minutes=minutes * 1.1), rules)
    assert [one.kind for one in late.findings] == [Kind.MINUTES]


def test_stops_are_those_of_the_micro_grids_the_units_carry() -> None:
    stops = stops_by_grid(read_units(UNITS))
    assert {name: [stop.id for stop in own] for name, own in stops.items()} == {"m1": ["a", "b"], "m2": ["t"]}
    assert plan(stops["m1"]).households == 22


def test_floor_bands_have_their_own_doors_from_the_ground_up() -> None:
    division = read_assignment(
        b"id,part,general_grid,micro_grid,households\nt,1,g,m2,4\nt,0,g,m1,4\na,0,g,,10\nx,0,g,m1,3\n"
    )
    doors = {"t": tuple(Door(f"{floor}0{flat}", floor) for floor in range(1, 5) for flat in (1, 2))}
    stops = stops_by_grid(read_units(UNITS), division, doors)
    assert sorted(stops) == ["m1", "m2"]
    upper, lower = stops["m2"][0], stops["m1"][0]
    assert (upper.id, upper.floors, lower.id, lower.floors) == ("t 2/2", 4, "t 1/2", 2)
    assert {door.name for door in lower.doors} == {"101", "102", "201", "202"}
    assert {door.name for door in upper.doors} == {"301", "302", "401", "402"}
