"""The poll: nothing new is 204, news name only what the one who asks can see."""

import json
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.browse import signed_in
from tests.cases.made import accepted, reported
from tests.cast import Cast
from wangge.cases.queries.changes import STAMP


def asked(client: Client, since: str) -> Any:
    answer = client.get(f"/changes?since={since}")
    return json.loads(answer.content) if answer.status_code == 200 else answer.status_code


def stamp(client: Client) -> str:
    return str(client.get("/desk/all/").context["stamp"])


def test_nothing_new_is_an_empty_answer(cast: Cast) -> None:
    client = signed_in(cast.acceptor)
    assert asked(client, stamp(client)) == 204


def test_a_new_report_names_its_case_and_moves_the_counts(cast: Cast) -> None:
    client = signed_in(cast.acceptor)
    before = stamp(client)
    number = reported(cast)
    news = asked(client, before)
    assert (news["cases"], news["counts"]) == ([number], {"intake": 1, "over": 0})
    assert asked(client, news["stamp"]) == 204


def test_a_move_is_news_again(cast: Cast) -> None:
    client = signed_in(cast.chief)
    number = reported(cast)
    before = stamp(client)
    accepted(cast, number)
    news = asked(client, before)
    assert (news["cases"], news["counts"]["intake"], news["counts"]["dispatch"]) == ([number], 0, 1)


def test_a_worker_of_another_area_hears_nothing(cast: Cast) -> None:
    here, elsewhere = signed_in(cast.lin), signed_in(cast.zhou)
    before = stamp(here), stamp(elsewhere)
    number = reported(cast)
    assert asked(here, before[0])["cases"] == [number]
    assert asked(elsewhere, before[1]) == 204
    assert asked(elsewhere, "0") == 204


def test_who_is_not_signed_in_is_told_so_as_data(cast: Cast) -> None:
    answer = Client().get("/changes?since=1")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/json")


def test_a_nonsensical_stamp_begins_at_the_beginning(cast: Cast) -> None:
    client = signed_in(cast.acceptor)
    number = reported(cast)
    found = [asked(client, text) for text in ("", "x", "-1", "1" * 30, "٣")]
    assert [news["cases"] for news in found] == [[number]] * 5
    assert asked(client, "9" * 18) == 204


def test_what_happened_elsewhere_moves_the_stamp_and_says_no_more(cast: Cast) -> None:
    elsewhere = signed_in(cast.zhou)
    before = stamp(elsewhere)
    reported(cast)
    answer = elsewhere.get(f"/changes?since={before}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert int(answer.headers[STAMP]) > int(before)
    again = elsewhere.get(f"/changes?since={answer.headers[STAMP]}")
    assert (again.status_code, STAMP in again.headers) == (204, False)


def test_a_poll_without_news_reads_cases_once_and_then_only_the_newest_change(cast: Cast) -> None:
    client = signed_in(cast.acceptor)
    since = stamp(client)
    with CaptureQueriesContext(connection) as queries:
        assert (asked(client, since), asked(client, since)) == (204, 204)
    said = [query["sql"] for query in queries]
    assert [("cases_news" in sql, "cases_latest" in sql) for sql in said] == [(True, False), (False, True)]
