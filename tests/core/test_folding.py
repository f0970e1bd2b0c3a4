"""What people write in many ways is compared in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.folding import building_key, doors, fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("桃园 小区", "桃园小区"), ("３幢２单元 ５０２", "3幢2单元502"), ("第七网格", "第7网格"), ("二十三号", "23号"),
        ("一百零二室", "102室"), ("五〇二", "502"), ("LP01A1", "lp01a1"), ("3 2 502", "3-2-502"),
        ("3—2～502", "3-2-502"),        ("百花园", "百花园"),
        ("tao'yuan", "taoyuan"), ("（桃园）100%\\", "桃园100"), ("", ""), ("——", ""),
    ],
)  # fmt: skip
def test_one_spelling_stands_for_all(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    "written", ["3幢2单元502室", "3号楼2单元502", "三栋二单元五〇二", "3-2-502", "3#2-0502", "３ ２ ５０２"]
)
def test_the_numbers_of_a_door_stand_in_their_order(written: str) -> None:
    assert doors(written) == ("3", "2", "502")


@pytest.mark.parametrize(
    ("name", "key"),
    [("3幢", "3"), ("三号楼", "3"), ("03栋", "3"), ("4组18号", "4-18"), ("4-18", "4-18"), ("A座", "a"), ("东楼", "东"),
     ("行政楼", "行政楼")],
)  # fmt: skip
def test_a_building_is_told_by_its_number(name: str, key: str) -> None:
    assert building_key(name) == key


@given(st.text(max_size=300))
def test_folding_never_fails_and_is_done_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert not set(once) & set("%_\\ ")
