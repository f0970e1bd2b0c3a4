"""People ask about their own data: by link on a phone, and without one through grid worker and paper.

All persons are invented.
"""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.people import Browsers
from tests.browser.test_imports import SHOTS, look, speak
from tests.browser.test_pages import faults, scrolls_sideways
from tests.people.registering import dwelling_of, registered
from wangge.people.actions import Member
from wangge.people.models import Person, RightsRequest
from wangge.people.words import Tenure


def written_down(browsers: Browsers, name: str, phone: str, at: int) -> Person:
    household = registered(browsers.cast, Member(f"{name}（虚构）", Tenure.OWNER, phone=phone), at=at)
    with browsers.cast.lin.acting():
        return Person.objects.get(home=household)


def at_the_door(browsers: Browsers, worker: Page, name: str, at: int) -> Person:
    """The grid worker writes down at the door, on the phone, who has no telephone and wants paper in large type."""
    url = browsers.live.url
    with browsers.cast.lin.acting():
        door = dwelling_of(browsers.cast.grid_id, at)
    worker.goto(f"{url}/homes/{door.pk}/household/")
    assert not scrolls_sideways(worker)
    worker.fill("input[name=m-0-name]", name)
    worker.locator("main form button.wg-primary").click()
    worker.wait_for_url(re.compile(rf"/homes/{door.pk}/$"))
    with browsers.cast.lin.acting():
        person = Person.objects.get(home__dwelling=door)
    worker.goto(f"{url}/people/{person.pk}/wishes/")
    assert not scrolls_sideways(worker)
    worker.select_option("select[name=channel]", "paper")
    worker.locator("input[name=large_type]").check()
    worker.locator("main form button.wg-primary").click()
    worker.wait_for_url(re.compile(rf"/homes/{door.pk}/$"))
    with browsers.cast.lin.acting():
        assert Person.objects.get(pk=person.pk).phone is None
    return person


def looks_at(browsers: Browsers, person: Person, purpose: str, field: str = "phone") -> None:
    """The secretary opens one field for a purpose."""
    desk = browsers.desk(browsers.cast.wang)
    desk.goto(f"{browsers.live.url}/people/{person.pk}/{field}/open/")
    desk.locator(f"input[name=purpose][value={purpose}]").check()
    desk.fill("input[name=task]", "case:7")
    desk.locator("main form button.wg-primary").click()
    expect(desk.locator(".wg-opened")).to_be_visible()


def handed_over(browsers: Browsers, person: Person) -> tuple[str, str]:
    """Letters and code of a link, as the secretary sees them this once."""
    desk = browsers.desk(browsers.cast.wang)
    desk.goto(f"{browsers.live.url}/people/{person.pk}/rights/")
    look(desk, "rights-1-person")
    desk.locator("input[name=seen]").check()
    desk.locator("form[action$='/rights/link/'] button").click()
    letters, code = (
        desk.locator(".wg-large-code").nth(1).inner_text(),
        desk.locator(".wg-large-code").first.inner_text(),
    )
    shot(desk, "rights-2-link")
    return letters.replace(" ", ""), code.replace(" ", "")


def shot(page: Page, name: str) -> None:
    """A picture of a page that answers a form and cannot be loaded again; nothing serious for axe."""
    assert faults(page) == [], name
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def photographed(page: Page, name: str) -> None:
    """A resident's page on the phone: as it is, in large type, in English; on the desk."""
    assert faults(page) == [], name
    assert not scrolls_sideways(page), name
    assert page.locator(".wg-primary:visible").count() <= 1, name
    if not SHOTS:
        return
    house = "/".join(page.url.split("/")[:3])
    for language, size, width in (("zh-hans", "normal", 390), ("zh-hans", "large", 390), ("en", "normal", 390),
                                  ("en", "normal", 1440)):  # fmt: skip
        speak(page, language)
        page.context.add_cookies([{"name": "wg_size", "value": size, "url": house}])
        page.set_viewport_size({"width": width, "height": 844})
        page.reload()
        assert not scrolls_sideways(page), (name, language, size)
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}-{language}-{size}.png"), full_page=True)
    speak(page, "zh-hans")
    page.context.add_cookies([{"name": "wg_size", "value": "normal", "url": house}])
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()


def opened_by_link(browsers: Browsers, letters: str, code: str) -> Page:
    """The person's own phone, after a wrong code and the right one."""
    phone = browsers.resident(390)
    phone.goto(f"{browsers.live.url}/mine/l/{letters}/")
    photographed(phone, "mine-1-door")
    phone.fill("input[name=code]", "000000" if code != "000000" else "111111")
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-errors]")).to_be_visible()
    phone.fill("input[name=code]", code)
    phone.locator("button.wg-primary").click()
    phone.wait_for_url(re.compile(r"/mine/home/$"))
    photographed(phone, "mine-2-home")
    return phone


def asked_by_link(phone: Page, url: str) -> None:
    """Ask for a correction."""
    phone.goto(f"{url}/mine/ask/?kind=correct")
    photographed(phone, "mine-5-ask")
    phone.locator("input[name=kind][value=correct]").check()
    phone.select_option("select[name=field]", "phone")
    phone.fill("input[name=value]", "139 0000 0002")
    phone.fill("textarea[name=words]", "换了号码")
    phone.locator("button.wg-primary").click()
    phone.wait_for_url(re.compile(r"/mine/requests/\d+/$"))
    photographed(phone, "mine-6-request")


def answered(browsers: Browsers, number: int) -> None:
    """The secretary finds the request in the list and grants it."""
    desk = browsers.desk(browsers.cast.wang)
    desk.goto(f"{browsers.live.url}/rights/")
    look(desk, "rights-3-list")
    desk.locator(f"a[href='/rights/{number}/']").click()
    look(desk, "rights-4-card")
    desk.locator(f"a[href='/rights/{number}/answer/']").click()
    look(desk, "rights-5-answer")
    desk.locator("input[name=outcome][value=granted]").check()
    desk.locator("input[name=blocks]").first.check()
    desk.locator("main form button.wg-primary").click()
    expect(desk.locator("main")).to_contain_text("照您说的改好了")


def test_by_link_somebody_sees_who_looked_asks_and_reads_the_answer(browsers: Browsers) -> None:
    person, url = written_down(browsers, "孙兰", "138 0000 0001", 5), browsers.live.url
    looks_at(browsers, person, "on_site")
    phone = opened_by_link(browsers, *handed_over(browsers, person))
    phone.locator("a[href='/mine/held/']").click()
    expect(phone.locator("#held")).to_contain_text("138 0000 0001")
    photographed(phone, "mine-3-held")
    phone.goto(f"{url}/mine/looked/")
    for part in ("社区书记", "约上门时间", "case:7"):
        expect(phone.locator("main")).to_contain_text(part)
    photographed(phone, "mine-4-looked")
    asked_by_link(phone, url)
    with browsers.cast.wang.acting():
        number = RightsRequest.objects.get(person=person).pk
    answered(browsers, number)
    phone.reload()
    expect(phone.locator("#answer")).to_contain_text("照您说的改好了")
    photographed(phone, "mine-7-answer")
    phone.locator(".wg-foot button.wg-primary").click()
    expect(phone.locator(".wg-foot button")).to_have_count(0)
    phone.goto(f"{url}/mine/held/")
    expect(phone.locator("#held")).to_contain_text("139 0000 0002")
    phone.goto(f"{url}/mine/home/")
    phone.locator("form[action='/mine/close/'] button").click()
    phone.goto(f"{url}/mine/held/")
    expect(phone).to_have_url(f"{url}/mine/")


def test_somebody_without_a_phone_is_served_through_the_grid_worker_family_and_paper(browsers: Browsers) -> None:
    worker = browsers.phone(browsers.cast.lin, browsers.cast.wang, browsers.cast.grid_id)
    person = at_the_door(browsers, worker, "周奶奶（虚构）", 6)
    looks_at(browsers, person, "danger", "name")
    looks_at(browsers, person, "visit", "name")
    worker.goto(f"{browsers.live.url}/people/{person.pk}/rights/new/")
    assert not scrolls_sideways(worker)
    worker.locator("input[name=kind][value=looked]").check()
    worker.locator("input[name=asker][value=worker]").check()
    worker.locator("input[name=seen]").check()
    worker.locator("main form button.wg-primary").click()
    worker.wait_for_url(re.compile(r"/rights/\d+/$"))
    number = int(worker.url.split("/")[-2])
    shot(worker, "paper-1-worker")
    desk = browsers.desk(browsers.cast.wang)
    desk.goto(f"{browsers.live.url}/people/{person.pk}/rights/new/")
    look(desk, "paper-2-new")
    desk.locator("input[name=kind][value=correct]").check()
    desk.locator("input[name=asker][value=family]").check()
    desk.select_option("select[name=field]", "phone")
    desk.fill("input[name=value]", "0512-0000 0000")
    desk.select_option("select[name=way]", "desk")
    desk.locator("input[name=seen]").check()
    desk.locator("main form button.wg-primary").click()
    expect(desk.locator("[data-errors]")).to_be_visible()  # how may she speak for her?
    desk.fill("input[name=authority]", "女儿，老人在电话里说好")
    desk.locator("main form button.wg-primary").click()
    desk.wait_for_url(re.compile(r"/rights/\d+/$"))
    desk.locator("a[href$='/answer/']").click()
    desk.locator("input[name=outcome][value=granted]").check()
    desk.locator("input[name=blocks]").first.check()
    desk.locator("main form button.wg-primary").click()
    desk.locator("form[action$='/told/'] button").click()
    expect(desk.locator("main")).to_contain_text("已告知")
    desk.goto(f"{browsers.live.url}/rights/{number}/")
    desk.locator("form[action$='/sheet/'] button").click()
    sheet = desk.locator("main.wg-large-sheet")
    for part in ("周奶奶", "0512", "社区书记", "走访、入户", "有人身或财产危险", "来自家属"):
        expect(sheet).to_contain_text(part)
    assert browsers.cast.wang.account.name not in sheet.inner_text()
    assert sheet.locator("section", has_text="case:7").count() == 2  # each look, once
    desk.emulate_media(media="print")
    size = desk.evaluate("parseFloat(getComputedStyle(document.querySelector('.wg-large-sheet p')).fontSize)")
    assert size >= 24  # 18 points
    if SHOTS:
        desk.pdf(path=str(Path(SHOTS) / "paper-3-sheet.pdf"), format="A4")
    shot(desk, "paper-3-sheet")
    desk.emulate_media(media="screen")
