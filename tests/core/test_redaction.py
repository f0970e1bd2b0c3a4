"""Every number that points to a person is found, however it is written; all numbers here are invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.identifiers import id_check
from wangge.core.redaction import PLACEHOLDERS, Kind, find, redact

ID, PHONE, PLATE, EMAIL = Kind.CITIZEN_ID, Kind.PHONE, Kind.PLATE, Kind.EMAIL


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("请打13800000000找孙奶奶", "请打〔电话〕找孙奶奶"),
        ("138 0000 0000", "〔电话〕"),
        ("138-0000-0000、13900000000", "〔电话〕、〔电话〕"),
        ("138.0000.0000", "〔电话〕"),
        ("13 80 00 00 00 0", "〔电话〕"),
        ("1 3 8 0 0 0 0 0 0 0 0", "〔电话〕"),
        ("1.3.8.0.0.0.0.0.0.0.0", "〔电话〕"),
        ("138 - 0000 - 0000", "〔电话〕"),
        ("+86 138 0000 0000", "〔电话〕"),
        ("+86-138 0000 0000", "〔电话〕"),
        ("0086 13800000000，8613800000000", "〔电话〕，〔电话〕"),
        ("013800000000", "〔电话〕"),
        ("１３８００００００００", "〔电话〕"),
        ("١٣٨٠٠٠٠٠٠٠٠", "〔电话〕"),
        ("1\u200b38\u200b0000\u20600000", "〔电话〕"),
        ("1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣", "〔电话〕"),
        ("一三八零零零零零零零零", "〔电话〕"),
        ("幺三八 零零零零 零零零零", "〔电话〕"),
        ("壹叁捌〇〇〇〇〇〇〇〇", "〔电话〕"),
        ("一三八零零零零0000", "〔电话〕"),
        ("星期三13800000000打来", "星期三〔电话〕打来"),
        ("周一一三八零零零零零零零零", "周一〔电话〕"),
        ("3幢502室 138 0000 0000", "3幢502室 〔电话〕"),
        ("1.13800000000", "1.〔电话〕"),
        ("①13800000000", "①〔电话〕"),
        ("0512-0000 1234", "〔电话〕"),
        ("(0512)00001234", "〔电话〕"),
        ("（０５１２）００００１２３４", "〔电话〕"),
        ("零五一二 零零零零 一二三四", "〔电话〕"),
        ("010-00001234，021 0000 1234", "〔电话〕，〔电话〕"),
        ("0512 00 00 12 34", "〔电话〕"),
        ("+86 512 0000 1234", "〔电话〕"),
        ("+86 10 0000 1234", "〔电话〕"),
        ("008651200001234", "〔电话〕"),
        ("家里电话：5300 0000", "家里电话：〔电话〕"),
        ("身份证11010519491231002X。", "身份证〔证件号〕。"),
        ("身份证110105194912310021", "身份证〔证件号〕"),
        ("11010519491231002×", "〔证件号〕"),
        ("110105 19491231 002x", "〔证件号〕"),
        ("１１０１０５１９４９１２３１００２Ｘ", "〔证件号〕"),
        ("一一零一零五一九四九一二三一零零二X", "〔证件号〕"),
        ("老证110105491231002", "老证〔证件号〕"),
        ("苏E12345乱停", "〔车牌〕乱停"),
        ("苏E·12345，沪 AD12345，京A1234警", "〔车牌〕，〔车牌〕，〔车牌〕"),
        ("苏ｅ一二三四五", "〔车牌〕"),
        ("写信给 sun.lan+1@example.com 吧", "写信给 〔邮箱〕 吧"),
        ("sun＠example．com", "〔邮箱〕"),
        ("13800000000@example.com", "〔邮箱〕"),
        ("一三八零零零零零零零零1@example.com", "〔电话〕〔邮箱〕"),
    ],
)
def test_what_points_to_a_person_is_taken_out(text: str, clean: str) -> None:
    assert redact(text)[0] == clean


@pytest.mark.parametrize(
    "text",
    [
        "",
        "桂花社区 3 幢 502 室，1-502，15-2-301",
        "1501 1502 1503 三户没人，1301、1302、1303 有人",
        "2026-11-24 09:30 到 2026.11.25 17:00",
        "2026年11月24日 9点30分，20261124，13-05 2026-11-24",
        "水费13.5 2026.11.24",
        "02 03 2026 11",
        "02-03 2026 1124",
        "水表读数 00123456，上次 00123400",
        "电表 13500\n135620",
        "户号 3201234567890，表号 0512535200001",
        "金额 15000.50 元，共 1 500 000 元，138,000,000.00 元",
        "打 12345、110、119、96196 或 400-820-0000 都行",
        "案件号 261124-004217",
        "行政区划 320585，网格 320585001003001",
        "两三个人一起，十三八个月，一二三四五六七",
        "云A区3幢12345，京东12345",
        "信用代码 91350100M000100Y43",
        "G15 高速 1138 公里，S80",
        "经纬度 121.130550, 31.457735",
        "380 伏，15 平方米，15m²，③号楼",
        "楼下 @小王 看一下，a@b",
        "+1 202 555 0100",
        "12800000000",
        "1380000000000",
    ],
)
def test_what_points_to_nobody_stays(text: str) -> None:
    assert find(text) == ()


def test_each_find_says_what_and_where() -> None:
    text = "孙：\u200b１３８ 0000 0000，苏E12345"
    assert [(one.kind, one.start, one.end, one.text) for one in find(text)] == [
        (PHONE, 3, 16, "１３８ 0000 0000"),
        (PLATE, 17, 24, "苏E12345"),
    ]


def test_an_id_is_one_find_although_telephone_numbers_hide_in_it() -> None:
    assert [one.kind for one in find("一一零一零五一九四九一二三一零零二X")] == [ID]
    assert [one.kind for one in find("13800000000@example.com")] == [EMAIL]


def test_numbers_that_share_digits_go_together() -> None:
    assert [one.text for one in find("1 502 1380000 0000")] == ["1 502 1380000 0000"]


mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landlines = st.builds(
    "{}{}".format, st.sampled_from(["0512", "010", "021", "0350"]), st.from_regex(r"[0-9]{8}", fullmatch=True)
)
ids = st.builds(
    lambda born, sequence: f"320585{born:%Y%m%d}{sequence:03d}",
    st.dates().filter(lambda day: 1900 <= day.year < 2030),
    st.integers(0, 999),
).map(lambda digits: digits + id_check(digits))
SCRIPTS = ["0123456789X", "０１２３４５６７８９Ｘ", "零一二三四五六七八九X", "〇幺二叁四五陆拐八勾x", "٠١٢٣٤٥٦٧٨٩X"]
scripts = st.sampled_from(SCRIPTS)
prose = st.text(st.sampled_from("请打给孙奶奶家的水管漏了，。！？（）\n幢室号A "), max_size=12)


def written(number: str, script: str) -> str:
    return "".join(script["0123456789X".index(char)] for char in number)


@given(prose, mobiles | landlines | ids, prose, scripts)
def test_every_number_is_found_in_every_script(before: str, number: str, after: str, script: str) -> None:
    text = f"{before}。{written(number, script)}。{after}"
    assert written(number, script) in [one.text for one in find(text)]


@given(mobiles, st.lists(st.sampled_from(["", " ", "  ", "\u3000"]), min_size=10, max_size=10), scripts)
def test_spaces_anywhere_hide_no_mobile_number(number: str, gaps: list[str], script: str) -> None:
    text = "".join(char + gap for char, gap in zip(written(number, script), [*gaps, ""], strict=True))
    assert redact(f"号{text}号")[0] == "号〔电话〕号"


@given(ids, st.lists(st.sampled_from(["", " ", "-", ".", " - "]), min_size=17, max_size=17), scripts)
def test_joints_anywhere_hide_no_id(number: str, gaps: list[str], script: str) -> None:
    text = "".join(char + gap for char, gap in zip(written(number, script), [*gaps, ""], strict=True))
    assert redact(f"号{text}号")[0] == "号〔证件号〕号"


messy = st.lists(
    mobiles
    | landlines
    | ids
    | prose
    | st.text(max_size=6).filter(lambda text: "\0" not in text)
    | st.sampled_from(["苏E12345", "a@b.cn", "@", "+86 ", "电话", "一", "1", "-"]),
    max_size=8,
).map("".join)


@given(messy)
def test_nothing_is_left_after_redacting(text: str) -> None:
    clean, found = redact(text)
    assert find(clean) == ()
    assert redact(clean) == (clean, ())
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]


@given(messy)
def test_finds_are_in_order_and_apart_and_the_rest_is_untouched(text: str) -> None:
    clean, found = redact(text)
    ends = [0, *(one.end for one in found)]
    starts = [*(one.start for one in found), len(text)]
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    rest = clean
    for one in found:
        rest = rest.replace(PLACEHOLDERS[one.kind], "\0", 1)
    assert rest.split("\0") == [text[end:start] for end, start in zip(ends, starts, strict=True)]


@given(
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    st.times(),
    st.integers(1, 40),
    st.integers(101, 3306),
    st.decimals(0, 99999, places=2),
)
def test_dates_times_doors_and_amounts_stay(
    day: object, moment: object, building: int, room: int, yuan: object
) -> None:
    text = f"{day} {moment} {building}幢{room}室，{building}-{room}，{yuan} 元，读数 {room:08d}"
    assert find(text) == ()
