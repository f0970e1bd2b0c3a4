"""A household is written down at its door, seen masked, opened for a purpose, confirmed; all persons are invented."""

import re

from playwright.sync_api import expect

from tests.browser.people import Browsers
from tests.browser.test_imports import look
from tests.people.registering import dwelling_of
from wangge.people.models import Person


def test_a_household_is_written_down_once_and_seen_by_few(browsers: Browsers) -> None:
    cast = browsers.cast
    with cast.lin.acting():
        door = dwelling_of(cast.grid_id, 3)
    page = browsers.desk(cast.wang)
    page.goto(f"{browsers.live.url}/homes/")
    look(page, "homes-0-grids")
    page.locator(f"a[href='/homes/grids/{cast.grid_id}/']").click()
    expect(page.locator("#buildings tr").first).to_be_visible()
    look(page, "homes-1-grid")
    page.locator(f"a[href='/homes/buildings/{door.building_id}/']").click()
    look(page, "homes-2-building")
    page.locator(f"a[href='/homes/{door.pk}/']").click()
    page.locator("main a[href$='/household/']").first.click()
    page.locator("main details > summary", has_text="登记住户").click()
    expect(page.locator("main details[open]")).to_contain_text("个人信息保护法")
    look(page, "homes-3-household")
    page.fill("input[name=m-0-name]", "孙兰（虚构）")
    page.fill("input[name=m-0-phone]", "138 0000 00")
    page.fill("input[name=m-1-name]", "周小明（虚构）")
    page.select_option("select[name=m-1-relation]", "child")
    page.locator("main form button.wg-primary").click()
    expect(page.locator("[data-errors]")).to_be_visible()
    page.fill("input[name=m-0-phone]", "138 0000 0001")
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(re.compile(rf"/homes/{door.pk}/$"))
    expect(page.locator("main")).to_contain_text("138****0001")
    assert "孙兰" not in page.content()
    page.locator("main form[action$='/confirm/'] button").click()
    look(page, "homes-4-door")
    page.locator("a.wg-mask", has_text="138****0001").click()
    look(page, "homes-5-purpose")
    page.locator("input[name=purpose][value=on_site]").check()
    page.locator("main form button.wg-primary").click()
    expect(page.locator(".wg-opened")).to_contain_text("138 0000 0001")
    page.goto(f"{browsers.live.url}/people/")
    page.locator("input[name=purpose][value=on_site]").check()
    page.fill("input[name=term]", "孙兰（虚构）")
    page.locator("main form button.wg-primary").click()
    expect(page.locator("main table")).to_contain_text("孙**")
    assert "孙兰" not in page.locator("main table").inner_text()
    page.goto(f"{browsers.live.url}/people/")
    look(page, "homes-7-find")
    with cast.lin.acting():
        assert Person.objects.count() == 2
    page.goto(f"{browsers.live.url}/people/{_first(browsers)}/leave/")
    look(page, "homes-8-leave")
    page.goto(f"{browsers.live.url}/people/{_first(browsers)}/wishes/")
    look(page, "homes-9-wishes")
    page.goto(f"{browsers.live.url}/people/{_first(browsers)}/document/correct/")
    look(page, "homes-9-correct")


def _first(browsers: Browsers) -> int:
    with browsers.cast.lin.acting():
        return Person.objects.order_by("pk")[0].pk
