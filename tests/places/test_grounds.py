"""The outlines that a plan gives to grids: neighbours have one border, without gap or overlap."""

from datetime import date

import shapely
from shapely.geometry import shape

from tests.cast import Cast
from tests.places.drafting import community_of, drawn, in_force
from wangge.jobs.system import as_system
from wangge.places.actions.outlining import draw_missing
from wangge.places.models import Area, MicroGrid

DAY = date(2026, 10, 1)
NARROW = 3e-6  # of a degree: what a gap of the old smoothing was wide, a few decimetres


def test_no_gap_and_no_overlap_remains_between_grids(cast: Cast) -> None:
    community = community_of(cast)
    in_force(cast, drawn(cast), DAY)
    with as_system("test"):
        grids = Area.objects.filter(parent=community, valid_to__isnull=True, grid__kind="general_grid")
        general = [shape(one.outline) for one in grids]
        micro = [shape(one.outline) for one in MicroGrid.objects.filter(grid__in=grids, valid_to__isnull=True)]
    for drawing in (general, micro):
        assert len(drawing) > 2
        assert shapely.coverage_is_valid(drawing, gap_width=NARROW)
        whole = shapely.union_all(drawing)
        assert abs(sum(one.area for one in drawing) - whole.area) < 1e-12


def test_outlines_of_before_are_drawn_in_the_night_as_their_plan_would_have(cast: Cast) -> None:
    community = community_of(cast)
    in_force(cast, drawn(cast), DAY)
    held = MicroGrid.objects.filter(grid__parent=community, valid_to__isnull=True)
    with as_system("test") as system:
        before = dict(held.values_list("pk", "outline"))
        held.update(outline=None)
        assert draw_missing(by=system) == len(before)
        for pk, outline in held.values_list("pk", "outline"):
            assert shape(outline).symmetric_difference(shape(before[pk])).area < shape(before[pk]).area / 100
        assert draw_missing(by=system) == 0
