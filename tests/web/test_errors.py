"""Pages for when something did not work: the number on the page is found in the log."""

import re

from django.test import Client
from structlog.testing import capture_logs

from tests.browse import signed_in
from tests.cast import Cast


def test_the_number_a_page_shows_stands_in_the_log(cast: Cast) -> None:
    with capture_logs() as said:
        answer = Client().get("/nothing-is-here/")
    logged = [entry["number"] for entry in said if entry["event"] == "page.problem"]
    assert (answer.status_code, len(logged)) == (404, 1)
    assert re.search(rf"\b{logged[0]}\b", answer.content.decode())


def test_who_works_here_keeps_the_menu_when_something_is_refused(cast: Cast) -> None:
    at_work = signed_in(cast.wang).get("/nothing-is-here/")
    outside = Client().get("/nothing-is-here/")
    assert [answer.status_code for answer in (at_work, outside)] == [404, 404]
    assert 'data-look="desk"' in at_work.content.decode()
    assert 'data-look="desk"' not in outside.content.decode()
