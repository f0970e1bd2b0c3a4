"""The outlines that a plan gives to grids: neighbours have one border, without gap or overlap."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from tests.cast import Cast
from tests.places.drafting import community_of, drawn, in_force
from wangge.core.division_files.outlines import cells_of_places
from wangge.core.unit_files.table import Plane
from wangge.jobs.system import as_system
from wangge.places.actions.outlining import draw_missing
from wangge.places.models import Area, MicroGrid
from wangge.places.queries import drafted, grounds

DAY = date(2026, 10, 1)
NARROW = 3e-6  # of a degree: what a gap of the old smoothing was wide, a few decimetres
BEND = 0.2  # metres that a house stands out of its row: borders between rows bend by less than half a metre


def rows_of(many: int, west: float = 0.0, south: float = 0.0) -> tuple[list[float], list[float]]:
    """Houses 8 m apart in rows of 20, 25 m between the rows, none quite in line."""
    out = np.random.default_rng(4).uniform(-BEND, BEND, (2, many))
    at = np.arange(many)
    return (west + at % 20 * 8.0 + out[0]).tolist(), (south + at // 20 * 25.0 + out[1]).tolist()


def each_for_itself(own: list[Any], units: Any, keys: Any) -> list[Any]:
    """Outlines as they were smoothed before: each alone, so that two neighbours cut a bend differently."""
    return [
        shapely.simplify(shapely.union_all([own[unit] for unit in {*units[keys == key].tolist()}]), 0.5)
        for key in np.unique(keys).tolist()
    ]


def test_no_gap_and_no_overlap_remains_between_grids(cast: Cast) -> None:
    draft = drawn(cast, micro_max=60)
    with as_system("test"):
        under = drafted.under(draft)
        stairs = under.stairs
        stairs.x_m[:], stairs.y_m[:] = rows_of(len(stairs), min(stairs.x_m), min(stairs.y_m))
        community = Area.objects.get(pk=draft.area_id)
        own = grounds.cells(under, community)
        general = grounds.grounds(under, community)
        micro = grounds.micro_grounds(under, community, set(general))
    places = [*zip(under.stairs.x_m, under.stairs.y_m, strict=True)]
    for keys, outlines in ((under.drawn.general, general), (under.drawn.micro, micro)):
        lies_in: dict[tuple[float, float], set[int]] = {}
        for unit, key in zip(under.drawn.pieces.unit.tolist(), keys.tolist(), strict=True):
            lies_in.setdefault(places[unit], set()).add(key)
        above = {key for found in lies_in.values() if len(found) > 1 for key in found}  # one tower is ground of several
        drawing = [shape(outline) for key, outline in outlines.items() if key not in above]
        assert len(drawing) > 1
        plain = ~np.isin(keys, list(above))
        alone = each_for_itself(own, under.drawn.pieces.unit[plain], keys[plain])
        assert not shapely.coverage_is_valid(alone, gap_width=0.3), "no border bends: nothing here could fail"
        assert shapely.coverage_is_valid(drawing, gap_width=NARROW)
        assert abs(sum(one.area for one in drawing) - shapely.union_all(drawing).area) < 1e-12


def test_outlines_of_before_are_drawn_in_the_night_as_their_plan_would_have(cast: Cast) -> None:
    community = community_of(cast)
    in_force(cast, drawn(cast), DAY)
    held = MicroGrid.objects.filter(grid__parent=community, valid_to__isnull=True)
    with as_system("test") as system:
        before = dict(held.values_list("pk", "outline"))
        held.update(outline=None)
        assert draw_missing(by=system) == len(before)
        for pk, outline in held.values_list("pk", "outline"):
            was = shape(before[pk] or {})
            assert shape(outline or {}).symmetric_difference(was).area < was.area / 100
        assert draw_missing(by=system) == 0


def test_the_zigzag_between_rows_of_houses_is_smoothed_the_same_on_both_sides() -> None:
    places = rows_of(160)
    x, y = np.array(places[0]), np.array(places[1])
    keys = (x > 76).astype(np.int64) + 2 * (y > 87)
    stairs = SimpleNamespace(x_m=places[0], y_m=places[1], plane=Plane.of(np.array([121.1]), np.array([31.4])))
    under: Any = SimpleNamespace(stairs=stairs, drawn=SimpleNamespace(pieces=SimpleNamespace(unit=np.arange(160))))
    own = cells_of_places(x, y)
    assert not shapely.coverage_is_valid(each_for_itself(own, np.arange(160), keys), gap_width=0.3)
    drawing = [shape(one) for one in grounds._outlines(under, own, keys).values()]
    assert len(drawing) == 4
    assert shapely.coverage_is_valid(drawing, gap_width=NARROW)
    whole = [shapely.union_all([own[at] for at in np.flatnonzero(keys == key)]) for key in range(4)]
    assert len(shapely.get_coordinates(drawing)) < len(shapely.get_coordinates(whole)), "nothing was smoothed"
