"""A list on its way out, with the real worker: asked for, approved by somebody of another organisation, fetched."""

import os
import re
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.people import Browsers
from tests.browser.test_pages import faults, scrolls_sideways
from tests.cases.made import accepted, reported
from tests.cases.made import dispatched as sent
from tests.cast import Cast
from tests.exchange.leaving import WHY

SHOTS = os.environ.get("EXPORT_SHOTS", "")
"""A folder: then the pages are photographed at both widths, in both languages, for somebody to look at."""


def look(page: Page, name: str) -> None:
    """Nothing serious for axe, no sideways scroll on desk and phone, one primary button."""
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert not scrolls_sideways(page), (name, width)
    assert faults(page) == [], name
    assert page.locator(".wg-primary:visible").count() <= 1, name
    if SHOTS:
        shoot(page, name)


def shoot(page: Page, name: str) -> None:
    for width in (1440, 390):
        for language in ("en", "zh-hans"):
            page.context.add_cookies([{"name": "wg_language", "value": language, "domain": "127.0.0.1", "path": "/"}])
            page.set_viewport_size({"width": width, "height": 900})
            page.reload()
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}-{language}.png"), full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})


def filled(page: Page) -> None:
    page.select_option("select[name=purpose]", "report")
    page.fill("textarea[name=why]", WHY)
    page.fill("input[name=for_organisation]", "市城管局（虚构）")
    page.fill("input[name=for_person]", "赵，统计科（虚构）")
    page.fill("input[name=last]", (timezone.localdate() + timedelta(days=6)).isoformat())


def test_a_list_leaves_by_two_browsers_and_a_job(browsers: Browsers, cast: Cast, tmp_path: Path) -> None:
    for number in range(3):
        sent(cast, accepted(cast, reported(cast, f"第 {number} 件")))
    asker, url = browsers.desk(cast.dispatcher), browsers.live.url
    asker.goto(f"{url}/exports/")
    look(asker, "1-empty")
    asker.goto(f"{url}/exports/new/")
    look(asker, "2-kinds")
    asker.goto(f"{url}/desk/all/")
    asker.locator("a[href^='/exports/new/cases/']").click()
    expect(asker.locator("#count")).to_contain_text("3")
    asker.select_option("select[name=state]", "closed")
    expect(asker.locator("#count")).to_contain_text("0")  # the page asked again by itself
    asker.select_option("select[name=state]", "")
    look(asker, "3-ask")
    plain = browsers.without_scripts(asker)
    plain.goto(f"{url}/exports/new/cases/")
    plain.select_option("select[name=state]", "closed")
    plain.locator("button[name=count]").click()
    expect(plain.locator("#count")).to_contain_text("0")
    plain.select_option("select[name=state]", "")
    filled(plain)
    plain.locator("main button.wg-primary").click()
    plain.wait_for_url(re.compile(r"/exports/\d+/$"))
    address = plain.url
    decider = browsers.desk(cast.security_admin)
    decider.goto(f"{url}/exports/")
    expect(decider.locator("[data-count=exports]")).to_have_text("1")
    look(decider, "4-waiting")
    decider.locator("#exports a").first.click()
    look(decider, "5-decide")
    decider.fill("textarea[name=answer]", "同意，只供本次报告")
    decider.locator("main button.wg-primary").click()
    decider.wait_for_url(address)
    asker.goto(address)
    until_made(asker)
    look(asker, "6-made")
    with asker.expect_download() as coming:
        asker.locator("main button.wg-primary").click()
    kept = tmp_path / coming.value.suggested_filename
    coming.value.save_as(kept)
    assert (kept.suffix, kept.read_bytes()[:2]) == (".xlsx", b"PK")
    asker.reload()
    look(asker, "7-fetched")
    asker.locator("form[action$='/destroy/'] button").click()
    look(asker, "8-destroyed")
    asker.goto(f"{url}/exports/")
    look(asker, "9-list")


def until_made(page: Page) -> None:
    """The worker needs a moment; people look again."""
    for _ in range(60):
        if page.locator("form[action$='/file/']").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(page.locator("main").inner_text())
