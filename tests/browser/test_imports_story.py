"""Overlapping lists in through the pages, the worker killed in the middle, again nothing, given back."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from playwright.sync_api import Browser, expect

from tests.browser.clerk import Clerk, List, until
from tests.browser.people import Browsers
from tests.cast import Cast
from tests.conftest import fresh
from tests.data import DATA
from tests.exchange.lists import at_work, digest, sheet
from tests.home import HOME
from tests.live import Live, serving
from wangge.places.models import Area, Compound
from wangge.web.postgres.cluster import Cluster
from wangge.web.postgres.layout import Home

WAITS = "select count(*) from pg_locks where not granted and relation = 'places_compound'::regclass"
SILENT = "update procrastinate_workers set last_heartbeat = now() - interval '1 hour'"


@pytest.fixture
def db(cluster: Cluster) -> Iterator[str]:
    """Each story begins with a register of its own: it ends by comparing all of it."""
    with fresh(cluster) as name:
        yield name


@pytest.fixture
def cast(db: str) -> Cast:
    return Cast.of_the_invented_town()


@pytest.fixture
def live(cluster: Cluster, db: str, tmp_path: Path) -> Iterator[Live]:
    with serving(cluster, db, tmp_path) as served:
        yield served


@pytest.fixture
def clerk(chromium: Browser, live: Live, cast: Cast, tmp_path: Path) -> Clerk:
    page = Browsers(chromium, live, cast).desk(cast.system_admin)
    return Clerk(page, live, cast, tmp_path, cast.system_admin)


@contextmanager
def power() -> Iterator[psycopg.Connection]:
    with psycopg.connect(Home(HOME).dsn("wg_super", str(connection.settings_dict["NAME"]))) as held:
        yield held


def killed_while_writing(clerk: Clerk, pk: int, *, waits: bool) -> None:
    """Confirm, and kill the worker (SIGKILL) inside the chunk it writes, where it stands before a lock of ours.

    Who does not wait sets the dead worker's last sign of life back, so that its job is taken up at once.
    """
    before = digest(["places_compound", "exchange_known", "exchange_change"])
    worker = clerk.live.children["worker"]
    with power() as held:
        held.execute("lock table places_compound in share mode")
        clerk.confirm()
        with power() as looks:
            until(lambda: (looks.execute(WAITS).fetchone() or (0,))[0], "the worker never wrote")
        worker.kill()
        worker.wait()
        held.rollback()
    clerk.page.goto(f"{clerk.live.url}/imports/{pk}/")
    expect(clerk.page.locator("#progress progress")).to_be_visible()
    assert (clerk.state(pk), digest(list(before))) == ("committing", before)
    if not waits:
        with power() as held:
            held.execute(SILENT)
    clerk.live.start("worker")
    clerk.rested(pk)


def story(clerk: Clerk, lists: Sequence[List], *, waits: bool) -> dict[str, float]:
    """All lists in, the second killed in the middle, the last and the first once more, and all given back."""
    before, begun, done = digest(), time.monotonic(), []
    for number, one in enumerate(lists):
        pk = clerk.checked(one)
        refused = clerk.decided(one)
        if number == 1:
            killed_while_writing(clerk, pk, waits=waits)
        else:
            clerk.confirm()
            clerk.rested(pk)
        assert set(refused) == set(one.never)
        for name in refused:
            assert clerk.outcome_of(pk, name) == "未导入", name
        done.append(pk)
    whole, in_time = digest(), time.monotonic() - begun
    clerk.taken(lists[-1])  # again: nothing is written
    clerk.taken(lists[0], rest="out")  # others came since, so faulty rows may be asked about anew
    assert digest() == whole
    for pk in reversed(done):
        clerk.given_back(pk)
        clerk.page.goto(f"{clerk.live.url}/imports/{pk}/report/")  # the report is kept
        expect(clerk.page.locator("#outcome")).to_be_visible()
    assert digest() == before
    return {"in": in_time, "all": time.monotonic() - begun}


def invented(cast: Cast) -> list[List]:
    """Two lists of invented places: three are in both, one of them lies a thousand kilometres off."""
    with at_work(cast.system_admin):
        first = Compound.objects.order_by("id").select_related("community")[0]
    header = ["编号", "小区名称", "社区", "地址", "经度", "纬度"]

    def row(number: int, name: str, step: int) -> list[object]:
        return [number, name, first.community.name, f"太平路{step}号", first.lon + step / 900, first.lat + step / 900]

    one = [row(n, f"新{middle}苑", n) for n, middle in enumerate("春夏秋冬", 1)]
    other = [row(n, f"新{middle}苑小区", n) for n, middle in enumerate("春夏秋", 1)]
    far = [9, "大远方锦绣", first.community.name, "滨河路", 125.0, 46.6]
    return [
        List("房管科", sheet(header, *one, [8, "无处小区", first.community.name, "", "", ""])),
        List("一个网站", sheet(header, *other, row(7, "听雨里", 7), far), never=("大远方锦绣",)),
    ]


def test_two_lists_of_the_invented_town(clerk: Clerk) -> None:
    took = story(clerk, invented(clerk.cast), waits=False)
    print(f"I22: two invented lists through the pages: {took}")


@pytest.mark.soak
@pytest.mark.full
@pytest.mark.skipif(not DATA, reason="the real lists are not here")
def test_five_real_lists_of_one_county(clerk: Clerk) -> None:
    from tests.exchange.test_real_lists import list_of, real

    with at_work(clerk.cast.system_admin):
        Area.objects.filter(outline__isnull=False).update(outline=None)  # the invented county lies elsewhere
    areas = List("统计局", real("divisions", "taicang_nbs2023.csv"), "areas", options={"scheme": "nbs", "year": "2023"})
    clerk.taken(areas)
    columns = {"ref": "source_no", "town": "area_path", "lon": "bd09_lon", "lat": "bd09_lat"}
    never = {"sofang": ("大庆锦绣",)}
    lists = [
        List(one, list_of(one), "compounds", "bd09", columns, {"area": "320585000000"}, never.get(one, ()))
        for one in ("fccs", "sofang", "souloula", "lianjia", "5khouse")
    ]
    took = story(clerk, lists, waits=True)
    print(f"I22: five real lists through the pages: {took}")


@pytest.mark.soak
@pytest.mark.full
def test_a_list_of_staff_with_numbers_of_persons_in_it(
    chromium: Browser, live: Live, cast: Cast, tmp_path: Path
) -> None:
    from tests.browser.test_imports import look
    from tests.teams.lists import PEOPLE, people
    from tests.teams.test_staff_list import row

    page = Browsers(chromium, live, cast).desk(cast.security_admin)
    clerk = Clerk(page, live, cast, tmp_path, cast.security_admin)
    number = "13800000001"
    raw = people(
        [*row(cast), number],
        [*row(cast, 登录名="zhang.ceshi2", 岗位="社区书记", 管辖区域="{community}"), number],
        [*row(cast, 姓名="李测试", 登录名="li", 岗位="皇帝"), number],
        header=(*PEOPLE, "手机号"),
    )
    pk = clerk.checked(List("组织部", raw, "staff"))
    page.goto(f"{live.url}/imports/{pk}/columns/")
    expect(page.locator("main")).to_contain_text("手机号")
    look(page, "staff-1-columns")
    page.goto(f"{live.url}/imports/{pk}/preview/")
    look(page, "staff-2-preview")
    page.locator("#doubt-rows button[value$=':take']").click()
    clerk.confirm()
    clerk.rested(pk)
    look(page, "staff-3-report")
    assert number not in page.content()
    clerk.given_back(pk)
    look(page, "staff-4-undone")
    page.goto(f"{live.url}/team/")
    expect(page.locator("main")).not_to_contain_text("张测试")
