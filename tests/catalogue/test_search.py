"""A resident's words find the category."""

import pytest

from wangge.catalogue.reading import read
from wangge.catalogue.schema import Category
from wangge.catalogue.search import find

LEAVES = list(read().of(Category).values())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("桂花社区 3 幢门口水管爆了，水一直喷", "water.burst_pipe"),
        ("有人困在电梯里", "lifts.trapped"),
        ("楼道里闻到燃气味", "gas.leak"),
        ("路灯", "roads.street_light"),
        ("a pothole in front of the school", "roads.pothole"),
        ("MANHOLE missing", "roads.manhole_missing"),
        ("垃圾没人收", "environment.exposed_rubbish"),
        ("电动车在楼里充电", "fire.bike_indoors"),
    ],
)
def test_the_first_found_is_what_was_meant(text: str, code: str) -> None:
    assert find(text, LEAVES)[0].code == code


@pytest.mark.parametrize("text", ["", "   ", "qqqqqq", "\x00"])
def test_nothing_fits_nothing(text: str) -> None:
    assert find(text, LEAVES) == []


def test_no_more_than_asked_for() -> None:
    assert len(find("水", LEAVES, limit=3)) == 3
