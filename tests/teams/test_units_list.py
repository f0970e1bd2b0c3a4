"""Lists of organisations: in, again, doubted, and given back."""

from collections.abc import Mapping

import pytest
from django.db import connection

from tests.access.matrix import STAFF
from tests.cast import Cast
from tests.exchange.lists import at_work, checked, decided, digest, faults, sheet, taken, undone
from tests.teams.lists import TABLES, county, units
from wangge.access.models import Post
from wangge.exchange.models import Change, Doubt
from wangge.teams.models import Organisation

HEADER = {"编号": "", "单位名称": "好单位", "统一社会信用代码": "", "类型": "部门", "职能": "", "上级单位": "",
          "区域": "{county}", "办公电话": ""}  # fmt: skip
BAD: tuple[tuple[Mapping[str, str], str, str], ...] = (
    ({"单位名称": ""}, "name", "missing"),
    ({"单位名称": "很" * 81}, "name", "too_long"),
    ({"单位名称": "=A1"}, "name", "formula"),
    ({"统一社会信用代码": "11990001MB00000015"}, "uscc", "credit_code"),
    ({"统一社会信用代码": "1199"}, "uscc", "credit_code"),
    ({"统一社会信用代码": "11990001OB00000014"}, "uscc", "credit_code"),
    ({"类型": "天上的"}, "kind", "not_in_list"),
    ({"职能": "修月亮"}, "functions", "unknown_function"),
    ({"上级单位": "没有的单位"}, "parent", "unknown_unit"),
    ({"单位名称": "自己的上级", "上级单位": "自己的上级"}, "parent", "above_itself"),
    ({"区域": ""}, "area", "no_area"),
    ({"区域": "没有的镇"}, "area", "unknown_area"),
    ({"办公电话": "138000"}, "phone", "phone"),
    ({"编号": "长" * 41}, "code", "too_long"),
)


def test_every_bad_row_names_its_column_and_rule(cast: Cast) -> None:
    plain = {name: cell.format(county=county(cast)) for name, cell in HEADER.items()}
    rows = [list({**plain, "单位名称": f"好单位{n}号", **bad}.values()) for n, (bad, _f, _r) in enumerate(BAD)]
    held = checked(cast.system_admin, "organisations", sheet(list(HEADER), *rows))
    wanted = {(number, field, rule) for number, (_bad, field, rule) in enumerate(BAD, 2)}
    assert wanted - faults(cast.system_admin, held) == set()
    before = digest(["teams_organisation"])
    assert taken(cast.system_admin, decided(cast.system_admin, held, "out")).counts["outcomes"] == {
        "left_out": len(BAD)
    }
    assert digest(["teams_organisation"]) == before


def test_a_list_goes_in_parents_first_again_changes_nothing_and_comes_back_out(cast: Cast) -> None:
    admin, before = cast.system_admin, digest(TABLES)
    held = checked(admin, "organisations", units(cast))
    assert (held.counts["new"], faults(admin, held)) == (4, set())
    held = taken(admin, decided(admin, held, "take"))
    assert held.counts["outcomes"] == {"taken": 4}
    with admin.acting():
        second = Organisation.objects.select_related("parent", "area").get(code="D2")
        assert second.parent is not None
        assert (second.parent.code, second.area.name, second.kind) == ("D1", county(cast), "public")
        assert Organisation.objects.get(name="测绘总站").uscc == "11990001MB00000014"
    again = checked(admin, "organisations", units(cast))
    assert (again.counts["same"], again.state) == (4, "decided")
    other = units(cast).decode().replace("0512-00000001", "0512-00000009").encode()
    more = taken(admin, checked(admin, "organisations", other))
    assert more.counts["outcomes"] == {"taken": 1, "unchanged": 3}
    for one in (more, taken(admin, again), held):
        assert set(undone(admin, one).counts["undone"]) <= {"undone"}
    assert digest(TABLES) == before


def test_an_organisation_of_nearly_the_same_name_is_for_a_person_to_decide(cast: Cast) -> None:
    admin = cast.system_admin
    with admin.acting():
        water = Organisation.objects.select_related("area").get(code="water")
    raw = sheet(["单位名称", "区域", "办公电话"], [water.name.replace("公司", "有限公司"), water.area.name, ""],
                [f"{water.name}（本部）", water.area.name, ""])  # fmt: skip
    held = checked(admin, "organisations", raw)
    with admin.acting():
        others = set(Doubt.objects.filter(of=held, kind="same_record").values_list("other_record", flat=True))
    assert water.pk in others
    held = taken(admin, decided(admin, held, "same"))
    with admin.acting():
        assert not Organisation.objects.filter(name__contains="本部").exists()
        assert not Change.objects.filter(of=held, made=True).exists()


def test_a_unit_somebody_works_for_stays_and_is_named(cast: Cast) -> None:
    admin = cast.system_admin
    held = taken(admin, decided(admin, checked(admin, "organisations", units(cast)), "take"))
    with cast.security_admin.acting() as by:
        from django.utils import timezone

        from wangge.teams import actions

        unit = Organisation.objects.get(code="D4").pk
        actions.give_post(cast.zhou.account, "handler", organisation_id=unit, by=by, now=timezone.now())
    assert undone(admin, held).counts["undone"] == {"undone": 3, "in_use": 1}
    with admin.acting():
        assert Organisation.objects.filter(code__in=("D1", "D2", "D3", "D4")).count() == 1
        assert Post.objects.filter(organisation_id=unit).exists()


@pytest.mark.parametrize("purpose", ["import", "duty"])
def test_nobody_but_the_administrators_import_writes_units(cast: Cast, purpose: str) -> None:
    from django.db import DatabaseError, transaction

    wrote = set()
    with cast.system_admin.acting():
        area = Organisation.objects.order_by("id")[0].area_id
    for name in STAFF:
        with at_work(getattr(cast, name), purpose):
            try:
                with transaction.atomic():
                    Organisation.objects.create(code=f"x-{name}", name="x", area_id=area)
                wrote.add(name)
            except DatabaseError:
                pass
            with connection.cursor() as cursor:
                cursor.execute("delete from teams_organisation")
                assert cursor.rowcount == 0
    assert wrote == ({"system_admin"} if purpose == "import" else set())
