"""Needs are told as help: what we ship names no illness and no suspicion, and a city's own file cannot."""

from pathlib import Path

import pytest

from wangge.catalogue import queries
from wangge.catalogue.faults import Faulty, Rule
from wangge.catalogue.needs import barred_in_texts
from wangge.catalogue.reading import Catalogue, read
from wangge.catalogue.schema import Need, Uncollected
from wangge.core.not_collected import Told, told_in

OURS = {
    "code": "water",
    "label": '{ "zh-Hans" = "要人送水", en = "Needs water brought" }',
    "help": '{ "zh-Hans" = "每周送两次", en = "Twice a week" }',
    "consent": '{ "zh-Hans" = "我同意记下：请送水。", en = "I agree that this is written down: bring me water." }',
    "visit_days": "3",
    "mark": '"D"',
}


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return read()


def city(folder: Path, **changed: str) -> Path:
    body = OURS | {"code": '"water"'} | changed
    text = "[[need]]\n" + "\n".join(f"{key} = {value}" for key, value in body.items()) + "\n"
    (folder / "needs.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_needs_cover_what_people_ask_for(shipped: Catalogue) -> None:
    needs = shipped.of(Need)
    assert set(needs) >= {
        "look_in", "aged", "walking", "seeing", "hearing", "bed", "stairs", "newborn", "lift_to_treatment",
        "device_power", "medicine", "sign_language",
    }  # fmt: skip
    assert {code for code, need in needs.items() if need.first} >= {"stairs", "bed", "device_power"}
    for code, need in needs.items():
        assert need.consent.zh_hans.startswith("我同意记下："), code
        assert need.consent.en.startswith("I agree that this is written down: "), code


def test_a_city_adds_a_need_of_its_own(tmp_path: Path) -> None:
    assert read(city(tmp_path)).of(Need)["water"].visit_days == 3


@pytest.mark.parametrize(
    ("key", "text", "word"),
    [
        ("label", '{ "zh-Hans" = "糖尿病，要人送药", en = "Needs medicine" }', "糖尿病"),
        ("label", '{ "zh-Hans" = "要车去透析", en = "Needs a lift" }', "透析"),
        ("label", '{ "zh-Hans" = "要车", en = "Needs a lift to dialysis" }', "dialysis"),
        ("help", '{ "zh-Hans" = "严重精神障碍患者，常去看看", en = "Look in" }', "精神障碍"),
        ("help", '{ "zh-Hans" = "上访户，每天看一次", en = "Look in" }', "上访"),
        ("help", '{ "zh-Hans" = "常来看看", en = "A key person: look in daily" }', "key person"),
        ("consent", '{ "zh-Hans" = "我同意记下：我是刑满释放人员。", en = "I agree" }', "刑满"),
    ],
)
def test_an_illness_or_a_suspicion_in_a_need_is_a_fault(tmp_path: Path, key: str, text: str, word: str) -> None:
    with pytest.raises(Faulty) as faulty:
        read(city(tmp_path, **{key: text}))
    found = [(fault.key, fault.rule, fault.detail) for fault in faulty.value.faults]
    assert found == [(f"need[water].{key}", Rule.TELLS_TOO_MUCH, word)]


@pytest.mark.parametrize("days", ["0", "184"])
def test_a_visit_comes_at_least_twice_a_year(tmp_path: Path, days: str) -> None:
    with pytest.raises(Faulty):
        read(city(tmp_path, visit_days=days))


@pytest.mark.parametrize(
    "text",
    [
        "Face her when you speak, she reads lips", "敲门重一点，等两分钟", "狗在院里，先打电话", "民族路上的药房取药",
        "去慢性病防治院接她", "周二周四早上七点到楼下", "汉堡不要送", "her hearing aids are on the table",
    ],
)  # fmt: skip
def test_a_sentence_about_how_to_help_is_kept(shipped: Catalogue, text: str) -> None:
    assert told_in(text, barred_in_texts(shipped.of(Uncollected).values())) is None


def test_what_a_sentence_gives_away_is_named(shipped: Catalogue) -> None:
    barred = barred_in_texts(shipped.of(Uncollected).values())
    assert told_in("她 有 高 血 压", barred) == Told("diagnosis", "血压")
    assert told_in("信佛教的老人", barred) == Told("religion", "佛教")


def test_a_need_is_read_as_it_was_worded(system: None) -> None:
    held = queries.need("stairs")
    assert held.entry.first
    assert queries.need_of(held.version_id) == held
    assert [each.code for each in queries.needs()][:2] == ["look_in", "aged"]
    assert queries.told_too_much("有抑郁") == Told("mental", "抑郁")
    with pytest.raises(queries.UnknownCode):
        queries.need("suspicion")
    with pytest.raises(queries.UnknownCode):
        queries.need_of(queries.purpose("care").version_id)
