"""Privacy in the open: residents read the register of purposes."""

from playwright.sync_api import expect

from tests.browser.people import Browsers
from tests.browser.test_imports import look


def test_a_resident_reads_why_things_are_kept(browsers: Browsers) -> None:
    page = browsers.resident()
    page.goto(f"{browsers.live.url}/")
    page.locator("footer a[href='/purposes/']").click()
    expect(page.locator("main h1")).to_be_visible()
    look(page, "purposes-0")
    page.locator("main nav a[href='#register']").click()
    expect(page.locator("#register")).to_be_in_viewport()
    expect(page.locator("button[data-print]")).to_be_visible()
