"""Addresses as people write them, in parts and in one normal form."""

import pytest

from wangge.core.addresses import Kind, Names, Tail, key, normal, parse, tail

FULL = "江苏省苏州市太仓市城厢镇学府路12号柳园新村3幢1单元502室"


def test_an_address_written_in_full_has_all_its_parts() -> None:
    address = parse(FULL)
    assert (address.province, address.city, address.county, address.town) == ("江苏省", "苏州市", "太仓市", "城厢镇")
    assert (address.road, address.number, address.place) == ("学府路", "12", "柳园新村")
    assert address.tail == Tail("3", "1", "", "502")
    assert address.is_understood
    assert normal(address) == FULL


@pytest.mark.parametrize(
    "written", ["3幢", "3栋", "3号楼", "三号楼", "3#", "3座", "叁幢", "第3栋", "３幢", "3棟", "3#楼"]
)
def test_a_building_is_one_however_its_mark_is_written(written: str) -> None:
    assert tail(f"桂花小区{written}502室") == Tail("3", "", "", "502")


@pytest.mark.parametrize(
    ("written", "unit"),
    [("1单元", "1"), ("一单元", "1"), ("１單元", "1"), ("1号门", "1"), ("1梯", "1"), ("1门", "1"), ("甲单元", "甲"),
     ("A单元", "A"), ("a单元", "A"), ("十二单元", "12"), ("东单元", "东"), ("西单元", "西")],
)  # fmt: skip
def test_a_unit_is_a_number_or_a_label(written: str, unit: str) -> None:
    assert tail(f"桂花小区3幢{written}502室") == Tail("3", unit, "", "502")


@pytest.mark.parametrize(
    "written", ["502", "0502", "502室", "502房", "502房间", "５０２室", "502户", " 502 ", "五楼02", "5层02室"]
)
def test_a_room_has_one_key_however_it_is_written(written: str) -> None:
    assert key(parse(f"桂花小区3幢1单元{written}")) == "桂花//3/1/502"


@pytest.mark.parametrize(
    ("written", "floor"),
    [("五楼", "5"), ("5层", "5"), ("5F", "5"), ("负一楼", "-1"), ("B1层", "-1"), ("地下室", "-1"), ("地下2层", "-2"),
     ("底楼", "1"), ("顶楼", "顶"), ("架空层", "架空")],
)  # fmt: skip
def test_floors_count_from_the_street_down_and_up(written: str, floor: str) -> None:
    assert tail(f"桂花小区3幢1单元{written}") == Tail("3", "1", floor, "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("桂花小区3-2-502", ("3", "2", "", "502")),
        ("桂花小区3—2—502室", ("3", "2", "", "502")),
        ("桂花小区3 _ 2 ~ 502", ("3", "2", "", "502")),
        ("桂花小区3一2一502", ("3", "2", "", "502")),
        ("桂花小区3-502", ("3", "", "", "502")),
        ("桂花小区3-2", ("3", "2", "", "")),
        ("桂花小区3幢2-502", ("3", "2", "", "502")),
        ("桂花小区3-2单元", ("3", "2", "", "")),
        ("桂花小区3-2-5楼", ("3", "2", "5", "")),
        ("桂花小区B-7-901", ("B", "7", "", "901")),
        ("桂花小区3-东-502", ("3", "东", "", "502")),
        ("桂花小区4-1幢502", ("4-1", "", "", "502")),
        ("桂花小区79B501", ("79B", "", "", "501")),
        ("桂花小区8号301", ("8", "", "", "301")),
        ("桂花小区12号楼B座1503", ("12", "B", "", "1503")),
        ("桂花小区3楼2单元502", ("3", "2", "", "502")),
        ("桂花小区3幢5楼502", ("3", "", "5", "502")),
        ("桂花小区3栋2门502号", ("3", "2", "", "502")),
        ("桂花小区3栋502号", ("3", "", "", "502")),
        ("桂花小区3栋2号", ("3", "2", "", "")),
        ("桂花小区三期27区3幢502", ("3", "", "", "502")),
        ("桂花小区12号", ("12", "", "", "")),
        ("桂花小区#3 502室", ("3", "", "", "502")),
        ("桂花小区502室", ("", "", "", "502")),
        ("桂花市场二楼B71", ("", "", "2", "B71")),
        ("桂花市场35号", ("", "", "", "35")),
        ("桂花市场五楼75街1775", ("", "75", "5", "1775")),
        ("桂花小区商铺12", ("", "", "", "12")),
        ("桂花小区门面7号", ("", "", "", "7")),
        ("12弄8号301室", ("8", "", "", "301")),
        ("桂花市场1912号", ("", "", "", "1912")),
        ("人民路35号", ("", "", "", "")),
        ("人民路35号502室", ("", "", "", "502")),
        ("人民路35号3幢502室", ("3", "", "", "502")),
        ("人民路35-2号502室", ("", "", "", "502")),
        ("人民路17-3-1-419", ("3", "1", "", "419")),
    ],
)
def test_the_tail_of_an_address_leads_to_a_door(text: str, found: tuple[str, str, str, str]) -> None:
    assert tail(text) == Tail(*found)


@pytest.mark.parametrize(
    "text", ["人民路1500米", "柳园路2路公交站", "桂花小区18621234567", "地铁3号线", "桂花小区3期", "1985年"]
)
def test_what_is_measured_or_named_is_no_door(text: str) -> None:
    assert tail(text) == Tail()


def test_a_house_of_a_village_has_a_group_and_a_number() -> None:
    for text in ("永丰村同兴村5组12号", "同兴村5-12", "同兴村五组12号", "同兴村第5村民小组12号", "同兴村5队12户"):
        assert key(parse(text)) == "同兴村/5/12//"
    assert key(parse("阳坡3社12院")) == "阳坡/3/12//"
    assert normal(parse("永丰村同兴村5组12号")) == "永丰村同兴村5组12号"
    assert parse("永丰村5组12号").community == "永丰村"


def test_a_lane_is_the_compound_and_its_plates_are_the_buildings() -> None:
    address = parse("上海市浦东新区花园路12弄8号301室")
    assert (address.province, address.county, address.road, address.lane) == ("上海市", "浦东新区", "花园路", "12")
    assert key(address) == "花园路12弄//8//301"
    assert normal(address) == "上海市浦东新区花园路12弄8号301室"


def test_a_branch_plate_belongs_to_the_plate_before_it() -> None:
    assert parse("人民路12号附3号").number == "12附3"
    assert parse("人民路12-1号").number == "12-1"
    assert normal(parse("人民路12号附3号")) == "人民路12附3号"


def test_of_several_rooms_the_first_leads_and_the_others_stand_beside() -> None:
    for text in ("桂花小区3幢302、303室", "桂花小区3幢302室、303室", "桂花小区3幢302-303室", "桂花小区3幢302,303"):
        address = parse(text)
        assert (address.room, address.also) == ("302", ("303",))


def test_of_several_buildings_or_stairs_the_first_leads() -> None:
    for text in ("桂花小区3、4幢502室", "桂花小区3幢、4幢502室"):
        assert (key(parse(text)), parse(text).also) == ("桂花//3//502", ())
    assert key(parse("桂花小区3幢1、2单元502室")) == "桂花//3/1/502"


@pytest.mark.parametrize("words", ["旁", "旁边", "对面", "楼下", "附近", "门口"])
def test_what_is_near_a_door_is_found_by_that_door(words: str) -> None:
    address = parse(f"桂花小区3幢{words}")
    assert (key(address), bool(address.near), address.rest) == ("桂花//3//", True, "")


def test_a_landmark_is_no_part_of_the_place() -> None:
    address = parse("人民路人民医院旁桂花小区3幢502")
    assert (address.road, address.near, address.place) == ("人民路", "人民医院旁", "桂花小区")
    assert parse("建设路与明星路交叉口桂花小区").near == "与明星路交叉口"


def test_a_later_building_leaves_the_plate_before_it_behind() -> None:
    address = parse("芍药里974号世奥中心B座917")
    assert (address.number, address.place, address.tail) == ("974", "芍药里世奥中心", Tail("B", "", "", "917"))
    assert parse("131号室大厦7839室").tail == Tail("", "", "", "7839")


def test_what_is_not_understood_is_left_over() -> None:
    address = parse("桂花小区3幢502电联")
    assert (address.rest, address.is_understood) == ("电联", False)
    assert not parse("").is_understood
    assert not parse("。。。").is_understood


def test_spans_say_where_each_part_stood_in_the_text_as_given() -> None:
    text = "桂花小区 ３幢，⑫单元 502"
    spans = {span.kind: text[span.start : span.end] for span in parse(text).spans if span.kind is not Kind.REST}
    assert spans == {"place": "桂花小区", "building": "３幢", "unit": "⑫单元", "room": "502"}


def test_divisions_may_be_written_twice_and_joined() -> None:
    address = parse("浙江省-绍兴市-越城区浙江省绍兴市越城区东街583号")
    assert (address.province, address.city, address.county, address.road) == ("浙江省", "绍兴市", "越城区", "东街")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("中国浙江省温州市鹿城区", ("浙江省", "温州市", "鹿城区", "")),
        ("浙江省嘉兴市桐乡市桐乡市崇福镇", ("浙江省", "嘉兴市", "桐乡市", "崇福镇")),
        ("金华市义乌市浙江省义乌市", ("浙江省", "金华市", "义乌市", "")),
        ("上海市市辖区奉贤区", ("上海市", "市辖区", "奉贤区", "")),
        ("浙江省温州市乐清市柳市镇", ("浙江省", "温州市", "乐清市", "柳市镇")),
        ("杭州市萧山区新街镇", ("", "杭州市", "萧山区", "新街镇")),
        ("重庆市江北区华新街街道", ("重庆市", "", "江北区", "华新街街道")),
        ("宁波市镇海区", ("", "宁波市", "镇海区", "")),
        ("上海路12号", ("", "", "", "")),
        ("柳市有色金属材料市场", ("", "", "", "")),
    ],
)
def test_a_division_is_known_by_its_ending(text: str, parts: tuple[str, ...]) -> None:
    address = parse(text)
    assert (address.province, address.city, address.county, address.town) == parts


NAMES = Names(
    [
        (Kind.COUNTY, "太仓市", "太仓市"),
        (Kind.TOWN, "城厢镇", "城厢镇"),
        (Kind.COMMUNITY, "永丰村", "永丰村"),
        (Kind.ROAD, "柳园路", "柳园路"),
        (Kind.PLACE, "柳园新村", "柳园新村"),
        (Kind.PLACE, "柳园", "柳园新村"),
        (Kind.PLACE, "揽潮府三期", "揽潮府三期"),
        (Kind.PLACE, "望江1号", "望江1号"),
        (Kind.PLACE, "同兴村", "同兴村"),
    ]
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("太仓城厢柳园3幢502", "柳园新村//3//502"),
        ("柳园路8号柳园3幢502", "柳园新村//3//502"),
        ("柳园路8号", "柳园路8号////"),
        ("揽潮府三期3幢502", "揽潮府3期//3//502"),
        ("望江1号3幢502", "望江1号//3//502"),
        ("永丰村同兴村5-12", "同兴村/5/12//"),
    ],
)
def test_with_the_names_of_the_registry_the_cut_is_exact(text: str, wanted: str) -> None:
    assert key(parse(text, NAMES)) == wanted


def test_a_short_form_of_a_division_is_known_and_an_alias_becomes_its_name() -> None:
    address = parse("太仓城厢柳园3幢", NAMES)
    assert (address.county, address.town, address.place) == ("太仓市", "城厢镇", "柳园新村")


def test_a_name_is_no_compound_where_it_names_a_street() -> None:
    assert parse("柳园北路12号", NAMES).road == "柳园北路"
