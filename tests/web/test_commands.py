"""The command line: examples, exit codes, the language of whoever sits there."""

import json
from pathlib import Path

import click
import psycopg
import pytest
from click.testing import CliRunner
from django.conf import settings

from tests.chaos.house import wangge
from wangge.jobs.system import as_system
from wangge.ledger import seals
from wangge.web.commands.demo import code
from wangge.web.commands.keep import catalogue, export_seal, verify
from wangge.web.commands.main import COMMANDS, NO_DATABASE, House, language, main
from wangge.web.postgres.cluster import Cluster


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, click.Command]]:
    found = []
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        if isinstance(command, click.Group):
            found += leaves(command, (*path, name))
        else:
            found.append((" ".join((*path, name)), command))
    return found


def test_every_command_says_what_it_does_and_gives_an_example() -> None:
    told = {name: CliRunner().invoke(command, ["--help"]).output for name, command in leaves(main)}
    assert set(COMMANDS) - {"catalogue", "areas", "export", "keys", "retention"} <= set(told)
    assert {
        "areas list",
        "areas preview",
        "areas draft",
        "export list",
        "export check",
        "keys rotate",
        "retention run",
    } <= set(told)
    assert {f"catalogue {name}" for name in catalogue.commands} <= set(told)
    assert [name for name, text in told.items() if f"Example: wangge {name}" not in " ".join(text.split())] == []


def test_an_unknown_command_is_refused_and_none_gives_the_list() -> None:
    assert isinstance(main, House)
    assert CliRunner().invoke(main, ["colour"]).exit_code == 2
    assert all(name in CliRunner().invoke(main, ["--help"]).output for name in COMMANDS)


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"), ({"LANG": "zh_CN.UTF-8"}, "zh-hans"), ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "zh_SG"}, "zh-hans"), ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)  # fmt: skip
def test_the_language_is_that_of_the_terminal(environment: dict[str, str], spoken: str) -> None:
    assert language(environment) == spoken


def forge(cluster: Cluster, database: str) -> None:
    with psycopg.connect(cluster.dsn("wg_super", database)) as superuser:
        superuser.execute("set session_replication_role = replica")
        superuser.execute("delete from ledger_entry where id = (select min(id) from ledger_entry)")


def test_verify_ends_with_0_when_the_book_is_whole_and_with_2_when_not(
    cluster: Cluster, db: str, tmp_path: Path
) -> None:
    with as_system("test"):
        seals.seal()
    whole = CliRunner().invoke(verify, ["--anchors", str(tmp_path / "none")])
    assert (whole.exit_code, "The book is whole." in whole.output) == (0, True)
    forge(cluster, db)
    broken = CliRunner().invoke(verify, ["--anchors", str(tmp_path / "none")])
    assert (broken.exit_code, "The book is NOT whole." in broken.output) == (2, True)
    told = CliRunner().invoke(verify, ["--json", "--anchors", str(tmp_path / "none")])
    assert (told.exit_code, len(json.loads(told.output)["faults"])) == (2, 1)


def test_the_newest_seal_goes_to_a_file_and_onto_paper(db: str, tmp_path: Path) -> None:
    file = tmp_path / "second host" / "anchors.jsonl"
    first = CliRunner().invoke(export_seal, [str(file)])
    assert (first.exit_code, first.output.startswith("seal 1 is in ")) == (0, True), first.output
    (held,) = seals.read_anchors(file)
    paper = CliRunner().invoke(export_seal, [str(file), "--paper"])
    assert paper.output.splitlines()[-1].replace(" ", "") == seals.read_anchors(file)[-1].digest
    assert (held.seal, len(held.digest)) == (1, 64)
    verified = CliRunner().invoke(verify, ["--anchors", str(file)])
    assert (verified.exit_code, "exported seals compared" in verified.output) == (0, True)


def test_an_exported_seal_finds_a_book_that_was_sealed_anew(cluster: Cluster, db: str, tmp_path: Path) -> None:
    file = tmp_path / "anchors.jsonl"
    assert CliRunner().invoke(export_seal, [str(file)]).exit_code == 0
    forge(cluster, db)
    with psycopg.connect(cluster.dsn("wg_super", db)) as superuser:
        superuser.execute("set session_replication_role = replica")
        superuser.execute("delete from ledger_seal")
    with as_system("test"):
        seals.seal()
    assert CliRunner().invoke(verify, ["--anchors", str(tmp_path / "none")]).exit_code == 0
    found = CliRunner().invoke(verify, ["--anchors", str(file)])
    assert (found.exit_code, "differs from the copy exported" in found.output) == (2, True)


def test_the_demos_second_factor_is_six_digits_that_its_accounts_take() -> None:
    from allauth.mfa.totp.internal.auth import validate_totp_code

    from wangge.web.commands.demo import SECRET

    digits = CliRunner().invoke(code).output.split()[0]
    assert (len(digits), digits.isdigit(), validate_totp_code(SECRET, digits)) == (6, True, True)


def test_without_a_database_every_command_says_so_in_one_sentence(tmp_path: Path) -> None:
    for words in (("verify",), ("export-seal",)):
        done = wangge(tmp_path / "nobody", *words)
        assert (done.returncode, done.stderr.strip()) == (1, NO_DATABASE)
    chinese = wangge(tmp_path / "nobody", "verify", lang="zh_CN.UTF-8")
    assert (chinese.returncode, chinese.stderr.strip() != NO_DATABASE) == (1, True)


def test_the_demo_does_not_touch_the_settings_of_the_tests() -> None:
    assert settings.WANGGE.demo is False
