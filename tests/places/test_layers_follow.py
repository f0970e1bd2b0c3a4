"""A plan takes effect after it was stated who serves which grid: the statement goes on with the homes."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from tests.cast import Cast
from tests.places.drafting import LIMITS, community_of, drawn, in_force
from tests.places.layering import NOW, laid
from tests.places.test_layers import apart, entries, out, servers_of
from wangge.core import drafting
from wangge.jobs.system import as_system
from wangge.places.actions import drafts
from wangge.places.actions.layers import adopt_layer, take_layer_away
from wangge.places.models import Dwelling, GridDraft, Layer, Serving
from wangge.places.queries import drafted, layers
from wangge.places.queries.steps import Edit

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


def test_what_begins_with_grids_drawn_along_a_layer_goes_on_along_it(cast: Cast) -> None:
    layer, community = laid(cast), community_of(cast)

    def begun(wish: str, along: Sequence[int] = ()) -> GridDraft:
        with cast.town.acting() as by:
            return drafts.begin(community, wish=wish, limits=LIMITS, note_text="沿警务区", by=by, now=NOW, along=along)

    made = begun("anew", [layer.pk])
    with cast.town.acting() as by:
        made = drafts.draw(made, by=by, now=NOW)
    assert begun("repair").along == []
    in_force(cast, made, DAY)
    assert [begun(wish).along for wish in ("repair", "keep", "anew")] == [[layer.pk], [layer.pk], []]
    with cast.town.acting() as by:
        take_layer_away(layer, by=by)
    assert begun("repair").along == []


def test_solved_again_a_draft_keeps_to_its_layer(cast: Cast) -> None:
    layer, community = laid(cast), community_of(cast)
    with cast.town.acting() as by:
        made = drafts.begin(
            community, wish="anew", limits=LIMITS, note_text="沿警务区", by=by, now=NOW, along=[layer.pk]
        )
        made = drafts.draw(made, by=by, now=NOW)
        merged = drafts.edit(made, Edit("merge", made.version, grids=tuple(sorted(set(made.general)))), by=by, now=NOW)
        solved = drafts.edit(merged, Edit("solve", merged.version), by=by, now=NOW)
        held = drafted.under(merged)
        plain = drafting.solve_again(held.drawn, held.options)
        column = layers.columns([layer.pk], held.stairs.building)[layer.pk]
    assert out(solved) == 0
    assert apart(solved, layer) < drafting.households_apart(plain, column)
