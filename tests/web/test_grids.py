"""The pages of the workbench: the list, one community, a draft with its steps, submission, hand-over, explanation."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.browse import signed_in
from tests.cast import Cast, Person
from tests.conftest import QueriesOf
from tests.places.changing import BASIS, today
from tests.places.drafting import community_of, drawn, in_force
from wangge.jobs.system import as_system
from wangge.places.actions import keep_dwellings
from wangge.places.models import Area, Building, Change, GridDraft
from wangge.places.queries import drafted
from wangge.places.queries.divisions import communities, figures
from wangge.web.grids import views

BELL = "钟楼社区"
JSON = {"Accept": "application/json"}


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_list_names_what_is_out_of_its_limits(cast: Cast) -> None:
    page = shown(signed_in(cast.chief), "/grids/")
    assert page.count("0 of 2 fit") == 3
    assert "provisional" in page
    assert BELL not in shown(signed_in(cast.chief), "/grids/?q=杏花")
    in_force(cast, drawn(cast), date(2026, 10, 1))
    page = shown(signed_in(cast.chief), "/grids/?q=钟楼")
    assert "all fit" in page
    assert "provisional" not in page


def test_pages_follow_each_other_without_a_gap(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PAGE", 2)
    client = signed_in(cast.chief)
    answer = client.get("/grids/")
    first = [row["area"].name for row in answer.context["rows"]]
    rest = [row["area"].name for row in client.get(f"/grids/{answer.context['more_url']}").context["rows"]]
    assert len(first) == 2
    assert len({*first, *rest}) == 3


def test_three_communities_cost_as_many_questions_as_one(cast: Cast, queries_of: QueriesOf) -> None:
    with as_system("test"):
        county = Area.objects.get(level="county").pk
        for rows, text in ((1, "钟楼"), (3, "")):
            page = list(communities([county], text=text))
            assert len(page) == rows
            with queries_of(4):
                figures(page)


def test_only_who_plans_comes_in_and_only_to_his_own(cast: Cast) -> None:
    community, draft = community_of(cast), drawn(cast)
    assert signed_in(cast.lin).get("/grids/").status_code == 409
    assert signed_in(cast.zhao).get(f"/grids/{community.pk}/").status_code == 409
    with as_system("test"):
        far = GridDraft.objects.get(pk=draft.pk).area.pk
    other = signed_in(secretary(cast))
    assert other.get(f"/grids/{far}/").status_code == 404
    assert other.get(f"/grids/drafts/{draft.pk}/").status_code == 404
    assert other.post(f"/grids/drafts/{draft.pk}/edit/", {"verb": "solve", "version": 1}).status_code == 404


def secretary(cast: Cast) -> Person:
    from wangge.teams.models import Account

    with as_system("test"):
        return Person(Account.objects.get(username="secretary02").pk)


def given(draft: GridDraft, **more: Any) -> dict[str, Any]:
    return {"version": draft.version, **more}


def test_limits_that_contradict_each_other_are_named_and_good_ones_begin_a_draft(cast: Cast) -> None:
    community, client = community_of(cast), signed_in(cast.town)
    form = {
        "wish": "anew", "low": 90, "high": 50, "micro_max": 30, "minutes": 180, "service_minutes": 1.5, "crew": 1,
        "mode": "balanced", "seed": 1, "note_text": "新楼",
    }  # fmt: skip
    assert "lies below" in client.post(f"/grids/{community.pk}/draw/", form).content.decode()
    answer = client.post(f"/grids/{community.pk}/draw/", form | {"low": 50, "high": 90})
    assert answer.status_code == 302
    assert "being drawn" in shown(client, answer.headers["Location"])


def test_a_step_by_hand_answers_a_script_with_the_new_half(cast: Cast) -> None:
    draft, client = drawn(cast), signed_in(cast.town)
    page = shown(client, f"/grids/drafts/{draft.pk}/")
    assert 'id="bench"' in page
    target = next(key for key in draft.general if key != draft.general[0])
    answer = client.post(
        f"/grids/drafts/{draft.pk}/edit/", given(draft, verb="move", pieces="0", to=target), headers=JSON
    )
    told = json.loads(answer.content)
    assert answer.status_code == 200
    assert told["draft"]["general"][0] == target
    assert told["version"] == draft.version + 1
    assert "moved" in told["undo"]
    assert "<table" in told["sheet_html"]
    late = client.post(f"/grids/drafts/{draft.pk}/edit/", given(draft, verb="undo"), headers=JSON)
    assert (late.status_code, "Load it again" in json.loads(late.content)["says"]) == (409, True)


@pytest.mark.parametrize(
    "fields",
    [
        {"verb": "fly"}, {"verb": "move", "pieces": "a"}, {"verb": "move", "pieces": "99999", "to": "0"},
        {"verb": "cut", "grid": "0", "line": "1;2"}, {"verb": "cut", "grid": "0", "line": "nan,1 2,3"},
        {"verb": "split"},
        {"verb": "merge", "grids": "0"}, {"verb": "split", "grid": "77"}, {"verb": "redo"},
    ],
)  # fmt: skip
def test_a_step_that_cannot_be_is_refused_with_a_sentence(cast: Cast, fields: dict[str, str]) -> None:
    draft = drawn(cast)
    answer = signed_in(cast.town).post(f"/grids/drafts/{draft.pk}/edit/", given(draft, **fields), headers=JSON)
    assert answer.status_code == 422
    assert json.loads(answer.content)["says"]
    with as_system("test"):
        assert GridDraft.objects.get(pk=draft.pk).version == draft.version


def test_from_submission_to_the_change_with_all_its_pages(cast: Cast) -> None:
    draft, client = drawn(cast), signed_in(cast.town)
    assert "Grid workers" in shown(client, f"/grids/drafts/{draft.pk}/handover/")
    assert "New grids for" in shown(client, f"/grids/drafts/{draft.pk}/explain/")
    day = (today() + timedelta(days=9)).isoformat()
    wrong = client.post(f"/grids/drafts/{draft.pk}/submit/", {"effective_on": day})
    assert wrong.status_code == 422
    answer = client.post(f"/grids/drafts/{draft.pk}/submit/", {"effective_on": day, "basis": BASIS})
    assert answer.status_code == 302
    page = shown(client, answer.headers["Location"])
    assert "Divide into grids anew" in page
    assert "withdraw_change" in page
    with as_system("test"):
        opened = Change.objects.get().parts.filter(deed="open").count()
        named = Change.objects.get().parts.filter(deed="rename").count()
    assert opened > 0
    assert f"{opened + named} grid cards" in page  # those that begin are printed as well
    client.post(f"{answer.headers['Location']}withdraw_change/")
    with as_system("test"):
        assert Change.objects.get().state == "withdrawn"
    assert f"/grids/drafts/{draft.pk}/take-back/" in shown(client, f"/grids/drafts/{draft.pk}/")
    client.post(f"/grids/drafts/{draft.pk}/take-back/")
    assert "take-back" not in shown(client, f"/grids/drafts/{draft.pk}/")
    client.post(f"/grids/drafts/{draft.pk}/discard/")
    with as_system("test"):
        assert GridDraft.objects.get(pk=draft.pk).state == "discarded"


def test_a_draft_that_homes_have_overtaken_offers_to_be_drawn_again(cast: Cast) -> None:
    draft, client = drawn(cast), signed_in(cast.town)
    assert "draw-again" not in shown(client, f"/grids/drafts/{draft.pk}/")
    with as_system("test") as system:
        building = Building.objects.filter(grid_id=cast.grid_id).order_by("pk")[0]
        door: dict[str, list[object]] = {
            "area_id": [cast.grid_id], "building_id": [building.pk], "unit": ["9"], "floor": [1], "room": ["901"],
        }  # fmt: skip
        keep_dwellings(door, by=system)
    page = shown(client, f"/grids/drafts/{draft.pk}/")
    assert "1 home was registered" in page
    assert f"/grids/drafts/{draft.pk}/draw-again/" in page
    client.post(f"/grids/drafts/{draft.pk}/draw-again/")
    with as_system("test"):
        assert GridDraft.objects.get(pk=draft.pk).state == "drawing"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "no way is known between this part and the rest"), ("zh-hans", "请在地图上补上这条路")],
)
def test_a_hamlet_no_lane_leads_to_is_named_with_what_helps(cast: Cast, language: str, sentence: str) -> None:
    draft, client = drawn(cast), signed_in(cast.town, language)
    page = shown(client, f"/grids/drafts/{draft.pk}/")
    assert "data-bench-short" not in page
    with as_system("test"):
        homes = draft.units["households"]
        far = homes.index(min(homes))
        assert homes[far] < draft.limits["low"]
        draft.units["x_m"][far] += 5000
        draft.units["way"] = [-1] * len(homes)
        unit = drafted.under(draft).drawn.pieces.unit.tolist()
        draft.general = [9_999 if at == far else key for at, key in zip(unit, draft.general, strict=True)]
        draft.rows = {}
        draft.save(update_fields=["units", "general", "rows"])
    page = shown(client, f"/grids/drafts/{draft.pk}/")
    assert sentence in page.partition("data-bench-short")[2]
    assert page.count(sentence) == 1
