"""A plan takes effect after it was stated who serves which grid: the statement goes on with the homes."""

from collections import Counter
from datetime import date, timedelta

from tests.cast import Cast
from tests.places.drafting import community_of, drawn, in_force
from tests.places.layering import NOW, laid
from tests.places.test_layers import entries, servers_of
from wangge.jobs.system import as_system
from wangge.places.actions.layers import adopt_layer
from wangge.places.models import Dwelling, Layer, Serving
from wangge.places.queries import layers

DAY = date(2026, 10, 1)
LATER = DAY + timedelta(days=60)


def stated(cast: Cast, *, without: int = 0) -> tuple[Layer, dict[int, int]]:
    """Grids in force with what a department states of them; `without` of them are served by nobody."""
    in_force(cast, drawn(cast), DAY)
    layer, community = laid(cast), community_of(cast)
    servers = dict(sorted(servers_of(layer, community.pk).items())[without:])
    with cast.town.acting() as by:
        adopt_layer(layer, community, servers, valid_from=DAY, by=by, now=NOW)
    return layer, servers


def replanned(cast: Cast) -> tuple[dict[int, Counter[int]], set[int]]:
    """More and smaller grids in force: by new grid its homes by former grid; and the grids that ended."""
    community = community_of(cast)
    with as_system("test"):
        before, lay = set(layers.general(community.pk)), dict(Dwelling.objects.values_list("pk", "area_id"))
    in_force(cast, drawn(cast, low=30, high=50), LATER)
    came: dict[int, Counter[int]] = {}
    with as_system("test"):
        now = set(layers.general(community.pk))
        for door, grid in Dwelling.objects.filter(area_id__in=now - before).values_list("pk", "area_id"):
            came.setdefault(grid, Counter())[lay[door]] += 1
    return came, before - now


def test_new_grids_are_served_by_whom_most_of_their_homes_had(cast: Cast) -> None:
    _layer, servers = stated(cast)
    community = community_of(cast)
    came, ended = replanned(cast)
    assert came
    with as_system("test"):
        for grid, homes in came.items():
            served = Counter[int]()
            for former, n in homes.items():
                served[servers[former]] += n
            held = layers.serving(grid, LATER)
            assert [(one.by_id, one.households) for one in held] == served.most_common(1)
            assert layers.serving(grid, LATER - timedelta(days=1)) == []
        assert not Serving.objects.filter(grid_id__in=ended, valid_to__isnull=True).exists()
        for grid in ended:
            assert [one.by_id for one in layers.serving(grid, LATER - timedelta(days=1))] == [servers[grid]]
        assert {one.grid_id for one in layers.stated_in(community.pk)} == set(layers.general(community.pk))
    told = entries("layer.carry_over")
    assert len(told) == 1
    assert (sorted(told[0]["grids"]), told[0]["ended"], told[0]["on"]) == (
        sorted(came), len(ended), LATER.isoformat(),
    )  # fmt: skip
    assert entries("area_change.take_effect")[-1]["servings"] == len(came)


def test_where_nobody_served_most_homes_nobody_is_named(cast: Cast) -> None:
    layer, servers = stated(cast, without=1)
    came, _ended = replanned(cast)
    bare = {grid for grid, homes in came.items() if homes.most_common(1)[0][0] not in servers}
    assert bare
    with as_system("test"):
        assert all(layers.serving(grid, LATER) == [] for grid in bare)
        assert Layer.objects.get(pk=layer.pk).state == "merged"


def test_a_plan_without_statements_leaves_no_trace_of_them(cast: Cast) -> None:
    in_force(cast, drawn(cast), DAY)
    laid(cast)
    replanned(cast)
    assert entries("layer.carry_over") == []
    assert entries("area_change.take_effect")[-1]["servings"] == 0
