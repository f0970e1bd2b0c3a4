"""The command line of the catalogue: exit codes mean something, --json is one document."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from wangge.access.actor import Actor
from wangge.catalogue import queries
from wangge.catalogue.commands import build
from wangge.catalogue.models import Version
from wangge.catalogue.reading import read
from wangge.jobs.system import as_system

pytestmark = pytest.mark.usefixtures("db", "fresh_memory")

BROKEN = '[[category]]\ncode = "gas.leak"\nowner = "nobody"\n'
OWN = '[[category]]\ncode = "gas.leak"\nowner = "fire"\n'


class Desk:
    """The group as it is mounted, and the calendars handed on."""

    def __init__(self) -> None:
        self.calendars: list[str] = []
        self.group = build(acting_as=self.acting_as, load_calendars=self.take)

    @staticmethod
    @contextmanager
    def acting_as() -> Iterator[Actor]:
        with as_system("test") as actor:
            yield actor

    def take(self, bodies: list[dict[str, Any]], *, by: Actor, now: datetime) -> None:
        assert (by.has("system"), now.tzinfo is not None) == (True, True)
        self.calendars = [body["code"] for body in bodies]

    def __call__(self, *words: str) -> Result:
        return CliRunner().invoke(self.group, list(words), catch_exceptions=False)


@pytest.fixture
def fresh_memory() -> None:
    queries.forget()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def city(tmp_path: Path) -> Path:
    (tmp_path / "city").mkdir()
    return tmp_path / "city"


def test_validate_counts_entries(desk: Desk) -> None:
    said = desk("validate", "--json")
    assert said.exit_code == 0
    assert json.loads(said.stdout)["digest"] == read().digest


def test_validate_tells_file_key_and_rule(desk: Desk, city: Path) -> None:
    (city / "own.toml").write_text(BROKEN, encoding="utf-8")
    plain, machine = desk("validate", "--city", str(city)), desk("validate", "--city", str(city), "--json")
    assert (plain.exit_code, machine.exit_code) == (3, 3)
    assert plain.stderr.startswith("city/own.toml: category[gas.leak].owner: ")
    faults = json.loads(machine.stdout)["faults"]
    assert [(f["file"], f["key"], f["rule"]) for f in faults] == [
        ("city/own.toml", "category[gas.leak].owner", "unknown_code")
    ]


def test_load_once_then_nothing_then_one_difference(desk: Desk, city: Path) -> None:
    assert desk("load").exit_code == 0
    assert desk.calendars == ["2024", "2025", "2026", "2027"]
    count = Version.objects.count()
    assert json.loads(desk("load", "--json").stdout) == {"changes": []}
    assert Version.objects.count() == count
    assert desk("diff").exit_code == 0

    (city / "own.toml").write_text(OWN, encoding="utf-8")
    said = desk("diff", "--city", str(city), "--json")
    assert said.exit_code == 1
    assert json.loads(said.stdout) == {
        "changes": [
            {"what": "changed", "kind": "category", "code": "gas.leak", "keys": [["owner", "gas", "fire"]]},
        ]
    }


def test_faulty_files_load_nothing(desk: Desk, city: Path) -> None:
    (city / "own.toml").write_text(BROKEN, encoding="utf-8")
    before = Version.objects.count()
    assert desk("load", "--city", str(city)).exit_code == 3
    assert Version.objects.count() == before


def test_what_was_changed_is_exported_as_a_citys_folder(desk: Desk, city: Path, tmp_path: Path) -> None:
    (city / "own.toml").write_text(OWN, encoding="utf-8")
    desk("load", "--city", str(city))
    out = tmp_path / "out"
    assert desk("export", str(out), "--changed").exit_code == 0
    assert [path.relative_to(out).as_posix() for path in out.rglob("*.toml")] == ["cases/gas.toml"]
    assert read(out).digest == read(city).digest


def test_the_whole_is_exported_as_json_and_never_over_something(desk: Desk, tmp_path: Path) -> None:
    desk("load")
    out = tmp_path / "out"
    assert desk("export", str(out), "--format", "json").exit_code == 0
    assert len(json.loads((out / "words.json").read_text(encoding="utf-8"))["word"]) == 109
    assert desk("export", str(out)).exit_code == 4


def test_docs_are_written_once_and_checked(desk: Desk, tmp_path: Path) -> None:
    assert desk("docs", str(tmp_path), "--check").exit_code == 1
    assert desk("docs", str(tmp_path)).exit_code == 0
    assert desk("docs", str(tmp_path), "--check").exit_code == 0
    (tmp_path / "words.md").write_text("old", encoding="utf-8")
    assert desk("docs", str(tmp_path), "--check").exit_code == 1


@pytest.mark.parametrize("name", ["validate", "diff", "load", "export", "docs"])
def test_every_command_shows_an_example_and_its_exit_codes(desk: Desk, name: str) -> None:
    shown = desk(name, "--help").stdout
    assert ("Example: wangge catalogue" in shown, "Exit code 0" in shown) == (True, True)
