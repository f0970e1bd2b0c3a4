"""Drafts of grids by program: read by who plans, page after page, with the same sheet as the workbench."""

import json
import re
from typing import Any

from django.test import Client

from tests.browse import signed_in
from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.places.drafting import community_of, drawn
from tests.web.test_grids import secretary, shown
from wangge.jobs.system import as_system
from wangge.places.actions import drafts
from wangge.places.models import GridDraft


def asked(client: Client, path: str = "", status: int = 200) -> Any:
    answer = client.get(f"/api/v1/grid-drafts{path}")
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


def test_a_draft_has_the_sheet_of_its_workbench(cast: Cast) -> None:
    draft, client = drawn(cast), signed_in(cast.town)
    told = asked(client, f"/{draft.pk}")
    bench = re.search(r'<script id="bench" type="application/json">(.*?)</script>', shown(client, bench_of(draft)))
    assert bench is not None
    side = json.loads(bench[1])["draft"]
    assert [(one["name"], one["number"], one["households"], one["micro_grids"]) for one in told["grids"]] == [
        (one["name"], one["number"], one["households"], one["micro"]) for one in side["grids"]
    ]
    assert told["drawn"]["general_grids"] == len(side["grids"]) == told["drawn"]["general_within"]
    assert told["drawn"]["households"] == told["present"]["households"] == 236
    assert (told["state"], told["community"], told["limits"]["low"]) == ("open", community_of(cast).name, 50)
    assert told["moved_households"] > 0


def bench_of(draft: GridDraft) -> str:
    return f"/grids/drafts/{draft.pk}/"


def test_pages_follow_each_other_and_are_narrowed(cast: Cast, queries_of: QueriesOf) -> None:
    made = [drawn(cast).pk for _each in range(3)]
    with cast.town.acting() as by:
        drafts.discard(GridDraft.objects.get(pk=made[0]), by=by, now=GridDraft.objects.get(pk=made[0]).made_at)
    client = signed_in(cast.town)
    first = asked(client, "?limit=2")
    rest = asked(client, f"?limit=2&after={first['next']}")
    assert [one["id"] for one in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None
    assert [one["id"] for one in asked(client, "?state=discarded")["items"]] == made[:1]
    assert asked(client, f"?area={cast.far_grid_id}")["items"] == []
    assert len(asked(client, f"?area={community_of(cast).pk}")["items"]) == 3
    assert asked(client, "?state=flying", 422)
    for limit in (1, 3):
        with queries_of(4):  # begin, who, drafts, commit
            asked(client, f"?limit={limit}")


def test_a_draft_that_is_not_drawn_yet_has_no_sheet(cast: Cast) -> None:
    draft = drawn(cast)
    with as_system("test"):
        GridDraft.objects.filter(pk=draft.pk).update(general=[], micro=[], state="drawing")
    told = asked(signed_in(cast.town), f"/{draft.pk}")
    assert (told["present"], told["drawn"], told["grids"]) == (None, None, [])


def test_only_who_plans_reads_and_only_ones_own(cast: Cast) -> None:
    draft = drawn(cast)
    asked(Client(), "", 401)
    asked(signed_in(cast.lin), "", 403)
    other = signed_in(secretary(cast))
    assert asked(other)["items"] == []
    asked(other, f"/{draft.pk}", 404)
    assert Client().get("/api/v1/openapi.json").content.count(b"grid-drafts") >= 2
