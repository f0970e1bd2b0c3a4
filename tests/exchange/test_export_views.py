"""The pages of exports: asking with a live count, deciding, fetching; in both languages and without JavaScript."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.browse import signed_in
from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.exchange.leaving import WHY, asked, first_area, guard, made, ready
from wangge.exchange.models import Export
from wangge.exchange.queries import exports as read
from wangge.jobs.system import as_system

FORM = {
    "purpose": "report", "why": WHY, "for_organisation": "市城管局（虚构）", "for_person": "赵，统计科（虚构）",
    "form": "xlsx",
}  # fmt: skip


def filled(cast: Cast, kind: str = "buildings", **more: str) -> dict[str, str]:
    last = timezone.localdate() + timedelta(days=5)
    with cast.dispatcher.acting() as actor:
        return {**FORM, "area": first_area(kind, actor), "last": last.isoformat(), **more}


def newest() -> Export:
    with as_system("test"):
        return read.whole().order_by("-id")[0]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_list_leaves_page_by_page(cast: Cast, language: str) -> None:
    asker, decider = signed_in(cast.dispatcher, language), signed_in(cast.security_admin, language)
    assert "/exports/new/grids/" in text(asker, "/exports/new/")
    page = text(asker, "/exports/new/buildings/")
    with as_system("test"):
        from wangge.places.models import Building

        rows = Building.objects.count()
    assert (f"{rows} rows would leave" in page) is (language == "en")
    answer = asker.post("/exports/new/buildings/", filled(cast), follow=True)
    export = newest()
    assert (answer.status_code, export.rows, export.language) == (200, rows, language)
    assert ("Waits for approval" in answer.content.decode()) is (language == "en")
    assert f"/exports/{export.pk}/" in text(decider, "/exports/")
    page = text(decider, f"/exports/{export.pk}/")
    assert (export.sample[0][3] in page, f"/exports/{export.pk}/approve/" in page, WHY in page) == (True, True, True)
    decider.post(f"/exports/{export.pk}/approve/", {"answer": ""})
    held = made(cast.dispatcher, newest())
    assert held.state == "made"
    assert f"/exports/{export.pk}/file/" not in text(decider, f"/exports/{export.pk}/")
    assert f"/exports/{export.pk}/file/" in text(asker, f"/exports/{export.pk}/")
    file = asker.post(f"/exports/{export.pk}/file/")
    book = load_workbook(BytesIO(b"".join(file)))
    assert (len(book.worksheets), book.worksheets[1].max_row) == (2, rows + 1)
    assert file["Content-Disposition"] == f'attachment; filename="{export.mark}.xlsx"'
    assert newest().downloads == 1
    asker.post(f"/exports/{export.pk}/destroy/")
    assert newest().state == "destroyed"
    assert text(asker, f"/exports/{export.pk}/")


def test_the_job_is_queued_in_the_name_of_who_asked(cast: Cast) -> None:
    from django.db import connection

    export = asked(cast.dispatcher)
    signed_in(cast.security_admin).post(f"/exports/{export.pk}/approve/")
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = 'exchange.make'")
        ((arguments,),) = cursor.fetchall()
    held = arguments if isinstance(arguments, dict) else json.loads(arguments)
    assert (held["account_id"], held["purpose"]) == (cast.dispatcher.account_id, "export")


def test_the_way_from_a_work_list_brings_its_filters_along(cast: Cast) -> None:
    client = signed_in(cast.dispatcher)
    with cast.dispatcher.acting() as actor:
        area = first_area("cases", actor)
    page = text(client, f"/desk/all/?state=closed&since=2026-01-02&area={area}")
    link = f"/exports/new/cases/?area={area}&amp;since=2026-01-02&amp;state=closed"
    assert link in page
    form = text(client, link.replace("&amp;", "&"))
    assert 'value="2026-01-02"' in form
    assert '<option value="closed" selected>' in form
    assert "/exports/new/figures/?" in text(client, f"/figures/{area}/")
    for person in (cast.wang, cast.town):
        assert "/exports/" not in text(signed_in(person), "/desk/all/")


def test_the_count_is_asked_again_with_every_filter(cast: Cast) -> None:
    client = signed_in(cast.dispatcher)
    given = filled(cast, "grids")
    page = text(client, f"/exports/new/grids/count/?area={given['area']}")
    assert "rows would leave" in page
    assert "Choose the area" in text(client, "/exports/new/figures/count/?since=nonsense")
    for day in ("0001-01-01", "9999-12-31"):
        assert "Choose the area" in text(client, f"/exports/new/cases/count/?until={day}")
    again = client.post("/exports/new/grids/", {**given, "count": "1", "why": "x"}).content.decode()
    assert ("rows would leave" in again, "wg-errors" in again) == (True, False)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"why": "kurz"}, "id_why"),
        ({"last": "2020-01-01"}, "id_last"),
        ({"area": "999999"}, "id_area"),
        ({"recipient": "nobody99"}, "id_recipient"),
        ({"purpose": "curiosity"}, "id_purpose"),
        ({"for_person": ""}, "id_for_person"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(cast: Cast, wrong: dict[str, str], word: str) -> None:
    page = signed_in(cast.dispatcher).post("/exports/new/buildings/", filled(cast, **wrong)).content.decode()
    assert f'<a href="#{word}">' in page
    with as_system("test"):
        assert not Export.objects.exists()


def test_the_pages_are_for_who_asks_who_decides_and_who_audits(cast: Cast) -> None:
    export = asked(cast.dispatcher)
    for person in (cast.lin, cast.wang, cast.zhao, cast.town):
        client = signed_in(person)
        for address in ("/exports/", "/exports/new/", f"/exports/{export.pk}/"):
            assert client.get(address).status_code == 409, address
        assert client.post(f"/exports/{export.pk}/approve/").status_code == 409
    admin = signed_in(cast.system_admin)
    assert [admin.get(a).status_code for a in ("/exports/new/", f"/exports/{export.pk}/")] == [409, 404]
    auditor, other = signed_in(cast.auditor), signed_in(cast.chief)
    assert export.mark in text(auditor, "/exports/?show=all")
    assert export.mark not in text(other, "/exports/?show=all")
    assert other.get(f"/exports/{export.pk}/").status_code == other.get("/exports/4711/").status_code == 404
    for client in (auditor, other):
        client.post(f"/exports/{export.pk}/approve/")
        client.post(f"/exports/{export.pk}/file/")
    assert (newest().state, newest().downloads) == ("asked", 0)
    assert signed_in(cast.dispatcher).get("/exports/new/nothing/").status_code == 404


def test_who_may_not_decide_is_told_why(cast: Cast) -> None:
    export = asked(cast.dispatcher)
    near = signed_in(guard(cast, "centre"))
    assert "own organisation" in text(near, f"/exports/{export.pk}/")
    assert export.mark not in text(near, "/exports/")
    refused = signed_in(cast.security_admin).post(f"/exports/{export.pk}/refuse/", {"answer": ""}, follow=True)
    assert "why it is refused" in refused.content.decode()
    assert newest().state == "asked"


def test_the_list_asks_the_database_as_often_for_three_as_for_one(cast: Cast, queries_of: QueriesOf) -> None:
    export = asked(cast.dispatcher)
    for number in range(3):
        export = asked(cast.dispatcher) if number else export
        with cast.dispatcher.acting() as actor, queries_of(1):
            assert len(read.listed(actor, "mine")) == number + 1
        with cast.auditor.acting() as actor, queries_of(1):
            read.listed(actor, "all")
        with cast.security_admin.acting() as actor, queries_of(2):
            read.listed(actor, "waiting")
    with cast.dispatcher.acting() as actor:
        assert [one.pk < export.pk for one in read.listed(actor, "mine", export.pk)] == [True, True]


def test_a_page_of_the_list_goes_on_where_the_last_one_ended(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    exports = [asked(cast.dispatcher) for _ in range(3)]
    monkeypatch.setattr(read, "PAGE", 2)
    client = signed_in(cast.dispatcher)
    page = text(client, "/exports/")
    assert (exports[0].mark in page, f"after={exports[1].pk}" in page) == (False, True)
    assert exports[0].mark in text(client, f"/exports/?show=mine&after={exports[1].pk}")


def test_the_menu_counts_what_waits_for_a_decision(cast: Cast) -> None:
    client = signed_in(cast.security_admin)
    assert 'data-count="exports" data-count-hides hidden' in text(client, "/exports/")
    asked(cast.dispatcher)
    assert 'data-count="exports" data-count-hides>1<' in text(client, "/exports/")
    assert "Nothing was taken out yet" in text(signed_in(cast.chief), "/exports/")


def test_a_file_that_is_over_is_not_given_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    export = ready(cast)
    monkeypatch.setattr(read, "is_over", lambda *_given: True)
    answer: Any = signed_in(cast.dispatcher).post(f"/exports/{export.pk}/file/", follow=True)
    assert "no longer given out" in answer.content.decode()
