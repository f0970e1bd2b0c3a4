"""Every page people meet: nothing serious for axe, no sideways scroll, one primary button, Tab reaches it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.people import Browsers, page_of
from tests.cast import Cast
from tests.live import Live
from wangge.places.models import Grid

AXE = Path("node_modules/axe-core/axe.min.js")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SERIOUS = {"serious", "critical"}
LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Address:
    """A page: its name, where it lies, who looks at it, on which widths it must fit."""

    name: str
    path: str
    who: str
    widths: tuple[int, ...]


RESIDENT, DESK = (320, 390, 768), (1280, 1440)
ADDRESSES = (
    Address("home", "/", "", RESIDENT),
    Address("find", "/r/?q=小区", "", RESIDENT),
    Address("report", "/r/{building}/", "", RESIDENT),
    Address("progress by number", "/t/", "", RESIDENT),
    Address("grid card", "/g/{grid}/", "", RESIDENT),
    Address("nothing here", "/r/nothing-here/", "", RESIDENT),
    Address("sign in", "/accounts/login/", "", RESIDENT),
    Address("intake", "/desk/intake/", "acceptor", DESK),
    Address("all cases", "/desk/all/", "acceptor", DESK),
    Address("register", "/register/", "acceptor", DESK),
    Address("map", "/map/", "acceptor", DESK),
    Address("search", "/search/?q=网格", "acceptor", DESK),
    Address("search for nothing", "/search/", "acceptor", DESK),
    Address("me", "/me/", "acceptor", DESK),
    Address("team", "/team/", "wang", DESK),
    Address("book", "/book/", "auditor", DESK),
    Address("areas", "/areas/", "wang", (390, *DESK)),
    Address("changes of areas", "/areas/changes/", "wang", (390, *DESK)),
    Address("my day", "/my/", "wang", (320, 390)),
)


def faults(page: Page) -> list[str]:
    """What axe-core finds serious on the page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found["violations"]
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))


@pytest.fixture
def tokens(cast: Cast) -> dict[str, str]:
    with cast.acceptor.acting():
        grid = Grid.objects.get(area_id=cast.grid_id).token
    return {"building": cast.building_token, "grid": grid}


@pytest.fixture
def viewers(browsers: Browsers) -> dict[str, Page]:
    cast = browsers.cast
    desks = {"acceptor": cast.acceptor, "wang": cast.wang, "auditor": cast.auditor}
    return {"": browsers.resident(), **{name: browsers.desk(person) for name, person in desks.items()}}


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: `make setup`")
def test_pages_can_be_used_by_everybody(live: Live, tokens: dict[str, str], viewers: dict[str, Page]) -> None:
    wrong: list[str] = []
    looked = 0
    for language in LANGUAGES:
        for viewer in viewers.values():
            viewer.context.add_cookies([{"name": "wg_language", "value": language, "url": live.url}])
        for address in ADDRESSES:
            page = viewers[address.who]
            page.goto(live.url + address.path.format(**tokens))
            for width in address.widths:
                page.set_viewport_size({"width": width, "height": 900})
                looked += 1
                if scrolls_sideways(page):
                    wrong.append(f"{address.name} {language}: scrolls sideways at {width} px")
            wrong += [f"{address.name} {language}: {fault}" for fault in faults(page)]
            if page.locator(".wg-primary:visible").count() > 1:
                wrong.append(f"{address.name} {language}: more than one primary button")
            if page.locator("h1").count() != 1:
                wrong.append(f"{address.name} {language}: {page.locator('h1').count()} main headings")
    assert (wrong, looked) == ([], len(LANGUAGES) * sum(len(address.widths) for address in ADDRESSES))


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: `make setup`")
def test_the_look_finds_a_planted_fault(live: Live, browsers: Browsers) -> None:
    page = browsers.resident()
    page.goto(live.url)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')")
    assert [fault.split(":")[0] for fault in faults(page)] == ["button-name"]


def test_a_report_can_be_sent_by_keyboard_alone(live: Live, tokens: dict[str, str], browsers: Browsers) -> None:
    page = browsers.resident()
    page.goto(f"{live.url}/r/{tokens['building']}/")
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "text":
            break
    page.keyboard.type("keyboard only")
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button.wg-primary')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/received/")
    assert page.locator(".wg-receipt").count() == 1


def test_a_report_works_without_javascript(chromium: Browser, live: Live, tokens: dict[str, str]) -> None:
    page = page_of(chromium, width=390, script=False)
    page.goto(f"{live.url}/r/{tokens['building']}/")
    page.fill("textarea[name=text]", "没有脚本也能报")
    page.locator("button.wg-primary").click()
    page.wait_for_url("**/received/")
    page.locator("a.wg-primary").click()
    assert page.locator("h1").count() == 1
