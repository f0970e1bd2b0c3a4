"""Residents read why things are kept; who watches sees each look and asks about what stands out."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.people import Browsers
from tests.browser.test_imports import look
from tests.people.looking import Planted, plant
from tests.people.registering import registered
from wangge.core.periods import begin_of
from wangge.people.models import Person
from wangge.web.postgres.cluster import Cluster


def test_a_resident_reads_why_things_are_kept(browsers: Browsers) -> None:
    page = browsers.resident()
    page.goto(f"{browsers.live.url}/")
    page.locator("footer a[href='/purposes/']").click()
    expect(page.locator("main h1")).to_be_visible()
    look(page, "purposes-0")
    page.locator("main nav a[href='#register']").click()
    expect(page.locator("#register")).to_be_in_viewport()
    expect(page.locator("button[data-print]")).to_be_visible()


def test_a_look_is_seen_the_moment_it_was_made_and_what_stands_out_is_asked_about(
    browsers: Browsers, cluster: Cluster, db: str
) -> None:
    cast, url = browsers.cast, browsers.live.url
    night = begin_of(timezone.localdate(), timezone.get_default_timezone())
    lin = cast.lin.account_id
    plant(cluster, db, [Planted(night + timedelta(seconds=n), lin, area=cast.grid_id) for n in range(60)])
    registered(cast)
    with cast.wang.acting():
        person = Person.objects.order_by("-pk")[0]
    secretary = browsers.desk(cast.wang)
    secretary.goto(f"{url}/people/{person.pk}/phone/open/")
    secretary.locator("input[name=purpose][value=on_site]").check()
    secretary.fill("input[name=task]", "case:2026-000001")
    secretary.locator("main form button.wg-primary").click()
    expect(secretary.locator(".wg-opened")).to_be_visible()

    auditor = browsers.desk(cast.auditor)
    auditor.goto(f"{url}/privacy/looks/")
    expect(auditor.locator("#looks tr").first).to_contain_text("case:2026-000001")
    look(auditor, "privacy-1-looks")
    auditor.locator("select[name=role]").select_option("secretary")
    auditor.locator("main form button.wg-primary").click()
    expect(auditor.locator("#looks tr")).to_have_count(1)
    auditor.locator("a[href^='/privacy/looks/print/']").click()
    expect(auditor.locator("main tbody tr")).to_have_count(1)
    look(auditor, "privacy-2-print")

    guard = browsers.desk(cast.security_admin)
    guard.goto(f"{url}/privacy/")
    expect(guard.locator("[data-figure=unusual]")).to_have_text("1")
    look(guard, "privacy-3-dashboard")
    guard.locator("main a[href='/privacy/unusual/']").last.click()
    expect(guard.locator("#unusual tr")).to_have_count(1)
    look(guard, "privacy-4-unusual")
    guard.locator("#unusual a").first.click()
    guard.wait_for_url(re.compile("/privacy/unusual/[0-9]+/"))
    look(guard, "privacy-5-asked")
    guard.locator("input[name=outcome][value=explained]").check()
    guard.fill("textarea[name=text]", "台风夜值班，逐户打电话（虚构）")
    guard.locator("main form button.wg-primary").click()
    expect(guard.locator("#unusual a")).to_have_count(1)
    guard.goto(f"{url}/privacy/ages/")
    look(guard, "privacy-6-ages")


def test_canaries_are_made_by_who_watches_and_kept_no_longer(browsers: Browsers) -> None:
    cast, url = browsers.cast, browsers.live.url
    guard = browsers.desk(cast.security_admin)
    guard.goto(f"{url}/privacy/canaries/")
    expect(guard.locator("main h1")).to_be_visible()
    look(guard, "canaries-0-none")
    guard.locator("select[name=community]").select_option(index=1)
    guard.fill("input[name=phone]", "010-00000000")
    guard.locator("form.wg-card button.wg-primary").click()
    expect(guard.locator("#canaries tr")).to_have_count(3)
    look(guard, "canaries-1-some")
    guard.locator("#canaries tr").first.get_by_role("button").click()
    expect(guard.locator("#canaries tr").first.locator("form")).to_have_count(0)


def test_an_assessment_is_written_down_and_read_by_the_secretary(browsers: Browsers) -> None:
    cast, url = browsers.cast, browsers.live.url
    guard, secretary = browsers.desk(cast.security_admin), browsers.desk(cast.wang)
    guard.goto(f"{url}/privacy/assessments/new/?purpose=register")
    look(guard, "privacy-7-new")
    guard.fill("input[name=title]", "登记住户的影响评估（虚构）")
    guard.fill("textarea[name=risks]", "名单外传，住户被打扰。")
    guard.fill("textarea[name=measures]", "逐项打开、每次留痕、有额度。")
    guard.locator("input[name=conclusion][value=measures]").check()
    guard.fill("input[name=review_by]", str(timezone.localdate() + timedelta(days=365)))
    guard.locator("main form button.wg-primary").click()
    guard.wait_for_url(re.compile("/privacy/assessments/[0-9]+/$"))
    look(guard, "privacy-8-assessment")
    secretary.goto(f"{url}/privacy/assessments/")
    expect(secretary.locator("#assessments tr")).to_have_count(1)
    look(secretary, "privacy-9-assessments")
