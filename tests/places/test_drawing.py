"""The drawing of the register: found by box, cut to what the scale shows, never more than a page can draw."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from shapely import union_all
from shapely.geometry import shape

from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.places.drafting import drawn, in_force
from wangge.places.models import Area, BaseMap, Building, MicroGrid
from wangge.places.queries import drawing, micro
from wangge.places.queries.drawing import Box


def around(one: Building, degrees: float = 0.01) -> Box:
    return Box(one.lon - degrees, one.lat - degrees, one.lon + degrees, one.lat + degrees)


def decimals(held: Any) -> int:
    """The most decimals any coordinate of the geometry has."""
    if isinstance(held, list):
        return max(map(decimals, held))
    return len(str(held).partition(".")[2])


def test_the_budgets_of_a_view_add_up_to_what_is_promised() -> None:
    assert drawing.MOST_AREAS + drawing.MOST_GROUND + drawing.MOST_BUILDINGS + drawing.MOST_ABOVE <= 7_000
    assert drawing.BYTES_OF_GROUND + drawing.BYTES_OF_BUILDINGS + 50_000 <= 1_500_000


def test_buildings_in_the_box_come_with_names_from_close_by_only(cast: Cast) -> None:
    with cast.lin.acting():
        one = Building.objects.get(token=cast.building_token)
        near, far = (json.loads(drawing.buildings(around(one), zoom))["features"] for zoom in (16.5, 14.0))
        inside = {pk for pk, lon, lat in Building.objects.values_list("pk", "lon", "lat")
                  if around(one).holds(lon, lat)}  # fmt: skip
    assert inside <= {feature["id"] for feature in near} == {feature["id"] for feature in far}
    assert all(feature["properties"]["name"] for feature in near)
    assert not any(feature["properties"] for feature in far)
    assert max(decimals(feature["geometry"]["coordinates"]) for feature in far) == 5
    assert max(decimals(feature["geometry"]["coordinates"]) for feature in near) == 6


RING = [[104.0, 37.0], [104.001, 37.0], [104.001, 37.001]]


@pytest.mark.parametrize(
    ("footprint", "drawn"),
    [
        (RING, {"type": "Polygon", "coordinates": [[*RING, RING[0]]]}),
        ([*RING, RING[0]], {"type": "Polygon", "coordinates": [[*RING, RING[0]]]}),
        ([[*RING, RING[0]]], {"type": "Polygon", "coordinates": [[*RING, RING[0]]]}),
        ([], {"type": "Point", "coordinates": [104.5, 37.5]}),
    ],
)
def test_a_footprint_is_drawn_however_it_was_given(
    cast: Cast, footprint: list[Any], drawn: dict[str, Any], cluster: Any, db: str
) -> None:
    """Open ring, closed ring, rings of a polygon; a building without one is a point."""
    import psycopg

    with psycopg.connect(cluster.dsn("wg_super", db), autocommit=True) as server:
        (grid,) = server.execute("select id from public.places_area where level = 'grid' limit 1").fetchone() or (0,)
        server.execute(
            'insert into public.places_building (grid_id, name, "order", token, floors, lift, lon, lat, footprint)'
            " values (%s, 'n', 0, 'drawn', 1, false, 104.5, 37.5, %s)", [grid, json.dumps(footprint)],
        )  # fmt: skip
        row = server.execute("select near, far from public.places_building where token = 'drawn'").fetchone()
        assert row is not None
        assert [json.loads(text) for text in row] == [drawn, drawn]


def test_ground_holds_areas_and_water_and_from_nearer_grids_and_lanes(cast: Cast) -> None:
    with cast.lin.acting():
        whole = drawing.extent([])
        assert whole is not None
        far, near = (json.loads(drawing.ground(whole, zoom))["features"] for zoom in (9.0, 14.0))
        grids = Area.objects.filter(level="grid", valid_to__isnull=True, outline__isnull=False).count()
    kinds = {kind: [f for f in near if f["properties"]["kind"] == kind] for kind in ("grid", "road", "water", "lane")}
    assert len(kinds["grid"]) == grids > 0
    assert all(kinds.values())
    assert {f["properties"]["kind"] for f in far} <= {"area", "water"}
    assert max(decimals(f["geometry"]["coordinates"]) for f in far) <= 4


def test_too_many_buildings_or_bytes_or_a_view_from_too_far_are_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cast.lin.acting():
        box = around(Building.objects.get(token=cast.building_token), 0.02)
        with pytest.raises(drawing.TooMuch, match="zoom"):
            drawing.buildings(box, 13.9)
        monkeypatch.setattr(drawing, "BYTES_OF_BUILDINGS", 100)
        with pytest.raises(drawing.TooMuch, match="bytes"):
            drawing.buildings(box, 15)
        monkeypatch.setattr(drawing, "MOST_BUILDINGS", 1)
        with pytest.raises(drawing.TooMuch, match="buildings"):
            drawing.buildings(box, 15)


def test_grids_make_way_when_there_are_too_many_to_draw(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with cast.lin.acting():
        whole = drawing.extent([])
        assert whole is not None
        full = json.loads(drawing.ground(whole, 14))["features"]
        monkeypatch.setattr(drawing, "MOST_AREAS", sum(f["properties"]["kind"] == "area" for f in full))
        fewer = json.loads(drawing.ground(whole, 14))["features"]
        monkeypatch.setattr(drawing, "MOST_AREAS", 1_700)
        monkeypatch.setattr(drawing, "BYTES_OF_GROUND", 1_000)
        lighter = json.loads(drawing.ground(whole, 14))["features"]
    for shown in (fewer, lighter):
        assert [f for f in full if f["properties"]["kind"] != "grid"] == shown


def micro_of(text: str) -> list[Any]:
    return [f for f in json.loads(text)["features"] if f["properties"]["kind"] == "micro"]


def test_micro_grids_show_from_close_by_and_cover_their_grids(cast: Cast) -> None:
    in_force(cast, drawn(cast), date(2026, 10, 1))
    with cast.town.acting():
        held = MicroGrid.objects.filter(valid_to__isnull=True).select_related("grid__grid")
        box = around(Building.objects.get(token=cast.building_token), 0.05)
        found = micro_of(drawing.ground(box, 16))
        names = [name for f in found for name in f["properties"]["name"].split("、")]
        assert sorted(names) == sorted(f"{int(one.grid.grid.number[-3:])}-{int(one.number[-2:])}" for one in held)
        assert micro_of(drawing.ground(box, 15.5)) == micro_of(drawing.ground(box, 16, with_micro=False)) == []
        for grid in {one.grid for one in held}:
            parts = [shape(one.outline) for one in held if one.grid_id == grid.pk and one.outline]
            whole = union_all(parts)
            assert whole.symmetric_difference(shape(grid.outline or {})).area < 0.02 * whole.area
        assert len(found) < held.count()  # a tower is shared by its floors
        lines = [shape(f["geometry"]) for f in json.loads(drawing.ground(box, 16))["features"]
                 if f["properties"]["kind"] == "micro-line"]  # fmt: skip
        borders = [shape(f["geometry"]).boundary for f in found]
        drawn_once = sum(line.length for line in lines)
        assert drawn_once == pytest.approx(union_all(borders).length, rel=0.02)
        assert drawn_once < 0.95 * sum(border.length for border in borders)


def test_micro_grids_make_way_when_there_are_too_many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    in_force(cast, drawn(cast), date(2026, 10, 1))
    with cast.town.acting():
        box = around(Building.objects.get(token=cast.building_token), 0.05)
        text = drawing.ground(box, 16)
        count = len(micro_of(text))
        monkeypatch.setattr(drawing, "BYTES_OF_GROUND", len(text.encode()) - 1)
        lighter = json.loads(drawing.ground(box, 16))["features"]
        assert [f for f in json.loads(text)["features"] if not f["properties"]["kind"].startswith("micro")] == lighter
        monkeypatch.setattr(micro, "MOST", count - 1)
        assert micro_of(drawing.ground(box, 16)) == []


def test_the_box_is_asked_of_its_index(cast: Cast, cluster: Any, db: str) -> None:
    """Row-level security keeps no index from the app role here, since everybody may read the register."""
    with cast.lin.acting(), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("explain " + drawing.BUILDINGS, {
            "exact": False, "named": False, "west": 0, "south": 0, "east": 1, "north": 1, "most": 10,
        })  # fmt: skip
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "places_building_box" in plan


def test_ground_and_buildings_ask_the_same_few_questions_of_any_box(cast: Cast, queries_of: QueriesOf) -> None:
    with cast.lin.acting():
        one = Building.objects.get(token=cast.building_token)
        drawing.tints()
        for degrees in (0.0005, 0.02):
            with queries_of(1):
                drawing.buildings(around(one, degrees), 15)
            with queries_of(4):
                drawing.ground(around(one, degrees), 15)


def test_the_extent_of_an_area_holds_what_lies_in_it(cast: Cast) -> None:
    with cast.lin.acting():
        grid = Area.objects.get(pk=cast.grid_id)
        box, whole = drawing.extent([cast.grid_id]), drawing.extent([])
        assert box is not None
        assert whole is not None
        points = (grid.outline or {})["coordinates"][0]
        assert all(box.holds(lon, lat) for lon, lat in points)
        assert whole.west <= box.west < box.east <= whole.east
        assert drawing.extent([-1]) is None


def test_neighbours_have_different_tints() -> None:
    def square(x: float) -> dict[str, object]:
        return {"type": "Polygon", "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]}

    assert drawing.tints_of([square(0), square(1), square(2), square(9)]) == [0, 1, 0, 0]
    assert drawing.tints_of([]) == []


def test_every_kind_of_the_base_map_is_drawn_as_something(cast: Cast) -> None:
    with cast.lin.acting():
        kinds = set(BaseMap.objects.values_list("kind", flat=True))
    assert kinds
    assert kinds <= set(drawing.GROUND)
