"""The table of moves: deterministic, complete, and honest about what it forbids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.states import BadTable, ForbiddenMove, Move, Table

ROWS = (
    ("report", "", "reported"),
    ("accept", "reported | reopened", "accepted"),
    ("close", "accepted", "closed"),
    ("reopen", "closed", "reopened"),
    ("void", "reported | accepted", "voided"),
    ("note", "reported | accepted | voided", "="),
)
TABLE = Table("reported", *ROWS)


def test_rows_become_moves() -> None:
    assert TABLE.moves[1] == Move("accept", ("reported", "reopened"), "accepted")


def test_states_come_in_the_order_of_the_rows() -> None:
    assert TABLE.states == ("reported", "reopened", "accepted", "closed", "voided")


@pytest.mark.parametrize(
    ("state", "verb", "after"),
    [
        ("", "report", "reported"),
        ("reported", "accept", "accepted"),
        ("reopened", "accept", "accepted"),
        ("accepted", "note", "accepted"),
        ("voided", "note", "voided"),
    ],
)
def test_a_verb_leads_where_its_row_says(state: str, verb: str, after: str) -> None:
    assert TABLE.after(state, verb) == after


@pytest.mark.parametrize(("state", "verb"), [("", "accept"), ("closed", "accept"), ("nowhere", "note"), ("=", "note")])
def test_anything_else_is_forbidden_and_says_what_was_tried(state: str, verb: str) -> None:
    with pytest.raises(ForbiddenMove) as refusal:
        TABLE.after(state, verb)
    assert (refusal.value.state, refusal.value.verb) == (state, verb)


def test_the_open_verbs_come_in_the_order_of_the_rows() -> None:
    assert TABLE.verbs("accepted") == ("close", "void", "note")
    assert TABLE.verbs("") == ("report",)
    assert TABLE.verbs("nowhere") == ()


def test_a_state_is_final_when_no_verb_leaves_it() -> None:
    assert TABLE.final == {"voided"}


@pytest.mark.parametrize(
    ("start", "rows", "message"),
    [
        ("a", [("go", "a", "b"), ("go", "a | b", "a")], "'go' from 'a' occurs twice"),
        ("a", [("go", "a | a", "b")], "'go' from 'a' occurs twice"),
        ("a", [("go", "", "a"), ("go", "", "a")], "'go' from 'creation' occurs twice"),
        ("a", [("go", "b", "c"), ("back", "c", "b")], "cannot be reached: b, c"),
        ("a", [("keep", "", "=")], "must be words"),
        ("a", [("go", "=", "a")], "must be words"),
        ("a", [("go", "a", "")], "must be words"),
        ("a", [("", "a", "b")], "must be words"),
        ("a", [("=", "a", "b")], "must be words"),
        ("a", [("Go", "a", "b")], "'Go' is not a plain word"),
        ("a", [("go", "a, b", "b")], "'a, b' is not a plain word"),
        ("", [], "'' is not a plain word"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(start: str, rows: list[tuple[str, str, str]], message: str) -> None:
    with pytest.raises(BadTable, match=message):
        Table(start, *rows)


def test_a_second_way_of_creation_reaches_its_own_state() -> None:
    table = Table(
        "reported", ("report", "", "reported"), ("patrol", "", "accepted"), ("accept", "reported", "accepted")
    )
    assert table.after("", "patrol") == "accepted"


def test_tables_are_values() -> None:
    assert Table("reported", *ROWS) == TABLE
    with pytest.raises(AttributeError):
        TABLE.start = "closed"  # type: ignore[misc]


def test_the_pictures_show_each_arrow_once() -> None:
    table = Table("a", ("make", "", "a"), ("go", "a", "b"), ("keep", "a", "="))
    assert table.dot("t") == (
        'digraph "t" {\n  "a";\n  "b" [peripheries=2];\n  "·" -> "a" [label="make"];\n'
        '  "a" -> "b" [label="go"];\n  "a" -> "a" [label="keep"];\n}\n'
    )
    assert table.mermaid() == ("stateDiagram-v2\n  [*] --> a: make\n  a --> b: go\n  a --> a: keep\n  b --> [*]\n")


@given(st.lists(st.integers(min_value=0, max_value=20), max_size=60))
def test_every_walk_stays_inside_the_table(choices: list[int]) -> None:
    state = TABLE.after("", "report")
    for choice in choices:
        verbs = TABLE.verbs(state)
        state = TABLE.after(state, verbs[choice % len(verbs)])
        assert state in TABLE.states
