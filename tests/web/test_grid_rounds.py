"""The rounds of a grid in force: their page, the sheets of paper, and who sees them."""

import math
import re
from datetime import date
from itertools import pairwise

from django.db.models import Count

from tests.browse import signed_in
from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.places.drafting import drawn, in_force
from tests.web.test_grids import secretary, shown
from wangge.jobs.system import as_system
from wangge.places.actions import keep_dwellings
from wangge.places.models import Dwelling, Grid, MicroGrid, MicroUnit
from wangge.places.queries.rounds import micro_grids_of, walked

DAY = date(2026, 10, 1)


def adopted(cast: Cast) -> None:
    in_force(cast, drawn(cast), DAY)


def doors_in(page: str) -> list[str]:
    return re.findall(r'<td class="door">([^<]+)</td>', page)


def test_the_page_names_the_stairwells_of_each_micro_grid_in_walking_order(cast: Cast) -> None:
    assert "no micro-grids yet" in shown(signed_in(cast.town), f"/grids/rounds/{cast.grid_id}/")
    adopted(cast)
    page = shown(signed_in(cast.town), f"/grids/rounds/{cast.grid_id}/")
    with as_system("test"):
        micro = micro_grids_of(cast.grid_id)
        assert len(micro) > 1
        for one in micro:
            first = MicroUnit.objects.filter(micro=one).select_related("building").earliest("order")
            row = page[page.index(f">{one.number}</a></td>") :]
            assert re.search(r'<ol class="wg-walk"><li>([^<]+)', row)[1].find(first.building.name) > 0  # type: ignore[index]
            assert f'<td class="wg-num">{one.minutes}</td>' in row


def test_every_door_of_the_grid_is_on_one_sheet_and_no_name_is(cast: Cast) -> None:
    adopted(cast)
    page = shown(signed_in(cast.town), f"/grids/rounds/{cast.grid_id}/print/")
    with as_system("test"):
        homes = Dwelling.objects.filter(area_id=cast.grid_id).count()
        micro = micro_grids_of(cast.grid_id)
        token = Grid.objects.get(area_id=cast.grid_id).token
    doors = doors_in(page)
    assert len(doors) == len(set(doors)) == homes == sum(one.households for one in micro)
    assert page.count("<h1>") == page.count('class="emblem"') == page.count("<section")
    assert "<script" not in page.split("<main")[1].replace("wg-words", "")
    assert "<style" not in page
    assert token not in page  # it stands in the QR code alone
    assert page.count("<svg xmlns") >= len(micro)


def test_a_sheet_says_what_its_round_takes_as_the_page_does(cast: Cast) -> None:
    adopted(cast)
    with cast.town.acting():
        micro = micro_grids_of(cast.grid_id)
        rounds = walked(micro)
    assert [one.households for one in rounds] == [one.households for one in micro]
    client = signed_in(cast.town)
    for one in micro:
        page = shown(client, f"/grids/rounds/{cast.grid_id}/print/?micro={one.pk}")
        minutes = int(re.search(r"about (\d+) minutes", page)[1])  # type: ignore[index]
        assert abs(minutes - one.minutes) <= 1
        assert len(doors_in(page)) == one.households
        assert one.number in page


def test_stairwells_stand_where_they_stood_when_the_grids_were_drawn(cast: Cast) -> None:
    adopted(cast)
    with as_system("test"):
        micro = list(MicroGrid.objects.filter(valid_to__isnull=True).order_by("pk"))
        for one, held in zip(micro, walked(micro), strict=True):
            spots = [(stop.x_m, stop.y_m) for stop in held.stops]
            assert abs(sum(math.dist(*leg) for leg in pairwise([*spots, spots[0]])) - one.tour_m) <= 1


def test_a_home_of_today_is_on_the_sheet_of_its_stairwell(cast: Cast) -> None:
    adopted(cast)
    with as_system("test") as system:
        micro = micro_grids_of(cast.grid_id)[0]
        unit = MicroUnit.objects.filter(micro=micro).select_related("building").earliest("order")
        keep_dwellings(
            {"area_id": [cast.grid_id], "building_id": [unit.building_id], "unit": [unit.unit], "floor": [1],
             "room": ["199"]}, by=system,
        )  # fmt: skip
    page = shown(signed_in(cast.town), f"/grids/rounds/{cast.grid_id}/print/?micro={micro.pk}")
    assert len(doors_in(page)) == micro.households + 1
    assert any(door.endswith("199") for door in doors_in(page))


def test_large_print_has_fewer_doors_on_a_page_and_a_full_registration_is_split(cast: Cast) -> None:
    adopted(cast)
    client, path = signed_in(cast.town), f"/grids/rounds/{cast.grid_id}/print/"
    usual, large = shown(client, path), shown(client, f"{path}?large=1")
    assert doors_in(usual) == doors_in(large)
    assert large.count("<section") > usual.count("<section")
    assert large.count('large"') >= large.count("<section")
    assert "round 1 of" in shown(client, f"{path}?for=registration")
    assert "round 1 of" not in shown(client, f"{path}?for=notice")


def test_sheets_speak_the_language_of_the_page(cast: Cast) -> None:
    adopted(cast)
    page = shown(signed_in(cast.town, "zh-hans"), f"/grids/rounds/{cast.grid_id}/print/")
    assert "不拍人" in page
    assert "No photo" not in page


def test_sheets_cost_as_many_questions_for_all_micro_grids_as_for_one(cast: Cast, queries_of: QueriesOf) -> None:
    adopted(cast)
    with cast.town.acting():
        micro = micro_grids_of(cast.grid_id)
        for some in (micro[:1], micro):
            with queries_of(4):
                walked(some)


def test_only_ones_own_grids_in_force_have_sheets(cast: Cast) -> None:
    adopted(cast)
    with as_system("test"):
        elsewhere = MicroGrid.objects.exclude(grid_id=cast.grid_id).annotate(n=Count("units")).earliest("pk")
    client = signed_in(cast.town)
    for wrong in ("x", "0", str(elsewhere.pk)):
        assert client.get(f"/grids/rounds/{cast.grid_id}/print/?micro={wrong}").status_code == 404
    other = signed_in(secretary(cast))
    for path in (f"/grids/rounds/{cast.grid_id}/", f"/grids/rounds/{cast.grid_id}/print/"):
        assert other.get(path).status_code == 404
        assert signed_in(cast.lin).get(path).status_code == 409
    assert client.get("/grids/rounds/sheets.css").headers["Content-Type"].startswith("text/css")
