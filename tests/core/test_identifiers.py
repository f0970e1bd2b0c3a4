"""Numbers of people and firms; every number here is invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core import identifiers
from wangge.core.identifiers import BadIdentifier, Reason, citizen_id, credit_code, explain, id_check, phone
from wangge.core.labels import Language

TODAY = date(2026, 11, 22)


def invented_id(county: str, born: str, sequence: str = "001") -> str:
    digits = county + born + sequence
    return digits + id_check(digits)


def reason_of(check: object, typed: str) -> tuple[Reason, int]:
    with pytest.raises(BadIdentifier) as mistake:
        citizen_id(typed, today=TODAY) if check == "id" else credit_code(typed) if check == "uscc" else phone(typed)
    return mistake.value.reason, mistake.value.by


@pytest.mark.parametrize(
    ("county", "born"),
    [
        ("320522", "19600101"),  # a county code that came after the birth: most older people have one
        ("320585", "19600101"),
        ("330902", "19850615"),
        ("441900", "19750228"),
        ("830000", "19901231"),
        ("810000", "20000229"),
        ("320585", "20261122"),
        ("110101", "19100101"),
    ],
)
def test_an_id_is_never_refused_for_its_county(county: str, born: str) -> None:
    number = invented_id(county, born)
    assert citizen_id(number, today=TODAY) == number
    assert identifiers.birth_date(number).strftime("%Y%m%d") == born


def test_the_check_character_is_that_of_the_standard() -> None:
    assert (id_check("11010519491231002"), id_check("44052418800101001")) == ("X", "4")  # examples of GB 11643


@pytest.mark.parametrize(
    "typed", [" 110105 19491231 002x ", "１１０１０５１９４９１２３１００２Ｘ", "110105-19491231-002X"]
)
def test_an_id_is_read_however_it_was_typed(typed: str) -> None:
    assert citizen_id(typed, today=TODAY) == "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "reason", "by"),
    [
        ("", Reason.EMPTY, 0),
        (" \u200b", Reason.EMPTY, 0),
        ("11010519491231002", Reason.ID_SHORT, 1),
        ("110105491231002", Reason.ID_SHORT, 3),
        ("11010519491231002X1", Reason.ID_LONG, 1),
        ("1101051949123100XX", Reason.ID_SHAPE, 0),
        ("01010519491231002X", Reason.ID_SHAPE, 0),
        ("11010519491331002X", Reason.ID_DATE, 0),
        ("11010519490229002X", Reason.ID_DATE, 0),
        ("110105184912310021", Reason.ID_DATE, 0),
        ("110105202611230021", Reason.ID_DATE, 0),
        ("110105194912310021", Reason.ID_CHECK, 0),
    ],
)
def test_a_wrong_id_is_refused_with_its_reason(typed: str, reason: Reason, by: int) -> None:
    assert reason_of("id", typed) == (reason, by)


births = st.dates(date(1900, 1, 1), TODAY).map(lambda day: day.strftime("%Y%m%d"))
sequences = st.integers(0, 999).map("{:03d}".format)


@given(births, sequences, st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(born: str, sequence: str, place: int, shift: int) -> None:
    number = invented_id("320585", born, sequence)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    with pytest.raises(BadIdentifier):
        citizen_id(wrong, today=TODAY)


@given(births, sequences, st.integers(0, 16))
def test_every_swap_of_neighbours_is_noticed(born: str, sequence: str, place: int) -> None:
    number = invented_id("320585", born, sequence)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(BadIdentifier):
            citizen_id(swapped, today=TODAY)


def test_credit_codes_of_the_standard_pass() -> None:
    assert credit_code("91350100M000100Y43") == "91350100M000100Y43"  # example of GB 32100
    assert credit_code("91350100 m000100y43") == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("typed", "reason", "by"),
    [
        ("91350100M000100Y4", Reason.USCC_SHORT, 1),
        ("91350100M000100Y433", Reason.USCC_LONG, 1),
        ("91350100M000100O43", Reason.USCC_SHAPE, 0),
        ("9135010AM000100Y43", Reason.USCC_SHAPE, 0),
        ("91350100M000100Y44", Reason.USCC_CHECK, 0),
    ],
)
def test_a_wrong_credit_code_is_refused_with_its_reason(typed: str, reason: Reason, by: int) -> None:
    assert reason_of("uscc", typed) == (reason, by)


symbols = st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY")


@given(st.text(symbols, min_size=9, max_size=9), st.integers(0, 8), symbols)
def test_every_single_wrong_symbol_is_noticed(body: str, place: int, other: str) -> None:
    code = "91320585" + body
    whole = code + identifiers.credit_check(code)
    assert credit_code(whole) == whole
    if body[place] != other:
        with pytest.raises(BadIdentifier):
            credit_code("91320585" + body[:place] + other + body[place + 1 :] + whole[-1])


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("13800000000", "13800000000"),
        (" 138-0000 0000 ", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("0086-13800000000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("013800000000", "13800000000"),
        ("\u202d13800000000\u202c", "13800000000"),
        ("0512-00000000", "0512-00000000"),
        ("(0512) 0000 0000", "0512-00000000"),
        ("（0512）00000000", "0512-00000000"),
        ("+86 512 0000 0000", "0512-00000000"),
        ("+86 0512 0000 0000", "0512-00000000"),
        ("+86 10 0000 0000", "010-00000000"),
        ("010-00000000", "010-00000000"),
        ("021 0000 0000", "021-00000000"),
        ("0350-0000000", "0350-0000000"),
    ],
)
def test_a_telephone_number_has_one_normal_form(typed: str, normal: str) -> None:
    assert phone(typed) == normal


def test_a_local_number_takes_the_area_code_of_the_town() -> None:
    assert phone("5300 0000", area_code="0512") == "0512-53000000"


@pytest.mark.parametrize(
    ("typed", "reason", "by"),
    [
        ("", Reason.EMPTY, 0),
        ("1380000000", Reason.MOBILE_SHORT, 1),
        ("1", Reason.MOBILE_SHORT, 10),
        ("+86 1", Reason.MOBILE_SHORT, 10),
        ("138000000000", Reason.MOBILE_LONG, 1),
        ("12800000000", Reason.MOBILE_START, 0),
        ("1380000000o", Reason.PHONE_LETTERS, 0),
        ("孙奶奶", Reason.PHONE_LETTERS, 0),
        ("+86", Reason.LANDLINE_AREA, 0),
        ("+1 202 555 0100", Reason.PHONE_ABROAD, 0),
        ("0044 20 0000 0000", Reason.PHONE_ABROAD, 0),
        ("53000000", Reason.LANDLINE_AREA, 0),
        ("0112-0000000", Reason.LANDLINE_AREA, 0),
        ("0512-000000", Reason.LANDLINE_SHORT, 1),
        ("0512-0000000000", Reason.LANDLINE_LONG, 2),
    ],
)
def test_a_wrong_telephone_number_is_refused_with_its_reason(typed: str, reason: Reason, by: int) -> None:
    assert reason_of("phone", typed) == (reason, by)


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_a_number_or_a_reason(typed: str) -> None:
    try:
        normal = phone(typed)
    except BadIdentifier:
        return
    assert phone(normal) == normal


def test_groups_help_to_read_aloud() -> None:
    assert identifiers.grouped_phone("13800001234") == "138 0000 1234"
    assert identifiers.grouped_phone("0512-00001234") == "0512 0000 1234"
    assert identifiers.grouped_phone("0350-0001234") == "0350 000 1234"
    assert identifiers.grouped_id("11010519491231002X") == "110105 19491231 002X"


@pytest.mark.parametrize(
    ("reason", "by", "chinese", "english"),
    [
        (Reason.MOBILE_SHORT, 1, "手机号少一位：要 11 位", "The mobile number is 1 digit short: it has 11"),
        (Reason.MOBILE_LONG, 2, "手机号多两位：要 11 位", "The mobile number has 2 digits too many: it has 11"),
        (Reason.ID_SHORT, 12, "身份证号少 12 位：要 18 位", "The ID number is 12 digits short: it has 18"),
    ],
)
def test_a_mistake_is_explained_in_plain_words(reason: Reason, by: int, chinese: str, english: str) -> None:
    mistake = BadIdentifier(reason, by)
    assert (explain(mistake, "zh-Hans"), explain(mistake, "en")) == (chinese, english)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(reason: Reason, language: Language) -> None:
    assert "{" not in explain(BadIdentifier(reason, 1), language)
