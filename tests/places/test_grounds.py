"""The outlines that a plan gives to grids: neighbours have one border, without gap or overlap."""

from datetime import date

import shapely
from shapely.geometry import shape

from tests.cast import Cast
from tests.places.drafting import community_of, drawn, in_force
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
