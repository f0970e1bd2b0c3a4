"""Rounds in a real browser: chosen on the page of a grid, and as many sheets of paper as were meant."""

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.people import Browsers
from tests.browser.test_imports import SHOTS, look, shoot, speak
from tests.places.drafting import community_of, drawn, in_force
from wangge.jobs.system import as_system
from wangge.places.models import MicroUnit


def test_sheets_of_rounds_are_printed(browsers: Browsers, tmp_path: Path) -> None:
    cast, live = browsers.cast, browsers.live
    community = community_of(cast)
    in_force(cast, drawn(cast, micro_max=130, low=200, high=300), date(2026, 10, 1))
    page = browsers.desk(cast.town)
    page.goto(f"{live.url}/grids/{community.pk}/")
    page.locator("a[href*='/grids/rounds/']").first.click()
    page.wait_for_url(re.compile(r"/grids/rounds/\d+/$"))
    look(page, "rounds-1-grid")
    rounds = page.url
    for name, large in (("rounds-2-sheets", False), ("rounds-3-large", True)):
        page.goto(rounds)
        page.locator("input[name=large]").set_checked(large)
        page.locator("main form button.wg-primary").click()
        expect(page.locator(".page").first).to_be_visible()
        shoot(page, name)
        sheets = page.locator("section.page").count()
        made = page.pdf(path=tmp_path / f"{name}.pdf", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", made)) == sheets
        for language in ("en", "zh-hans"):
            speak(page, language)
            page.reload()
            wide = "all => all.filter(sheet => sheet.scrollWidth > sheet.clientWidth + 1).length"
            assert page.locator("section.page").evaluate_all(wide) == 0, (name, language)
    plain = browsers.without_scripts(page)
    plain.goto(rounds)
    plain.locator("tbody td a").first.click()
    expect(plain.locator("section.page").first).to_be_visible()
    with as_system("test"):
        house = (
            MicroUnit.objects.filter(micro__valid_to__isnull=True).select_related("building").earliest("pk").building
        )
    page.goto(f"{live.url}/map/?at={house.lon:.5f},{house.lat:.5f},16.80")
    page.locator("body[data-map=idle]").wait_for()
    expect(page.locator(".wg-legend")).to_contain_text("微网格")
    page.wait_for_timeout(500)
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / "micro-map.png"))
    page.goto(page.url.replace("/map/?", "/map/drawing.svg?"))
    assert page.locator("path[stroke-dasharray]").count() > 1
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / "micro-map-drawing.png"))
