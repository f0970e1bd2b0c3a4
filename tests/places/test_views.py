"""The public card of a grid and the posters."""

import re

import pytest
from django.test import Client

from tests.cast import Cast
from wangge.places.models import Building, Dwelling, Grid
from wangge.places.queries.sketch import of_grid


def resident() -> Client:
    client = Client()
    client.cookies["wg_language"] = "en"
    return client


def grid(cast: Cast) -> Grid:
    with cast.sun.acting():
        return Grid.objects.select_related("area__parent").get(area_id=cast.grid_id)


def test_the_card_names_the_worker_the_duty_desk_and_says_that_the_grid_is_provisional(cast: Cast) -> None:
    held = grid(cast)
    shown = resident().get(f"/g/{held.token}/").content.decode()
    assert held.area.parent is not None
    for expected in (held.area.name, held.worker_name, held.worker_phone, held.area.parent.duty_phone, "provisional"):
        assert expected in shown
    assert f'href="/r/{held.token}/"' in shown


@pytest.mark.parametrize("kind", ["g", "b"])
def test_a_poster_carries_the_code_and_the_address_of_its_report(cast: Cast, kind: str) -> None:
    token = grid(cast).token if kind == "g" else cast.building_token
    shown = resident().get(f"/{kind}/{token}/poster/").content.decode()
    assert f"testserver/r/{token}" in shown
    assert re.search(r'<svg viewBox="0 0 (\d+) \1" role="img"', shown)


def test_the_sketch_draws_every_building_and_no_door(cast: Cast) -> None:
    held = grid(cast)
    with cast.lin.acting():
        rooms = set(Dwelling.objects.filter(area_id=cast.grid_id).values_list("room", flat=True))
        sketch = of_grid(held.area, shape_of=1.5)
        assert sketch is not None
        assert len(sketch.houses) == Building.objects.filter(grid_id=cast.grid_id).count()
    assert rooms
    assert {name.text for name in sketch.names} & rooms == set()


def test_the_sketch_has_the_wanted_shape_and_holds_all_names(cast: Cast) -> None:
    with cast.sun.acting():
        sketch = of_grid(grid(cast).area, shape_of=2.0)
    assert sketch is not None
    assert sketch.width / sketch.height == pytest.approx(2.0, abs=0.01)
    assert all(0 <= name.x <= sketch.width and 0 <= name.y <= sketch.height for name in sketch.names)


def test_an_unknown_place_is_not_found(db: str) -> None:
    paths = ("/g/nonsense/", "/g/nonsense/poster/", "/b/nonsense/poster/", "/g/%00/", "/b/🔥/poster/")
    assert [resident().get(path).status_code for path in paths] == [404] * len(paths)


def test_a_card_cannot_be_written_to(cast: Cast) -> None:
    assert resident().post(f"/g/{grid(cast).token}/").status_code == 405
