"""Docstrings stand where a stranger calls."""

import ast

import pytest

from tools.docstrings import check, wanting

SAID = '"""What this module is for."""\n'


@pytest.mark.parametrize(
    ("path", "text", "lines"),
    [
        ("wangge/cases/views.py", SAID, []),
        ("wangge/cases/views.py", "a = 1\n", [1]),
        ("wangge/cases/views.py", '"""Views."""\na = 1\n', [1]),
        ("wangge/cases/views.py", SAID + "def page(): ...\n", []),
        ("wangge/cases/actions.py", SAID + "def accept(): ...\n", [2]),
        ("wangge/cases/actions/moves.py", SAID + "def accept(): ...\n", [2]),
        ("wangge/cases/actions.py", SAID + "def _lock(): ...\n", []),
        ("wangge/cases/actions.py", SAID + 'def accept():\n    """Take it."""\n', []),
        ("wangge/core/states.py", SAID + "class Table: ...\n", [2]),
        ("wangge/core/__init__.py", "", []),
    ],
)
def test_what_must_be_said_is_asked_for(path: str, text: str, lines: list[int]) -> None:
    assert [found.line for found in wanting(path, ast.parse(text))] == lines


def test_the_tree_says_what_it_is_for() -> None:
    assert [str(found) for found in check()] == []
