"""Departments' grids laid over ours: whole or not at all, by who may, and merged from a day on with its history."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.cast import Cast, Person
from tests.places.changing import effected, midnight, plan, township
from tests.places.drafting import LIMITS, community_of, drawn, in_force
from tests.places.layering import NOW, drawn_map, houses, laid, police, read, row_of, sheet, stated
from wangge.access.action import Refused
from wangge.core.drafting import households_apart
from wangge.core.drafting import sheet as drafting_sheet
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.places.actions import drafts
from wangge.places.actions.layers import adopt_layer, lay_layer, take_layer_away
from wangge.places.models import Area, GridDraft, Layer, LayerGrid, Serving
from wangge.places.queries import drafted, layers
from wangge.places.queries.layers import columns
from wangge.places.queries.plans import move
from wangge.teams.models import Account

DAY = date(2026, 10, 1)


def entries(verb: str) -> list[dict[str, Any]]:
    with as_system("test"):
        return list(Entry.objects.filter(verb=verb).order_by("pk").values_list("facts", flat=True))


def test_a_layer_is_laid_once_however_often_its_list_comes(cast: Cast) -> None:
    first = laid(cast)
    again = laid(cast, source="另一封邮件")
    assert again.pk == first.pk
    with as_system("test"):
        assert Layer.objects.count() == 1
        grids = list(LayerGrid.objects.order_by("code"))
        assert [(one.code, one.name, one.post, one.phone) for one in grids] == [
            ("1", "第1警务区", "社区民警岗", "0512-53000110"), ("2", "第2警务区", "社区民警岗", "0512-53000110"),
        ]  # fmt: skip
        assert {pk for one in grids for pk in one.buildings} == {one.pk for one in houses(community_of(cast))}
    told = entries("layer.lay")
    assert told[1] == {"again": first.pk}
    assert (told[0]["grids"], told[0]["buildings"]) == (2, len(houses(community_of(cast))))


def test_another_list_of_the_same_name_waits_until_the_first_is_taken_away(cast: Cast) -> None:
    first = laid(cast)
    other = police(cast, share=0.7)
    with pytest.raises(Refused, match="撤下"):
        laid(cast, other)
    with cast.town.acting() as by:
        assert take_layer_away(first, by=by).state == "taken"
        with pytest.raises(Refused):
            take_layer_away(first, by=by)
    second = laid(cast, other)
    assert second.pk != first.pk
    with as_system("test"):
        assert Layer.objects.get(pk=first.pk).state == "taken"
        assert layers.over(second.area_id) == [second]


def test_only_the_town_and_the_community_lay_and_nobody_writes_past_them(cast: Cast) -> None:
    area = community_of(cast)
    given = stated(read(area, police(cast)))
    for person in (cast.lin, cast.acceptor, cast.system_admin, cast.chief, cast.zhou):
        with person.acting() as by, pytest.raises(Refused):
            lay_layer(area, given, by=by, now=NOW)
    with cast.wang.acting() as secretary:
        layer = lay_layer(area, given, by=secretary, now=NOW)
    with cast.lin.acting():
        assert not Layer.objects.exists()
    with cast.chief.acting(), pytest.raises(DatabaseError), transaction.atomic():
        Layer.objects.filter(pk=layer.pk).update(name="x")
    with cast.wang.acting(), pytest.raises(DatabaseError), transaction.atomic():
        LayerGrid.objects.filter(layer=layer).update(phone="110")
    with as_system("test"):
        assert Layer.objects.get(pk=layer.pk).name == "警务区"
        held, stranger = LayerGrid.objects.order_by("pk")[0], Person(Account.objects.get(username="secretary02").pk)
    with stranger.acting():  # of the community beside: reads what lies over others, and writes nothing of it
        assert LayerGrid.objects.filter(pk=held.pk).exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            LayerGrid.objects.create(layer=layer, code="9")
        with pytest.raises(DatabaseError), transaction.atomic():
            Serving.objects.create(layer=layer, grid_id=cast.grid_id, by=held, households=1, valid_from=DAY)
        with pytest.raises(DatabaseError), transaction.atomic():
            Layer.objects.filter(pk=layer.pk).update(state="taken")


def test_a_list_without_a_house_of_the_area_is_refused(cast: Cast) -> None:
    community = community_of(cast)
    with cast.town.acting() as by, pytest.raises(Refused):
        lay_layer(community, stated(()), by=by, now=NOW)


def servers_of(layer: Layer, community: int) -> dict[int, int]:
    """What the shares of households propose."""
    with as_system("test"):
        best: dict[int, tuple[int, int]] = {}
        for (own, theirs), n in sorted(layers.shares(layer, community).items()):
            best[own] = max(best.get(own, (0, 0)), (n, theirs))
        return {own: theirs for own, (_n, theirs) in best.items() if own in layers.general(community)}


def test_from_its_day_on_each_grid_says_who_serves_it_and_the_layer_is_closed(cast: Cast) -> None:
    in_force(cast, drawn(cast), DAY)
    community, layer = community_of(cast), laid(cast)
    servers = servers_of(layer, community.pk)
    assert len(servers) > 2
    day = DAY + timedelta(days=5)
    with cast.town.acting() as by:
        held = adopt_layer(layer, community, servers, valid_from=day, by=by, now=midnight(day))
    assert (held.state, held.closed_on) == ("merged", day)
    with as_system("test"):
        for grid, server in servers.items():
            assert [one.by_id for one in layers.serving(grid, day)] == [server]
            assert layers.serving(grid, day - timedelta(days=1)) == []
        assert all(one.households > 0 for one in Serving.objects.all())
    with cast.town.acting() as by, pytest.raises(Refused):
        take_layer_away(held, by=by)
    assert entries("layer.adopt") == [
        {"community": community.pk, "grids": len(servers), "on": day.isoformat(), "closed": True}
    ]


def test_a_later_statement_ends_what_it_changes_and_leaves_the_rest(cast: Cast) -> None:
    in_force(cast, drawn(cast), DAY)
    community, layer = community_of(cast), laid(cast)
    servers, later = servers_of(layer, community.pk), DAY + timedelta(days=30)
    grid = min(servers)
    other = next(pk for pk in servers.values() if pk != servers[grid])
    with cast.town.acting() as by:
        adopt_layer(layer, community, servers, valid_from=DAY, by=by, now=NOW)
        adopt_layer(layer, community, servers | {grid: other}, valid_from=later, by=by, now=NOW)
        with pytest.raises(Refused):
            adopt_layer(layer, community, servers, valid_from=later, by=by, now=NOW)
        with pytest.raises(Refused):
            adopt_layer(layer, community, servers, valid_from=DAY - timedelta(days=1), by=by, now=NOW)
        with pytest.raises(Refused):
            adopt_layer(layer, community, {}, valid_from=later, by=by, now=NOW)
        with pytest.raises(Refused):
            adopt_layer(layer, community, servers | {grid: 10**9}, valid_from=later, by=by, now=NOW)
    with as_system("test"):
        assert Serving.objects.count() == len(servers) + 1
        assert [one.by_id for one in layers.serving(grid, later - timedelta(days=1))] == [servers[grid]]
        assert [one.by_id for one in layers.serving(grid, later)] == [other]
        assert Layer.objects.get(pk=layer.pk).closed_on == DAY
    with cast.zhou.acting() as by, pytest.raises(Refused):
        adopt_layer(layer, community, servers, valid_from=later, by=by, now=NOW)


def test_a_draft_along_a_layer_disagrees_less_and_fits_as_well(cast: Cast) -> None:
    layer = laid(cast)
    plain = drawn(cast)
    community = community_of(cast)
    with cast.town.acting() as by:
        made = drafts.begin(
            community, wish="anew", limits=LIMITS, note_text="沿警务区", by=by, now=NOW, along=[layer.pk]
        )
        along = drafts.draw(made, by=by, now=NOW)
    assert along.along == [layer.pk]
    assert (apart(along, layer), out(along)) <= (apart(plain, layer), out(plain))
    assert apart(along, layer) < apart(plain, layer)


def apart(draft: GridDraft, layer: Layer) -> int:
    with as_system("test"):
        held = drafted.under(draft)
        return households_apart(held.drawn, columns([layer.pk], held.stairs.building)[layer.pk])


def out(draft: GridDraft) -> int:
    found = drafting_sheet(drafted.under(draft).drawn, drafted.options_of(draft.limits))
    return found.general_grids - found.general_within


def test_the_row_helpers_name_every_house(cast: Cast) -> None:
    held = houses(community_of(cast))
    found = read(community_of(cast), sheet([row_of("7", one) for one in held]))
    assert [one.code for one in found] == ["7"]
    assert found[0].buildings == {one.pk for one in held}


def of_one_town(cast: Cast) -> tuple[Area, list[Area]]:
    """A town with the near community and another one in it."""
    near, town = community_of(cast), township("东镇")
    with as_system("test"):
        other = Area.objects.filter(level="community", valid_to__isnull=True).exclude(pk=near.pk).order_by("pk")[0]
    for one in (near, other):
        effected(cast, plan("move", DAY - timedelta(days=3), *move(one.pk, town)))
    with as_system("test"):
        return Area.objects.get(pk=town), [near, other]


def test_a_layer_of_a_town_is_closed_when_all_its_communities_are_stated(cast: Cast) -> None:
    town, communities = of_one_town(cast)
    held = [one for community in communities for one in houses(community)]
    grids = read(town, drawn_map([("全镇", (100, 10, 140, 50))]))
    assert grids[0].buildings == {one.pk for one in held}
    with cast.wang.acting() as secretary, pytest.raises(Refused):
        lay_layer(town, stated(grids), by=secretary, now=NOW)
    with cast.town.acting() as by:
        layer = lay_layer(town, stated(grids), by=by, now=NOW)
    states = []
    for community in communities:
        servers = servers_of(layer, community.pk)
        with cast.wang.acting() as secretary, pytest.raises(Refused):
            adopt_layer(layer, community, servers, valid_from=DAY, by=secretary, now=NOW)
        with cast.town.acting() as by:
            states.append(adopt_layer(layer, community, servers, valid_from=DAY, by=by, now=NOW).state)
    assert states == ["laid", "merged"]
    with cast.wang.acting():  # seen by the community it lies over
        assert layers.over(communities[0].pk) == [layer]
