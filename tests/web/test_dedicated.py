"""The pages of dedicated grids: chosen, looked at, sent, approved; the manager, the post, the end."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.browse import signed_in
from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.places.changing import BASIS, today
from tests.places.dedicating import FIRM, hall, opened, wish
from tests.places.drafting import community_of, second
from wangge.access.models import Post
from wangge.catalogue import queries as catalogue
from wangge.jobs.system import as_system
from wangge.places.models import Area, Building, Change, Dedicated, Grid
from wangge.places.queries.premises import standing, surfaces
from wangge.teams.models import Account, Organisation

PAGE_ASKS = 16
SOON = today() + timedelta(days=9)


def form(*houses: Building, **more: Any) -> dict[str, Any]:
    return {
        "name": "钟楼市场专属网格", "sort": "market", "buildings": [one.pk for one in houses], "manager": FIRM.name,
        "phone": FIRM.phone, "effective_on": SOON.isoformat(), "basis": BASIS, **more,
    }  # fmt: skip


def test_from_the_community_to_the_plan_a_second_person_approves(cast: Cast) -> None:
    house, community, client = hall(cast), community_of(cast), signed_in(cast.town)
    page = client.get(f"/grids/{community.pk}/").content.decode()
    path = f"/grids/{community.pk}/dedicated/new/"
    assert path in page
    assert house.name in client.get(path).content.decode()
    looked = client.post(path, form(house, look=""))
    assert looked.status_code == 200
    assert looked.context["number"].endswith("901")
    assert looked.context["ground"].buildings == (house.pk,)
    assert b'name="keep"' in looked.content
    with as_system("test"):
        assert not Change.objects.exists()
    sent = client.post(path, form(house, keep=""))
    assert sent.status_code == 302
    other = signed_in(second(cast)).get(sent.headers["Location"]).content.decode()
    assert FIRM.name in other
    assert "approve_change" in other
    assert "begins on" in client.get(f"/grids/{community.pk}/").content.decode()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"manager": ""}, "Name the manager"), ({"buildings": []}, "Choose houses"), ({"phone": "call me"}, "Digits"),
        ({"outline": "{}"}, "no GeoJSON"), ({"outline": "[" * 5000}, "no GeoJSON"), ({"basis": ""}, "required"),
        ({"outline": '{"type": "Point", "coordinates": [1, 2]}'}, "has to be a surface"),
        ({"outline": '{"type":"Polygon","coordinates":[[[1e9,0],[1e9,1],[2e9,1],[1e9,0]]]}'}, "has to be a surface"),
        ({"outline": '{"type":"Polygon","coordinates":[[[1,1],[1,2],[2,2],[1,1]]]}', "buildings": []}, "no other ded"),
        ({"effective_on": "2020-01-01"}, "This date has begun"), ({"sort": "prison"}, "not one of"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_kept(cast: Cast, more: dict[str, Any], says: str) -> None:
    house, community = hall(cast), community_of(cast)
    answer = signed_in(cast.town).post(f"/grids/{community.pk}/dedicated/new/", form(house, keep="", **more) | more)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    with as_system("test"):
        assert not Change.objects.exists()


def test_a_house_with_homes_is_offered_nowhere_and_refused_where_asked_for(cast: Cast) -> None:
    community, client = community_of(cast), signed_in(cast.town)
    with as_system("test"):
        home = Building.objects.filter(grid_id=cast.grid_id).order_by("pk")[0]
        outline = Area.objects.get(pk=cast.grid_id).outline
    path = f"/grids/{community.pk}/dedicated/new/"
    assert client.post(path, form(home, keep="")).status_code == 422
    answer = client.post(path, form(keep="", outline=json.dumps({"type": "Feature", "geometry": outline})))
    assert "Houses with homes stay" in answer.content.decode()


def test_a_place_of_the_base_map_becomes_one(cast: Cast) -> None:
    community, client = community_of(cast), signed_in(cast.wang)
    with as_system("test"):
        place = surfaces(community)[0]
    path = f"/grids/{community.pk}/dedicated/new/"
    assert place.name in client.get(path).content.decode()
    assert client.post(path, form(keep="", surface=place.id)).status_code == 302
    with as_system("test"):
        assert Dedicated.objects.get().outline["type"].endswith("Polygon")


def test_its_page_names_manager_post_and_end(cast: Cast) -> None:
    grid = opened(cast, wish(hall(cast), day=today()))
    client, path = signed_in(cast.wang), f"/grids/dedicated/{grid.pk}/"
    page = client.get(path).content.decode()
    assert FIRM.name in page
    assert "Nobody has the post here" in page
    with as_system("test"):
        unit = Organisation.objects.get(code="water")
        assert Account.objects.get(pk=cast.zhao.account_id).organisation_id == unit.pk
    assert client.post(f"{path}manager/", {"unit": "", "manager": ""}).status_code == 422
    assert client.post(f"{path}manager/", {"unit": unit.pk}).status_code == 302
    page = client.get(path).content.decode()
    assert "an organisation of the house" in page
    assert "Give the post to" in page
    assert client.post(f"{path}post/", {"account": cast.lin.account_id}).status_code == 404
    assert client.post(f"{path}post/", {"account": cast.zhao.account_id}).status_code == 302
    with as_system("test"):
        assert Grid.objects.get(pk=grid.pk).worker_name == unit.name
        assert Post.objects.filter(account_id=cast.zhao.account_id, area_id=grid.pk, role_id="grid_worker").exists()
    assert "Nobody has the post here" not in client.get(path).content.decode()
    given = {"heir": cast.far_grid_id, "effective_on": SOON.isoformat(), "basis": BASIS}
    assert client.post(f"{path}end/", given).status_code == 422
    assert client.post(f"{path}end/", given | {"heir": cast.grid_id}).status_code == 302
    page = client.get(path).content.decode()
    assert "A plan would end it" in page
    assert f"{path}end/" not in page


def test_the_public_card_says_who_looks_after_the_premises(cast: Cast) -> None:
    grid = opened(cast, wish(hall(cast), day=today()))
    client = Client()
    client.cookies["wg_language"] = "en"
    page = client.get(f"/g/{grid.token}/").content.decode()
    assert FIRM.name in page
    assert "Your grid worker" not in page


def test_only_who_draws_the_grids_writes_and_others_find_nothing(cast: Cast) -> None:
    house, community = hall(cast), community_of(cast)
    grid = opened(cast, wish(house, day=today()))
    path = f"/grids/dedicated/{grid.pk}/"
    chief = signed_in(cast.chief)
    assert chief.get(path).status_code == 200
    assert "Name the manager" not in chief.get(path).content.decode()
    assert chief.post(f"{path}manager/", {"manager": "别人"}).status_code == 422
    assert chief.get(f"/grids/{community.pk}/dedicated/new/").status_code == 409
    assert signed_in(cast.lin).get(path).status_code == 409
    with as_system("test"):
        other = Account.objects.get(username="secretary02").pk
    from tests.cast import Person

    outsider = signed_in(Person(other))
    for verb in ("", "manager/", "end/", "post/"):
        ask = outsider.post if verb else outsider.get
        assert ask(f"{path}{verb}").status_code == 404
    assert outsider.get(f"/grids/{community.pk}/dedicated/new/").status_code == 404
    assert signed_in(cast.town).get(f"/grids/dedicated/{cast.grid_id}/").status_code == 404


def test_two_dedicated_grids_cost_as_many_questions_as_one(cast: Cast, queries_of: QueriesOf) -> None:
    first, other = hall(cast), hall(cast, "二号厅")
    opened(cast, wish(first, day=today()))
    community = community_of(cast).pk
    for n in (1, 2):
        with as_system("test"), queries_of(1):
            assert len([grid.area.dedicated.sort for grid in standing([community])]) == n
        if n == 1:
            opened(cast, wish(other, day=today(), name="二号厅专属网格"))


def test_the_community_page_costs_the_same_with_one_and_with_two(
    cast: Cast, queries_of: QueriesOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other, community = hall(cast), hall(cast, "二号厅"), community_of(cast).pk
    client = signed_in(cast.chief)
    for n, house in enumerate((first, other), 1):
        opened(cast, wish(house, day=today(), name=f"{n}号专属网格"))
        fresh = catalogue.stamp()
        monkeypatch.setattr(catalogue, "stamp", lambda fresh=fresh: fresh)  # else each second asks once more
        client.get(f"/grids/{community}/")  # warm
        with queries_of(PAGE_ASKS):
            assert client.get(f"/grids/{community}/").content.decode().count("专属网格") >= n
