"""The size budget finds what is too long, and the tree keeps it."""

from pathlib import Path

import pytest

from tools import sizes


def tree(root: Path, path: str, text: str) -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("path", "line", "limit"),
    [
        ("wangge/cases/models.py", "a = 1\n", 400),
        ("tests/cases/test_models.py", "a = 1\n", 400),
        ("wangge/cases/templates/cases/case.html", "<p>\n", 120),
        ("frontend/modules/clock.ts", "let a;\n", 300),
    ],
)
def test_a_file_may_be_as_long_as_its_limit_and_no_longer(tmp_path: Path, path: str, line: str, limit: int) -> None:
    assert sizes.check(tree(tmp_path, path, line * limit)) == []
    (found,) = sizes.check(tree(tmp_path, path, line * (limit + 1)))
    assert (found.path, f"{limit + 1} lines" in found.message) == (path, True)


@pytest.mark.parametrize("path", ["wangge/cases/queries.py", "tests/cases/test_queries.py"])
def test_a_function_may_have_sixty_lines_and_no_more(tmp_path: Path, path: str) -> None:
    assert sizes.check(tree(tmp_path, path, "def f():\n" + "    a = 1\n" * 59)) == []
    (found,) = sizes.check(tree(tmp_path, path, "def f():\n" + "    a = 1\n" * 60))
    assert (found.path, found.line) == (path, 1)


def test_aims_count_from_forty_things_on(tmp_path: Path) -> None:
    long = "def f():\n" + "    a = 1\n" * 29
    assert sizes.check(tree(tmp_path, "wangge/a.py", long * 13)) == []
    for number in range(1, 4):
        tree(tmp_path, f"wangge/a{number}.py", long * 13)
    assert [found.rule for found in sizes.check(tmp_path)] == ["aim", "aim"]


def test_the_tree_keeps_the_budget() -> None:
    assert [str(found) for found in sizes.check()] == []
