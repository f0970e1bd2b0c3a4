"""Everything invented says so: on every frame of the screen, and on every sheet of paper."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.browse import signed_in
from tests.cases.made import reported
from tests.cast import Cast
from wangge.places.models import Grid
from wangge.web.demo import mark

SAYS = ("names invented", "names are invented")


@pytest.fixture
def marked(db: str) -> Iterator[None]:
    mark.path().touch()
    try:
        yield
    finally:
        mark.path().unlink()


def resident() -> Client:
    client = Client()
    client.cookies["wg_language"] = "en"
    return client


def pages(cast: Cast) -> dict[str, str]:
    """One page of each frame: desk, worker, resident, sign-in, paper."""
    with cast.sun.acting():
        grid = Grid.objects.get(area_id=cast.grid_id).token
    number = reported(cast)
    desk, field, outside = signed_in(cast.chief), signed_in(cast.lin), resident()
    asked = {
        desk: ("/desk/", f"/case/{number}/", f"/case/{number}/print/", "/map/"),
        field: ("/my/",),
        outside: (
            f"/g/{grid}/",
            f"/g/{grid}/poster/",
            f"/b/{cast.building_token}/poster/",
            f"/r/{grid}/",
            "/accounts/login/",
        ),
    }
    answers = {path: client.get(path, follow=True) for client, paths in asked.items() for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}, {p: a.status_code for p, a in answers.items()}
    return {path: answer.content.decode() for path, answer in answers.items()}


def test_every_frame_and_every_sheet_of_the_demo_says_that_it_is_invented(cast: Cast, marked: None) -> None:
    assert [path for path, shown in pages(cast).items() if not any(said in shown for said in SAYS)] == []


def test_an_installation_people_work_with_does_not_say_so(cast: Cast) -> None:
    assert [path for path, shown in pages(cast).items() if any(said in shown for said in SAYS)] == []
