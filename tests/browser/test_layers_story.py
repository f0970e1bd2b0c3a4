"""Police and fire brigade divide a community their own way: laid over the grids, drawn along, merged into one net."""

import re
from datetime import timedelta
from pathlib import Path

from django.utils.timezone import localdate, now
from playwright.sync_api import Page, expect

from tests.browser.people import Browsers
from tests.browser.test_grids_story import agreed, occupied
from tests.browser.test_imports import look, shoot
from tests.browser.test_pages import faults, scrolls_sideways
from tests.cast import Cast
from tests.places.changing import midnight
from tests.places.drafting import community_of
from tests.places.layering import drawn_map, houses, row_of, sheet
from wangge.cases.actions.handover import catch_up
from wangge.jobs.system import as_system
from wangge.places.models import GridDraft, Layer, Serving


def lists(cast: Cast, folder: Path) -> tuple[Path, Path, Path]:
    """A list of the police, the same with faults, and a map of the fire brigade."""
    held = houses(community_of(cast))
    rows = [row_of(str(1 + 3 * at // len(held)), one) for at, one in enumerate(held)]
    good, bad, drawn = (folder / name for name in ("警务区.csv", "警务区-错.csv", "消防.geojson"))
    good.write_bytes(sheet(rows))
    bad.write_bytes(sheet([*rows, ["9", "九", "", "13812345678", "没有这个小区", "1幢"]]))
    south = sorted(one.lat for one in held)[len(held) // 3]
    drawn.write_bytes(drawn_map([("南", (100, 10, 140, south)), ("北", (100, south, 140, 50))]))
    return good, bad, drawn


def lay(page: Page, file: Path, organisation: str, name: str) -> None:
    page.fill("input[name=organisation]", organisation)
    page.fill("input[name=name]", name)
    page.fill("input[name=as_of]", "2026-08-01")
    page.fill("input[name=source]", "联席会议纪要 7 号")
    page.set_input_files("input[name=file]", file)
    page.locator("main form button.wg-primary").click()


def test_several_nets_become_one(browsers: Browsers, tmp_path: Path) -> None:
    cast, live = browsers.cast, browsers.live
    area, good, tomorrow = occupied(cast), lists(cast, tmp_path), localdate(now()) + timedelta(days=1)
    page = browsers.desk(cast.town)
    page.goto(f"{live.url}/grids/{area}/layers/")
    look(page, "layers-1-empty")
    page.locator("a.wg-primary").click()
    lay(page, good[1], "钟楼派出所", "警务区")
    expect(page.locator("table")).to_contain_text("没有这个小区", timeout=20_000)
    assert not scrolls_sideways(page)
    assert faults(page) == []
    lay(page, good[0], "钟楼派出所", "警务区")
    page.wait_for_url(f"**/grids/{area}/layers/")
    page.goto(f"{live.url}/grids/{area}/layers/new/")
    look(page, "layers-2-new")
    lay(page, good[2], "消防救援站", "消防网格")
    page.wait_for_url(f"**/grids/{area}/layers/")
    expect(page.locator(".wg-layer-1").first).to_be_visible()
    look(page, "layers-3-over")
    page.goto(f"{live.url}/grids/{area}/layers/print/")
    shoot(page, "layers-4-print")
    page.goto(f"{live.url}/grids/layers/")
    look(page, "layers-5-overview")

    page.goto(f"{live.url}/grids/{area}/layers/draw/")
    look(page, "layers-6-draw")
    page.fill("textarea[name=note_text]", "多网合一")
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(re.compile(r"/grids/drafts/\d+/$"))
    expect(page.locator("[data-bench]")).to_be_visible(timeout=90_000)
    expect(page.locator("[data-bench-part=sheet]")).to_contain_text("警务区", timeout=20_000)
    look(page, "layers-7-draft")
    draft = int(re.findall(r"\d+", page.url)[-1])
    agreed(browsers, page, draft, tomorrow)
    assert catch_up(midnight(tomorrow)) == 1

    with as_system("test"):
        held = list(Layer.objects.order_by("pk"))
        assert GridDraft.objects.get(pk=draft).along == [one.pk for one in held]
    for layer in held:
        page.goto(f"{live.url}/grids/{area}/layers/{layer.pk}/adopt/")
        look(page, f"layers-8-adopt-{layer.pk}")
        page.fill("input[name=valid_from]", tomorrow.isoformat())
        page.locator("main form button.wg-primary").click()
        page.wait_for_url(f"**/grids/{area}/layers/")
    expect(page.locator("#stated")).to_be_visible()
    expect(page.locator("main")).to_contain_text("0512-53000110")
    look(page, "layers-9-merged")
    with as_system("test"):
        assert set(Layer.objects.values_list("state", flat=True)) == {"merged"}
        assert Serving.objects.count() == 2 * len(set(Serving.objects.values_list("grid_id", flat=True)))
