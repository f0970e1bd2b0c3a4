"""Case numbers and tracking tokens."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.numbers import (
    DRAWS,
    BadNumber,
    case_number,
    grouped,
    is_token,
    read_case_number,
    token_digest,
    tracking_token,
)


def test_a_case_number_is_its_day_and_a_draw() -> None:
    assert case_number(date(2026, 11, 24), 4217) == "261124-004217"


@pytest.mark.parametrize("draw", [-1, DRAWS])
def test_a_draw_outside_the_urn_is_refused(draw: int) -> None:
    with pytest.raises(BadNumber, match="a draw lies between 0 and 999999"):
        case_number(date(2026, 11, 24), draw)


@pytest.mark.parametrize(
    "typed",
    [
        "261124-004217",
        "261124004217",
        " 261 124 004 217 ",
        "２６１１２４—００４２１７",
        "261124.004217",
        "261124–004217\n",
    ],
)
def test_a_number_is_read_however_it_was_typed(typed: str) -> None:
    assert read_case_number(typed) == "261124-004217"


@pytest.mark.parametrize(
    "typed", ["", "26112400421", "2611240042170", "261124-00421x", "٢٦١١٢٤٠٠٤٢١٧", "261124/004217"]
)
def test_what_has_not_twelve_digits_is_refused(typed: str) -> None:
    with pytest.raises(BadNumber, match="twelve digits"):
        read_case_number(typed)


@pytest.mark.parametrize("typed", ["261324-004217", "260230-004217", "000000-000000"])
def test_what_does_not_begin_with_a_day_is_refused(typed: str) -> None:
    with pytest.raises(BadNumber, match="begins with the day"):
        read_case_number(typed)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, DRAWS - 1))
def test_every_number_reads_back_from_its_spoken_groups(day: date, draw: int) -> None:
    number = case_number(day, draw)
    assert read_case_number(number) == number
    assert read_case_number(grouped(number)) == number


def test_groups_are_made_for_reading_aloud() -> None:
    assert (grouped("261124-004217"), grouped("ABCDE", 2), grouped("")) == ("261 124 004 217", "AB CD E", "")


def test_a_token_is_safe_for_an_address_and_known_by_its_digest() -> None:
    token = tracking_token(bytes(range(240, 256)) * 2)
    assert token == "8PHy8_T19vf4-fr7_P3-__Dx8vP09fb3-Pn6-_z9_v8"
    assert is_token(token, token_digest(token))
    assert not is_token(token + "A", token_digest(token))
    assert not is_token("\ud800孙", token_digest(token))


def test_the_digest_is_plain_sha_256() -> None:
    assert token_digest("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_too_little_chance_is_refused() -> None:
    with pytest.raises(BadNumber, match="at least 16"):
        tracking_token(b"x" * 15)
