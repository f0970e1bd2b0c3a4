"""The pages of the area tree: drafting by one, approving by another, the tree of any day, names that were."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from tests.browse import signed_in
from tests.cast import Cast
from tests.places.changing import BASIS, decided, effected, plan, today, township
from wangge.jobs.system import as_system
from wangge.places.models import Area, Change
from wangge.places.queries import plans
from wangge.places.queries.plans import Title

BELL, APRICOT, TOWN, COUNTY = "钟楼社区", "杏花沟村", "河湾乡", "青棠县"


@pytest.fixture
def ids(cast: Cast) -> dict[str, int]:
    township(TOWN)
    with as_system("test"):
        return dict(Area.objects.exclude(level="grid").values_list("name", "id"))


def form(**given: object) -> dict[str, object]:
    return {"effective_on": (today() + timedelta(days=9)).isoformat(), "basis": BASIS, "posts": "end", **given}


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_one_drafts_looks_and_keeps_and_another_approves(cast: Cast, ids: dict[str, int]) -> None:
    admin, chief = signed_in(cast.system_admin), signed_in(cast.chief)
    page = f"/areas/changes/new/move/{ids[BELL]}/"
    assert TOWN in shown(admin, page)
    looked = admin.post(page, form(parent=ids[TOWN], look="")).content.decode()
    assert "3 grids" in looked
    assert "Keep the draft" in looked
    with as_system("test"):
        assert not Change.objects.exists()
    kept = admin.post(page, form(parent=ids[TOWN], keep=""))
    assert kept.status_code == 302
    address = kept.headers["Location"]
    assert "approve_change" not in shown(admin, address)
    assert "approve_change" in shown(chief, address)
    chief.post(f"{address}approve_change/")
    with as_system("test"):
        change = Change.objects.get()
        assert (change.state, change.approved_by_id) == ("approved", cast.chief.account_id)
    assert "Approved, takes effect on its date" in shown(admin, "/areas/changes/")


@pytest.mark.parametrize("kind", ["rename", "merge", "split", "open", "end"])
def test_each_kind_has_its_form_and_its_preview(cast: Cast, ids: dict[str, int], kind: str) -> None:
    admin = signed_in(cast.system_admin)
    with as_system("test"):
        grids = list(Area.objects.filter(parent=ids[BELL], level="grid").order_by("pk").values_list("pk", flat=True))
    forms: dict[str, tuple[int, dict[str, object]]] = {
        "rename": (ids[BELL], {"name": "钟鼓楼社区"}),
        "merge": (ids[COUNTY], {"areas": [ids[BELL], ids[APRICOT]], "heir": "new", "name": "新塔社区"}),
        "split": (ids[BELL], {"leaving": grids[1:2], "name": "新钟社区"}),
        "open": (ids[TOWN], {"level": "community", "name": "新湾社区"}),
        "end": (ids[APRICOT], {"heir": ids[BELL]}),
    }
    about, given = forms[kind]
    assert str(about) in shown(admin, f"/areas/changes/new/?kind={kind}")
    answer = admin.post(f"/areas/changes/new/{kind}/{about}/", form(**given, keep=""))
    assert answer.status_code == 302, answer.context["form"].errors
    assert "How much is touched" in shown(admin, answer.headers["Location"])


def test_a_form_with_a_fault_says_what_to_mend(cast: Cast, ids: dict[str, int]) -> None:
    admin = signed_in(cast.system_admin)
    page = f"/areas/changes/new/split/{ids[BELL]}/"
    with as_system("test"):
        grids = list(Area.objects.filter(parent=ids[BELL], level="grid").values_list("pk", flat=True))
    answer = admin.post(page, form(leaving=grids, name="新钟社区", effective_on=today().isoformat(), keep=""))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f"{BELL} would be left with nothing in it" in text
    assert "This date has begun" in text
    assert "Keep the draft" not in text


def test_who_may_not_draft_or_look_is_told_so(cast: Cast, ids: dict[str, int]) -> None:
    for person, path in (
        (cast.lin, "/areas/"), (cast.zhao, "/areas/changes/"), (cast.auditor, f"/areas/{ids[BELL]}/"),
        (cast.wang, "/areas/changes/new/"), (cast.chief, f"/areas/changes/new/move/{ids[BELL]}/"),
        (cast.system_admin, "/areas/handover/1/"),
    ):  # fmt: skip
        assert signed_in(person).get(path).status_code == 409, path
    assert Client().get("/areas/").status_code == 302


def test_the_tree_of_any_day_and_names_that_were(cast: Cast, ids: dict[str, int]) -> None:
    with as_system("test"):
        lines = plans.rename(ids[BELL], Title("钟鼓楼社区"))
    effected(cast, plan("rename", today(), *lines))
    chief = signed_in(cast.chief)
    before = shown(chief, f"/areas/?day={today() - timedelta(days=1)}")
    assert BELL in before
    assert "钟鼓楼社区" not in before
    assert "钟鼓楼社区" in shown(chief, "/areas/")
    assert f"/areas/{ids[BELL]}/" in shown(chief, f"/areas/?q={BELL}")
    assert "was called" in shown(chief, f"/areas/{ids[BELL]}/")
    assert BASIS in shown(chief, f"/areas/{ids[BELL]}/")
    for odd in ("?day=nonsense", "?day=2026-02-31", "?day=1900-01-01", "?q=%00", "?day=9999-12-31"):
        shown(chief, f"/areas/{odd}")
    assert chief.get("/areas/999999/").status_code == 404
    assert "Bring in a list of areas" in shown(signed_in(cast.system_admin), "/areas/?day=1900-01-01")
    assert "Bring in a list of areas" not in shown(chief, "/areas/?day=1900-01-01")


def test_the_list_of_changes_asks_as_much_for_one_as_for_three(cast: Cast, ids: dict[str, int]) -> None:
    chief, asked = signed_in(cast.chief), {}
    shown(chief, "/areas/changes/")
    for number, name in enumerate((BELL, APRICOT, "上河湾村"), 1):
        with as_system("test"):
            lines = plans.rename(ids[name], Title(f"{name}新"))
        decided(cast, plan("rename", today() + timedelta(days=9), *lines), now())
        with CaptureQueriesContext(connection) as seen:
            assert name in shown(chief, "/areas/changes/")
        # whether the catalogue changed is asked once a second, whoever looks
        asked[number] = len([query for query in seen.captured_queries if "catalogue_version" not in query["sql"]])
    assert (asked[1], asked[3]) == (8, 8)
