"""Loading writes versions of what changed and nothing else; what runs keeps its version."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from wangge.access.actor import Actor
from wangge.catalogue import queries
from wangge.catalogue.actions import load
from wangge.catalogue.models import Version
from wangge.catalogue.queries import UnknownCode
from wangge.catalogue.reading import read
from wangge.catalogue.words import Kind, ReasonList, Stage
from wangge.core.deadlines import ClockKind, Limit

pytestmark = pytest.mark.django_db

BY = Actor(account_id=1, token="invented", purpose="", kind="system")
NOW = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)


def city(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "city"
    folder.mkdir(exist_ok=True)
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_first_loading_keeps_one_version_of_every_entry() -> None:
    bodies = read().bodies
    assert load(bodies, by=BY, now=NOW).count("added") == len(bodies)
    assert set(Version.objects.values_list("kind", "code", "number")) == {(b.kind.value, b.code, 1) for b in bodies}


def test_a_second_loading_changes_nothing() -> None:
    load(read().bodies, by=BY, now=NOW)
    before = list(Version.objects.order_by("id").values())
    assert load(read().bodies, by=BY, now=LATER).changes == ()
    assert list(Version.objects.order_by("id").values()) == before


def test_a_changed_leaf_gets_a_second_version_and_the_first_stays(tmp_path: Path) -> None:
    load(read().bodies, by=BY, now=NOW)
    began = queries.category("gas.leak")
    folder = city(tmp_path, '[[category]]\ncode = "gas.leak"\nowner = "fire"\n')

    loaded = load(read(folder).bodies, by=BY, now=LATER)

    assert [(c.what, c.code, c.keys) for c in loaded.changes] == [("changed", "gas.leak", (("owner", "gas", "fire"),))]
    assert (queries.category("gas.leak").number, queries.category("gas.leak").entry.owner) == (2, "fire")
    assert queries.category_of(began.version_id) == began
    assert Version.objects.get(code="gas.leak", number=2).since == LATER


def test_changed_limits_do_not_reach_a_case_that_runs(tmp_path: Path) -> None:
    load(read().bodies, by=BY, now=NOW)
    began = queries.category("water.bill")
    folder = city(tmp_path, '[[limit]]\ncode = "check"\nordinary = { amount = 1, kind = "working_day" }\n')

    load(read(folder).bodies, by=BY, now=LATER)

    assert queries.category_of(began.version_id).entry.limit(Stage.CHECK) == Limit(4, ClockKind.WORKING_HOUR)
    assert queries.category("water.bill").entry.limit(Stage.CHECK) == Limit(1, ClockKind.WORKING_DAY)


def test_an_entry_that_disappears_is_withdrawn_and_comes_back(tmp_path: Path) -> None:
    folder = city(tmp_path, '[[function]]\ncode = "bridges"\nlabel = { "zh-Hans" = "桥梁", en = "Bridges" }\n')
    load(read(folder).bodies, by=BY, now=NOW)
    assert "bridges" in queries.functions()

    assert [(c.what, c.code) for c in load(read().bodies, by=BY, now=LATER).changes] == [("withdrawn", "bridges")]
    assert "bridges" not in queries.functions()
    assert load(read().bodies, by=BY, now=LATER).changes == ()

    load(read(folder).bodies, by=BY, now=LATER)
    assert queries.functions()["bridges"].number == 3


def test_loading_one_kind_leaves_the_others_alone() -> None:
    load(read().bodies, by=BY, now=NOW)
    reasons = [body for body in read().bodies if body.kind is Kind.REASON]
    assert load(reasons, by=BY, now=LATER).changes == ()


def test_an_unknown_category_says_so() -> None:
    load(read().bodies, by=BY, now=NOW)
    with pytest.raises(UnknownCode, match=r"category moon\.dust"):
        queries.category("moon.dust")


def test_a_version_of_another_kind_is_no_category() -> None:
    load(read().bodies, by=BY, now=NOW)
    with pytest.raises(UnknownCode):
        queries.category_of(queries.reason("closed.solved").version_id)
    with pytest.raises(UnknownCode):
        queries.category_of(0)


def test_categories_come_in_the_order_of_the_tree_without_those_out_of_use(tmp_path: Path) -> None:
    folder = city(tmp_path, '[[category]]\ncode = "heating.pipe"\nactive = false\n')
    load(read(folder).bodies, by=BY, now=NOW)
    held = queries.categories()
    assert [b.code for b in queries.branches()][:3] == ["environment", "pollution", "noise"]
    assert held[0].entry.branch == "environment"
    assert "heating.pipe" not in {each.code for each in held}


def test_the_closed_lists_come_in_their_order() -> None:
    load(read().bodies, by=BY, now=NOW)
    codes = [each.code for each in queries.reasons(ReasonList.REOPENED)]
    assert codes == [f"reopened.{c}" for c in ("unsolved", "partly", "came_back", "new_facts", "supervision")]


def test_a_read_from_memory_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load(read().bodies, by=BY, now=NOW)
    queries.category("gas.leak")
    with django_assert_num_queries(1):
        queries.category("gas.leak")
