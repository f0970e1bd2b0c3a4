"""The layers that lie over a community, what they say of its buildings, and who serves its grids."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

import numpy as np
from django.db import connection
from django.db.models import Q, QuerySet

from wangge.access.models import Reach
from wangge.core.overlay.crossing import NONE, Whole
from wangge.places.models import Area, Building, Grid, GridDraft, Layer, LayerGrid, Serving
from wangge.places.queries.stated import Stated
from wangge.places.words import GridKind, LayerState

HOMES = """
select c.id, b.id, b.grid_id, sum(s.homes)::bigint
  from unnest(%s::bigint[]) as c (id) cross join lateral places_stairs(c.id) s
  join places_building b on b.id = s.building_id
 group by 1, 2, 3 order by 1, 2
"""

ALONE = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"


def alone(area: int, stated: Stated) -> None:
    """Wait until nobody else is laying this layer over the area; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, ["|".join(("layer", str(area), stated.organisation, stated.name))])


def same(area: int, stated: Stated) -> Layer | None:
    """The layer of this name and organisation that lies over the area, or that was merged with the same content."""
    named = Layer.objects.filter(area_id=area, organisation=stated.organisation, name=stated.name)
    known = Q(state=LayerState.LAID) | Q(state=LayerState.MERGED, digest=stated.digest(area))
    return named.filter(known).order_by("-state", "-pk").first()


def followed(community: int) -> list[int]:
    """The layers along which the grids in force were drawn, but for those that were taken away since."""
    last = GridDraft.objects.filter(area_id=community, change__state="in_force").order_by(
        "-change__effective_on", "-pk"
    )
    along = last.values_list("along", flat=True).first() or []
    return sorted(Layer.objects.filter(pk__in=along).exclude(state=LayerState.TAKEN).values_list("pk", flat=True))


def over(community: int) -> list[Layer]:
    """The layers over a community, its own and those of its town, by organisation and the newest first."""
    return over_each([community])[community]


def over_each(communities: Collection[int]) -> dict[int, list[Layer]]:
    """The layers over each of several communities, merged ones among them."""
    above: dict[int, set[int]] = {one: set() for one in communities}
    for ancestor, one in Reach.objects.filter(descendant_id__in=communities).values_list(
        "ancestor_id", "descendant_id"
    ):
        above[one].add(ancestor)
    held = Layer.objects.filter(area_id__in=set().union(*above.values())).exclude(state=LayerState.TAKEN)
    layers = list(held.select_related("area").defer("area__outline").order_by("organisation", "name", "-as_of", "-pk"))
    return {one: [layer for layer in layers if layer.area_id in areas] for one, areas in above.items()}


def grids_of(layers: Collection[int]) -> dict[int, list[LayerGrid]]:
    """The grids of layers by layer, in the order of their codes, without outlines."""
    found: dict[int, list[LayerGrid]] = {layer: [] for layer in layers}
    for one in LayerGrid.objects.filter(layer_id__in=layers).defer("outline").order_by("layer_id", "code"):
        found[one.layer_id].append(one)
    return found


def columns(layers: Collection[int], buildings: Sequence[int]) -> dict[int, Whole]:
    """For each layer the id of its grid that holds each of the buildings, -1 where none does."""
    return {layer: column(grids, buildings) for layer, grids in grids_of(layers).items()}


def column(grids: Iterable[LayerGrid], buildings: Sequence[int]) -> Whole:
    """The id of the grid that holds each of the buildings, -1 where none does."""
    lies_in = {pk: one.pk for one in grids for pk in one.buildings}
    return np.array([lies_in.get(pk, NONE) for pk in buildings], np.int64)


def homes_of(communities: Iterable[int]) -> list[tuple[int, int, int, int]]:
    """(community, building, general grid or -1, homes) of each building with homes: a few questions for all of them.

    Those of dedicated grids are left out.
    """
    wanted = list(communities)
    with connection.cursor() as cursor:
        cursor.execute(HOMES, [wanted])
        rows: list[tuple[int, int, int, int]] = cursor.fetchall()
    bare = Building.objects.filter(grid__parent_id__in=wanted, homes__gt=0).exclude(pk__in=[row[1] for row in rows])
    rows += [
        (community or 0, pk, grid, homes or 0)
        for community, pk, grid, homes in bare.order_by("pk").values_list("grid__parent_id", "pk", "grid_id", "homes")
    ]
    kinds = dict(Grid.objects.filter(area__parent_id__in=wanted).values_list("pk", "kind"))
    return [
        (community, building, grid if kinds.get(grid) == GridKind.GENERAL else NONE, homes)
        for community, building, grid, homes in rows
        if kinds.get(grid) != GridKind.DEDICATED
    ]


def general(community: int) -> dict[int, date]:
    """The general grids of a community that are in force, with the day from which each is."""
    held = Area.objects.filter(parent_id=community, valid_to__isnull=True, grid__kind=GridKind.GENERAL)
    return dict(held.order_by("grid__number").values_list("pk", "valid_from"))


def shares(layer: Layer, community: int) -> dict[tuple[int, int], int]:
    """Households in common of our grids and the layer's, by their ids."""
    lies_in = {pk: one.pk for one in grids_of([layer.pk])[layer.pk] for pk in one.buildings}
    found: dict[tuple[int, int], int] = {}
    for _community, building, grid, homes in homes_of([community]):
        if building in lies_in:
            key = grid, lies_in[building]
            found[key] = found.get(key, 0) + homes
    return found


def standing(layer: Layer, grids: Collection[int]) -> QuerySet[Serving]:
    """What was last stated of grids and has no end yet."""
    return Serving.objects.filter(layer=layer, grid_id__in=grids, valid_to__isnull=True)


def communities_without(layer: Layer) -> list[int]:
    """Communities in whose general grids the layer holds buildings, and for which nothing is stated yet."""
    held = [pk for one in grids_of([layer.pk])[layer.pk] for pk in one.buildings]
    own = Building.objects.filter(pk__in=held, grid__grid__kind=GridKind.GENERAL)
    stated = Serving.objects.filter(layer=layer, valid_to__isnull=True).values("grid__parent_id")
    bare = own.exclude(grid__parent_id__in=stated).values_list("grid__parent_id", flat=True)
    return sorted({pk for pk in bare.distinct() if pk is not None})


def stated_in(community: int) -> list[Serving]:
    """Who serves the grids of a community, as it was last stated, also where that begins only later."""
    held = Serving.objects.filter(grid__parent_id=community, grid__valid_to__isnull=True, valid_to__isnull=True)
    found = held.select_related("layer", "by", "grid").defer("by__buildings", "by__outline", "grid__outline")
    return list(found.order_by("grid__grid__number", "layer__organisation", "pk"))


def serving(grid: int, day: date) -> list[Serving]:
    """Who of each department serves a grid on a day."""
    begun = Serving.objects.filter(grid_id=grid, valid_from__lte=day)
    held = begun.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    return list(
        held.select_related("layer", "by").defer("by__buildings", "by__outline").order_by("layer__organisation")
    )
