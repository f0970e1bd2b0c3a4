"""What reaches a log after errors with personal data in them. All people and numbers are invented."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from wangge.web import logs

TOKEN = "Zk3v-pQ9_aB7xY2mN4sT1w"
PERSONAL = (
    "13800001111", "138 0000 1111", "1380000 1111", "+8613800001111", "0512-0000 1234", "320585194903070023",
    "32058519490307002X", "孙奶奶", "桂花苑12幢1单元502室", "12-1-502", TOKEN, "sun@example.org", "苏E·A1234",
)  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    from wangge.web.settings import WANGGE

    logs.configure(tmp_path, debug=False)
    yield tmp_path / "wangge.log"
    logs.configure(WANGGE.home / "log", debug=False)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def leaks(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [each for each in PERSONAL if each in text]


def fail_with(words: str) -> None:
    raise ValueError(f"{words} is no place")


@pytest.mark.parametrize("personal", PERSONAL)
def test_an_error_that_names_somebody_names_nobody_in_the_log(log: Path, personal: str) -> None:
    words = f"/t/{personal}/" if personal == TOKEN else f"我是{personal}，门开着"
    try:
        fail_with(words)
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", words)
        structlog.get_logger().exception("broken", said=words, more={"list": [words, {words: words}]}, text=words)
    assert (leaks(log), len(lines(log))) == ([], 2)


def test_a_log_line_is_one_line_of_json_and_still_says_where(log: Path) -> None:
    try:
        fail_with("孙奶奶 13800001111\nsecond line")
    except ValueError:
        structlog.get_logger("wangge.cases").exception("broken", number="260301-123456", entries=3, ratio=0.5)
    (line,) = lines(log)
    assert (line["event"], line["level"], line["number"], line["entries"]) == ("broken", "error", "260301-123456", 3)
    assert "test_logs.py" in line["exception"]
    assert "fail_with" in line["exception"]
    assert line["exception"].splitlines()[-2].startswith("ValueError: […]")


@pytest.mark.parametrize(
    "plain",
    [
        "case 260301-004217 moved to accepted", "2026-03-01T08:30:00.123456Z", "jobs.seal[1234]", "10.0.0.12:54321",
        "process 13800 ended with 137", "/case/260301-004217/", "wangge-tests-abc123/pg/base/16384/2619",
    ],
)  # fmt: skip
def test_codes_ids_and_times_stay(plain: str) -> None:
    assert logs.clean(plain) == plain


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"GET /t/{TOKEN}/rate/solved/", "GET /t/[…]/rate/solved/"),
        (f"GET /phone/{TOKEN}/", "GET /phone/[…]/"),
        ("GET /phone/unlock/", "GET /phone/unlock/"),
        ("/accounts/x?code=123456&next=/desk/", "/accounts/x?code=[…]&next=/desk/"),
        (f"token {TOKEN}{TOKEN}", "token […]"),
        ("postgres://wg_app:geheim@db/wangge", "postgres[…]@db/wangge"),
        (r"Not Found: /people/\u5b59\u5170/", "Not Found: /people/[…]/"),
        ("GET /people/?q=%E5%AD%99%e5%85%b0&a=1%202", "GET /people/?q=[…]&a=1%202"),
        ("GET /people/?q=%CB%EF", "GET /people/?q=[…]"),
    ],
)
def test_what_opens_something_is_taken_out(said: str, kept: str) -> None:
    assert logs.clean(said) == kept


def test_the_words_of_the_database_are_not_kept(log: Path, db: str) -> None:
    from django.db import DatabaseError, connection, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select %s::text::integer", ["Sun Nainai, 12 Osmanthus Lane"])
    except DatabaseError:
        structlog.get_logger().exception("refused")
    (line,) = lines(log)
    assert "Osmanthus" not in log.read_text()
    assert line["exception"].splitlines()[-1] == "DataError: SQLSTATE 22P02"


def test_the_server_keeps_no_words_either(db: str) -> None:
    from django.db import DatabaseError, connection, transaction

    from tests.home import HOME

    for statement in ("select %s::text::integer", "insert into teams_account (username) values (%s)", "selct %s"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, ["孙奶奶 13800001111"])
    assert leaks(HOME / "log" / "postgres.log") == []
