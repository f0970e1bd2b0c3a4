"""`wangge export`: a file that turned up somewhere is told from its mark, as a terminal asks it."""

import json
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner, Result
from django.utils import timezone

from tests.cast import Cast
from tests.exchange.leaving import asked, ready
from wangge.exchange import export_files as files
from wangge.exchange.actions import exporting
from wangge.exchange.queries import exports as read
from wangge.jobs.system import as_system
from wangge.web.commands.main import main


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["export", *words])


def test_a_file_that_turned_up_is_told_while_it_may_be_kept_and_afterwards(cast: Cast, tmp_path: Path) -> None:
    export = ready(cast)
    with as_system("test"):
        kept = files.path_of(read.whole().get(pk=export.pk).stored).read_bytes()
    found = tmp_path / "found.xlsx"
    found.write_bytes(kept)
    told = run("check", str(found), "--json")
    (row,) = json.loads(told.output)
    assert (told.exit_code, row["mark"], row["is_the_very_file"], row["is_over"]) == (0, export.mark, True, False)
    assert export.for_person in run("check", str(found)).output
    piece = tmp_path / "piece.csv"
    piece.write_text(f"a,b,{export.mark}\n", encoding="utf-8")
    assert json.loads(run("check", str(piece), "--json").output)[0]["is_the_very_file"] is False
    with as_system("exports") as system:
        exporting.expire_all(by=system, now=timezone.now() + timedelta(days=9))
    over = run("check", str(found))
    assert (over.exit_code, "OVER" in over.output) == (2, True)


def test_a_file_of_somebody_else_is_not_ours(db: str, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("WG-AAAA-AAAA,1\n", encoding="utf-8")
    said = run("check", str(other))
    assert (said.exit_code, "other.csv" in said.output) == (1, True)


def test_the_list_says_what_there_is(cast: Cast) -> None:
    export = asked(cast.dispatcher)
    rows = json.loads(run("list", "--json").output)
    assert [(row["mark"], row["state"], row["rows"]) for row in rows] == [(export.mark, "asked", export.rows)]
    assert export.mark in run("list").output
    assert json.loads(run("list", "--state", "made", "--json").output) == []
