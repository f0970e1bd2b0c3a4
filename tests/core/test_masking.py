"""Masks show enough to recognise and no more; what is different inside may look the same outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core import masking

digits = st.text("0123456789", min_size=1, max_size=12)
names = st.text(st.characters(categories=["Lo", "Lu", "Ll"]), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("孙兰英", "孙**"),
        (" 孙兰", "孙**"),
        ("孙", "孙**"),
        ("欧阳兰英", "欧**"),
        ("阿依古丽·买买提", "阿**"),
        ("𠮷野兰", "𠮷**"),
        ("Anna Sun", "A**"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_name_is_its_first_character(name: str, shown: str) -> None:
    assert masking.masked_name(name) == shown


def test_numbers_keep_their_ends() -> None:
    assert masking.masked_phone("13800000000") == "138****0000"
    assert masking.masked_phone("0512-00001234") == "0512-****1234"
    assert masking.masked_id("11010519491231002X") == "11**************2X"
    assert masking.masked_permit("H00000012") == "******12"
    assert masking.masked_passport("E00000012") == "******12"
    assert masking.masked_plate("苏E12345") == "苏E****5"
    assert masking.masked_plate("苏ED12345") == "苏E****5"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("桂花小区3幢2单元502室", "桂花小区3幢**"),
        ("桂花小区 3 幢 2 单元 502 室", "桂花小区 3 幢**"),
        ("桂花小区三号楼502室", "桂花小区三号楼**"),
        ("桂花小区三号楼五〇二", "桂花小区**"),
        ("桂花小区3幢", "桂花小区**"),
        ("桂花小区", "桂花小区**"),
        ("南街12号", "南街**"),
        ("南街12号3幢502室", "南街12号3幢**"),
        ("和平路88弄3号502室", "和平路88弄3号**"),
        ("某县某镇某村5组18号", "某县某镇某村5组**"),
        ("3-502", "3**"),
        ("桂花小区东门对面孙兰家", "**"),
        ("桂花小区孙兰家里", "**"),
        ("孙兰家", "**"),
        ("", ""),
        (" \u3000", ""),
    ],
)
def test_an_address_loses_its_door(address: str, shown: str) -> None:
    assert masking.masked_address(address) == shown


@given(names, names)
def test_names_that_begin_alike_look_alike_whatever_their_length(one: str, other: str) -> None:
    assert masking.masked_name(one[0] + other) == masking.masked_name(one)
    assert len(masking.masked_name(one)) == 3


@given(digits, digits)
def test_the_middle_of_a_mobile_number_is_not_told(one: str, other: str) -> None:
    first, second = (f"138{each[:4]:0>4}1234" for each in (one, other))
    assert masking.masked_phone(first) == masking.masked_phone(second)


@given(st.dates(), st.dates(), digits)
def test_an_id_does_not_tell_county_or_birth(one: object, other: object, tail: str) -> None:
    first = masking.masked_id(f"320585{one:%Y%m%d}0012".replace("-", ""))
    assert first == masking.masked_id(f"329999{other:%Y%m%d}{tail[:2]:0>2}12".replace("-", ""))


@given(st.sampled_from(["H", "M", "HA", "", "E", "USA", "8100001990"]), digits)
def test_a_permit_tells_neither_kind_nor_place_nor_length(start: str, number: str) -> None:
    assert masking.masked_permit(f"{start}{number}34") == masking.masked_passport("E12345634") == "******34"


@given(st.integers(1, 40), st.integers(1, 6), st.integers(101, 3306), st.integers(1, 6), st.integers(101, 3306))
def test_all_doors_of_a_building_look_alike(building: int, unit: int, room: int, other: int, door: int) -> None:
    shown = masking.masked_address(f"桂花小区{building}幢{unit}单元{room}室")
    assert shown == masking.masked_address(f"桂花小区{building}幢{other}单元{door}室") == f"桂花小区{building}幢**"


@given(st.integers(1, 999), st.integers(1, 999))
def test_all_houses_of_a_street_look_alike(one: int, other: int) -> None:
    assert masking.masked_address(f"南街{one}号") == masking.masked_address(f"南街{other}号")


@given(st.text(max_size=30))
def test_a_masked_address_shows_no_more_than_the_start(address: str) -> None:
    shown = masking.masked_address(address)
    assert shown == "" or (shown.endswith("**") and address.startswith(shown[:-2]))
