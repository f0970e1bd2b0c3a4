"""Faults are all found, each by file, key and rule; a city's folder lies on top of ours."""

import shutil
from pathlib import Path

import pytest

from wangge.catalogue.faults import Fault, Faulty, Rule
from wangge.catalogue.reading import SHIPPED, read
from wangge.catalogue.schema import Category, GridCare, Reason
from wangge.catalogue.words import Kind, Stage
from wangge.core.deadlines import ClockKind, Limit

LEAF = """
[[category]]
code = "gas.smell"
label = { "zh-Hans" = "气味", en = "Smell" }
class = "event"
owner = "gas"
keywords = { "zh-Hans" = ["气味"], en = ["smell"] }
clocks = { handle = { amount = 3, kind = "working_day" } }
mark = "D"
"""


@pytest.fixture
def city(tmp_path: Path) -> Path:
    (tmp_path / "city" / "cases").mkdir(parents=True)
    return tmp_path / "city"


def faults(city: Path, text: str) -> tuple[Fault, ...]:
    (city / "cases" / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Faulty) as caught:
        read(city)
    return caught.value.faults


def test_the_planted_leaf_is_itself_without_fault(city: Path) -> None:
    (city / "cases" / "x.toml").write_text(LEAF, encoding="utf-8")
    assert read(city).of(Category)["gas.smell"].limit(Stage.HANDLE) == Limit(3, ClockKind.WORKING_DAY)


@pytest.mark.parametrize(
    ("old", "new", "key", "rule"),
    [
        (', en = "Smell" }', " }", "label.en", Rule.MISSING_KEY),
        ('"zh-Hans" = "气味", en', "en", "label.zh-Hans", Rule.MISSING_KEY),
        ('en = "Smell"', 'en = "气味"', "label.en", Rule.BAD_TEXT),
        ('"zh-Hans" = "气味",', '"zh-Hans" = "Smell",', "label.zh-Hans", Rule.BAD_TEXT),
        ('en = "Smell"', 'en = ""', "label.en", Rule.BAD_TEXT),
        (', en = ["smell"]', "", "keywords.en", Rule.MISSING_KEY),
        ('["smell"]', "[]", "keywords.en", Rule.BAD_VALUE),
        ('mark = "D"', 'mark = "D"\ncolour = "red"', "colour", Rule.UNKNOWN_KEY),
        ('en = "Smell" }', 'en = "Smell", de = "Geruch" }', "label.de", Rule.UNKNOWN_KEY),
        ('mark = "D"', 'mark = "D"\nmain = "event"', "main", Rule.UNKNOWN_KEY),
        ('mark = "D"', "", "mark", Rule.MISSING_KEY),
        ('mark = "D"', 'mark = "sure"', "mark", Rule.NOT_IN_LIST),
        ('class = "event"', 'class = "thing"', "class", Rule.NOT_IN_LIST),
        ('owner = "gas"', 'owner = "nobody"', "owner", Rule.UNKNOWN_CODE),
        ('owner = "gas"', "owner = 5", "owner", Rule.WRONG_TYPE),
        ("working_day", "fortnight", "clocks.handle.kind", Rule.NOT_IN_LIST),
        ("handle =", "dance =", "clocks.dance", Rule.NOT_IN_LIST),
        ("amount = 3", "amount = -3", "clocks.handle", Rule.BAD_VALUE),
        ("amount = 3", "amount = 0", "clocks.handle", Rule.BAD_VALUE),
        ("amount = 3", 'amount = "3"', "clocks.handle.amount", Rule.WRONG_TYPE),
        ("amount = 3", "amount = 3, minutes = 3", "clocks.handle", Rule.BAD_VALUE),
        ("amount = 3", "minutes = 30", "clocks.handle", Rule.BAD_VALUE),
        ("amount = 3, ", "", "clocks.handle", Rule.BAD_VALUE),
    ],
)  # fmt: skip
def test_a_planted_fault_names_file_key_and_rule(city: Path, old: str, new: str, key: str, rule: Rule) -> None:
    assert old in LEAF
    found = faults(city, LEAF.replace(old, new))
    assert [(f.file, f.key, f.rule) for f in found] == [("city/cases/x.toml", f"category[gas.smell].{key}", rule)]


@pytest.mark.parametrize(
    ("text", "key", "rule"),
    [
        (LEAF + LEAF, "category[gas.smell]", Rule.DUPLICATE_CODE),
        (LEAF.replace('code = "gas.smell"\n', ""), "category[1].code", Rule.MISSING_KEY),
        (LEAF.replace("gas.smell", "gas.Smell!"), "category[gas.Smell!].code", Rule.BAD_CODE),
        (LEAF.replace("gas.smell", "moon.smell"), "category[moon.smell].code", Rule.UNKNOWN_CODE),
        (LEAF.replace("[[category]]", "[[animal]]"), "animal", Rule.UNKNOWN_KEY),
        (LEAF.replace("[[category]]", "[category]"), "category", Rule.WRONG_TYPE),
        ("[[category", "", Rule.NOT_TOML),
    ],
)
def test_a_fault_of_the_whole_entry_names_it(city: Path, text: str, key: str, rule: Rule) -> None:
    found = faults(city, text)
    assert [(f.file, f.key, f.rule) for f in found] == [("city/cases/x.toml", key, rule)]


def test_a_fault_reads_as_a_sentence(city: Path) -> None:
    found = faults(city, LEAF.replace('owner = "gas"', 'owner = "nobody"'))
    assert str(found[0]) == "city/cases/x.toml: category[gas.smell].owner: nothing has this code: function 'nobody'"


def test_all_faults_are_told_at_once(city: Path) -> None:
    text = LEAF.replace(', en = "Smell" }', " }").replace("amount = 3", "amount = -3").replace('"gas"', '"nobody"')
    assert {f.key for f in faults(city, text)} == {"category[gas.smell].label.en", "category[gas.smell].clocks.handle"}


def test_a_refusal_without_a_channel_is_a_fault(city: Path) -> None:
    text = '[[reason]]\ncode = "not_accepted.mood"\nlabel = { "zh-Hans" = "心情", en = "Mood" }\n'
    found = faults(city, text)
    assert [(f.key, f.rule) for f in found] == [("reason[not_accepted.mood]", Rule.BAD_VALUE)]


def test_a_reason_of_no_list_is_a_fault(city: Path) -> None:
    text = '[[reason]]\ncode = "invented.mood"\nlabel = { "zh-Hans" = "心情", en = "Mood" }\n'
    assert [(f.key, f.rule) for f in faults(city, text)] == [("reason[invented.mood]", Rule.BAD_VALUE)]


@pytest.mark.parametrize(
    "days",
    [
        '{ date = 2027-01-04, kind = "workday", label = { "zh-Hans" = "上班", en = "Work" } }',
        '{ date = 2028-01-01, kind = "holiday", label = { "zh-Hans" = "元旦", en = "New Year" } }',
    ],
)
def test_a_calendar_with_a_senseless_day_is_a_fault(city: Path, days: str) -> None:
    found = faults(city, f'[[calendar]]\ncode = "2027"\ndays = [{days}]\n')
    assert [(f.file, f.key, f.rule) for f in found] == [("city/cases/x.toml", "calendar[2027]", Rule.BAD_VALUE)]


def test_a_stage_without_a_limit_is_a_fault(tmp_path: Path) -> None:
    ours = tmp_path / "definitions"
    shutil.copytree(SHIPPED, ours)
    limits = ours / "cases" / "limits.toml"
    limits.write_text(limits.read_text(encoding="utf-8").split('\n[[limit]]\ncode = "reopen"')[0], encoding="utf-8")
    with pytest.raises(Faulty) as caught:
        read(shipped=ours)
    assert [(f.key, f.rule) for f in caught.value.faults] == [("limit[reopen]", Rule.MISSING_LIMIT)]


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Faulty) as caught:
        read(tmp_path / "nowhere")
    assert [f.rule for f in caught.value.faults] == [Rule.NO_FOLDER]


def test_a_city_replaces_one_leaf_and_nothing_else(city: Path) -> None:
    (city / "cases" / "x.toml").write_text('[[category]]\ncode = "gas.leak"\nowner = "fire"\n', encoding="utf-8")
    ours, theirs = read(), read(city)
    differing = [
        body.code for body, other in zip(ours.bodies, theirs.bodies, strict=True) if body.digest != other.digest
    ]
    assert differing == ["gas.leak"]
    assert theirs.of(Category)["gas.leak"].owner == "fire"
    assert theirs.of(Category)["gas.leak"].label == ours.of(Category)["gas.leak"].label
    assert theirs.digest != ours.digest


def test_a_city_takes_a_leaf_out_of_use(city: Path) -> None:
    text = '[[category]]\ncode = "heating.pipe"\nactive = false\n'
    (city / "cases" / "x.toml").write_text(text, encoding="utf-8")
    assert read(city).of(Category)["heating.pipe"].active is False


def test_a_fault_in_a_citys_key_names_the_citys_file_and_ours_stays_ours(city: Path) -> None:
    found = faults(city, '[[category]]\ncode = "gas.leak"\nowner = "nobody"\n')
    assert [(f.file, f.key) for f in found] == [("city/cases/x.toml", "category[gas.leak].owner")]


def test_a_city_adds_a_reason_of_its_own(city: Path) -> None:
    text = (
        '[[reason]]\ncode = "returned.bridge"\nlabel = { "zh-Hans" = "桥归水利", en = "Bridge of the rivers unit" }\n'
    )
    (city / "cases" / "x.toml").write_text(text, encoding="utf-8")
    assert read(city).of(Reason)["returned.bridge"].label.text("zh-hans") == "桥归水利"


def test_the_citys_limits_reach_the_leaves_that_have_none_of_their_own(city: Path) -> None:
    text = '[[limit]]\ncode = "check"\nordinary = { amount = 1, kind = "working_day" }\n'
    (city / "cases" / "x.toml").write_text(text, encoding="utf-8")
    assert read(city).of(Category)["water.bill"].limit(Stage.CHECK) == Limit(1, ClockKind.WORKING_DAY)


def test_reading_twice_gives_the_same_digest() -> None:
    assert read().digest == read().digest


def test_bodies_leave_defaults_out_and_are_sorted() -> None:
    bodies = read().bodies
    assert [(b.kind, b.code) for b in bodies] == sorted((b.kind, b.code) for b in bodies)
    assert not any("active" in body.body for body in bodies if body.kind is Kind.CATEGORY)


CLASS = """
[[care]]
code = "quiet"
label = { "zh-Hans" = "安静", en = "Quiet" }
meaning = { "zh-Hans" = "事情少", en = "Few matters" }
workers = 1
grids = 2
round_days = 60
mark = "D"
"""


@pytest.mark.parametrize(
    ("old", "new", "key", "rule"),
    [
        ("workers = 1", "workers = 2", "", Rule.BAD_VALUE), ("workers = 1", "workers = 0", ".workers", Rule.BAD_VALUE),
        ("round_days = 60", "", ".round_days", Rule.MISSING_KEY), ("grids = 2", "grids = 0", ".grids", Rule.BAD_VALUE),
        ("workers = 1", 'workers = "1"', ".workers", Rule.WRONG_TYPE), ('mark = "D"', "", ".mark", Rule.MISSING_KEY),
        ("round_days = 60", "round_days = 60\nwhen = 1", ".when", Rule.UNKNOWN_KEY),
    ],
)  # fmt: skip
def test_a_fault_in_a_class_of_grids_is_found(city: Path, old: str, new: str, key: str, rule: Rule) -> None:
    (city / "cases" / "x.toml").write_text(CLASS, encoding="utf-8")
    assert read(city).of(GridCare)["quiet"].grids == 2
    assert old in CLASS
    assert [(f.key, f.rule) for f in faults(city, CLASS.replace(old, new))] == [(f"care[quiet]{key}", rule)]
