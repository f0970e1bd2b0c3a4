"""Purposes stand on laws with dates; a field opens only for one that names it and the role of who asks."""

from datetime import date
from pathlib import Path

import pytest

from tests.cast import Cast
from wangge.access.action import Refused
from wangge.catalogue import purposes
from wangge.catalogue.faults import Fault, Faulty, Rule
from wangge.catalogue.lawful import Basis, Datum, Law, Purpose
from wangge.catalogue.lawful_words import ground, in_force, kept_for
from wangge.catalogue.purposes_docs import pages
from wangge.catalogue.reading import read
from wangge.catalogue.words import Mark
from wangge.people.words import Kept

TODAY = date(2026, 11, 20)
DOCS = Path(__file__).parents[2] / "docs"
PLANTED = """
[[purpose]]
code = "curiosity"
label = { "zh-Hans" = "看看", en = "A look" }
fields = ["name"]
roles = ["secretary"]
bases = [{ law = "pipl", article = "13.1" }]
notice = { "zh-Hans" = "看看", en = "A look" }
refusing = { "zh-Hans" = "没关系", en = "No matter" }
retention = { days = 1, after = { "zh-Hans" = "看完", en = "the look" } }
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
        ('["name"]', '["name", "blood"]', "fields[1]", Rule.UNKNOWN_CODE),
        ('["secretary"]', '["neighbour"]', "roles[0]", Rule.UNKNOWN_CODE),
        ('law = "pipl"', 'law = "custom"', "bases[0]", Rule.UNKNOWN_CODE),
        ('"13.1"', '"13.9"', "bases[0].article", Rule.UNKNOWN_CODE),
        ('fields = ["name"]', "", "fields", Rule.MISSING_KEY),
        ('notice = { "zh-Hans" = "看看", en = "A look" }', "", "notice", Rule.MISSING_KEY),
        ('refusing = { "zh-Hans" = "没关系", en = "No matter" }', "", "refusing", Rule.MISSING_KEY),
        ("days = 1,", "days = -1,", "retention.days", Rule.BAD_VALUE),
    ],
)
def test_a_purpose_says_all_that_residents_are_told(tmp_path: Path, old: str, new: str, key: str, rule: Rule) -> None:
    assert faults(tmp_path, PLANTED) == ()
    assert [(f.key, f.rule) for f in faults(tmp_path, PLANTED.replace(old, new))] == [
        (f"purpose[curiosity].{key}", rule)
    ]


def test_a_law_is_in_force_from_its_first_day_to_its_last() -> None:
    laws = read().of(Law)
    old, new = laws["erl_2007"], laws["erl"]
    assert [old.is_in_force(date(2024, 10, day)) for day in (30, 31)] == [True, True]
    assert (old.is_in_force(date(2024, 11, 1)), new.is_in_force(date(2024, 11, 1))) == (False, True)
    assert not new.is_in_force(date(2024, 10, 31))
    assert {law.mark for law in laws.values()} <= {Mark.FOUND, Mark.PARTLY_FOUND, Mark.RECALL}


def test_every_shipped_purpose_is_lawful_today_and_every_field_of_a_person_has_one() -> None:
    shipped = read()
    laws, register = shipped.of(Law), shipped.of(Purpose)
    assert [code for code, each in register.items() if not each.is_lawful(laws, TODAY)] == []
    assert [code for code, each in register.items() if each.consent and not {"13.1", "23", "29"} & articles(each)] == []
    named = {field for each in register.values() for field in each.fields}
    assert named == set(shipped.of(Datum)) >= set(Kept.values)


def articles(purpose: Purpose) -> set[str]:
    return {basis.article or "" for basis in purpose.bases}


def test_articles_and_times_read_as_people_say_them() -> None:
    laws, register = read().of(Law), read().of(Purpose)
    item = Basis(law="pipl", article="13.4")
    assert ground(item, laws, "en") == "PIPL Art. 13 (4)"
    assert ground(item, laws, "zh-hans") == "《个人信息保护法》第 13 条第 4 项"
    assert ground(Basis(law="hotline_service"), laws, "en") == "GB/T 33358"
    kept = {code: kept_for(each.retention, "en") for code, each in register.items() if each.retention}
    assert (kept["report"], kept["visit"]) == ("3 years after the case is closed", "30 days after the round is done")
    assert kept["warning"] == "destroyed as soon as the response has ended"
    assert in_force(laws["erl_2007"], "zh-hans") == "2007-11-01 至 2024-10-31"


def test_the_pages_in_docs_are_up_to_date() -> None:
    made = pages(read())
    assert {name: (DOCS / name).read_text(encoding="utf-8") for name in made} == made


@pytest.mark.parametrize(
    ("code", "field", "on", "said"),
    [
        ("curiosity", "phone", TODAY, "one of the purposes of the register"),
        ("on_site", "document", TODAY, "does not need this: Identity document"),
        ("report", "contact", TODAY, "does not need this"),
        ("call_back", "contact", TODAY, "for other posts than yours: Acceptor"),
        ("warning", "phone", date(2021, 10, 31), "No law .* is in force on 2021-10-31"),
    ],
)
def test_what_the_register_does_not_allow_is_refused_with_a_way_out(
    cast: Cast, code: str, field: str, on: date, said: str
) -> None:
    from django.utils.translation import override

    with cast.lin.acting() as lin, override("en"), pytest.raises(Refused, match=said):
        purposes.stated(code, field=field, actor=lin, on=on)


def test_only_purposes_that_are_allowed_are_offered(cast: Cast) -> None:
    with cast.lin.acting() as lin:
        assert purposes.stated("on_site", field="phone", actor=lin, on=TODAY).code == "on_site"
        offered = [each.code for each in purposes.offered("document", actor=lin, on=TODAY)]
        assert offered == ["register", "access_request", "correction", "erasure"]
        assert purposes.offered("contact", actor=lin, on=date(2021, 10, 31)) == []
    with cast.auditor.acting() as auditor:
        assert purposes.offered("name", actor=auditor, on=TODAY) == []
