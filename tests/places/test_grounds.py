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


def test_no_gap_and_no_overlap_remains_between_grids(cast: Cast) -> None:
    draft = drawn(cast, micro_max=60)
    with as_system("test"):
        under = drafted.under(draft)
        community = Area.objects.get(pk=draft.area_id)
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


def test_the_zigzag_between_scattered_houses_is_smoothed_the_same_on_both_sides() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.uniform(0, 800, 160), rng.uniform(0, 600, 160)
    keys = (x > 300).astype(np.int64) + 2 * (y > 250)
    stairs = SimpleNamespace(x_m=x.tolist(), y_m=y.tolist(), plane=Plane.of(np.array([121.1]), np.array([31.4])))
    under: Any = SimpleNamespace(stairs=stairs, drawn=SimpleNamespace(pieces=SimpleNamespace(unit=np.arange(160))))
    drawing = [shape(one) for one in grounds._outlines(under, cells_of_places(x, y), keys).values()]
    assert len(drawing) == 4
    assert shapely.coverage_is_valid(drawing, gap_width=NARROW)
