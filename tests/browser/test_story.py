"""A report finds its way home: the whole story in a real browser, at 390 and 1440 px."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import Browsers, act, picture
from tests.cast import Cast, case
from tests.live import Live
from wangge.cases.models import Step
from wangge.ledger import seals
from wangge.ledger.models import Entry
from wangge.teams.models import Organisation

STORY = [
    ("report", "verifying"), ("verify", "reported"), ("accept", "accepted"), ("dispatch", "dispatched"),
    ("return_case", "returned"), ("dispatch", "dispatched"), ("start", "in_progress"), ("handle", "handled"),
    ("pass_check", "revisiting"), ("rate_unsolved", "reopened"), ("dispatch", "dispatched"), ("handle", "handled"),
    ("pass_check", "revisiting"), ("rate_solved", "closed"),
]  # fmt: skip


def scan_and_report(page: Page, live: Live, cast: Cast) -> tuple[str, str]:
    """Scan the code of a building, report with a photo, keep number and link."""
    page.goto(f"{live.url}/r/{cast.building_token}/")
    page.fill("textarea[name=text]", "楼道里一直漏水，地上滑")
    page.locator("input[name=photos]").set_input_files(
        {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    page.get_by_role("button", name="提交").click()
    expect(page).to_have_url(re.compile(r"/t/[\w-]+/received/"))
    shown = page.locator(".wg-receipt .wg-number").first.inner_text()
    tracking = re.search(r"/t/([\w-]+)/", page.url)
    assert tracking is not None
    digits = re.sub(r"\D", "", shown)
    return f"{digits[:6]}-{digits[6:]}", tracking[1]


def answer(page: Page, live: Live, tracking: str, which: str, words: str = "") -> None:
    page.goto(f"{live.url}/t/{tracking}/")
    page.locator(f"a[href*='/rate/{which}/']").click()
    if words:
        page.locator("textarea").first.fill(words)
    page.locator("button[type=submit].wg-primary, button.wg-primary").first.click()
    expect(page).to_have_url(re.compile(rf"/t/{tracking}/$"))


def test_a_report_finds_its_way_home(browsers: Browsers, live: Live, cast: Cast) -> None:
    resident = browsers.resident()
    acceptor, dispatcher = browsers.desk(cast.acceptor), browsers.desk(cast.dispatcher)
    checker, water = browsers.desk(cast.checker), browsers.desk(cast.zhao)
    power, lin = browsers.desk(cast.other_unit), browsers.phone(cast.lin, cast.wang, cast.grid_id)

    power_id, water_id = (str(Organisation.objects.get(code=code).pk) for code in ("power", "water"))
    acceptor.goto(f"{live.url}/desk/intake/")
    acceptor.evaluate("window.wgSameWindow = true")
    number, tracking = scan_and_report(resident, live, cast)
    expect(acceptor.get_by_text(number).first).to_be_visible()
    assert acceptor.evaluate("window.wgSameWindow") is True  # it came without a reload

    lin.goto(f"{live.url}/my/")
    lin.locator(".wg-next a.wg-primary").click()
    expect(lin).to_have_url(re.compile(rf"/case/{number}/do/verify/"))
    act(lin, live, number, "verify", outcome="exists", note="看过了，水从楼上下来")
    act(acceptor, live, number, "accept", category="water.burst_pipe")
    act(dispatcher, live, number, "dispatch", organisation=power_id)
    act(power, live, number, "return_case", reason="returned.wrong_unit", note="这是水管，不归供电")
    act(dispatcher, live, number, "dispatch", organisation=water_id)
    act(water, live, number, "start")
    act(water, live, number, "handle", note="换了一段管子")
    act(checker, live, number, "pass_check", note="不漏了")
    answer(resident, live, tracking, "unsolved", "今天早上又漏了")
    act(dispatcher, live, number, "dispatch", organisation=water_id)
    act(water, live, number, "handle", note="整根换掉，试了半天水")
    act(checker, live, number, "pass_check", note="去看过两次，干的")
    answer(resident, live, tracking, "solved")

    with cast.checker.acting():
        found = case(number)
        moves = list(Step.objects.filter(case=found).order_by("id").values_list("verb", "target"))
    with cast.auditor.acting():
        entries = list(Entry.objects.filter(subject=f"case:{number}").order_by("id"))
    assert (moves, found.state, found.rating) == (STORY, "closed", "solved")
    written = [(e.verb.removeprefix("case."), e.facts["target"]) for e in entries]
    assert written == STORY
    doers = [cast.sun, cast.lin, cast.acceptor, cast.dispatcher, cast.other_unit, cast.dispatcher, cast.zhao, cast.zhao,
              cast.checker, cast.sun, cast.dispatcher, cast.zhao, cast.checker, cast.sun]  # fmt: skip
    assert [e.actor_id for e in entries] == [person.account_id for person in doers]
    assert {e.area_id for e in entries} == {cast.grid_id}
    assert {e.purpose for e in entries} == {"report", "duty"}
    with cast.auditor.acting():
        seals.seal()
        assert seals.verify().whole
