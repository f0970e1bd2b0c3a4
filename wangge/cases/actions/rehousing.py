"""Cases follow their place into another grid when a community is divided anew; the days before stay where they were."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from shapely import STRtree
from shapely.geometry import Point, shape

from wangge.cases.models import Case, FormerArea
from wangge.cases.words import OPEN
from wangge.places.models import Area, Change
from wangge.places.queries.premises import divided
from wangge.places.words import GridKind

Ways = dict[tuple[int, int], list[Case]]
CHUNK = 5_000


def by_grids(change: Change) -> Iterator[tuple[Case, int]]:
    """Every case of a community that was divided, whose place lies in another grid now, with that grid.

    A case at a building follows the building, one at a spot the outline it lies in; one without either stays, and goes
    to the heir where its grid has ended.
    """
    community, touched = divided(change)
    heirs = dict(change.parts.filter(deed="end").values_list("area_id", "parent_id"))
    living = list(
        Area.objects.filter(parent_id=community, valid_to__isnull=True, outline__isnull=False, level="grid")
        .exclude(grid__kind=GridKind.TOTAL)
        .order_by("pk")
    )
    tree = STRtree([shape(one.outline or {}) for one in living])
    general = {one.pk for one in living} | set(heirs)
    cases = Case.objects.filter(area_id__in=general).select_related("building", "lead", "building__compound", "area")
    for case in cases.order_by("pk").iterator(chunk_size=CHUNK):
        there = case.building.grid_id if case.building else None
        if there is None and case.lon is not None and case.lat is not None:
            found = tree.query(Point(case.lon, case.lat), predicate="intersects")
            there = living[min(found.tolist())].pk if len(found) else None
        there = there or heirs.get(case.area_id)
        if there is not None and there != case.area_id and (touched is None or {there, case.area_id} & touched):
            yield case, there


def rehoused(change: Change, going: Iterable[tuple[Case, int]]) -> Ways:
    """Lay cases into their new grids, keep where they lay before, and give the open ones by the way they went."""
    ways: Ways = defaultdict(list)
    going = list(going)
    FormerArea.objects.bulk_create(
        (FormerArea(case=case, origin_id=case.area_id, until=change.effective_on) for case, _there in going),
        batch_size=CHUNK,
    )
    targets: dict[int, list[int]] = defaultdict(list)
    for case, there in going:
        targets[there].append(case.pk)
        if case.state in OPEN.split(" | "):
            ways[case.area_id, there].append(case)
    for there, ids in targets.items():
        Case.objects.filter(pk__in=ids).update(area_id=there)
    return ways
