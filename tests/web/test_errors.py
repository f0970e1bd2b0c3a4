"""Pages for when something did not work: the number on the page is found in the log."""

import re

from django.test import Client
from structlog.testing import capture_logs

from tests.cast import Cast


def test_the_number_a_page_shows_stands_in_the_log(cast: Cast) -> None:
    with capture_logs() as said:
        answer = Client().get("/nothing-is-here/")
    logged = [entry["number"] for entry in said if entry["event"] == "page.problem"]
    assert (answer.status_code, len(logged)) == (404, 1)
    assert re.search(rf"\b{logged[0]}\b", answer.content.decode())
