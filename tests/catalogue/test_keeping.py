"""A rule of retention names its law and its reason, and keeps no longer than its purpose tells residents."""

from datetime import date
from pathlib import Path

import pytest

from wangge.catalogue.faults import Fault, Faulty, Rule
from wangge.catalogue.keeping import RetentionRule
from wangge.catalogue.reading import read
from wangge.core.retention import digest_of_keys, digest_of_parts, goes_on, newest_over

PLANTED = """
[[retention]]
code = "person_left"
start = "left"
way = "row"
days = 100
purpose = "register"
mark = "F"
bases = [{ law = "pipl", article = "19" }]
label = { "zh-Hans" = "搬走的人", en = "People who left" }
reason = { "zh-Hans" = "本市规定", en = "Our rule" }
"""


def faults(tmp_path: Path, text: str) -> tuple[Fault, ...]:
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    try:
        read(tmp_path)
    except Faulty as caught:
        return caught.faults
    return ()


@pytest.mark.parametrize(
    ("old", "new", "key", "rule"),
    [
        ("days = 100", "days = 366", "days", Rule.KEPT_TOO_LONG),
        ("days = 100", "days = -1", "days", Rule.BAD_VALUE),
        ('purpose = "register"', 'purpose = "curiosity"', "purpose", Rule.UNKNOWN_CODE),
        ('law = "pipl"', 'law = "custom"', "bases[0].law", Rule.UNKNOWN_CODE),
        ('"19"', '"999"', "bases[0].article", Rule.UNKNOWN_CODE),
        ('start = "left"', 'start = "whenever"', "start", Rule.NOT_IN_LIST),
        ('way = "row"', 'way = "hidden"', "way", Rule.NOT_IN_LIST),
        ('reason = { "zh-Hans" = "本市规定", en = "Our rule" }', 'reason = { en = "Our rule" }', "reason.zh-Hans",
         Rule.MISSING_KEY),
    ],
)  # fmt: skip
def test_a_rule_of_a_city_is_checked(tmp_path: Path, old: str, new: str, key: str, rule: Rule) -> None:
    assert faults(tmp_path, PLANTED) == ()
    assert [(f.key, f.rule) for f in faults(tmp_path, PLANTED.replace(old, new))] == [
        (f"retention[person_left].{key}", rule)
    ]


def test_a_city_changes_the_days_alone(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(PLANTED, encoding="utf-8")
    rules = read(tmp_path).of(RetentionRule)
    assert (rules["person_left"].days, rules["occupancy_ended"].days) == (100, 365)


def test_things_go_so_many_days_after_the_day_they_ended() -> None:
    for days in (0, 1, 365):
        assert newest_over(goes_on(date(2026, 2, 28), days), days) == date(2026, 2, 28)


def test_a_digest_tells_other_keys_other_tables_and_another_order_of_parts() -> None:
    one = digest_of_keys("people_person", ["1", "2"])
    assert one == digest_of_keys("people_person", ["2", "1"])
    assert len({one, digest_of_keys("people_person", ["12"]), digest_of_keys("people_household", ["1", "2"])}) == 3
    assert digest_of_parts([one, "x"]) != digest_of_parts(["x", one])
