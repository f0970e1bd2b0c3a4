"""A need is written down at the door with consent, looked after, confirmed, withdrawn; all persons are invented."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.people import Browsers
from tests.browser.test_imports import look, shoot
from tests.people.caring import cared, someone
from wangge.jobs.system import as_system
from wangge.people.actions.care_nights import count_needs
from wangge.people.models import CareNeed


def test_help_is_written_down_by_need_and_withdrawn_at_once(browsers: Browsers) -> None:
    cast, now = browsers.cast, timezone.now()
    person = someone(cast)
    for at in range(1, 6):
        cared(cast, someone(cast, at=at), "look_in" if at < 4 else "hearing", now=now)
    assert person.home is not None
    page = browsers.desk(cast.wang)
    page.goto(f"{browsers.live.url}/homes/{person.home.dwelling_id}/")
    page.locator(f"a[href='/people/{person.pk}/care/']").click()
    look(page, "care-1-new")
    page.locator("input[name=need][value=stairs]").check()
    page.fill("textarea[name=note]", "得了高血压")
    page.select_option("select[name=consent]", "spoken")
    page.fill("input[name=heard_by]", "女儿（虚构）")
    page.locator("main form button.wg-primary").click()
    expect(page.locator("[data-errors]")).to_contain_text("血压")
    page.fill("textarea[name=note]", "两个人抬，钥匙在女儿处")
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(re.compile(rf"/homes/{person.home.dwelling_id}/$"))
    look(page, "care-3-door")
    page.locator("main a[href^='/care/']").first.click()
    look(page, "care-4-need")
    page.locator("main a[href$='/carers/']").click()
    look(page, "care-5-carers")
    page.locator("select[name=deputy]").select_option("outside")
    page.locator("main details summary").nth(1).click()
    page.fill("input[name=deputy_name]", "老吴（虚构）")
    page.fill("input[name=deputy_phone]", "138 0000 0002")
    page.locator("main form button.wg-primary").click()
    expect(page.locator("main")).to_contain_text("138****0002")
    page.locator("main form[action$='/confirm/'] button").click()
    page.locator("a.wg-mask", has_text="138****0002").click()
    look(page, "care-6-purpose")
    page.locator("input[name=purpose][value=care]").check()
    page.locator("main form button.wg-primary").click()
    expect(page.locator(".wg-opened")).to_contain_text("138 0000 0002")
    _lists(browsers, page)
    with cast.lin.acting():
        need = CareNeed.objects.get(person=person)
    page.goto(f"{browsers.live.url}/care/{need.pk}/")
    page.locator("main form[action$='/withdraw/'] button").click()
    page.wait_for_url(re.compile(r"/care/$"))
    expect(page.locator("#needs tr")).to_have_count(5)
    with cast.lin.acting():
        assert not CareNeed.objects.filter(person=person).exists()


def _lists(browsers: Browsers, page: Page) -> None:
    """The register, one's own charges on the page and on paper, the counts."""
    page.goto(f"{browsers.live.url}/care/")
    expect(page.locator("#needs tr")).to_have_count(6)
    look(page, "care-7-register")
    page.goto(f"{browsers.live.url}/care/mine/")
    look(page, "care-8-mine")
    page.goto(f"{browsers.live.url}/care/mine/print/")
    shoot(page, "care-9-sheet")
    with as_system("test") as system:
        count_needs(by=system, now=timezone.now())
    page.goto(f"{browsers.live.url}/care/counts/")
    look(page, "care-9-counts")
