"""The table of dependencies is true, and the locks hold what is asked for."""

import json
from pathlib import Path

import pytest

from tools import dependencies, locks

TABLE = """## Runtime

| Package | Why | Licence | Last release |
|---|---|---|---|
| `click` | the command line with help | BSD-3-Clause | 2026-11-06 |
"""
ROW = "| `click` | the command line with help | BSD-3-Clause | 2026-11-06 |"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / dependencies.TABLE).write_text(TABLE, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["click>=8"]\n[dependency-groups]\ndev = []\n', encoding="utf-8"
    )
    return tmp_path


def test_a_true_table_passes(root: Path) -> None:
    assert dependencies.check(root) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("", "click is asked for and has no row"),
        (f"{ROW}\n{ROW.replace('click', 'segno')}", "segno is not asked for any more"),
        (ROW.replace("BSD-3-Clause", "MIT"), "the table says MIT, the package BSD-3-Clause"),
        (ROW.replace("the command line with help", "why not"), "say why we need it"),
        (ROW.replace("2026-11-06", "lately"), "lately is no date"),
    ],
)
def test_an_untrue_table_is_found(root: Path, row: str, fault: str) -> None:
    (root / dependencies.TABLE).write_text(TABLE.replace(ROW, row), encoding="utf-8")
    assert [fault in found.message for found in dependencies.check(root)] == [True]


def test_more_than_twenty_direct_dependencies_are_too_many(root: Path) -> None:
    asked = ", ".join(f'"package-{number}"' for number in range(21))
    (root / "pyproject.toml").write_text(
        f"[project]\ndependencies = [{asked}]\n[dependency-groups]\ndev = []\n", encoding="utf-8"
    )
    assert "more than 20 direct dependencies" in {found.message for found in dependencies.check(root)}


def test_our_table_is_true() -> None:
    assert [str(found) for found in dependencies.check()] == []


GOOD = "click==8.5.1 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n    # via wangge (pyproject.toml)\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("--index-url https://example.org/simple\n" + GOOD, "a lock names no address"),
        ("click @ https://example.org/click.whl --hash=sha256:00\n", "a lock names no address"),
        ("click==8.5.1\n    # via wangge\n", "click has no hash"),
        ("click>=8\n", "not pinned: click>=8"),
    ],
)
def test_a_bad_python_lock_is_found(text: str, fault: str) -> None:
    assert locks.check_python(GOOD) == []
    assert fault in {found.message for found in locks.check_python(text)}


def test_what_is_asked_for_must_be_locked_at_a_version_that_answers() -> None:
    assert locks.unlocked(GOOD, ["click>=8.5"]) == []
    assert len(locks.unlocked(GOOD, ["click>=9", "segno"])) == 2


@pytest.mark.parametrize(
    ("package", "fault"),
    [
        ({"version": "1", "integrity": "sha512-0", "resolved": "https://example.org/a.tgz"}, "names an address"),
        ({"version": "1"}, "has no digest"),
    ],
)
def test_a_bad_npm_lock_is_found(package: dict[str, str], fault: str) -> None:
    good = {"version": "1", "integrity": "sha512-0"}
    assert locks.check_npm(json.dumps({"packages": {"": {}, "node_modules/a": good}})) == []
    (found,) = locks.check_npm(json.dumps({"packages": {"": {}, "node_modules/a": package}}))
    assert fault in found.message


def test_our_locks_hold_everything_and_name_nobody() -> None:
    assert [str(found) for found in locks.check()] == []
