"""The key of a compartment is destroyed: the case stays, the pages say so, nothing is sent. Numbers are invented."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.browse import signed_in
from tests.cases.made import accepted, reported, run_the_outbox
from tests.cases.resident import Answer, resident, send
from tests.cast import Cast
from wangge.cases.actions import intake
from wangge.cases.api import reports
from wangge.cases.views import public_receive
from wangge.delivery.models import Message
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.vault import actions as vault

PHONE = "13800000000"


@pytest.fixture
def destroy(db: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Reports of the test go into a compartment of its own; call it to destroy that one for good."""
    with as_system("test"):
        flood = vault.open_compartment("flood", now=timezone.now())
    monkeypatch.setattr(intake, "COMPARTMENT", flood.code)

    def now() -> None:
        with as_system("test"):
            vault.destroy(flood, now=timezone.now())

    return now


def test_the_page_of_the_case_says_so_and_offers_nothing_to_open(cast: Cast, destroy: Callable[[], None]) -> None:
    number = reported(cast, phone=PHONE)
    english, chinese = signed_in(cast.acceptor), signed_in(cast.acceptor, "zh-hans")
    before = english.get(f"/case/{number}/").content.decode()
    destroy()
    after = english.get(f"/case/{number}/")
    page = after.content.decode()
    said = "This number was destroyed and cannot be opened again, by anybody."
    assert [(said in text, f"/case/{number}/contact/" in text) for text in (before, page)] == [
        (False, True),
        (True, False),
    ]
    assert (after.status_code, "138****0000" in page) == (200, False)
    assert "号码已经销毁，谁也打不开了。" in chinese.get(f"/case/{number}/").content.decode()


def test_an_anonymous_report_stays_anonymous_and_knows_of_no_number(cast: Cast, destroy: Callable[[], None]) -> None:
    number = reported(cast, "三楼漏水，请打 138 0000 0000")
    destroy()
    page = signed_in(cast.acceptor).get(f"/case/{number}/").content.decode()
    assert ("Anonymous: only the tracking page reaches the person." in page, "destroyed" in page) == (True, False)


def test_a_page_left_open_cannot_open_the_number_any_more(cast: Cast, destroy: Callable[[], None]) -> None:
    number = reported(cast, phone=PHONE)
    client = signed_in(cast.chief)
    assert client.get(f"/case/{number}/contact/").status_code == 200
    destroy()
    answers = [client.get(f"/case/{number}/contact/")]
    answers.append(client.post(f"/case/{number}/contact/", {"purpose": "call_back"}))
    told = ["This number was destroyed" in answer.content.decode() for answer in answers]
    assert ([answer.status_code for answer in answers], told) == ([409, 409], [True, True])
    with cast.auditor.acting():
        assert Entry.objects.filter(verb="case.open_contact", subject=f"case:{number}").count() == 0


def test_the_reporter_is_not_written_to_and_the_others_are(
    cast: Cast, destroy: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = accepted(cast, reported(cast, phone=PHONE), "roads.street_light")
    destroy()
    monkeypatch.setattr(intake, "COMPARTMENT", "reporters")
    told = accepted(cast, reported(cast, phone=PHONE), "roads.street_light")
    run_the_outbox()
    with as_system("look"):
        assert silent != told
        assert [message.subject for message in Message.objects.all()] == [f"case:{told}"]


def test_a_form_that_is_sent_again_afterwards_is_answered_in_a_sentence(
    cast: Cast, destroy: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_receive, "COMPARTMENT", "flood")
    client = resident()
    assert send(client, cast.building_token).status_code == 302
    destroy()
    answer = send(client, cast.building_token)
    told = "This was destroyed and cannot be opened again, by anybody."
    assert (answer.status_code, told in answer.content.decode()) == (409, True)


def test_a_program_that_sends_again_afterwards_is_told_so(
    cast: Cast, destroy: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "COMPARTMENT", "flood")
    ask = {"place": cast.building_token, "text": "楼道漏水"}
    head = {"Idempotency-Key": "a-key-of-sixteen-or-more"}

    def sent() -> Answer:
        return Client().post("/api/v1/reports", ask, content_type="application/json", headers=head)

    answers = [sent()]
    destroy()
    answers.append(sent())
    assert [answer.status_code for answer in answers] == [201, 409]
