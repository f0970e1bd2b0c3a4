"""The map: one truth for marks, list and figures; nothing of other areas; the register in small, kept pieces."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.browse import signed_in
from tests.cast import Cast, case
from tests.conftest import QueriesOf
from tests.places.drafting import drawn as divided
from tests.places.drafting import in_force
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.queries import map as cases
from wangge.cases.queries.desk import Figures, Wanted, tally
from wangge.jobs.system import as_system
from wangge.places.models import Area, Building
from wangge.places.queries import by_token, drawing
from wangge.places.queries.tree import RANKS, tree

PATHS = ("/map/", "/map/print/", "/map/drawing.svg", "/map/ground.json?bbox=0,0,1,1&z=9")
PARTS = 7  # questions to the database: begin, who, extent, figures, cases, buildings in view, commit


def report(cast: Cast, token: str, *, danger: bool = False) -> str:
    with cast.sun.acting() as sun:
        place = by_token(token)
        assert place is not None
        given = actions.Report(place, "树倒了", danger=danger)
        return actions.report(given, by=sun, now=timezone.now()).case.number


def drawn(client: Client, address: str = "/map/") -> dict[str, Any]:
    """What the script of the page paints."""
    page = client.get(address, headers={"HX-Request": "true"}).content.decode()
    found = re.search(r'<script id="map-drawn" type="application/json">(.*?)</script>', page)
    assert found is not None
    result: dict[str, Any] = json.loads(found[1])
    return result


def test_map_list_and_drawing_show_the_same_cases_with_the_same_numbers(cast: Cast) -> None:
    quiet, danger = report(cast, cast.building_token), report(cast, cast.building_token, danger=True)
    lin = signed_in(cast.lin)

    page, picture = lin.get("/map/").content.decode(), lin.get("/map/drawing.svg").content.decode()

    marks = drawn(lin)["marks"]
    assert [(one["label"], one["id"], one["kind"]) for one in marks] == [("2", quiet, "visit"), ("1", danger, "danger")]
    for number in (danger, quiet):
        assert f'data-map-id="{number}"' in page
        assert f"<title>{number}</title>" in picture
    assert page.index(f'data-map-id="{danger}"') < page.index(f'data-map-id="{quiet}"')


def test_cases_of_one_building_stand_beside_each_other(cast: Cast) -> None:
    for _time in range(3):
        report(cast, cast.building_token)
    marks = drawn(signed_in(cast.lin))["marks"]
    assert len({(one["lon"], one["lat"]) for one in marks}) == 1
    assert len({tuple(one["offset"]) for one in marks}) == 3


def test_many_cases_of_one_building_are_one_circle_that_says_how_many(cast: Cast) -> None:
    for _time in range(9):
        report(cast, cast.building_token)
    lin = signed_in(cast.lin)
    assert [(one["label"], one["is_heap"]) for one in drawn(lin)["marks"]] == [("×9", True)]
    assert lin.get("/map/").content.decode().count("data-map-id=") == 9


@pytest.mark.parametrize("level", ["county", "town", "community", "grid"])
def test_circles_list_and_head_sum_to_what_the_desk_counts(
    cast: Cast, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "FEW", 0)
    for token in (cast.building_token, cast.building_token, cast.far_building_token):
        report(cast, token, danger=token == cast.far_building_token)
    with cast.chief.acting() as chief:
        now = timezone.now()
        found = cases.find(cases.open_cases(chief, Wanted(), now), tree(), level, None, now)
        counted = tally(chief, now).figures
    assert found.figures == counted == cases.added(heap.figures for heap in found.heaps) == Figures(3, 1, 0, 0)
    assert sum(int(mark.label) for mark in cases.marks_of(found)) == 3
    assert {RANKS[heap.area.level] >= RANKS[level] for heap in found.heaps} == {True}


def test_cases_shown_one_by_one_and_those_elsewhere_sum_to_the_head(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "FEW", 0)
    near, _far = report(cast, cast.building_token), report(cast, cast.far_building_token)
    with cast.chief.acting() as chief:
        now = timezone.now()
        at = case(near)
        assert at.lon is not None
        assert at.lat is not None
        box = drawing.Box(at.lon - 0.0005, at.lat - 0.0005, at.lon + 0.0005, at.lat + 0.0005)
        found = cases.find(cases.open_cases(chief, Wanted(), now), tree(), None, box, now)
    assert [spot.case.number for spot in found.spots] == [near]
    assert (found.figures.total, found.in_sight, found.elsewhere, found.left_out) == (2, 1, 1, 0)


def test_a_case_of_another_area_is_on_nobody_elses_map(cast: Cast) -> None:
    hidden = report(cast, cast.far_building_token)
    lin, zhou = signed_in(cast.lin), signed_in(cast.zhou)
    for path in ("/map/", "/map/drawing.svg", "/map/print/"):
        assert hidden in zhou.get(path).content.decode()
        assert hidden not in lin.get(path).content.decode()
    assert drawn(lin)["marks"] == []
    assert "data-map-total>0<" in lin.get("/map/").content.decode()
    card = lin.get(f"/map/?grid={cast.far_grid_id}").content.decode()
    assert "data-map-card" in card
    assert hidden not in card
    assert re.search(r'<a href="/desk/all/\?area=\d+">0</a>', card)


def test_a_finished_case_leaves_the_map(cast: Cast) -> None:
    number = report(cast, cast.building_token)
    with cast.lin.acting() as lin:
        actions.self_handle(case(number), by=lin, now=timezone.now(), said=Said("扶正了"))
    assert drawn(signed_in(cast.lin))["marks"] == []


def test_the_map_is_for_staff(cast: Cast) -> None:
    for path in (*PATHS, "/map/buildings.json?bbox=0,0,1,1&z=15"):
        assert Client().get(path).status_code == 302


def test_filters_narrow_list_and_marks_alike(cast: Cast) -> None:
    report(cast, cast.building_token)
    lin = signed_in(cast.lin)
    assert len(drawn(lin, "/map/?state=verifying")["marks"]) == 1
    assert drawn(lin, "/map/?state=dispatched")["marks"] == []
    assert len(drawn(lin, "/map/?days=7&state=nonsense&group=nonsense&in=99999999")["marks"]) == 1
    assert drawn(lin, "/map/?group=water")["marks"] == []


@pytest.mark.parametrize("query", [
    "at=nan,1,2", "at=1,2", "at=inf,0,3", "at=0,0,99", "bbox=1,2,3", "in=x", "in=²", "grid=99999999999999999999",
    "grid=0", "building=0", "case=%00", "tint=red", "off=,,", "days=1e9",
])  # fmt: skip
def test_an_address_nobody_offers_still_shows_a_map(cast: Cast, query: str) -> None:
    lin = signed_in(cast.lin)
    for path in ("/map/", "/map/print/", "/map/drawing.svg"):
        assert lin.get(f"{path}?{query}").status_code == 200


def test_links_drill_down_from_the_county_to_a_grid_without_scripts(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "FEW", 0)
    number = report(cast, cast.building_token)
    chief = signed_in(cast.chief)
    with cast.chief.acting():
        county = next(node for node in tree().nodes.values() if node.level == "county").id
    address, steps = f"/map/?in={county}", 0
    while number not in (page := chief.get(address).content.decode()):
        link = re.search(r'<div class="wg-map-heap">\s*<a href="(\?in=\d+)"', page)
        assert link is not None, address
        address, steps = f"/map/{link[1]}", steps + 1
        assert steps <= 4
    assert f'<img class="wg-map-drawing" src="/map/drawing.svg{address[5:]}"' in page


def test_the_card_of_a_grid_says_whom_to_call_and_what_is_open(cast: Cast) -> None:
    report(cast, cast.building_token, danger=True)
    page = signed_in(cast.lin).get(f"/map/?grid={cast.grid_id}").content.decode()
    with cast.lin.acting():
        grid = Area.objects.get(pk=cast.grid_id).grid
    for said in (grid.number, grid.worker_name, grid.worker_phone, f"/g/{grid.token}/", f"/g/{grid.token}/poster/",
                 f'<a href="/desk/all/?area={cast.grid_id}">1</a>', "1 danger"):  # fmt: skip
        assert said in page


def test_the_card_of_a_building_never_says_who_lives_there(cast: Cast) -> None:
    with cast.lin.acting():
        one = Building.objects.get(token=cast.building_token)
    page = signed_in(cast.lin).get(f"/map/?building={one.pk}").content.decode()
    card = page[page.index("data-map-card") : page.index("</section>", page.index("data-map-card"))]
    assert one.name in card
    assert f"/b/{one.token}/poster/" in card
    assert not re.search(r"tel:|\b\d{11}\b", card)


def test_layers_that_are_off_are_off_for_everything_that_draws(cast: Cast) -> None:
    number = report(cast, cast.building_token)
    lin = signed_in(cast.lin)
    assert drawn(lin, "/map/?off=cases")["marks"] == []
    assert number not in lin.get("/map/drawing.svg?off=cases").content.decode()
    assert number in lin.get("/map/?off=cases").content.decode()  # the list still says it


def test_micro_grids_are_dashed_on_the_drawing_from_close_by_until_switched_off(cast: Cast) -> None:
    in_force(cast, divided(cast), date(2026, 10, 1))
    with as_system("test"):
        one = Building.objects.get(token=cast.building_token)
    client, dashed = signed_in(cast.town), 'stroke="#33415c" stroke-width="1" stroke-dasharray="4 3"'
    near, far = (f"at={one.lon:.5f},{one.lat:.5f},{zoom}" for zoom in (16.5, 15))
    assert dashed in client.get(f"/map/drawing.svg?{near}").content.decode()
    assert dashed not in client.get(f"/map/drawing.svg?{near}&off=micro").content.decode()
    assert dashed not in client.get(f"/map/drawing.svg?{far}").content.decode()
    said = "number and its own"
    assert said in client.get(f"/map/?{near}").content.decode()
    assert said not in client.get(f"/map/?{far}").content.decode()
    assert said not in client.get(f"/map/?{near}&off=micro").content.decode()


def test_the_sheet_for_paper_has_legend_scale_north_and_date(cast: Cast) -> None:
    page = signed_in(cast.lin).get("/map/print/?tint=households").content.decode()
    assert "wg-map-sheet" in page
    assert 'class="wg-swatch wg-swatch-0"' in page
    assert re.search(r">\d+ k?m</text>", page)
    assert ">N</text>" in page
    assert re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d", page)


def test_buildings_come_by_small_pieces_and_are_kept_by_who_asked(cast: Cast) -> None:
    lin = signed_in(cast.lin)
    with cast.lin.acting():
        one = Building.objects.get(token=cast.building_token)
    near = {"bbox": f"{one.lon - 0.01},{one.lat - 0.01},{one.lon + 0.01},{one.lat + 0.01}", "z": "15"}

    answer = lin.get("/map/buildings.json", near)

    assert one.pk in {feature["id"] for feature in answer.json()["features"]}
    assert len(answer.content) <= drawing.BYTES_OF_BUILDINGS
    assert (answer["Cache-Control"], answer["Vary"]) == ("private, max-age=300", "Cookie")
    again = lin.get("/map/buildings.json", near, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    other = lin.get("/map/buildings.json", near, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize("layer", ["ground", "buildings"])
@pytest.mark.parametrize(
    "piece",
    [
        "bbox=&z=15", "bbox=x&z=15", "bbox=1,2,3&z=15", "bbox=1,2,3,4,5&z=15", "bbox=nan,0,1,1&z=15",
        "bbox=inf,0,1,1&z=15", "bbox=2,0,1,1&z=15", "bbox=0,0,0,0&z=15", "bbox=-999,0,1,1&z=15", "bbox=0,0,1,1&z=",
        "bbox=0,0,1,1&z=nan", "bbox=0,0,1,1&z=-1", f"bbox={'1' * 500}&z=15",
    ],
)  # fmt: skip
def test_a_wrong_piece_is_said_plainly(cast: Cast, layer: str, piece: str) -> None:
    answer = signed_in(cast.lin).get(f"/map/{layer}.json?{piece}")
    assert (answer.status_code, sorted(answer.json())) == (400, ["detail", "error"])


def test_too_many_buildings_are_refused_with_a_sentence_that_says_what_to_do(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    lin = signed_in(cast.lin, "zh-hans")
    monkeypatch.setattr(drawing, "MOST_BUILDINGS", 1)
    answer = lin.get("/map/buildings.json?bbox=100,30,110,40&z=14")
    assert (answer.status_code, answer.json()["detail"]) == (413, "这一片地图上的楼太多，请放大再看。")


def test_a_list_of_three_asks_no_more_than_a_list_of_one(cast: Cast, queries_of: QueriesOf) -> None:
    lin = signed_in(cast.lin)
    report(cast, cast.building_token)
    lin.get("/map/")
    for more in (0, 2):
        for _time in range(more):
            report(cast, cast.building_token)
        with queries_of(PARTS):
            lin.get("/map/", headers={"HX-Request": "true"})
