"""The invented residents of the demo: marked, in whole communities, brought in without a fault."""

import re

import pytest

from wangge.web.demo import residents as told
from wangge.web.demo.town import Town

MARKED = re.compile(r"\w{2,4}·虚构")


def test_every_resident_is_marked_and_has_a_number_that_nobody_has(town: Town) -> None:
    rows = list(told.residents(town))
    names, phones = [row[5] for row in rows], [row[6] for row in rows if row[6]]
    assert [name for name in names if not MARKED.fullmatch(name)] == []
    assert [phone for phone in phones if not phone.startswith("1380000")] == []
    assert len(set(phones)) == len(phones) > 0
    assert rows == list(told.residents(town))


def test_nobody_is_twice_behind_one_door(town: Town) -> None:
    doors: dict[tuple[str, ...], list[str]] = {}
    for row in told.residents(town):
        doors.setdefault(row[:5], []).append(row[5])
    assert [names for names in doors.values() if len(set(names)) != len(names)] == []


def test_whole_communities_are_told_until_there_are_enough(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "MOST_DOORS", 1_000_000)
    everywhere = {area.key for area in told.told(town)}
    assert {compound.area for compound in town.compounds} == everywhere
    monkeypatch.setattr(told, "MOST_DOORS", 1)
    (first,) = told.told(town)
    assert {row[0] for row in told.residents(town)} == {first.name}
