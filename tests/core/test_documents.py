"""Permits, passports, plates and the county of an ID; every number here is invented."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core import identifiers
from wangge.core.identifiers import BadIdentifier, Doubt, Reason, county_doubt, explain_doubt, id_check
from wangge.core.identifiers.passports import CHINESE, Series, chinese_passport, passport, series_of
from wangge.core.identifiers.plates import PROVINCES, plate

TODAY = date(2026, 11, 23)
residence = partial(identifiers.residence_permit, today=TODAY)
settled = partial(identifiers.permanent_residence, today=TODAY)
citizen = partial(identifiers.citizen_id, today=TODAY)
home, strait = identifiers.home_permit, identifiers.strait_permit


def with_check(digits: str) -> str:
    return digits + id_check(digits)


def reason_of(check: Callable[[str], str], typed: str) -> tuple[Reason, int]:
    with pytest.raises(BadIdentifier) as mistake:
        check(typed)
    return mistake.value.reason, mistake.value.by


@pytest.mark.parametrize("start", ["810000", "820000", "830000"])
def test_a_residence_permit_is_a_citizen_id_of_its_place(start: str) -> None:
    number = with_check(f"{start}19900101001")
    assert residence(f" {number[:6]} {number[6:14]} {number[14:].lower()} ") == number
    assert citizen(number) == number


@pytest.mark.parametrize(
    ("typed", "reason", "by"),
    [
        ("", Reason.EMPTY, 0),
        ("8100001990010100", Reason.ID_SHORT, 2),
        ("81000019900101001", Reason.ID_SHORT, 1),
        (with_check("81000019900101001") + "1", Reason.ID_LONG, 1),
        (with_check("32058519900101001"), Reason.RESIDENCE_START, 0),
        (with_check("81010019900101001"), Reason.RESIDENCE_START, 0),
        (with_check("84000019900101001"), Reason.RESIDENCE_START, 0),
        (with_check("81000019900231001"), Reason.ID_DATE, 0),
        (with_check("81000020271231001"), Reason.ID_DATE, 0),
        ("810000199001010010", Reason.ID_CHECK, 0),
        ("H00000000", Reason.ID_SHORT, 9),
    ],
)
def test_a_wrong_residence_permit_is_refused_with_its_reason(typed: str, reason: Reason, by: int) -> None:
    assert reason_of(residence, typed) == (reason, by)


def test_the_new_card_of_settled_foreigners_has_the_check_of_the_citizen_id() -> None:
    assert settled("911124198108030024") == "911124198108030024"  # printed on the specimen of 2023
    assert reason_of(citizen, "911124198108030024") == (Reason.ID_START, 0)


@pytest.mark.parametrize("typed", ["CAN110081080310", "can 1100 810803 10", "ＣＡＮ１１００８１０８０３１０"])
def test_the_old_card_of_settled_foreigners_is_letters_and_digits(typed: str) -> None:
    assert settled(typed) == "CAN110081080310"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("91112419810803002", Reason.SETTLED_LENGTH),
        ("CAN11008108031", Reason.SETTLED_LENGTH),
        ("911124198108030025", Reason.ID_CHECK),
        ("911124198113030024", Reason.ID_DATE),
        ("811124198108030024", Reason.SETTLED_SHAPE),
        ("91112419810803002A", Reason.SETTLED_SHAPE),
        ("CA1110081080310", Reason.SETTLED_SHAPE),
        ("110105491231002", Reason.SETTLED_SHAPE),
        ("CAN110081133210", Reason.ID_DATE),
        ("CAN110001022910", Reason.ID_DATE),
    ],
)
def test_a_wrong_card_of_settled_foreigners_is_refused_with_its_reason(typed: str, reason: Reason) -> None:
    assert reason_of(settled, typed) == (reason, 0)


def test_the_leap_day_of_2000_is_a_day_although_that_of_1900_is_none() -> None:
    assert settled("CAN110000022910") == "CAN110000022910"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("H00000000", "H00000000"),
        ("h 0000 0000", "H00000000"),
        ("M0000000001", "M00000000"),
        ("H00000000 02", "H00000000"),
        ("Ｈ００００００００", "H00000000"),
        ("HA0000000", "HA0000000"),
        ("MA0000001", "MA0000001"),
    ],
)
def test_a_home_permit_has_one_normal_form(typed: str, normal: str) -> None:
    assert home(typed) == normal


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.EMPTY),
        ("00000000", Reason.HOME_START),
        ("T00000000", Reason.HOME_START),
        ("H0000000", Reason.HOME_SHAPE),
        ("H000000000", Reason.HOME_SHAPE),
        ("HB0000000", Reason.HOME_SHAPE),
        ("HA00000000", Reason.HOME_SHAPE),
        ("HO0000000", Reason.HOME_SHAPE),
    ],
)
def test_a_wrong_home_permit_is_refused_with_its_reason(typed: str, reason: Reason) -> None:
    assert reason_of(home, typed) == (reason, 0)


@pytest.mark.parametrize("typed", ["00000000", "0000 0000", "0000000001", "0000000001(B)", "00000000（T）"])
def test_a_strait_permit_is_eight_digits_for_life(typed: str) -> None:
    assert strait(typed) == "00000000"


@pytest.mark.parametrize("typed", ["0000000", "000000000", "00000000BB", "T0000000", "H00000000"])
def test_a_wrong_strait_permit_is_refused_with_its_reason(typed: str) -> None:
    assert reason_of(strait, typed) == (Reason.STRAIT_SHAPE, 0)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("e00000000", "E00000000"),
        ("EA 0000000", "EA0000000"),
        ("Ｇ００００００００", "G00000000"),
        ("C01X00T47", "C01X00T47"),
        ("12AB34567", "12AB34567"),
        ("00000<<<<", "00000"),
        ("123456789", "123456789"),
    ],
)
def test_a_passport_has_one_normal_form(typed: str, normal: str) -> None:
    assert passport(typed) == normal


@pytest.mark.parametrize(
    ("typed", "reason", "by"),
    [
        ("E000", Reason.PASSPORT_SHORT, 1),
        ("E000000001", Reason.PASSPORT_LONG, 1),
        ("PASSPORT", Reason.PASSPORT_SHAPE, 0),
        ("E0000000号", Reason.PASSPORT_SHAPE, 0),
        ("É00000000", Reason.PASSPORT_SHAPE, 0),
        ("<<<<", Reason.PASSPORT_SHAPE, 0),
    ],
)
def test_a_wrong_passport_is_refused_with_its_reason(typed: str, reason: Reason, by: int) -> None:
    assert reason_of(passport, typed) == (reason, by)


@pytest.mark.parametrize(
    "number", ["E00000000", "EA0000000", "G00000000", "DE0000000", "SE0000000", "PE0000000", "K00000000", "MA0000000"]
)
def test_chinese_series_are_known(number: str) -> None:
    assert chinese_passport(number) == number


@pytest.mark.parametrize("number", ["EI0000000", "EO0000000", "E0000000", "C01X00T47", "X00000000"])
def test_what_is_in_no_series_is_no_chinese_passport_until_the_series_is_handed_in(number: str) -> None:
    assert reason_of(chinese_passport, number) == (Reason.PASSPORT_SERIES, 0)
    assert passport(number) == number
    assert chinese_passport(number, (*CHINESE, Series(number, "new", "D"))) == number


def test_every_series_says_how_sure_it_is() -> None:
    assert {each.mark for each in CHINESE} <= {"F", "F~", "R", "D"}
    assert series_of("E00000000") == CHINESE[0]


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("苏E12345", "苏E12345"),
        ("苏e·12345", "苏E12345"),
        ("苏 Ｅ １２３４５", "苏E12345"),
        ("京A1234警", "京A1234警"),
        ("苏E1234学", "苏E1234学"),
        ("苏E1234挂", "苏E1234挂"),
        ("粤Z1234港", "粤Z1234港"),
        ("粤ZA123澳", "粤ZA123澳"),
        ("沪A1234领", "沪A1234领"),
        ("苏ED12345", "苏ED12345"),
        ("苏EFA1234", "苏EFA1234"),
        ("苏E12345D", "苏E12345D"),
        ("京O12345", "京O12345"),
        ("苏EAB12C", "苏EAB12C"),
        ("使 123456", "使123456"),
        ("123456使", "使123456"),
        ("苏X1234应急", "苏X1234应急"),
        ("苏ES1234应急", "苏ES1234应急"),
    ],
)
def test_a_plate_has_one_normal_form(typed: str, normal: str) -> None:
    assert plate(typed) == normal


@pytest.mark.parametrize(
    ("typed", "reason", "by"),
    [
        ("", Reason.EMPTY, 0),
        ("E12345", Reason.PLATE_PROVINCE, 0),
        ("美E12345", Reason.PLATE_PROVINCE, 0),
        ("苏", Reason.PLATE_OFFICE, 0),
        ("苏I12345", Reason.PLATE_OFFICE, 0),
        ("苏112345", Reason.PLATE_OFFICE, 0),
        ("苏E1234", Reason.PLATE_SHORT, 1),
        ("苏E1234567", Reason.PLATE_LONG, 2),
        ("苏E1234I", Reason.PLATE_LETTERS, 0),
        ("苏E1234O", Reason.PLATE_LETTERS, 0),
        ("苏EABCDE", Reason.PLATE_LETTERS, 0),
        ("苏E12345警", Reason.PLATE_LONG, 1),
        ("苏EX12345", Reason.PLATE_ELECTRIC, 0),
        ("苏E123456", Reason.PLATE_ELECTRIC, 0),
        ("苏E1234DF", Reason.PLATE_ELECTRIC, 0),
    ],
)
def test_a_wrong_plate_is_refused_with_its_reason(typed: str, reason: Reason, by: int) -> None:
    assert reason_of(plate, typed) == (reason, by)


def test_a_letter_of_new_energy_that_came_later_is_handed_in() -> None:
    assert reason_of(plate, "苏EL12345") == (Reason.PLATE_ELECTRIC, 0)
    assert plate("苏EL12345", electric="DFL") == "苏EL12345"


def test_there_are_thirty_one_provinces_on_plates() -> None:
    assert len(set(PROVINCES)) == len(PROVINCES) == 31


@given(st.text(max_size=20))
def test_whatever_is_typed_gives_a_number_or_a_reason(typed: str) -> None:
    checks: tuple[Callable[[str], str], ...] = (residence, settled, home, strait, passport, chinese_passport, plate)
    for check in checks:
        try:
            normal = check(typed)
        except BadIdentifier:
            continue
        assert check(normal) == normal


def test_a_county_is_doubted_and_the_number_still_taken() -> None:
    known = {"320585", "110105"}
    assert county_doubt(with_check("32058519900101001"), known) is None
    assert county_doubt(with_check("81000019900101001"), known) is None
    assert county_doubt(with_check("32052219600101001"), known) is Doubt.NO_COUNTY
    assert county_doubt(with_check("32052219600101001"), known | {"320522"}) is None
    assert county_doubt(with_check("99052219600101001"), known) is Doubt.NO_PROVINCE
    assert citizen(with_check("32052219600101001"))


@pytest.mark.parametrize("doubt", Doubt)
def test_a_doubt_is_said_in_both_languages(doubt: Doubt) -> None:
    assert explain_doubt(doubt, "zh-Hans") != explain_doubt(doubt, "en")
