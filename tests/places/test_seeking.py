"""One box for places: what it finds, why, in which order, and what it keeps to itself."""

from collections.abc import Iterator

import pytest

from tests.cast import Cast
from tests.conftest import QueriesOf
from wangge.places.models import Area, AreaCode, Building, Compound, Dwelling, Grid
from wangge.places.queries import register
from wangge.places.queries.finding import Hit, Rank
from wangge.places.queries.seeking import Group, look_up
from wangge.places.words import Kind


@pytest.fixture
def desk(cast: Cast) -> Iterator[Cast]:
    """The whole test as the dispatcher, who sees the county."""
    with cast.dispatcher.acting():
        yield cast


def hits(text: str, kind: Kind) -> list[Hit]:
    return next((group.hits for group in look_up(text).groups if group.kind == kind), [])


def first(text: str) -> Hit:
    return look_up(text).groups[0].hits[0]


def a_compound() -> Compound:
    return Compound.objects.get(name="东坡小区")


@pytest.mark.parametrize("text", ["东坡小区", "东坡", "dpxq", "dongpo", "dongpoxiaoqu", "DPXQ", "东 坡", "东坡小"])
def test_a_compound_is_found_by_name_part_initials_and_pinyin(desk: Cast, text: str) -> None:
    found = first(text)
    assert (found.kind, found.place) == (Kind.COMPOUND, a_compound().pk)


@pytest.mark.parametrize("text", ["东破小区", "冬坡小区", "东坡小去", "dongpoxiaoq", "dongpaxiaoqu"])
def test_one_wrong_character_still_finds_and_ranks_last(desk: Cast, text: str) -> None:
    found = hits(text, Kind.COMPOUND)
    assert [hit.place for hit in found] == [a_compound().pk]
    assert found[0].cursor.rank >= Rank.SPELT_BEGINS


def test_two_wrong_characters_or_a_short_word_are_not_guessed(desk: Cast) -> None:
    assert (look_up("冬破小去").groups, look_up("冬坡").groups) == ([], [])


def test_a_road_and_number_lead_to_the_compound_that_has_them(desk: Cast) -> None:
    assert [hit.name for hit in hits("采石街18号", Kind.COMPOUND)] == ["钟楼壹号"]
    assert {group.kind for group in look_up("采石街").groups} == {Kind.FEATURE, Kind.COMPOUND}


def test_an_area_is_found_by_its_official_code_with_scheme_and_year(desk: Cast) -> None:
    code = AreaCode.objects.select_related("area").get(code="LP01A1")
    found = first("lp01a1")
    assert (found.kind, found.place, found.text) == (Kind.AREA, code.area_id, "LP01A1")
    assert found.note == f"{code.scheme} {code.year}"


def test_a_grid_is_found_by_its_number_and_by_its_name_within_its_community(desk: Cast) -> None:
    grid = Grid.objects.select_related("area__parent").get(area_id=desk.grid_id)
    assert grid.area.parent is not None
    assert first(grid.number).place == grid.pk
    within = look_up(f"{grid.area.parent.name}{grid.area.name}").groups[0].hits
    assert [(hit.kind, hit.place) for hit in within] == [(Kind.GRID, grid.pk)]
    assert len(hits(grid.area.name, Kind.GRID)) == Area.objects.filter(level="grid", name=grid.area.name).count() > 1


def test_a_point_is_answered_with_the_areas_it_lies_in_and_the_nearest_buildings(desk: Cast) -> None:
    building = Building.objects.filter(grid_id=desk.grid_id)[0]
    for text in (f"{building.lat},{building.lon}", f"{building.lon} {building.lat}"):
        answer = look_up(text)
        assert answer.spot is not None
        near = next(group.hits for group in answer.groups if group.kind == Kind.BUILDING)
        assert (near[0].place, near[0].metres) == (building.pk, 0)
        assert [hit.metres for hit in near] == sorted(hit.metres or 0 for hit in near)
        assert desk.grid_id in {hit.place for group in answer.groups for hit in group.hits if hit.kind == Kind.GRID}


def test_the_sea_has_no_buildings(desk: Cast) -> None:
    answer = look_up("10.5, 120.5")
    assert (answer.groups, answer.spot is not None) == ([], True)


def test_groups_and_what_is_in_them_stand_best_first_and_always_alike(desk: Cast) -> None:
    groups = look_up("钟楼").groups
    ranks = [[hit.cursor for hit in group.hits] for group in groups]
    assert ranks == [sorted(each) for each in ranks]
    assert [each[0].rank for each in ranks] == sorted(each[0].rank for each in ranks)
    assert look_up("钟楼").groups == groups


@pytest.mark.parametrize(
    "text", ["", "   ", "%", "_", "\\", "'; drop table places_name; --", "🔥", "x" * 500, "1-" * 300]
)
def test_any_text_is_answered(desk: Cast, text: str) -> None:
    assert [group for group in look_up(text).groups if not group.hits] == []


def test_a_percent_sign_finds_nothing_of_its_own(desk: Cast) -> None:
    assert (look_up("%").groups, look_up("东%区").groups) == ([], [])


def pages(text: str, kind: Kind, most: int) -> Iterator[Group]:
    found = look_up(text, kinds=[kind], most=most).groups
    while found:
        yield found[0]
        more = found[0].more
        found = look_up(text, kinds=[kind], after=more, most=most).groups if more else []


@pytest.mark.parametrize(
    ("text", "kind"), [("网格", Kind.GRID), ("柳树台1", Kind.BUILDING), ("钟楼壹号1-1", Kind.DWELLING)]
)
def test_a_long_list_goes_on_behind_its_last_row_and_shows_each_once(cast: Cast, text: str, kind: Kind) -> None:
    with cast.wang.acting():
        whole = [hit.place for hit in look_up(text, kinds=[kind], most=100).groups[0].hits]
        paged = [hit.place for page in pages(text, kind, 3) for hit in page.hits]
    assert len(whole) > 6
    assert paged == whole


def home_of(grid_id: int) -> tuple[str, int]:
    home = Dwelling.objects.select_related("building__compound").filter(area_id=grid_id).order_by("id")[0]
    assert home.building.compound is not None
    door = "-".join(filter(None, (home.unit, home.room)))
    return f"{home.building.compound.name}{home.building.name}{door}", home.pk


def test_a_worker_finds_the_homes_of_the_own_grid_and_nobody_elses(cast: Cast) -> None:
    with cast.lin.acting():
        address, home = home_of(cast.grid_id)
        assert hits(address, Kind.DWELLING)[0].place == home
    with cast.zhou.acting():
        theirs = look_up(address)
    assert Kind.DWELLING not in {group.kind for group in theirs.groups}


def test_a_home_elsewhere_is_answered_like_one_that_does_not_exist(cast: Cast) -> None:
    with cast.lin.acting():
        address, _home = home_of(cast.grid_id)
    nowhere = address[:-3] + "999"
    with cast.zhou.acting():
        assert look_up(address).groups == look_up(nowhere).groups != []


def test_a_point_tells_nobody_of_homes(cast: Cast) -> None:
    with cast.lin.acting():
        building = Building.objects.filter(grid_id=cast.grid_id)[0]
        kinds = {group.kind for group in look_up(f"{building.lat}, {building.lon}").groups}
    assert kinds == {Kind.BUILDING, Kind.AREA, Kind.GRID}


@pytest.mark.parametrize(
    ("text", "rows", "asked"), [("钟楼壹号", 1, 2), ("1号网格", 3, 2), ("钟楼壹号1栋101", 1, 4), ("柳树台1", 3, 4)]
)
def test_a_search_asks_as_often_for_one_row_as_for_three(
    desk: Cast, queries_of: QueriesOf, text: str, rows: int, asked: int
) -> None:
    look_up(text)  # the names are known to the process, which then asks whether they are still those
    register.forget()
    with queries_of(asked):
        found = look_up(text).groups
    assert len(found[0].hits) >= rows
