"""What we ship: every file loads, and holds what the product promises."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from wangge.catalogue.lawful import Purpose
from wangge.catalogue.parts import Entry, Label
from wangge.catalogue.reading import SHIPPED, Catalogue, read
from wangge.catalogue.schema import Category, GridCare, Reason, Role, Word
from wangge.catalogue.words import CaseClass, Kind, Mark, ReasonList, Stage
from wangge.core.deadlines import ClockKind, Limit

FORBIDDEN = (
    "操作成功",
    "操作失败",
    "系统繁忙",
    "非法",
    "无效",
    "异常",
    "监控",
    "管控",
    "请知悉",
    "特此",
    "illegal",
    "invalid",
)

ROLES = {
    "resident", "grid_worker", "secretary", "town_staff", "acceptor", "dispatcher", "checker", "duty_chief", "handler",
    "auditor", "system_admin", "security_admin", "property_staff",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return read()


@pytest.mark.parametrize("path", sorted(SHIPPED.rglob("*.toml")), ids=lambda path: path.name)
def test_every_shipped_file_gives_entries(path: Path, shipped: Catalogue) -> None:
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    wanted = {(Kind(kind), entry["code"]) for kind, entries in document.items() for entry in entries}
    assert wanted
    assert {key for key, file in shipped.files.items() if file == path.relative_to(SHIPPED.parent).as_posix()} == wanted


def test_the_tree_has_at_least_sixty_leaves_of_all_classes(shipped: Catalogue) -> None:
    leaves = shipped.of(Category)
    assert len(leaves) >= 60
    assert {leaf.main for leaf in leaves.values()} == set(CaseClass)


def test_every_branch_bears_leaves(shipped: Catalogue) -> None:
    assert {leaf.branch for leaf in shipped.of(Category).values()} == set(shipped.entries[Kind.BRANCH])


def test_every_leaf_has_every_clock(shipped: Catalogue) -> None:
    assert [c for c, leaf in shipped.of(Category).items() if set(leaf.clocks) != set(Stage)] == []


def test_a_gas_leak_is_urgent_and_its_clocks_run_day_and_night(shipped: Catalogue) -> None:
    leak = shipped.of(Category)["gas.leak"]
    assert (leak.urgent, leak.owner) == (True, "gas")
    assert leak.limit(Stage.HANDLE) == Limit(1, ClockKind.EMERGENCY_HOUR)
    assert leak.limit(Stage.VERIFY) == Limit.minutes(30)
    assert leak.limit(Stage.ACCEPT) == Limit.minutes(5)


def test_an_ordinary_matter_takes_the_ordinary_limits(shipped: Catalogue) -> None:
    rubbish = shipped.of(Category)["environment.exposed_rubbish"]
    assert rubbish.limit(Stage.HANDLE) == Limit(4, ClockKind.WORKING_HOUR)
    assert rubbish.limit(Stage.VERIFY) == Limit(2, ClockKind.WORKING_HOUR)
    assert rubbish.limit(Stage.REOPEN) == Limit(15, ClockKind.NATURAL_DAY)


def test_national_codes_are_marked_as_recall(shipped: Catalogue) -> None:
    marks = {leaf.national.mark for leaf in shipped.of(Category).values() if leaf.national}
    assert marks == {Mark.RECALL}


def test_every_list_of_reasons_is_filled_and_a_refusal_names_a_channel(shipped: Catalogue) -> None:
    reasons = shipped.of(Reason).values()
    assert {reason.group for reason in reasons} == set(ReasonList)
    assert [r.code for r in reasons if r.group is ReasonList.NOT_ACCEPTED and r.channel is None] == []


def test_the_roles_are_those_of_the_product(shipped: Catalogue) -> None:
    roles = shipped.of(Role)
    assert set(roles) == ROLES
    assert {code for code, role in roles.items() if role.second_factor} == {
        "acceptor", "dispatcher", "checker", "duty_chief", "auditor", "system_admin", "security_admin",
    }  # fmt: skip


def test_the_purposes_a_contact_is_opened_for_are_there(shipped: Catalogue) -> None:
    assert {"call_back", "revisit", "handover", "correction"} <= set(shipped.of(Purpose))


def test_the_glossary_has_its_hundred_rows(shipped: Catalogue) -> None:
    assert {word.row for word in shipped.of(Word).values()} == set(range(1, 101))


def test_the_classes_of_grids_say_who_is_wanted(shipped: Catalogue) -> None:
    cares = shipped.of(GridCare)
    assert set(cares) == {"key", "service", "liaison"}
    assert cares["key"].workers > cares["service"].workers
    assert cares["key"].round_days < cares["service"].round_days < cares["liaison"].round_days
    assert (cares["liaison"].grids > 1, cares["key"].deputy) == (True, True)


def test_no_label_uses_a_forbidden_word(shipped: Catalogue) -> None:
    said = [text for entries in shipped.entries.values() for entry in entries.values() for text in texts(entry)]
    assert len(said) > 500
    assert [text for text in said if any(word in text for word in FORBIDDEN)] == []


def test_no_chinese_label_has_half_width_punctuation(shipped: Catalogue) -> None:
    said = [text for entries in shipped.entries.values() for entry in entries.values() for text in texts(entry)]
    chinese = [text for text in said if any("一" <= sign <= "鿿" for sign in text)]
    assert [text for text in chinese if any(sign in text for sign in ",;!?")] == []


def texts(entry: Entry) -> list[str]:
    labels: list[Any] = [getattr(entry, name) for name in type(entry).model_fields]
    return [text for label in labels if isinstance(label, Label) for text in (label.zh_hans, label.en)]
