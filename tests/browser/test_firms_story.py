"""A property firm on its card; its daily sheet by phone, put right by both sides. All firms and people are invented."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.people import Browsers, page_of
from tests.browser.test_imports import SHOTS, look
from tests.cast import Person
from tests.people.firming import PASSWORD, code, compound_of, door, managing, property_firm, staff
from tests.people.registering import NOW
from wangge.people.actions import end_managing
from wangge.people.queries.sheets import doors_of
from wangge.places.models import Building


def test_a_property_firm_is_written_down_with_all_that_belongs_to_it(browsers: Browsers) -> None:
    cast = browsers.cast
    with cast.wang.acting():
        compound = compound_of(cast, 1)
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
    mine = page.locator("#silent tr", has_text="安居物业")
    mine.locator("form[action$='/remind/'] button").click()
    expect(mine.locator("form")).to_have_count(0)
    page.goto(card)
    page.locator("form[action*='/compounds/'][action$='/end/'] button").click()
    expect(page.locator("form[action*='/compounds/'][action$='/end/']")).to_have_count(0)


def test_a_daily_sheet_goes_by_phone_to_the_community_and_comes_right(browsers: Browsers) -> None:
    cast = browsers.cast
    held = managing(cast, property_firm(cast, 60, "和顺物业（虚构）"))
    firm = staff(cast, held.firm, "wuye60")
    with firm.acting():
        doors = [door(cast, held, at) for at in range(3)]
    phone, desk = signed(browsers, firm, 390), browsers.desk(cast.wang)
    home = browsers.live.url
    phone.goto(f"{home}/sheets/")
    look(phone, "sheets-0-none")
    phone.goto(f"{home}/sheets/{held.pk}/")
    look(phone, "sheets-1-day")
    report(phone, doors)
    look(phone, "sheets-2-reported")
    desk.goto(f"{home}/sheets/lines/")
    look(desk, "sheets-3-inbox")
    expect(desk.locator("#lines tr")).to_have_count(3)
    take(desk, "household", name="周梅（虚构）", tenure="tenant")
    take(desk, "vacant")
    desk.locator("#lines a").first.click()
    look(desk, "sheets-4-line")
    send_back(desk)
    look(desk, "sheets-5-sent-back")
    phone.goto(f"{home}/sheets/")
    look(phone, "sheets-6-come-back")
    phone.goto(f"{home}/sheets/inbox/")
    look(phone, "sheets-7-firm-inbox")
    phone.locator("#lines a").first.click()
    look(phone, "sheets-8-answer")
    expect(phone.locator("main")).to_contain_text("敲门问过，是三口人")
    phone.fill("input[name=people]", "3")
    phone.locator("form[action$='/answer/'] textarea").fill("漏了一个孩子")
    phone.locator("main form button.wg-primary").click()
    phone.wait_for_url(re.compile(r"/sheets/inbox/$"))
    expect(phone.locator("#lines")).to_have_count(0)
    desk.goto(f"{home}/sheets/lines/")
    desk.locator("#lines a").first.click()
    expect(desk.locator("main")).to_contain_text("漏了一个孩子")
    desk.goto(f"{home}/sheets/lines/")
    take(desk, "lived_in")
    phone.goto(f"{home}/sheets/inbox/?state=taken")
    expect(phone.locator("#lines tr")).to_have_count(3)
    look(phone, "sheets-9-done")


def test_a_file_says_row_and_column_and_put_right_it_reaches_the_community(browsers: Browsers, tmp_path: Path) -> None:
    cast = browsers.cast
    held = managing(cast, property_firm(cast, 61, "清河物业（虚构）"), other=1)
    firm = staff(cast, held.firm, "wuye61")
    phone = signed(browsers, firm, 390)
    path = tmp_path / "日报.csv"
    path.write_text("事项,楼栋,房号,宗教信仰\n装修,99幢,101,无\n空置,,,无\n", encoding="gb18030")
    phone.goto(f"{browsers.live.url}/sheets/{held.pk}/file/")
    look(phone, "sheets-file-0")
    phone.set_input_files("input[name=file]", str(path))
    phone.locator("main form button.wg-primary").click()
    expect(phone.locator(".wg-errors table tbody tr")).to_have_count(4)
    expect(phone.locator("main")).to_contain_text("宗教信仰")
    if SHOTS:
        phone.screenshot(path=str(Path(SHOTS) / "sheets-file-1-390-zh-hans.png"), full_page=True)
    with firm.acting():
        known = doors_of(held.compound_id)[:2]
        named = [Building.objects.get(pk=one.building).name for one in known]
    lines = [
        f"{what},{building},{one.unit},{one.room}"
        for what, building, one in zip(("空置", "空置"), named, known, strict=True)
    ]
    path.write_text("\n".join(["事项,楼栋,单元,房号", *lines]), encoding="gb18030")
    phone.set_input_files("input[name=file]", str(path))
    phone.locator("main form button.wg-primary").click()
    expect(phone.locator(".wg-errors")).to_have_count(0)
    if SHOTS:
        phone.screenshot(path=str(Path(SHOTS) / "sheets-file-2-390-zh-hans.png"), full_page=True)
    desk = browsers.desk(cast.wang)
    desk.goto(f"{browsers.live.url}/sheets/lines/")
    expect(desk.locator("#lines tr")).to_have_count(2)
    take(desk, "vacant")
    desk.goto(f"{browsers.live.url}/sheets/lines/")
    take(desk, "vacant")  # the inbox is empty again for whoever comes next
    phone.goto(f"{browsers.live.url}/sheets/inbox/?state=taken")
    expect(phone.locator("#lines tr")).to_have_count(2)
    with cast.wang.acting() as wang:
        end_managing(held, by=wang, now=NOW)


def report(phone: Page, doors: list[dict[str, str]]) -> None:
    """Three doors, one after the other, on the phone."""
    for at, what in zip(doors, ("moved_in", "vacant", "moved_in"), strict=True):
        phone.locator(f"input[name=what][value={what}]").check()
        phone.select_option("select[name=building]", at["building"])
        phone.fill("input[name=unit]", at["unit"])
        phone.fill("input[name=room]", at["room"])
        phone.fill("input[name=people]", "" if what == "vacant" else "2")
        phone.locator("main form button.wg-primary").click()
        expect(phone.locator("main .wg-rows")).to_contain_text(at["room"])


def send_back(desk: Page) -> None:
    """The community has asked at the door: it is not so."""
    desk.locator("summary").last.click()
    desk.locator("input[name=reason][value=other_count]").check()
    desk.locator("form[action$='/back/'] textarea").fill("敲门问过，是三口人")
    desk.locator("form[action$='/back/'] button").click()
    desk.wait_for_url(re.compile(r"/sheets/lines/$"))


def take(desk: Page, outcome: str, **fields: str) -> None:
    """Take the longest waiting line over."""
    desk.locator("#lines a").first.click()
    desk.locator(f"input[name=outcome][value={outcome}]").check()
    for name, value in fields.items():
        if name == "tenure":
            desk.select_option("select[name=tenure]", value)
        else:
            desk.fill(f"form[action$='/take/'] input[name={name}]", value)
    desk.locator("main form button.wg-primary").click()
    desk.wait_for_url(re.compile(r"/sheets/lines/$"))


def signed(browsers: Browsers, person: Person, width: int) -> Page:
    """Somebody of the firm with their own password, who is asked for no second factor."""
    page = page_of(browsers.browser, width=width)
    page.goto(f"{browsers.live.url}/accounts/login/")
    with person.acting():
        page.fill("input[name=login]", person.account.username)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form button.wg-primary").click()
    expect(page).to_have_url(f"{browsers.live.url}/sheets/")
    return page
