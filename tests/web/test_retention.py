"""Pages and command of retention: for who guards and who audits; counts, no names."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.browse import signed_in
from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.people.keeping import after, certificate_of, people_of_a_city, ran
from wangge.jobs.system import as_system
from wangge.people.actions import retaining
from wangge.people.models import RetentionHold, RetentionRun
from wangge.web.commands.retention import retention

PAGES = ("", "runs/", "certificates/", "holds/")


def test_the_pages_are_for_who_guards_and_who_audits(cast: Cast) -> None:
    seen = {
        who: [signed_in(getattr(cast, who)).get(f"/retention/{page}").status_code for page in PAGES]
        for who in ("security_admin", "auditor", "wang", "system_admin", "chief")
    }
    assert seen == {
        "security_admin": [200] * 4, "auditor": [200] * 4, "wang": [409] * 4, "system_admin": [409] * 4,
        "chief": [409] * 4,
    }  # fmt: skip
    assert Client().get("/retention/").status_code == 302


def test_a_run_is_asked_for_done_and_certified(cast: Cast) -> None:
    people_of_a_city(cast)
    guard, auditor = signed_in(cast.security_admin), signed_in(cast.auditor)
    assert auditor.post("/retention/ask/", {"dry": "1"}).status_code == 409
    for dry in ("1", "0"):
        answer = guard.post("/retention/ask/", {"dry": dry})
        assert "/retention/runs/" in answer["Location"]
    for _step in retaining.carry_on(clock=lambda: after(365), seconds=60):
        pass
    run = ran(after(366))
    page = guard.get(f"/retention/runs/{run.pk}/").content.decode()
    assert ("孙兰" in page, "138" in page) == (False, False)
    number = certificate_of(run).number
    sheet = f"/retention/certificates/{number}/"
    assert guard.get(sheet).context["faults"] is None
    assert guard.post(f"{sheet}check/").status_code == 409
    assert auditor.post(f"{sheet}check/").context["faults"] == ()
    assert auditor.get("/retention/certificates/2026-999999/").status_code == 404


def test_holds_are_written_down_and_ended_on_their_page(cast: Cast) -> None:
    guard = signed_in(cast.security_admin)
    last = localdate(timezone.now()) + timedelta(days=30)
    given = {"category": "case_photo", "ground": "dispute", "law": "pipl", "article": "47", "until": last.isoformat()}
    assert guard.post("/retention/holds/", {**given, "reference": "张三 <x>"}).status_code == 422
    assert guard.post("/retention/holds/", {**given, "reference": "2026 民初 15"}).status_code == 302
    assert signed_in(cast.auditor).post("/retention/holds/", {**given, "reference": "2026 民初 16"}).status_code == 422
    with cast.auditor.acting():
        held = RetentionHold.objects.get()
    assert guard.get("/retention/").context["held"] == 1
    assert "PIPL Art. 47" in guard.get("/retention/holds/").content.decode()
    assert guard.post(f"/retention/holds/{held.pk}/end/").status_code == 302
    assert guard.get("/retention/").context["held"] == 0


def test_pages_ask_the_database_as_often_for_many_rows_as_for_one(
    cast: Cast, queries_of: QueriesOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wangge.catalogue.queries.monotonic", lambda: 0.0)
    people_of_a_city(cast)
    with as_system("test") as system:
        RetentionRun.objects.bulk_create(
            RetentionRun(is_dry=True, day=after(n).date(), state="done", asked_by_id=system.account_id,
                         asked_at=after(n), finished_at=after(n)) for n in range(60)
        )  # fmt: skip
    run = ran(after(365))
    guard = signed_in(cast.security_admin)
    for page, number in (("", 11), ("runs/", 9), (f"runs/{run.pk}/", 10), ("certificates/", 8), ("holds/", 8)):
        guard.get(f"/retention/{page}")
        with queries_of(number):
            guard.get(f"/retention/{page}")
    listed = guard.get("/retention/runs/")
    assert (listed.context["shown"], bool(listed.context["more_url"])) == (50, True)
    rest = guard.get(listed.context["more_url"])
    assert (rest.context["shown"], rest.context["more_url"]) == (11, "")
    assert guard.get("/retention/runs/?kind=real").context["shown"] == 1


def test_the_command_counts_removes_and_checks(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    people_of_a_city(cast)
    monkeypatch.setattr("wangge.web.commands.retention.timezone", SimpleNamespace(now=lambda: after(365)))
    counted = json.loads(CliRunner().invoke(retention, ["dry-run", "--json"]).output)
    assert counted["categories"]["occupancy_ended"] == {"rows": 2, "areas": 1, "oldest": "2026-03-10"}
    removed = json.loads(CliRunner().invoke(retention, ["run", "--json"]).output)
    assert removed["categories"]["person_left"]["rows"] == 1
    said = CliRunner().invoke(retention, ["certificate", removed["certificate"]])
    assert (said.exit_code, "2026-03-10" in CliRunner().invoke(retention, ["run"]).output) == (0, False)
    assert CliRunner().invoke(retention, ["certificate", "1999-000001"]).exit_code != 0
