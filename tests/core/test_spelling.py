"""Names as they are typed on a keyboard of Latin letters."""

import pytest

from wangge.core.spelling import sort_key, spelling_of


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("桃园小区", "taoyuanxiaoqu", "tyxq"), ("长江路", "changjianglu", "cjl"), ("第3网格", "di3wangge", "d3wg"),
        ("绿地A区", "lvdiaqu", "ldaq"), ("", "", ""),
    ],
)  # fmt: skip
def test_a_name_has_its_pinyin_and_its_initials(name: str, pinyin: str, initials: str) -> None:
    assert spelling_of(name) == (pinyin, initials)


def test_names_are_sorted_by_their_whole_pinyin_as_far_as_it_is_kept() -> None:
    assert sorted(["长江路", "第3网格", "安康"], key=sort_key) == ["安康", "长江路", "第3网格"]
    assert len(sort_key("庄" * 100)) == 200
