"""Laws of the address grammar: it reads any text, in linear time, and knows a door by every spelling of its address."""

import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import pairwise
from types import FrameType
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.core import addresses
from wangge.core.addresses import Kind, Named, Names, key, normal, parse
from wangge.core.addresses.claims import claims
from wangge.core.addresses.letters import fold
from wangge.web.demo.plan import TownPlan, load_plan, plans

PLANS = {name: load_plan(name) for name in plans()}
DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
TRADITIONAL = str.maketrans("幢栋单号楼层组队门", "幢棟單號樓層組隊門")
PIECES = (
    "1 2 3 二 十 甲 A X 东 幢 栋 号 室 楼 层 组 队 弄 路 街 区 市 省 县 镇 乡 村 # 座 门 期 院 社 旁 下 附 - 、 。 ⑫ ㎡"
    " 单元 小区 江苏省 太仓市 城厢镇 新村 社区 花园 对面 附3号 地下室 商铺 市场 学府路 桂花小区 永丰村 电联 0502"
    " 负一楼 交叉口"
)
anything = st.text(max_size=200)
pieces = st.lists(st.sampled_from([*PIECES.split(), " "]), max_size=30).map("".join)


def han(number: int) -> str:
    """The number as it is spoken, below a hundred."""
    tens, ones = divmod(number, 10)
    spoken = ("" if tens < 2 else DIGITS[tens]) + "十" if tens else ""
    return spoken + (DIGITS[ones] if ones or not tens else "")


@settings(deadline=None)
@given(anything | pieces)
def test_spans_follow_each_other_and_rebuild_the_text(text: str) -> None:
    for names in (None, NAMES["invented"]):
        spans = parse(text, names).spans
        assert "".join(text[span.start : span.end] for span in spans) == text
        assert all(span.start < span.end for span in spans)


@settings(deadline=None)
@given((anything | pieces).filter(lambda text: len(fold(text).text) == len(text)))
def test_every_value_was_written(text: str) -> None:
    address = parse(text)
    written = {span.kind.value for span in address.spans}
    assert all(kind in written for kind in Kind if kind is not Kind.REST and getattr(address, kind.value))
    assert bool(address.rest) <= ("rest" in written)


LONG = [
    "第", "一", "A", "路", "市", "旁", "十", "号", "⑫", "1-", "A1", "1、", "- ", "负一", "江苏省", "附1号", "桂花1号",
    "栋一单元", "1单元村502室", "小区与路口",
]  # fmt: skip


@pytest.mark.parametrize("piece", LONG)
def test_the_longest_text_is_read_and_no_letter_twice(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    found = list(claims(fold(text).text))
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert "".join(text[span.start : span.end] for span in parse(text).spans) == text


@pytest.mark.parametrize("piece", LONG)
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    short, long = (steps((piece * size)[:size]) for size in (400, 3200))
    assert long <= 8 * short + 400


def steps(text: str) -> int:
    """Lines of the grammar that ran: a measure of work which no clock disturbs."""
    count = 0

    def trace(_frame: FrameType, _event: str, _argument: object) -> Callable[..., Any]:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        parse(text)
    finally:
        sys.settrace(before)
    return count


def patterns() -> Iterator[re.Pattern[str]]:
    for module in pkgutil.iter_modules(addresses.__path__, f"{addresses.__name__}."):
        yield from (found for found in vars(import_module(module.name)).values() if isinstance(found, re.Pattern))


def repeats(parsed: Any) -> Iterator[tuple[str, int]]:
    """Each repeat in a parsed pattern: its kind and how often at most."""
    for code, argument in parsed:
        if str(code).endswith("REPEAT"):
            yield str(code), int(argument[1])
        for inner in argument if isinstance(argument, tuple | list) else [argument]:
            if isinstance(inner, re._parser.SubPattern):
                yield from repeats(inner)
            elif isinstance(inner, list):
                for branch in inner:
                    if isinstance(branch, re._parser.SubPattern):
                        yield from repeats(branch)


def test_no_pattern_can_go_back_without_bound() -> None:
    found = [repeat for pattern in patterns() for repeat in repeats(re._parser.parse(pattern.pattern))]
    assert ("POSSESSIVE_REPEAT", int(re._constants.MAXREPEAT)) in found
    assert [repeat for repeat in found if repeat[0] != "POSSESSIVE_REPEAT" and repeat[1] > 12] == []


# --- one door, many spellings ---


def names_of(plan: TownPlan) -> Names:
    """What the registry of a demo town would tell."""
    pools = plan.names
    compounds = [*pools["walk_up"], *pools["towers"], *pools["old"], *pools["dormitory"]]
    return Names(
        [
            *((area.level, area.name, area.name) for area in plan.areas),
            *((Named.ROAD, road, road) for road in pools["road"]),
            *((Named.PLACE, spelling, name) for name in compounds for spelling in (name, f"{name}小区")),
            *((Named.HAMLET, name, name) for name in pools["village"]),
        ]
    )


NAMES = {name: names_of(plan) for name, plan in PLANS.items()}


class Door(NamedTuple):
    town: str
    compound: str
    building: int
    unit: int
    floor: int
    door: int

    @property
    def plan(self) -> TownPlan:
        return PLANS[self.town]

    @property
    def room(self) -> int:
        return self.floor * 100 + self.door


def doors(*pools: str) -> st.SearchStrategy[Door]:
    def of(plan: TownPlan) -> st.SearchStrategy[Door]:
        compounds = st.sampled_from([name for pool in pools for name in plan.names[pool]])
        numbers = st.integers(1, 99), st.integers(1, 9), st.integers(1, 33), st.integers(1, 8)
        return st.builds(Door, st.just(plan.key), compounds, *numbers)

    return st.sampled_from(list(PLANS.values())).flatmap(of)


def whole(door: Door) -> list[str]:
    """How people write compound, building, unit and room."""
    words, place, b, u, r = door.plan.words, door.compound, door.building, door.unit, door.room
    areas = "".join(area.name for area in door.plan.areas[:3])
    road = door.plan.names["road"][b % 20]
    written = [
        f"{place}{b}{words.building}{u}{words.unit}{r}{words.room}",
        f"{place}{b}幢{u}单元{r}室",
        f"{place}{b}栋{u}门{r}号",
        f"{place}{b}号楼{u}单元{r}",
        f"{place}{han(b)}号楼{han(u)}单元{r}室",
        f"{place}第{han(b)}幢{u}号门{r}房",
        f"{place}{b}#{u}单元{r}",
        f"{place}#{b} {u}单元{r}室",
        f"{place}{b}座{u}梯{r}房间",
        f"{place}{b}-{u}-{r}",
        f"{place}{b}—{u}—{r}室",
        f"{place}{b}_{u}~{r}",
        f"{place}{b}一{u}一{r}",
        f"{place}{b}幢{u}-{r}",
        f"{place}{b}号{u}单元{r}室",
        f"{place}{b}幢{u}单元{han(door.floor)}楼{door.door:02}",
        f"{place}{b}幢{u}单元{door.floor}层{r}室",
        f"{place}{b}幢{u}单元0{r}",
        f" {place} {b} 幢 {u} 单元 {r} 室。",
        f"{place}，{b}幢，{u}单元，{r}室",
        f"{place}（{b}幢{u}单元{r}室）",
        f"{areas}{road}{b + u}号{place}{b}幢{u}单元{r}室",
        f"{areas} {place} {b}-{u}-{r}",
        f"{place.removesuffix('小区')}小区{b}幢{u}单元{r}室",
        f"{place}{b}幢{u}单元{r}室旁",
    ]
    return [
        *written,
        *(each.translate(FULL_WIDTH) for each in written),
        *(each.translate(TRADITIONAL) for each in written),
    ]


def without_unit(door: Door) -> list[str]:
    """How people write compound, building and room where a building has one stair."""
    words, place, b, r = door.plan.words, door.compound, door.building, door.room
    written = [
        f"{place}{b}{words.building}{r}{words.room}",
        f"{place}{b}幢{r}室",
        f"{place}{b}栋{r}号",
        f"{place}{b}号楼{r}",
        f"{place}{han(b)}幢{r}",
        f"{place}{b}号{r}室",
        f"{place}{b}号{r}",
        f"{place}{b}#{r}",
        f"{place}{b}-{r}",
        f"{place}{b}-{r}室",
        f"{place} {b} {r}室",
        f"{place}{b}座{han(door.floor)}楼{door.door:02}室",
    ]
    return [each.translate(script) for each in written for script in ({}, FULL_WIDTH)]


def houses(door: Door) -> list[str]:
    """How people write a house of a hamlet: `unit` is its group, `building` its number."""
    words, place, group, house = door.plan.words, door.compound, door.unit, door.building
    written = [
        f"{place}{group}{words.group}{house}{words.house}",
        f"{place}{group}组{house}号",
        f"{place}{han(group)}组{house}号",
        f"{place}第{han(group)}村民小组{house}号",
        f"{place}{group}队{house}户",
        f"{place}{group}社{house}院",
        f"{place}{group}组{house}",
        f"{place} {group} 组 {house} 号",
        f"{place}{group}-{house}",
        f"{place}{group}—{house}号",
        f"{door.plan.areas[-1].name}{place}{group}组{house}号",
        f"{place}{group}组{house}号对面",
    ]
    return [each.translate(script) for each in written for script in ({}, FULL_WIDTH)]


Spell = Callable[[Door], list[str]]


@pytest.mark.parametrize("spell", [whole, without_unit])
@settings(deadline=None, max_examples=40)
@given(door=doors("walk_up", "towers", "dormitory"))
def test_a_door_has_one_key_in_all_its_spellings_without_a_registry(spell: Spell, door: Door) -> None:
    wanted = f"{door.compound.removesuffix('小区')}//{door.building}/{door.unit if spell is whole else ''}/{door.room}"
    assert {text: key(parse(text)) for text in spell(door)} == dict.fromkeys(spell(door), wanted)


@pytest.mark.parametrize("spell", [whole, without_unit])
@settings(deadline=None, max_examples=40)
@given(door=doors("walk_up", "towers", "dormitory", "old"))
def test_a_door_has_one_key_in_all_its_spellings_with_the_registry(spell: Spell, door: Door) -> None:
    wanted = f"{door.compound.removesuffix('小区')}//{door.building}/{door.unit if spell is whole else ''}/{door.room}"
    names = NAMES[door.town]
    assert {text: key(parse(text, names)) for text in spell(door)} == dict.fromkeys(spell(door), wanted)


@settings(deadline=None, max_examples=40)
@given(door=doors("village"))
def test_a_house_has_one_key_in_all_its_spellings(door: Door) -> None:
    wanted = f"{door.compound}/{door.unit}/{door.building}//"
    names = NAMES[door.town]
    assert {text: key(parse(text, names)) for text in houses(door)} == dict.fromkeys(houses(door), wanted)


@settings(deadline=None)
@given(doors("walk_up", "towers", "dormitory"), doors("walk_up", "towers", "dormitory"))
def test_two_doors_have_two_keys(one: Door, other: Door) -> None:
    assert (key(parse(whole(one)[0])) == key(parse(whole(other)[0]))) == (one[1:] == other[1:])


@settings(deadline=None, max_examples=20)
@given(door=doors("walk_up", "towers", "dormitory"), spell=st.sampled_from([whole, without_unit]))
@pytest.mark.parametrize("known", [True, False])
def test_the_normal_form_is_its_own_normal_form(*, door: Door, spell: Spell, known: bool) -> None:
    names = NAMES[door.town] if known else None
    for text in spell(door):
        once = normal(parse(text, names))
        assert normal(parse(once, names)) == once
        assert key(parse(once, names)) == key(parse(text, names))
