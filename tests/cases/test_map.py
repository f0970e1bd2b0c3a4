"""The map: the same cases in the drawing, the list and the data; small pieces of it; nothing of other areas."""

import pytest
from django.utils import timezone

from tests.browse import signed_in
from tests.cast import Cast
from wangge.cases import actions
from wangge.places.models import Area, Building
from wangge.places.queries import by_token, drawing


def report(cast: Cast, token: str, *, danger: bool = False) -> str:
    with cast.sun.acting() as sun:
        place = by_token(token)
        assert place is not None
        given = actions.Report(place, "树倒了", danger=danger)
        return actions.report(given, by=sun, now=timezone.now()).case.number


def test_map_list_and_drawing_show_the_same_cases_with_the_same_numbers(cast: Cast) -> None:
    quiet, danger = report(cast, cast.building_token), report(cast, cast.building_token, danger=True)
    lin = signed_in(cast.lin)

    page = lin.get("/map/").content.decode()
    data = lin.get("/map/cases.json").json()["features"]

    assert [(one["properties"]["n"], one["id"], one["properties"]["kind"]) for one in data] == [
        (2, quiet, "in_time"),
        (1, danger, "danger"),
    ]
    for number in (danger, quiet):
        assert f'data-map-id="{number}"' in page
        assert f"<title>{number}</title>" in page
    assert page.index(f'data-map-id="{danger}"') < page.index(f'data-map-id="{quiet}"')


def test_a_case_of_another_area_is_on_nobody_elses_map(cast: Cast) -> None:
    hidden = report(cast, cast.far_building_token)
    lin, zhou = signed_in(cast.lin), signed_in(cast.zhou)
    assert hidden in zhou.get("/map/").content.decode()
    assert hidden not in lin.get("/map/").content.decode()
    assert lin.get("/map/cases.json").json()["features"] == []


def test_a_finished_case_leaves_the_map(cast: Cast) -> None:
    number = report(cast, cast.building_token)
    with cast.lin.acting() as lin:
        from tests.cast import case
        from wangge.cases.actions.moves import Said

        actions.self_handle(case(number), by=lin, now=timezone.now(), said=Said("扶正了"))
    assert signed_in(cast.lin).get("/map/cases.json").json()["features"] == []


def test_the_map_is_for_staff(cast: Cast) -> None:
    from django.test import Client

    for path in ("/map/", "/map/areas.json", "/map/grids.json", "/map/cases.json", "/map/buildings.json?bbox=0,0,1,1"):
        assert Client().get(path).status_code == 302


def test_buildings_come_by_small_pieces(cast: Cast) -> None:
    lin = signed_in(cast.lin)
    with cast.lin.acting():
        one = Building.objects.get(token=cast.building_token)
    near = f"{one.lon - 0.01},{one.lat - 0.01},{one.lon + 0.01},{one.lat + 0.01}"

    answer = lin.get("/map/buildings.json", {"bbox": near})

    features = answer.json()["features"]
    assert one.pk in {feature["id"] for feature in features}
    assert all(f["geometry"]["coordinates"][0][0] == f["geometry"]["coordinates"][0][-1] for f in features)
    assert len(answer.content) <= drawing.MOST_BYTES


@pytest.mark.parametrize(
    ("bbox", "status"),
    [
        ("", 400), ("x", 400), ("1,2,3", 400), ("1,2,3,4,5", 400), ("nan,0,1,1", 400), ("inf,0,1,1", 400),
        ("2,0,1,1", 400), ("0,0,0,0", 400), ("-999,0,1,1", 400), ("1" * 500, 400), ("0,0,1,1", 413),
    ],
)  # fmt: skip
def test_a_wrong_or_too_large_piece_is_said_plainly(cast: Cast, bbox: str, status: int) -> None:
    answer = signed_in(cast.lin).get("/map/buildings.json", {"bbox": bbox})
    assert (answer.status_code, sorted(answer.json())) == (status, ["detail", "error"])


def test_a_piece_with_too_many_buildings_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_BUILDINGS", 1)
    with cast.lin.acting():
        one = Building.objects.get(token=cast.building_token)
        with pytest.raises(drawing.TooMuch):
            drawing.buildings(drawing.Box(one.lon - 0.02, one.lat - 0.02, one.lon + 0.02, one.lat + 0.02))


def test_neighbours_have_different_tints() -> None:
    def square(x: float) -> dict[str, object]:
        return {"type": "Polygon", "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]}

    assert drawing.tints_of([square(0), square(1), square(2), square(9)]) == [0, 1, 0, 0]


def test_all_grids_with_an_outline_are_drawn(cast: Cast) -> None:
    with cast.lin.acting():
        drawn = Area.objects.filter(level="grid", valid_to__isnull=True, outline__isnull=False).count()
    page = signed_in(cast.lin)
    assert len(page.get("/map/grids.json").json()["features"]) == drawn > 0
    assert page.get("/map/").content.decode().count('stroke="#1d5aa8"') == drawn
