"""Somebody written down twice is found, compared, merged and given back. All persons are invented."""

import re

from playwright.sync_api import expect

from tests.browser.people import Browsers
from tests.browser.test_imports import look
from tests.people.merging import LISTED, OTHER, TYPED, entry
from wangge.jobs.system import as_system
from wangge.people.models import Merge, Person


def test_two_entries_of_one_person_become_one_and_two_again(browsers: Browsers) -> None:
    cast = browsers.cast
    with as_system("test"):
        before = set(Person.objects.values_list("pk", flat=True))
    kept = entry(cast.lin, cast.grid_id, TYPED, OTHER, at=4)
    gone = entry(cast.lin, cast.grid_id, LISTED, at=5, source="import:1")
    page = browsers.desk(cast.wang)
    assert kept.home is not None
    page.goto(f"{browsers.live.url}/homes/{kept.home.dwelling_id}/")
    look(page, "same-0-door")
    page.goto(f"{browsers.live.url}/homes/")
    page.locator("main header a[href='/people/same/']").click()
    row = page.locator(f"a[href='/people/same/{kept.pk}/{gone.pk}/']")
    expect(row).to_be_visible()
    look(page, "same-1-list")
    assert "孙兰" not in page.content()
    row.click()
    look(page, "same-2-pair")
    page.locator("input[name=of_phone][value=gone]").check()
    page.locator("main form button.wg-primary").click()
    expect(page.locator("[data-errors]")).to_be_visible()
    page.locator("input[name=purpose][value=register]").check()
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(re.compile(rf"/people/{kept.pk}/same/$"))
    look(page, "same-3-trail")
    page.goto(f"{browsers.live.url}/people/{gone.pk}/same/")
    page.wait_for_url(re.compile(rf"/people/{kept.pk}/same/$"))
    page.locator("main a[href$='/undo/']").click()
    look(page, "same-4-undo")
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(re.compile(rf"/people/same/{kept.pk}/{gone.pk}/$"))
    page.locator("main form[action$='/apart/'] button").click()
    page.wait_for_url(re.compile(r"/people/same/$"))
    expect(row).to_have_count(0)
    look(page, "same-5-none")
    with as_system("test"):
        assert set(Person.objects.values_list("pk", flat=True)) >= before | {kept.pk, gone.pk}
        assert Merge.objects.get(gone=gone.pk).undone_at is not None
