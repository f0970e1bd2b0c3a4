"""Kinds of bad rows in lists of residents: each keeps its number, its column and the rule; nothing of them is kept."""

from collections.abc import Iterator, Mapping

from tests.cast import Cast
from tests.exchange.lists import faults, taken
from tests.people.lists import door, listed
from tests.people.registering import ID, dwelling_of
from wangge.exchange.models import Row
from wangge.people.models import Arrival, Person

GOOD = {"姓名": "周树", "居住方式": "自住"}
Case = tuple[Mapping[str, str], str, str]  # what stands otherwise in a good row; field and rule

TEXTS = ("小区", "楼栋", "姓名")
CODES = {
    "小区": "compound", "社区": "community", "楼栋": "building", "单元": "unit", "室号": "room", "户编号": "household",
    "姓名": "name", "证件种类": "document_kind", "证件号码": "document", "手机": "phone", "居住方式": "tenure",
    "与户主关系": "relation", "入住日期": "since",
}  # fmt: skip
HEADER = tuple(CODES)
BROKEN = {
    "坏\x07的": "control", "坏\u202e的": "control", "坏\ufffd的": "broken_character", "#N/A": "error_value",
    "########": "hashes", '=HYPERLINK("http://x")': "formula", "@SUM(A1)": "formula",
}  # fmt: skip
NO_NAMES = {
    "name_placeholder": (
        "户主", "业主", "租客", "不详", "未知", "无名", "某某", "同上", "保密", "测试", "空户", "本人", "佚名", "匿名",
    ),
    "name_digits": ("张3", "王二1", "周树2"),
    "name_several": ("张桂花、李云杉", "周树，周小树", "何某;陈某", "赵一/钱二"),
    "name_broken": ("周?树", "张？"), "name_marks": ("周树(租)", "张桂花【户主】", "李_云", "周树!", "孙兰（虚构）"),
}  # fmt: skip
NUMBERS = {  # wrong numbers of a citizen's card
    "1101011949100100": "document_id_short", "11010119491001001": "document_id_short",
    "110101194910010011X1": "document_id_long", "11010119491001001XX": "document_id_long",
    "1101011949100A001X": "document_id_shape", "01010119491001001X": "document_id_shape",
    "110101194913010018": "document_id_date", "110101194902300010": "document_id_date",
    "110101299910010010": "document_id_date", "110101184910010010": "document_id_date",
    "110101194910010011": "document_id_check", "110101194910010012": "document_id_check",
    "110101491001001": "document_id_short", "1.10101E+17": "document_lost", "1.1e17": "document_lost",
    "ABC": "document_unknown", "身份证丢失": "document_unknown", "123": "document_unknown",
}  # fmt: skip
OF_KIND = {  # a number that is none of the named kind
    "身份证": ("H1234567802", "E12345678", "12345678", "11010119491001001"),
    "护照": ("1", "张桂花的护照", "E1234567890123", "11010119491001001X00"),
    "回乡证": ("E12345678", "H123", "12345678", "X12345678"),
    "台胞证": ("H1234567802", "1234567", "A12345678", "123456789"),
    "港澳台居民居住证": ("110101194910010019", "8100001949", "83000019491301001X", "H1234567802"),
    "外国人永久居留身份证": ("110101194910010019", "93", "9ABC", "E12345678"),
}  # fmt: skip
PHONES = (
    "1380000000", "138000000000", "12800000000", "10800000000", "11000000000", "53000000", "0512-5300",
    "051253000000000", "+1 212 555 0100", "+852 2345 6789", "12345", "110", "手机丢了", "138-0000-000", "1380000000O",
    "00 1 212 555 0100", "099-0000000", "19 位号码", "1380000 000", "(0512)53",
)  # fmt: skip
DAYS = {
    "2026-02-30": "not_date", "2026-13-01": "not_date", "46023": "date_serial", "1900-01-00": "date_1900",
    "01/02/2026": "date_order", "31.12.2025": "date_order", "去年": "not_date",
    "2019年": "not_date", "2019-5": "not_date", "2127-01-01": "since_future", "2126-12-31": "since_future",
    "5月1日": "not_date",
}  # fmt: skip
LONG = {"小区": 81, "社区": 81, "楼栋": 41, "单元": 13, "室号": 13, "户编号": 41, "姓名": 81, "证件号码": 41}


def _of_texts() -> Iterator[Case]:
    for column in TEXTS:
        for blank in ("", "无", "——"):
            yield {column: blank}, CODES[column], "missing"
    for column in ("小区", "社区", "楼栋", "单元", "室号", "户编号", "姓名", "证件号码"):
        for text, rule in BROKEN.items():
            yield {column: text}, CODES[column], rule
    for column, most in LONG.items():
        yield {column: "长" * most}, CODES[column], "too_long"


def _of_persons() -> Iterator[Case]:
    yield from (({"姓名": name}, "name", rule) for rule, names in NO_NAMES.items() for name in names)
    yield from (({"证件号码": number}, "document", rule) for number, rule in NUMBERS.items())
    for kind, numbers in OF_KIND.items():
        yield from (({"证件种类": kind, "证件号码": number}, "document", "document_") for number in numbers)
    yield from (({"证件种类": kind}, "document", "kind_alone") for kind in ("身份证", "护照", "台胞证"))
    for kind in ("驾驶证", "军官证", "学生证"):
        yield {"证件种类": kind, "证件号码": ID}, "document_kind", "not_in_list"
    yield from (({"手机": phone}, "phone", "phone") for phone in PHONES)
    yield {"手机": "1.38E+10"}, "phone", "scientific"


def _of_living() -> Iterator[Case]:
    yield from (({"居住方式": tenure}, "tenure", "missing") for tenure in ("", "暂无"))
    yield from (({"居住方式": tenure}, "tenure", "not_in_list") for tenure in ("买的", "房东", "1"))
    yield from (({"与户主关系": relation}, "relation", "not_in_list") for relation in ("邻居", "朋友的朋友", "?"))
    yield from (({"入住日期": day}, "since", rule) for day, rule in DAYS.items())
    yield from (
        ({"小区": name}, "compound", "unknown_compound")
        for name in ("没有的小区", "桂花", "甲乙丙", "一二三小区", "甲")
    )
    yield from (({"楼栋": name}, "building", "unknown_building") for name in ("777幢", "东楼"))
    yield from (({"室号": room}, "room", "unknown_door") for room in ("9999", "地下室", "0", ""))


def test_two_hundred_kinds_of_bad_rows_each_name_row_column_and_rule(cast: Cast) -> None:
    cases = [*_of_texts(), *_of_persons(), *_of_living()]
    assert len(cases) >= 200
    with cast.wang.acting():
        compound, building, unit, room = door(dwelling_of(cast.grid_id))
    good = {**dict.fromkeys(HEADER, ""), **GOOD, "小区": compound, "楼栋": building, "单元": unit, "室号": room}
    rows = [[{**good, **bad}[column] for column in HEADER] for bad, _code, _rule in cases]
    rows.append([{**good, "姓名": "周小树"}[column] for column in HEADER])
    rows.append([*rows[-1], "一格太多"])
    held = listed(cast.wang, *rows, header=HEADER)
    said = {(number, code): rule for number, code, rule in faults(cast.wang, held)}
    wrong = [
        (bad, code, rule, said.get((at, code)))
        for at, (bad, code, rule) in enumerate(cases, 2)
        if not (said.get((at, code)) or "-").startswith(rule)
    ]
    assert wrong == []
    assert said[len(cases) + 3, ""] == "columns_more"
    assert held.counts["faulty"] == len(cases) + 1
    with cast.wang.acting():
        assert not Row.objects.filter(of=held).exclude(cells=[], values={}).exists()
        assert Arrival.objects.filter(of=held).count() == 1
    taken(cast.wang, held)
    with cast.wang.acting():
        assert Person.objects.count() == 1
    print(f"I22: {len(cases)} kinds of bad rows of residents, all found with row, column and rule")
