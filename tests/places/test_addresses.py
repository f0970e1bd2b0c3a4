"""Every home is found by each spelling of its address, by whoever may see it."""

import os
from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from tests.cast import Cast
from tests.places.spellings import homes, spellings
from tests.town import invented_town
from wangge.core.folding import fold
from wangge.jobs.system import as_system
from wangge.places.models import Dwelling
from wangge.places.queries.addresses import cut, readings
from wangge.places.queries.register import register
from wangge.places.queries.seeking import look_up
from wangge.places.words import Kind
from wangge.web.demo.generate import generate
from wangge.web.demo.load import load
from wangge.web.demo.plan import Size, load_plan
from wangge.web.demo.town import Town

SOAK = bool(os.environ.get("WANGGE_SOAK"))
SIZE: Size = "town" if SOAK else "small"
SAMPLE = 2_000 if SOAK else 100


def found_of(text: str) -> int | None:
    """The home that stands first, when homes are what the answer begins with."""
    groups = look_up(text, kinds=[Kind.DWELLING]).groups
    return groups[0].hits[0].place if groups else None


def ids() -> dict[tuple[str, str, str], int]:
    rows = Dwelling.objects.values_list("building__token", "unit", "room", "id")
    return {(token, unit, room): pk for token, unit, room, pk in rows}


def missed(town: Town, only: int | None = None) -> tuple[int, Counter[str], list[str]]:
    """How many spellings were tried, how many failed by kind, and some of these."""
    from wangge.web.demo.load import token_of

    known, every = ids(), homes(town)
    tried, failed, some = 0, Counter[str](), []
    for home, building, compound, standard in Random(1).sample(every, min(only or len(every), len(every))):
        wanted = known[token_of(town, building.key), str(home.unit or ""), home.room]
        for way, text in spellings(home, building, compound, standard).items():
            tried += 1
            if found_of(text) != wanted:
                failed[way] += 1
                some.append(text)
    return tried, failed, some[:10]


def test_every_home_of_the_invented_town_is_found_by_five_spellings(db: str) -> None:
    with as_system("test"):
        tried, failed, some = missed(invented_town())
    print(f"A1 addresses tried {tried}, missed {sum(failed.values())}")
    assert (tried, dict(failed), some) == (5 * len(invented_town().dwellings), {}, [])


@pytest.mark.soak
def test_homes_of_a_whole_town_are_found_by_five_spellings(db: str) -> None:
    from django.utils import timezone

    town = replace(generate(load_plan("taicang_town"), 1, SIZE), organisations=(), staff=())
    with as_system("test") as system:
        load(town, by=system, now=timezone.now())
        tried, failed, some = missed(town, SAMPLE)
    print(f"A2 addresses of a town tried {tried}, missed {sum(failed.values())}")
    assert (tried, dict(failed), some) == (5 * SAMPLE, {}, [])


@pytest.mark.parametrize(
    "tail", ["3幢2单元502室", "3-2-502", "3#2-502", "3号楼2单元五楼02", "三号楼二单元五〇二", "3幢2门502号"]
)
def test_a_door_is_read_alike_in_every_spelling(tail: str) -> None:
    first = readings(fold(tail))[0]
    assert (first.building, first.unit, first.room) == ("3", "2", "502")


def test_numbers_that_may_be_read_two_ways_are_read_both_ways() -> None:
    assert {way.building for way in readings("4-18")} == {"4", "4-18"}


def test_a_number_is_never_cut_in_two(cast: Cast) -> None:
    with cast.wang.acting():
        known = register()
        text = next(name for name in known.names if name.endswith("号"))
        assert cut(text, known).compounds
        assert not cut(text.removesuffix("号") + "1号", known).tail.startswith("1号1")
        assert known.at(text[:-1] + "0", 0)[0] != text[:-1]
