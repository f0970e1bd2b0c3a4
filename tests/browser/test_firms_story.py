"""A property firm on its card; its daily sheet by phone, put right by both sides. All firms and people are invented."""

import re

from playwright.sync_api import expect

from tests.browser.people import Browsers
from tests.browser.test_imports import look
from tests.people.firming import code, compound_of


def test_a_property_firm_is_written_down_with_all_that_belongs_to_it(browsers: Browsers) -> None:
    cast = browsers.cast
    with cast.wang.acting():
        compound = compound_of(cast)
    page = browsers.desk(cast.wang)
    page.goto(f"{browsers.live.url}/firms/")
    look(page, "firms-0-none")
    page.locator("a[href='/firms/new/']").click()
    look(page, "firms-1-new")
    page.fill("input[name=name]", "安居物业（虚构）")
    page.fill("input[name=uscc]", code(40))
    page.locator("input[name=kind][value=property]").check()
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(re.compile(r"/firms/\d+/$"))
    card = page.url
    page.goto(f"{card}compounds/new/?q={compound.name}")
    look(page, "firms-2-compound")
    page.select_option("select[name=compound]", str(compound.pk))
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(card)
    page.goto(f"{card}reach/new/")
    look(page, "firms-3-reach")
    page.fill("input[name=name]", "何顺（虚构）")
    page.fill("input[name=phone]", "138 0000 0009")
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(card)
    page.goto(f"{card}records/new/")
    look(page, "firms-4-record")
    page.locator("input[name=kind][value=inspection]").check()
    page.locator("input[name=result][value=to_mend]").check()
    page.fill("textarea[name=text]", "灭火器两只过期，一周内换好")
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(card)
    expect(page.locator("main")).to_contain_text("灭火器两只过期")
    look(page, "firms-5-card")
    page.locator("a[href*='/reach/'][href$='/open/']").click()
    look(page, "firms-6-purpose")
    page.locator("input[name=purpose][value=partners]").check()
    page.locator("main form button.wg-primary").click()
    expect(page.locator(".wg-opened")).to_contain_text("138 0000 0009")
    page.goto(f"{browsers.live.url}/firms/")
    look(page, "firms-7-list")
    page.goto(f"{browsers.live.url}/firms/silent/")
    look(page, "firms-8-silent")
    page.locator("form[action$='/remind/'] button").click()
    expect(page.locator("#silent form")).to_have_count(0)
