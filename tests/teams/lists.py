"""Invented lists of organisations and of the people who work there."""

from collections.abc import Sequence

from tests.cast import Cast
from tests.exchange.lists import REGISTER, at_work, sheet
from wangge.places.models import Area, Grid

TABLES = (*REGISTER, "teams_organisation", "teams_account", "access_post")
PEOPLE = ("姓名", "登录名", "单位", "岗位", "管辖区域", "开始日期", "结束日期")


def county(cast: Cast) -> str:
    with at_work(cast.system_admin):
        return Area.objects.filter(level="county").order_by("id")[0].name


def units(cast: Cast) -> bytes:
    """Four organisations: two stand under the third, which comes after one of them."""
    return sheet(
        ["编号", "单位名称", "统一社会信用代码", "类型", "职能", "上级单位", "区域", "办公电话"],
        ["D2", "测绘二队", "", "事业单位", "", "测绘总站", "", "0512-00000002"],
        ["D1", "测绘总站", "11990001MB00000014", "部门", "", "", county(cast), "0512-00000001"],
        ["D3", "测绘三队", "", "事业单位", "", "D1", "", ""],
        ["D4", "云杉物探公司", "91990001MA0000001R", "企业", "", "", county(cast), ""],
    )


def grid_of(cast: Cast) -> str:
    with at_work(cast.system_admin):
        return Grid.objects.get(area_id=cast.grid_id).number


def community_of(cast: Cast) -> str:
    with at_work(cast.system_admin):
        return Area.objects.get(children=cast.grid_id).name


def people(*rows: Sequence[object], header: Sequence[str] = PEOPLE) -> bytes:
    return sheet(header, *rows)
