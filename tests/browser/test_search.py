"""The one box in a real browser: by keyboard alone, on a phone, and without scripts."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import Browsers
from tests.browser.test_pages import faults, scrolls_sideways

OPTIONS = "#find-list [role=option]"


def type_in(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    expect(page.locator("#find-all")).to_have_attribute("data-asked", text)


def test_a_place_is_found_and_opened_by_keyboard_alone(browsers: Browsers) -> None:
    page = browsers.desk(browsers.cast.dispatcher)
    page.goto(f"{browsers.live.url}/search/")
    type_in(page, "dpxq")
    expect(page.locator(OPTIONS).first).to_contain_text("东坡小区")
    assert faults(page) == []
    page.keyboard.press("ArrowDown")
    box = page.locator("input[role=combobox]")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("^find-compound-"))
    page.keyboard.press("Escape")
    expect(page.locator("#find-list")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/map/\?at="))


def test_enter_opens_the_first_and_words_without_a_list_open_the_page(browsers: Browsers) -> None:
    page = browsers.desk(browsers.cast.dispatcher)
    page.goto(f"{browsers.live.url}/search/")
    type_in(page, "东坡小区3-2-302")
    expect(page.locator(OPTIONS).first).to_contain_text("3栋 2-302")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/map/\?at=.*building="))
    page.goto(f"{browsers.live.url}/search/")
    type_in(page, "乌有之乡")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q="))
    expect(page.locator("main")).to_contain_text("可以这样写")


def test_the_list_fits_a_phone(browsers: Browsers) -> None:
    page = browsers.desk(browsers.cast.dispatcher, width=390)
    page.goto(f"{browsers.live.url}/search/?q=网格")
    assert (scrolls_sideways(page), faults(page)) == (False, [])
    box = page.locator("input[role=combobox]")
    box.fill("钟楼")
    expect(page.locator(OPTIONS).first).to_be_visible()
    assert (scrolls_sideways(page), faults(page)) == (False, [])


def test_without_scripts_the_form_opens_the_page_and_the_page_goes_on(browsers: Browsers) -> None:
    page = browsers.without_scripts(browsers.desk(browsers.cast.wang))
    page.goto(f"{browsers.live.url}/search/")
    page.locator("input[name=q]").fill("钟楼壹号1-1")
    page.locator("input[name=q]").press("Enter")
    expect(page.locator("#found-dwelling > li")).to_have_count(20)
    page.locator("#found-dwelling-more a").click()
    expect(page.locator("#found-dwelling > li").first).to_be_visible()
    expect(page).to_have_url(re.compile("in=dwelling"))
