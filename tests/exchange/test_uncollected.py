"""What is not collected about people comes out of no list: columns and cells go unread, and why is said."""

import pytest

from tests.browse import signed_in
from tests.cast import Cast
from tests.exchange.lists import checked, decided, sheet, taken, upload
from tests.exchange.made import AREAS, OWN
from wangge.catalogue.reading import read
from wangge.catalogue.schema import Uncollected
from wangge.core.not_collected import Cells, dropped
from wangge.exchange import reading
from wangge.exchange.importer import importers
from wangge.exchange.models import Row

HEAD = ["小区名称", "社区", "地址", "经度", "纬度", "宗教信仰", "备注", "类别说明"]
ROWS = (
    ["甲苑", "甲社区", "路1号", "104.2", "37.6", "无", "有快递柜", "回族"],
    ["乙苑", "甲社区", "路2号", "104.21", "37.61", "信佛", "信访户", "汉族"],
    ["丙苑", "甲社区", "路3号", "104.22", "37.62", "", "独居；上访户", "满族"],
    ["丁苑", "甲社区", "路4号", "104.23", "37.62", "", "有门禁", ""],
    ["戊苑", "甲社区", "路5号", "104.24", "37.62", "", "无电梯", ""],
)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_list_of_places_loses_what_it_says_of_people_and_the_report_says_why(cast: Cast, language: str) -> None:
    admin = cast.system_admin
    taken(admin, checked(admin, "areas", AREAS, options=OWN))
    held = upload(admin, "compounds", sheet(HEAD, *ROWS))
    assert held.head["dropped"] == [["宗教信仰", "religion", "宗教"], ["类别说明", "ethnicity", "回族"]]
    assert not (reading.folder() / held.stored).exists()
    on_disk = reading.rows_path(held.stored).read_text(encoding="utf-8")
    held = checked(admin, "compounds", sheet(HEAD, *ROWS))
    with admin.acting():
        staged = str(list(Row.objects.filter(of=held).values_list("cells", "values")))
        hints = [(n, h["column"], h["detail"]) for n, hs in Row.objects.filter(of=held).values_list("number", "hints")
                 for h in hs]  # fmt: skip
    for word in ("信佛", "信访户", "上访户", "回族", "汉族"):
        assert word not in on_disk + staged + str(held.head["samples"]), word
    assert "有快递柜" in staged
    assert hints == [(3, "备注", "petition"), (4, "备注", "petition")]
    client = signed_in(admin, language)
    law = {"en": "Constitution Art. 41", "zh-hans": "《宪法》第四十一条"}[language]
    title = {"en": "Religion", "zh-hans": "宗教信仰"}[language]
    for address in ("preview/", "columns/", "rows/"):
        page = client.get(f"/imports/{held.pk}/{address}").content.decode()
        assert (law in page, "信访户" in page) == (True, False), address
        assert (title in page) is (address != "rows/"), address
    held = taken(admin, decided(admin, held, "out"))
    assert law in client.get(f"/imports/{held.pk}/report/").content.decode()


def test_no_field_of_any_list_is_barred_itself() -> None:
    barred = [each.barred() for each in read().of(Uncollected).values()]
    for kind in importers():
        titles = [name for field in kind.fields for name in (*field.names, field.code, str(field.label))]
        assert dropped(titles, [], barred) == (), kind.kind


def test_a_cell_is_emptied_for_what_it_says_and_a_name_is_a_name() -> None:
    look = Cells([each.barred() for each in read().of(Uncollected).values()])
    said = {
        "信访户": "petition", " 信 访 户 ": "petition", "独居，信訪戶": "petition", "汉": "ethnicity",
        "漢族": "ethnicity",
        "ＨＩＶ": "hiv", "Hui": "ethnicity", "糖尿病、高血压": "diagnosis", "中共党员": "politics",
    }  # fmt: skip
    assert {cell: look.code(cell) for cell in said} == said
    for cell in ("汉中路", "Han Mei", "白云", "水族馆路3号", "13800000001", "民族路12号", "", " ", "李汉", "佛教协会"):
        assert not look.code(cell), cell
