"""Loading writes versions of what changed and nothing else; what runs keeps its version."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import QueriesOf
from wangge.access.context import actor_now
from wangge.catalogue import queries
from wangge.catalogue.actions import load
from wangge.catalogue.models import Version
from wangge.catalogue.queries import UnknownCode
from wangge.catalogue.reading import read
from wangge.catalogue.words import Kind, ReasonList, Stage
from wangge.core.deadlines import ClockKind, Limit

pytestmark = pytest.mark.usefixtures("system", "fresh_memory")

NOW = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def fresh_memory() -> None:
    queries.forget()


def city(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "city"
    folder.mkdir(exist_ok=True)
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_first_loading_keeps_one_version_of_every_entry() -> None:
    bodies = read().bodies
    load(bodies, by=actor_now(), now=NOW)
    assert set(Version.objects.values_list("kind", "code", "number")) == {(b.kind.value, b.code, 1) for b in bodies}


def test_a_new_entry_is_added_and_nothing_else_is_touched(tmp_path: Path) -> None:
    load(read().bodies, by=actor_now(), now=NOW)
    folder = city(tmp_path, '[[function]]\ncode = "bridges"\nlabel = { "zh-Hans" = "桥梁", en = "Bridges" }\n')
    loaded = load(read(folder).bodies, by=actor_now(), now=LATER)
    assert [(c.what, c.kind, c.code) for c in loaded.changes] == [("added", Kind.FUNCTION, "bridges")]
    assert list(Version.objects.filter(since=LATER).values_list("code", "number")) == [("bridges", 1)]


def test_a_second_loading_changes_nothing() -> None:
    load(read().bodies, by=actor_now(), now=NOW)
    before = list(Version.objects.order_by("id").values())
    assert load(read().bodies, by=actor_now(), now=LATER).changes == ()
    assert list(Version.objects.order_by("id").values()) == before


def test_a_changed_leaf_gets_a_second_version_and_the_first_stays(tmp_path: Path) -> None:
    load(read().bodies, by=actor_now(), now=NOW)
    began = queries.category("gas.leak")
    folder = city(tmp_path, '[[category]]\ncode = "gas.leak"\nowner = "fire"\n')

    loaded = load(read(folder).bodies, by=actor_now(), now=LATER)

    assert [(c.what, c.code, c.keys) for c in loaded.changes] == [("changed", "gas.leak", (("owner", "gas", "fire"),))]
    assert (queries.category("gas.leak").number, queries.category("gas.leak").entry.owner) == (2, "fire")
    assert queries.category_of(began.version_id) == began
    assert Version.objects.get(code="gas.leak", number=2).since == LATER


def test_changed_limits_do_not_reach_a_case_that_runs(tmp_path: Path) -> None:
    load(read().bodies, by=actor_now(), now=NOW)
    began = queries.category("water.bill")
    folder = city(tmp_path, '[[limit]]\ncode = "check"\nordinary = { amount = 1, kind = "working_day" }\n')

    load(read(folder).bodies, by=actor_now(), now=LATER)

    assert queries.category_of(began.version_id).entry.limit(Stage.CHECK) == Limit(4, ClockKind.WORKING_HOUR)
    assert queries.category("water.bill").entry.limit(Stage.CHECK) == Limit(1, ClockKind.WORKING_DAY)


def test_an_entry_that_disappears_is_withdrawn_and_comes_back(tmp_path: Path) -> None:
    folder = city(tmp_path, '[[function]]\ncode = "bridges"\nlabel = { "zh-Hans" = "桥梁", en = "Bridges" }\n')
    load(read(folder).bodies, by=actor_now(), now=NOW)
    assert "bridges" in queries.functions()

    assert [(c.what, c.code) for c in load(read().bodies, by=actor_now(), now=LATER).changes] == [
        ("withdrawn", "bridges")
    ]
    assert "bridges" not in queries.functions()
    assert load(read().bodies, by=actor_now(), now=LATER).changes == ()

    load(read(folder).bodies, by=actor_now(), now=LATER)
    assert queries.functions()["bridges"].number == 3


def test_loading_one_kind_leaves_the_others_alone() -> None:
    load(read().bodies, by=actor_now(), now=NOW)
    reasons = [body for body in read().bodies if body.kind is Kind.REASON]
    assert load(reasons, by=actor_now(), now=LATER).changes == ()


def test_an_unknown_category_says_so() -> None:
    load(read().bodies, by=actor_now(), now=NOW)
    with pytest.raises(UnknownCode, match=r"category moon\.dust"):
        queries.category("moon.dust")


def test_a_version_of_another_kind_is_no_category() -> None:
    load(read().bodies, by=actor_now(), now=NOW)
    with pytest.raises(UnknownCode):
        queries.category_of(queries.reason("closed.solved").version_id)
    with pytest.raises(UnknownCode):
        queries.category_of(0)


def test_categories_come_in_the_order_of_the_tree_without_those_out_of_use(tmp_path: Path) -> None:
    folder = city(tmp_path, '[[category]]\ncode = "heating.pipe"\nactive = false\n')
    load(read(folder).bodies, by=actor_now(), now=NOW)
    held = queries.categories()
    assert [b.code for b in queries.branches()][:3] == ["environment", "pollution", "noise"]
    assert held[0].entry.branch == "environment"
    assert "heating.pipe" not in {each.code for each in held}


def test_a_case_without_a_category_takes_the_usual_limits() -> None:
    load(read().bodies, by=actor_now(), now=NOW)
    assert queries.limit(Stage.ACCEPT, urgent=False) == Limit.minutes(30, ClockKind.WORKING_HOUR)
    assert queries.limit(Stage.ACCEPT, urgent=True) == Limit.minutes(5)
    assert queries.limit(Stage.REVISIT, urgent=True) == Limit(3, ClockKind.NATURAL_DAY)


def test_the_closed_lists_come_in_their_order() -> None:
    load(read().bodies, by=actor_now(), now=NOW)
    codes = [each.code for each in queries.reasons(ReasonList.REOPENED)]
    assert codes == [f"reopened.{c}" for c in ("unsolved", "partly", "came_back", "new_facts", "supervision")]


def test_a_read_from_memory_costs_one_query_a_second_at_most(queries_of: QueriesOf) -> None:
    load(read().bodies, by=actor_now(), now=NOW)
    queries.category("gas.leak")
    queries.look_again()
    with queries_of(1):
        queries.category("gas.leak")
