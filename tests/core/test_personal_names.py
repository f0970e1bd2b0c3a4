"""Names of persons in one form, strange ones hinted at and never refused, spellings of one recognised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.labels import Language
from wangge.core.personal_names import Hint, Why, alike, explain_hint, hints, normal
from wangge.core.personal_names.normal import PRIVATE_USE


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("孙兰英", "孙兰英"),
        (" 孙 兰 ", "孙兰"),
        ("孙\u3000兰", "孙兰"),
        ("孙\u200b兰\ufeff", "孙兰"),
        ("\u202d孙兰\u202c", "孙兰"),
        ("孙\t兰\n", "孙兰"),
        ("买买提·艾合买提", "买买提·艾合买提"),
        ("买买提•艾合买提", "买买提·艾合买提"),
        ("买买提・艾合买提", "买买提·艾合买提"),
        ("买买提･艾合买提", "买买提·艾合买提"),
        ("买买提 . 艾合买提", "买买提·艾合买提"),
        ("买买提．艾合买提", "买买提·艾合买提"),
        ("买买提‧艾合买提·", "买买提·艾合买提"),
        ("Ａｎｎａ　Ｓｕｎ", "Anna Sun"),
        ("Anna   Sun", "Anna Sun"),
        ("J. R. Smith", "J. R. Smith"),
        ("Jose\u0301 García", "José García"),
        ("O’Neil", "O’Neil"),
        ("杜\ue863", "杜䶮"),
        ("𠮷野兰", "𠮷野兰"),
        ("孙\ufa30", "孙侮"),
        ("葛\U000e0100城", "葛城"),
        ("", ""),
        (" \u3000\u200b", ""),
        ("·", ""),
    ],
)
def test_a_name_has_one_form(typed: str, name: str) -> None:
    assert normal(typed) == name


@given(st.text(max_size=20))
def test_the_form_of_a_form_is_itself(typed: str) -> None:
    assert normal(normal(typed)) == normal(typed)


def test_the_private_use_area_is_left_by_one_way() -> None:
    assert len(PRIVATE_USE) == 80
    assert PRIVATE_USE[0xE863] == "䶮"
    assert not [new for new in PRIVATE_USE.values() if 0xE000 <= ord(new) <= 0xF8FF]


@pytest.mark.parametrize(
    "typed",
    [
        "孙兰", "孙兰英", "欧阳兰英", "司马相如", "买买提·艾合买提", "阿依古丽·吐尔逊·买买提", "迪丽努尔", "Anna Sun",
        "Mary-Ann O’Neil", "José García", "Nguyễn Thị Lan", "杜䶮", "𠮷野兰", "Мария Иванова", "김민지", "さくら",
        "J. R. Smith", "爱新觉罗兰英",
    ],
)  # fmt: skip
def test_a_plausible_name_gets_no_hint(typed: str) -> None:
    assert hints(typed) == ()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", {Hint.EMPTY}),
        (" \u200b", {Hint.EMPTY}),
        ("不详", {Hint.PLACEHOLDER}),
        ("测 试", {Hint.PLACEHOLDER}),
        ("N/A", {Hint.PLACEHOLDER}),
        ("孙奶奶", {Hint.TITLE}),
        ("老孙", {Hint.TITLE}),
        ("孙某", {Hint.TITLE}),
        ("孙", {Hint.ONE_CHARACTER}),
        ("孙兰英李强王芳赵", {Hint.LONG}),
        ("孙兰1", {Hint.DIGITS}),
        ("孙兰（租客）", {Hint.MARKS}),
        ("孙兰!", {Hint.MARKS}),
        ("孙兰、李强", {Hint.SEVERAL}),
        ("孙兰/李强", {Hint.SEVERAL}),
        ("孙?英", {Hint.BROKEN}),
        ("孙\ufffd", {Hint.BROKEN}),
        ("孙\ue000", {Hint.BROKEN}),
        ("孙lan", {Hint.MIXED}),
        ("孙lan1", {Hint.MIXED, Hint.DIGITS}),
    ],
)
def test_what_looks_strange_is_hinted_at(typed: str, found: set[Hint]) -> None:
    assert set(hints(typed)) == found


@given(st.text(max_size=20))
def test_no_name_is_refused(typed: str) -> None:
    assert isinstance(hints(typed), tuple)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("hint", Hint)
def test_every_hint_has_a_sentence(hint: Hint, language: Language) -> None:
    assert explain_hint(hint, language)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("孙兰", " 孙 兰", Why.SAME),
        ("Anna Sun", "ANNA  SUN", Why.SAME),
        ("买买提·艾合买提", "买买提•艾合买提", Why.SAME),
        ("买买提·艾合买提", "买买提艾合买提", Why.DOTS),
        ("Mary-Ann Lee", "Mary Ann Lee", Why.DOTS),
        ("孫蘭英", "孙兰英", Why.TRADITIONAL),
        ("张国强", "張國強", Why.TRADITIONAL),
        ("李昇", "李升", Why.TRADITIONAL),
        ("Anna Sun", "Sun Anna", Why.ORDER),
        ("Sun, Anna", "Anna Sun", Why.ORDER),
        ("孙兰英", "孙蓝英", Why.HOMOPHONE),
        ("张伟", "章伟", Why.HOMOPHONE),
        ("单雄", "善雄", Why.HOMOPHONE),
        ("孫蘭英", "孙蓝瑛", Why.HOMOPHONE),
        ("孙兰英", "Sun Lanying", Why.PINYIN),
        ("Lanying Sun", "孙兰英", Why.PINYIN),
        ("SUN LAN YING", "孙兰英", Why.PINYIN),
        ("Lan Ying Sun", "孙兰英", Why.PINYIN),
        ("吕红", "Lyu Hong", Why.PINYIN),
        ("吕红", "LV HONG", Why.PINYIN),
        ("陈英", "程英", Why.NEAR_SOUND),
        ("周珊", "邹珊", Why.NEAR_SOUND),
        ("刘兰", "刘南", Why.NEAR_SOUND),
    ],
)
def test_spellings_of_one_name_are_told_with_the_reason(one: str, other: str, why: Why) -> None:
    assert alike(one, other) is why
    assert alike(other, one) is why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("孙兰", "孙兰英"),
        ("孙兰", "李强"),
        ("孙兰", "兰孙"),
        ("Anna Sun", "Anna Li"),
        ("孙兰英", "Li Lanying"),
        ("", "孙兰"),
        ("", ""),
        ("·", "·"),
        ("孙", "损"),
        ("买买提·艾合买提", "艾合买提·买买提"),
    ],
)
def test_different_names_are_not_alike(one: str, other: str) -> None:
    assert alike(one, other) is None


@given(st.text(max_size=8), st.text(max_size=8))
def test_alike_does_not_ask_for_the_order(one: str, other: str) -> None:
    assert alike(one, other) is alike(other, one)
