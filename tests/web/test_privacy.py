"""The pages of who watches over privacy: counts, looks, what stands out and was asked, assessments, age of data."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.browse import signed_in
from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.people.looking import Planted, plant
from tests.people.registering import registered
from wangge.core.periods import begin_of
from wangge.exchange.exporter import exporter
from wangge.people.models import Assessment, LookReview
from wangge.places.models import Grid
from wangge.web.postgres.cluster import Cluster

PAGES = ("privacy/", "privacy/ages/", "privacy/looks/", "privacy/looks/print/", "privacy/unusual/")
HOUR = timedelta(hours=1)


def page(who: Client, path: str) -> str:
    answer = who.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def today() -> date:
    return timezone.localdate()


def midnight() -> Any:
    return begin_of(today(), timezone.get_default_timezone())


@pytest.fixture
def busy(cast: Cast, cluster: Cluster, db: str) -> None:
    """林 looked at sixty telephones in the small hours of today, without a task; somebody twice a day, in the week."""
    lin, zhou = cast.lin.account_id, cast.zhou.account_id
    plant(cluster, db, [
        *(Planted(midnight() + timedelta(seconds=n), lin, area=cast.grid_id) for n in range(60)),
        *(Planted(midnight() - n * 12 * HOUR, zhou, area=cast.far_grid_id, task="case:1", purpose="register",
                  field="name") for n in range(1, 11)),
    ])  # fmt: skip


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue is looked at once in the whole test, not each second."""
    monkeypatch.setattr("wangge.catalogue.queries.monotonic", lambda: 0.0)


def test_the_dashboard_counts_and_says_what_needs_somebody(
    cast: Cast, busy: None, still: None, queries_of: QueriesOf
) -> None:
    for watcher in (cast.security_admin, cast.auditor):
        client = signed_in(watcher)
        shown = page(client, "/privacy/")
        assert "Visits and rounds from door to door" in shown
        assert 'data-figure="unusual">1<' in shown
        assert 'data-figure="overdue">0<' in shown
        assert f"/privacy/looks/?since={today() - timedelta(days=89)}&amp;purpose=visit" in shown
    auditor = signed_in(cast.auditor)
    page(auditor, "/privacy/")
    with queries_of(11):  # two more than looks and counts: what rang today, what nobody has answered
        page(auditor, "/privacy/")


def test_looks_are_listed_narrowed_and_printed(cast: Cast, busy: None) -> None:
    with cast.lin.acting():
        number = Grid.objects.get(area_id=cast.grid_id).number
    auditor = signed_in(cast.auditor)
    assert page(auditor, "/privacy/looks/").count("<tr>") == 71
    narrowed = {"purpose=visit": 61, "field=name": 11, "role=secretary": 0, f"grid={number}": 61, "without_task=on": 61,
                f"account={cast.zhou.account_id}": 11, "until=2001-01-01": 0}  # fmt: skip
    for query, rows in narrowed.items():
        assert page(auditor, f"/privacy/looks/?{query}").count("<tr>") == rows, query
        assert page(auditor, f"/privacy/looks/print/?{query}").count("<tr>") == max(rows, 1), query
    for wrong in ("since=2001-01-02&until=2001-01-01", "since=0001-01-01", "grid=nowhere", "account=x", "purpose=love"):
        assert auditor.get(f"/privacy/looks/?{wrong}").status_code == 422, wrong
        page(auditor, f"/privacy/looks/print/?{wrong}")
    page(auditor, "/privacy/looks/?before=nonsense_7")


def test_the_list_goes_on_by_key_and_asks_as_much_for_one_row_as_for_a_hundred(
    cast: Cast, cluster: Cluster, db: str, still: None, queries_of: QueriesOf
) -> None:
    at = midnight()
    plant(cluster, db, [Planted(at, cast.lin.account_id, area=cast.grid_id) for _ in range(130)])
    auditor = signed_in(cast.auditor)
    first = page(auditor, "/privacy/looks/?purpose=visit")
    more = first.split('href="?purpose=visit&amp;before=')[1].split('"')[0]
    assert page(auditor, f"/privacy/looks/?purpose=visit&before={more}").count("<tr>") == 31
    for query in ("purpose=visit", f"purpose=visit&before={more}"):
        with queries_of(6):
            page(auditor, f"/privacy/looks/?{query}")


def test_what_stands_out_is_asked_about_and_written_down(cast: Cast, busy: None) -> None:
    guard, auditor = signed_in(cast.security_admin), signed_in(cast.auditor)
    shown = page(guard, "/privacy/unusual/")
    asked = f"/privacy/unusual/{cast.lin.account_id}/{today()}/"
    assert asked in shown
    for sign in ("Far more than usual", "Many at night", "Many without a task", "budget is used up"):
        assert sign in shown
    assert guard.post(asked, {"outcome": "misuse", "text": ""}).status_code == 422
    assert guard.post(asked, {"outcome": "advised", "text": "夜里排班（虚构）"}).status_code == 302
    assert "夜里排班（虚构）" in page(auditor, asked)
    assert "Talked over" in page(auditor, "/privacy/unusual/")
    assert 'name="outcome"' not in page(auditor, asked)
    assert auditor.post(asked, {"outcome": "explained", "text": ""}).status_code == 422
    with cast.auditor.acting():
        (review,) = LookReview.objects.all()
        assert review.signs == ["far_above", "night", "without_task", "budget"]
    yesterday = today() - timedelta(days=1)
    assert asked not in page(guard, f"/privacy/unusual/?day={yesterday}")
    page(guard, "/privacy/unusual/?day=9999-99-99")
    for path in (f"{cast.zhou.account_id}/{today()}", f"{cast.lin.account_id}/yesterday", f"7/{yesterday}"):
        assert guard.get(f"/privacy/unusual/{path}/").status_code == 404


def test_an_assessment_is_written_down_and_looked_at_again(cast: Cast, still: None, queries_of: QueriesOf) -> None:
    guard, wang, auditor = signed_in(cast.security_admin), signed_in(cast.wang), signed_in(cast.auditor)
    sent = {
        "title": "登记住户（虚构）", "purposes": ["register", "visit"], "done_on": str(today()), "risks": "名单外传",
        "measures": "逐项打开", "conclusion": "measures", "review_by": str(today() + timedelta(days=300)),
    }  # fmt: skip
    assert "?purpose=care" in page(guard, "/privacy/assessments/")
    assert 'value="care" id="id_purposes_7" checked' in page(guard, "/privacy/assessments/new/?purpose=care")
    assert guard.post("/privacy/assessments/new/", sent | {"review_by": "2099-01-01"}).status_code == 422
    assert guard.post("/privacy/assessments/new/", sent | {"purposes": ["love"]}).status_code == 422
    assert guard.post("/privacy/assessments/new/", sent).status_code == 302
    with cast.wang.acting():
        held = Assessment.objects.get()
    for reader in (guard, wang, auditor):
        listed = page(reader, "/privacy/assessments/")
        assert "登记住户（虚构）" in listed
        assert "名单外传" in page(reader, f"/privacy/assessments/{held.pk}/")
    assert "/privacy/looks/" not in page(wang, "/privacy/assessments/")
    assert "登记住户（虚构）" not in page(guard, "/privacy/assessments/?which=overdue")
    again = {"conclusion": "go", "text": "照旧", "review_by": str(today() + timedelta(days=400))}
    assert wang.post(f"/privacy/assessments/{held.pk}/", again).status_code == 422
    assert wang.get("/privacy/assessments/new/").status_code == 409
    assert guard.post(f"/privacy/assessments/{held.pk}/", again).status_code == 302
    assert str(today() + timedelta(days=400)) in page(auditor, "/privacy/assessments/")
    for _ in range(2):
        guard.post("/privacy/assessments/new/", sent)
        with queries_of(7):
            page(auditor, "/privacy/assessments/?before=999999")


def test_others_see_none_of_it(cast: Cast, busy: None) -> None:
    for other in (cast.lin, cast.wang, cast.chief, cast.system_admin, cast.zhao):
        client = signed_in(other)
        for path in PAGES:
            assert client.get(f"/{path}").status_code == 409, (other, path)
        assert client.get(f"/privacy/unusual/{cast.lin.account_id}/{today()}/").status_code == 409
        assert "/privacy/looks/" not in client.get("/me/").content.decode()
    assert Client().get("/privacy/").status_code == 302


def test_the_age_of_data_stands_by_community(cast: Cast) -> None:
    registered(cast)
    auditor = signed_in(cast.auditor)
    shown = page(auditor, "/privacy/ages/")
    with cast.auditor.acting():
        grid = Grid.objects.select_related("area__parent").get(area_id=cast.grid_id)
        assert grid.area.parent is not None
        assert grid.area.parent.name in shown


def test_looks_leave_by_approval_only_and_name_nobody(cast: Cast, busy: None) -> None:
    auditor = signed_in(cast.auditor)
    assert "/exports/new/looks/" in page(auditor, "/privacy/looks/")
    assert "/exports/new/looks/" not in page(signed_in(cast.security_admin), "/privacy/looks/")
    assert auditor.get("/exports/new/looks/").status_code == 200
    given = {"since": str(today() - timedelta(days=30)), "until": str(today())}
    now = timezone.now()
    with cast.auditor.acting() as actor:
        looks = exporter("looks")
        rows = list(looks.rows(given, now, now))
        assert looks.count(given, now) == len(rows) == 70
        assert [len(list(looks.rows(given | {"for": code}, now, now))) for code in ("visit", "care")] == [60, 0]
        assert looks.may_ask(actor) is None
    cells = {str(cell) for row in rows for cell in row}
    assert not cells & {str(cast.lin.account_id), str(cast.zhou.account_id), "person:1", "case:1"}
    for other in (cast.lin, cast.wang, cast.security_admin, cast.dispatcher):
        with other.acting() as actor:
            assert looks.may_ask(actor)
