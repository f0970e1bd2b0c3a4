"""The pages of layers: communities with their agreement, one with its drawing, a new layer, along it, who serves."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.browse import signed_in
from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.places.changing import today
from tests.places.drafting import community_of, drawn, in_force
from tests.places.layering import AS_OF, drawn_map, houses, laid, police, row_of, sheet
from tests.web.test_grids import secretary
from wangge.jobs.system import as_system
from wangge.places.actions import drafts
from wangge.places.models import Area, GridDraft, Layer, Serving
from wangge.places.queries.overlaid import agreements, overlaid

DAY = date(2026, 10, 1)
GIVEN = {
    "organisation": "钟楼派出所",
    "name": "警务区",
    "as_of": AS_OF.isoformat(),
    "source": "3 号文",
    "system": "wgs84",
}


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def given(cast: Cast, raw: bytes) -> dict[str, object]:
    return {**GIVEN, "over": community_of(cast).pk, "file": SimpleUploadedFile("list.csv", raw)}


def test_a_list_is_laid_from_the_page_and_said_in_sentences(cast: Cast) -> None:
    in_force(cast, drawn(cast), DAY)
    pk, client = community_of(cast).pk, signed_in(cast.town)
    assert "No layer lies over" in shown(client, f"/grids/{pk}/layers/")
    answer = client.post(f"/grids/{pk}/layers/new/", given(cast, police(cast)))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/grids/{pk}/layers/")
    page = shown(client, f"/grids/{pk}/layers/")
    assert "第1警务区 holds" in page
    assert "households of" in page
    assert "wg-layer-0" in page
    only = shown(client, f"/grids/{pk}/layers/?only=1")
    assert only.count('<li class="wg-warn">') == page.count('<li class="wg-warn">') > 0
    assert "钟楼派出所" in shown(client, f"/grids/{pk}/layers/print/")
    assert "take-away" not in shown(client, f"/grids/{pk}/layers/print/")


def test_faults_stand_on_the_page_with_row_and_column(cast: Cast) -> None:
    pk, client = community_of(cast).pk, signed_in(cast.town)
    bad = sheet([row_of("1", houses(community_of(cast))[0], phone="13812345678")])
    answer = client.post(f"/grids/{pk}/layers/new/", given(cast, bad))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "13812345678" in page
    assert "办公电话" in page
    assert "number of the office" in page
    assert client.post(f"/grids/{pk}/layers/new/", given(cast, b"\0")).status_code == 422
    assert client.post(f"/grids/{pk}/layers/new/", {}).status_code == 422
    with as_system("test"):
        assert not Layer.objects.exists()


def test_the_overview_asks_as_often_for_three_communities_as_for_one(cast: Cast, queries_of: QueriesOf) -> None:
    layer = laid(cast)
    with as_system("test"):
        every = list(Area.objects.filter(level="community", valid_to__isnull=True).values_list("pk", flat=True))
        for wanted in ([layer.area_id], every):
            with queries_of(6):
                found = agreements(wanted)
            assert [one.pk for one, _held in found[layer.area_id]] == [layer.pk]
    page = shown(signed_in(cast.town), "/grids/layers/")
    assert "钟楼派出所" in page
    assert "none laid" in page
    assert "钟楼派出所" not in shown(signed_in(cast.town), "/grids/layers/?q=杏花")


def test_three_layers_cost_as_many_questions_as_one(cast: Cast, queries_of: QueriesOf) -> None:
    community = community_of(cast)
    first = laid(cast)
    laid(cast, police(cast, 0.6), organisation="消防站")
    laid(cast, police(cast, 0.8), organisation="城管所")
    counts = set()
    with as_system("test"):
        for chosen in ([first.pk], None):
            with queries_of(14):
                held = overlaid(community, chosen)
            assert held is not None
            counts.add(len(held.sides))
    assert counts == {1, 3}


def test_a_layer_is_taken_away_by_its_town_and_seen_by_nobody_else(cast: Cast) -> None:
    layer, client = laid(cast), signed_in(cast.town)
    pk = layer.area_id
    assert signed_in(cast.lin).get(f"/grids/{pk}/layers/").status_code == 409
    other = signed_in(secretary(cast))
    for path in (f"/grids/{pk}/layers/", f"/grids/{pk}/layers/new/", f"/grids/{pk}/layers/{layer.pk}/adopt/"):
        assert other.get(path).status_code == 404
    assert other.post(f"/grids/{pk}/layers/{layer.pk}/take-away/").status_code == 404
    chief = signed_in(cast.chief)
    assert "take-away" not in shown(chief, f"/grids/{pk}/layers/")
    assert chief.get(f"/grids/{pk}/layers/new/").status_code == 409
    assert chief.get(f"/grids/{pk}/layers/{layer.pk}/adopt/").status_code == 409
    client.post(f"/grids/{pk}/layers/{layer.pk}/take-away/")
    assert "No layer lies over" in shown(client, f"/grids/{pk}/layers/")


def test_a_draft_along_layers_says_by_how_much_it_agrees_better(cast: Cast) -> None:
    layer, client = laid(cast), signed_in(cast.town)
    pk = layer.area_id
    form = {
        "along": [layer.pk], "low": 50, "high": 90, "micro_max": 30, "minutes": 180, "service_minutes": 1.5, "crew": 1,
        "mode": "balanced", "seed": 1, "note_text": "多网合一",
    }  # fmt: skip
    assert client.post(f"/grids/{pk}/layers/draw/", {**form, "along": []}).status_code == 422
    answer = client.post(f"/grids/{pk}/layers/draw/", form)
    assert answer.status_code == 302
    with cast.town.acting() as by:
        held = GridDraft.objects.select_related("area").get()
        drafts.draw(held, by=by, now=held.changed_at)
    page = shown(client, answer.headers["Location"])
    assert "Homes for which a border of 钟楼派出所 · 警务区 is in the way" in page


def test_without_a_layer_nothing_is_drawn_along_it(cast: Cast) -> None:
    pk = community_of(cast).pk
    answer = signed_in(cast.town).get(f"/grids/{pk}/layers/draw/")
    assert answer.headers["Location"] == f"/grids/{pk}/layers/"


def test_each_grid_names_who_serves_it_from_the_day_on(cast: Cast) -> None:
    in_force(cast, drawn(cast), DAY)
    layer, client = laid(cast), signed_in(cast.town)
    path = f"/grids/{layer.area_id}/layers/{layer.pk}/adopt/"
    answer = client.get(path)
    own = [row["pk"] for row in answer.context["rows"]]
    proposed = {f"grid_{grid}": answer.context["form"][f"grid_{grid}"].value() for grid in own}
    assert all(proposed.values())
    nobody = own[-1]
    form = {**proposed, "valid_from": today().isoformat(), f"grid_{nobody}": ""}
    assert client.post(path, {**form, "valid_from": "2020-01-01"}).status_code == 422
    assert client.post(path, form).status_code == 302
    with as_system("test"):
        assert Serving.objects.count() == len(own) - 1
        assert Layer.objects.get(pk=layer.pk).state == "merged"
    page = shown(client, f"/areas/{own[0]}/")
    assert "社区民警岗" in page
    assert "0512-53000110" in page
    assert "社区民警岗" not in shown(client, f"/areas/{nobody}/")
    assert "merged, closed" in shown(client, f"/grids/{layer.area_id}/layers/")
    later = (today() + timedelta(days=1)).isoformat()
    again = {**form, f"grid_{nobody}": proposed[f"grid_{nobody}"], "valid_from": later}
    assert client.post(path, again).status_code == 302
    assert "社区民警岗" not in shown(client, f"/areas/{nobody}/")  # only from tomorrow on


def test_a_map_is_laid_from_the_page_too(cast: Cast) -> None:
    pk, client = community_of(cast).pk, signed_in(cast.wang)
    raw = drawn_map([("全", (100, 10, 140, 50))])
    assert client.post(f"/grids/{pk}/layers/new/", given(cast, raw)).status_code == 302
    assert "消防全" in shown(client, f"/grids/{pk}/layers/?layer=abc&only=2")
