"""A list on its way through the pages, with the real worker: read, mapped, decided, confirmed, kept as a report."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.people import Browsers
from tests.browser.test_pages import faults, scrolls_sideways
from tests.cast import Cast
from tests.exchange.lists import at_work, sheet
from wangge.places.models import Compound

SHOTS = os.environ.get("IMPORT_SHOTS", "")
"""A folder: then the pages are photographed at both widths, in both languages, for somebody to look at."""


def look(page: Page, name: str) -> None:
    """Nothing serious for axe, no sideways scroll on desk and phone, one primary button."""
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert not scrolls_sideways(page), (name, width)
    assert faults(page) == [], name
    assert page.locator(".wg-primary:visible").count() <= 1, name
    shoot(page, name)


def shoot(page: Page, name: str) -> None:
    if not SHOTS:
        return
    for width in (1440, 390):
        for language in ("zh-hans", "en"):
            speak(page, language)
            page.set_viewport_size({"width": width, "height": 900})
            page.reload()
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}-{language}.png"), full_page=True)
    speak(page, "zh-hans")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.reload()


def speak(page: Page, language: str) -> None:
    """The choice of a language holds for the whole house, not for the folder of one page."""
    house = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": "wg_language", "value": language, "url": house}])


def compounds(cast: Cast) -> bytes:
    """An invented list like those of websites: half known already, some twice, one far away, some without a place."""
    with at_work(cast.system_admin):
        known = list(Compound.objects.order_by("id").select_related("community"))
    first, kinds, middles = known[0], "苑园里坊", "春夏秋冬东西南北"
    rows: list[list[object]] = [
        [n, one.name + "小区" * (n % 2), one.community.name, f"桂花路{n}号", one.lon, one.lat]
        for n, one in enumerate(known, 1)
    ]
    rows += [
        [100 + n, f"新{middles[n % 8]}{kinds[n % 4]}{n}村", first.community.name, f"太平路{n}号",
         first.lon + n % 7 / 900, first.lat + n % 5 / 900]
        for n in range(40)
    ]  # fmt: skip
    rows += [
        [200, "大远方锦绣", first.community.name, "滨河路", 125.0, 46.6],
        [201, "无处小区", first.community.name, "", "", ""],
        [202, "新苑一期", "没有的社区", "", 104.2, 37.6],
        [203, "=1+1", first.community.name, "", "约104", 37.6],
    ]
    return sheet(["编号", "小区名称", "社区", "地址", "经度", "纬度"], *rows)


def test_a_list_of_compounds_is_brought_in_and_given_back(browsers: Browsers, tmp_path: Path) -> None:
    page = browsers.desk(browsers.cast.system_admin)
    page.goto(f"{browsers.live.url}/imports/")
    expect(page.locator("h1")).to_be_visible()
    look(page, "1-empty")
    page.locator("a.wg-primary").click()
    look(page, "2-new")
    path = tmp_path / "小区.csv"
    path.write_bytes(compounds(browsers.cast))
    page.locator("input[name=kind][value=compounds]").check()
    page.fill("input[name=source]", "房管科")
    page.set_input_files("input[name=file]", str(path))
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(re.compile(r"/columns/$"))
    look(page, "3-columns")
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(re.compile(r"/preview/$"))
    look(page, "4-preview")
    for decision in ("same", "out"):
        page.locator(f"#doubts form.wg-verbs button[value={decision}]").click()
        page.wait_for_load_state()
    while (button := page.locator("#doubts button[name=one][value$=':take']").first).count():
        button.click()
        page.wait_for_load_state()
    page.check("input[name=without_faulty]")
    look(page, "5-decided")
    page.check("input[name=without_faulty]")
    page.locator("#confirm ~ form button.wg-primary").click()
    page.wait_for_url(re.compile(r"/report/$"))
    look(page, "6-report")
    page.locator("a[href*='/rows/']").first.click()
    look(page, "7-rows")
    page.go_back()
    page.locator("a[href$='/undo/']").click()
    look(page, "8-undo")
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(re.compile(r"/report/$"))
    expect(page.locator(".wg-says-good")).to_be_visible()
    page.goto(f"{browsers.live.url}/imports/")
    look(page, "9-list")
