"""The one box: page, suggestions and API show the same, to each what their posts cover; nothing is kept on the way."""

import json
import re
from urllib.parse import quote_plus

import pytest
from click.testing import CliRunner
from django.test import Client

from tests.browse import signed_in
from tests.cases.made import reported
from tests.cast import Cast, Person
from tests.conftest import QueriesOf
from wangge.places.models import Building, Dwelling, Grid
from wangge.places.queries import register
from wangge.web.commands.main import main

TYPING = {"HX-Request": "true"}
DOORS = ("/search/?q=", "/search/suggestions/?q=", "/api/v1/search?q=")


def answers(person: Person, text: str, language: str = "en") -> list[str]:
    """The answers of all doors to the same words, without what was typed."""
    client = signed_in(person, language)
    found = [client.get(door + text) for door in DOORS]
    assert [(each.status_code, each.headers["Cache-Control"]) for each in found] == [(200, "no-store")] * len(DOORS)
    return [each.content.decode() for each in found]


def home_of(cast: Cast) -> tuple[str, str, str]:
    """An address in the grid of Lin, how the home is shown, and how its building is."""
    with cast.lin.acting():
        home = Dwelling.objects.select_related("building__compound").filter(area_id=cast.grid_id).order_by("id")[0]
    assert home.building.compound is not None
    building = f"{home.building.compound.name} {home.building.name}"
    door = "-".join(filter(None, (home.unit, home.room)))
    return f"{building}{door}", f"{building} {door}", building


def test_a_worker_finds_the_homes_of_the_own_grid_at_every_door(cast: Cast) -> None:
    address, shown, _building = home_of(cast)
    assert [shown in each for each in answers(cast.lin, address)] == [True] * 3


def test_a_worker_of_another_area_finds_the_building_and_no_home_at_any_door(cast: Cast) -> None:
    address, shown, building = home_of(cast)
    for each in answers(cast.zhou, address):
        assert building in each
        assert shown not in each
        assert "dwelling" not in each


def test_a_home_elsewhere_is_answered_like_one_that_does_not_exist(cast: Cast) -> None:
    address, _shown, _building = home_of(cast)
    nowhere = f"{address[:-3]}999"
    for door in DOORS[1:]:
        there, not_there = (
            signed_in(cast.zhou)
            .get(door + text, headers=TYPING)
            .content.decode()
            .replace(quote_plus(text), "?")
            .replace(text, "?")
            for text in (address, nowhere)
        )
        assert there == not_there


def test_a_case_is_found_by_its_number_by_whom_it_concerns(cast: Cast) -> None:
    number = reported(cast)
    for text in (number, number.replace("-", ""), number[:9]):
        assert [f"/case/{number}/" in each for each in answers(cast.lin, text)] == [True] * 3
    assert [f"/case/{number}/" in each for each in answers(cast.zhou, number)] == [False] * 3


def test_a_point_shows_nobody_a_home_or_a_case(cast: Cast) -> None:
    number = reported(cast)
    with cast.lin.acting():
        building = Building.objects.get(token=cast.building_token)
    for person in (cast.lin, cast.zhou):
        for each in answers(person, f"{building.lat}, {building.lon}"):
            assert building.name in each
            assert number not in each


def test_everything_opens_the_page_it_belongs_to(cast: Cast) -> None:
    with cast.lin.acting():
        grid = Grid.objects.get(area_id=cast.grid_id)
        building = Building.objects.select_related("compound").get(token=cast.building_token)
    assert building.compound is not None
    page = answers(cast.lin, grid.number)[0]
    assert f'href="/map/?in={grid.pk}&amp;grid={grid.pk}"' in page
    page = answers(cast.lin, f"{building.compound.name}{building.name}")[0]
    assert f"{building.lon:.5f},{building.lat:.5f},17&amp;building={building.pk}" in page


def test_each_result_says_why_it_was_found(cast: Cast) -> None:
    assert "official code LP01A1 (local 2026)" in answers(cast.lin, "lp01a1")[0]
    assert "sounds or looks alike" in answers(cast.lin, "东破小区")[0]
    assert "按拼音找到" in answers(cast.lin, "dpxq", "zh-hans")[0]
    assert "又叫 采石街18号" in answers(cast.lin, "采石街18号", "zh-hans")[0]


def test_the_empty_page_says_what_may_be_typed_and_nothing_found_says_so_too(cast: Cast) -> None:
    client = signed_in(cast.lin, "zh-hans")
    assert "可以这样写" in client.get("/search/").content.decode()
    nothing = client.get("/search/?q=乌有之乡").content.decode()
    assert "没有这个名称、地址或编号" in nothing
    assert "可以这样写" in nothing
    assert "/desk/all/?q=%E4%B9%8C" in nothing


@pytest.mark.parametrize("door", ["/search/?q=1", "/search/suggestions/?q=1"])
def test_strangers_and_who_does_not_work_on_cases_find_nothing(cast: Cast, door: str) -> None:
    assert Client().get(door).status_code == 302
    assert signed_in(cast.auditor).get(door).status_code == 409


def test_programs_without_a_post_find_nothing(cast: Cast) -> None:
    assert Client().get("/api/v1/search?q=1").status_code == 401
    assert signed_in(cast.auditor).get("/api/v1/search?q=1").status_code == 403


def test_a_program_reads_a_long_list_to_its_end(cast: Cast) -> None:
    client, seen, after = signed_in(cast.wang), [], ""
    while True:
        section = client.get(f"/api/v1/search?q=柳树台1&kind=building&limit=3&after={after}").json()["sections"][0]
        seen += [item["id"] for item in section["items"]]
        if not (after := section["more"]):
            break
    assert len(seen) == len(set(seen)) > 3


def test_more_of_a_group_stands_on_a_page_of_its_own(cast: Cast) -> None:
    client = signed_in(cast.wang)
    page = client.get("/search/?q=钟楼壹号1-1").content.decode()
    more = re.search(r'href="(/search/\?[^"]*in=dwelling[^"]*)"', page)
    assert more is not None
    ids = [
        set(re.findall(r'/map/\?at=[^"]*">\s*<strong>([^<]*)', text))
        for text in (page, client.get(more[1].replace("&amp;", "&")).content.decode())
    ]
    assert ids[1]
    assert ids[0] & ids[1] == set()


@pytest.mark.parametrize("after", ["x", "1.2", "1.2.x", "99999999999999999999.1.1", "١.1.1", "-1.0.0"])
def test_a_bent_mark_begins_at_the_beginning(cast: Cast, after: str) -> None:
    client = signed_in(cast.lin)
    assert "东坡小区" in client.get("/search/", {"q": "东坡", "in": "compound", "after": after}).content.decode()


@pytest.mark.parametrize(("text", "rows"), [("东坡小区", 1), ("1号网格", 3)])
def test_suggestions_ask_as_often_for_one_row_as_for_three(
    cast: Cast, queries_of: QueriesOf, text: str, rows: int
) -> None:
    client = signed_in(cast.lin)
    assert client.get(f"/search/suggestions/?q={text}").content.decode().count('role="option"') == rows + 1
    register.forget()
    with queries_of(5):  # begin, who it is, whether the names are still those, what was found, end
        client.get(f"/search/suggestions/?q={text}", headers=TYPING)


def test_the_command_line_finds_the_same(db: str) -> None:
    said = CliRunner().invoke(main, ["find", "东坡", "3-2-302"])
    assert said.exit_code == 0
    assert "东坡小区 3栋 2-302" in said.output
    lines = CliRunner().invoke(main, ["find", "--json", "--kind", "compound", "dpxq"]).output.splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["东坡小区"]
    assert CliRunner().invoke(main, ["find", "乌有之乡"]).exit_code == 1
