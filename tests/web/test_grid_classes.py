"""The pages of classes: the list with its filters, one grid with its history, a class set with a reason."""

import pytest

from tests.browse import signed_in
from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.places.classing import WHY, classed
from tests.places.drafting import community_of
from wangge.catalogue import queries as catalogue
from wangge.jobs.system import as_system
from wangge.places.models import GridClass
from wangge.web.grids import classing

ASKED = 8


def test_the_community_shows_each_class_and_who_is_missing(cast: Cast) -> None:
    client, community = signed_in(cast.town), community_of(cast)
    page = client.get(f"/grids/{community.pk}/").content.decode()
    assert "without a class" in page
    assert "a deputy is missing" not in page
    classed(cast, "key")
    page = client.get(f"/grids/{community.pk}/").content.decode()
    assert "Key grid" in page
    assert "1 more worker is missing" in page
    assert "a deputy is missing" in page


def test_an_official_sets_a_class_with_a_reason_and_undoes_it(cast: Cast) -> None:
    client, path = signed_in(cast.wang), f"/grids/classes/{cast.grid_id}/"
    page = client.get(path).content.decode()
    assert "who was in prison" in page
    assert "No class was ever set here" in page
    for wrong in ({"care": "key", "reason": ""}, {"reason": WHY}, {"care": "gold", "reason": WHY}):
        assert "1 thing to change" in client.post(path, wrong).content.decode()
    with as_system("test"):
        assert not GridClass.objects.exists()
    assert client.post(path, {"care": "key", "reason": WHY}).status_code == 302
    assert client.post(path, {"care": "-", "reason": "定错了"}).status_code == 302
    page = client.get(path).content.decode()
    assert page.index("定错了") < page.index(WHY)
    with as_system("test"):
        assert list(GridClass.objects.order_by("pk").values_list("care", flat=True)) == ["key", ""]


def test_who_may_not_draw_reads_why_and_outsiders_find_nothing(cast: Cast) -> None:
    path = f"/grids/classes/{cast.grid_id}/"
    chief = signed_in(cast.chief)
    page = chief.get(path).content.decode()
    assert "Grids are drawn by the town" in page
    assert 'name="reason"' not in page
    assert chief.post(path, {"care": "key", "reason": WHY}).status_code == 200
    assert signed_in(cast.lin).get(path).status_code == 409
    with as_system("test"):
        assert not GridClass.objects.exists()
    far = signed_in(cast.wang).get(f"/grids/classes/{cast.far_grid_id}/")
    assert far.status_code == 404


def test_the_list_is_filtered_by_class_and_by_who_is_missing(cast: Cast) -> None:
    client = signed_in(cast.chief)
    everything = client.get("/grids/classes/").context["rows"]
    classed(cast, "key")
    for asked in ("?care=key", "?short=1", "?care=key&short=1&q=网格"):
        assert [row["grid"].pk for row in client.get(f"/grids/classes/{asked}").context["rows"]] == [cast.grid_id]
    assert len(client.get("/grids/classes/?care=-").context["rows"]) == len(everything) - 1
    assert "No grid is found" in client.get("/grids/classes/?care=liaison").content.decode()


def test_pages_follow_each_other_without_a_gap(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classing, "PAGE", 4)
    client = signed_in(cast.chief)
    seen, path = [], "/grids/classes/"
    while path:
        answer = client.get(path)
        seen += [row["grid"].number for row in answer.context["rows"]]
        path = answer.context["more_url"] and f"/grids/classes/{answer.context['more_url']}"
    assert seen == sorted(set(seen))
    assert len(seen) > 4


def test_one_line_costs_as_many_questions_as_many(
    cast: Cast, queries_of: QueriesOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(cast.chief)
    classed(cast, "key")
    fresh = catalogue.stamp()
    monkeypatch.setattr(catalogue, "stamp", lambda: fresh)  # else each second asks once more
    client.get("/grids/classes/")
    for asked in ("?care=key", ""):
        with queries_of(ASKED):
            assert client.get(f"/grids/classes/{asked}").status_code == 200
