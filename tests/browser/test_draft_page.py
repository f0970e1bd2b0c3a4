"""The page of a draft in a real browser, with a made-up community behind it: by hand, by key, by form, on paper."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_pages import AXE, faults, scrolls_sideways
from tests.places.benches import context, moved
from wangge.web import assets
from wangge.web.middleware import CSP

HOME = "http://draft.test"
STATIC = assets.MANIFEST.parents[1]
DRAFT = '[data-bench-map="draft"]'
pytestmark = pytest.mark.skipif(not assets.MANIFEST.exists(), reason="the front end is not built")


@dataclass
class House:
    """Answers what the page asks: itself, its files, and edits, which it writes down."""

    language: str
    status: int = 200
    edits: list[dict[str, str]] = field(default_factory=list)

    @property
    def html(self) -> str:
        with translation.override("en" if self.language == "en" else "zh-hans"):
            return render_to_string("places/draft.html", {**context(self.language), "csrf_token": "t"})

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOME).split("?")[0]
        if path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"))
        elif route.request.method == "POST":
            self.edit(route)
        else:
            head = {"Content-Security-Policy": CSP, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=self.html, headers=head)

    def edit(self, route: Route) -> None:
        sent = {name: ",".join(values) for name, values in parse_qs(route.request.post_data or "").items()}
        self.edits.append(sent)
        if "json" not in route.request.headers.get("accept", ""):
            return route.fulfill(body="<h1>kept</h1>", content_type="text/html")
        bench = context(self.language)["bench"]
        pieces = [int(one) for one in sent.get("pieces", "").split(",") if one]
        draft = moved(bench, pieces, int(sent.get("to", "1")), self.language)
        body = {"draft": draft, "version": 8, "undo": "1", "redo": "", "sheet_html": "<p>new sheet</p>",
                "changes_html": "<p>new changes</p>", "says": "Done as asked."}  # fmt: skip
        return route.fulfill(status=self.status, body=json.dumps(body), content_type="application/json")


Opened = Callable[..., tuple[Page, House]]


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opened]:
    """A page of the draft, and the house behind it; what the page complains of fails the test."""
    complaints: list[str] = []

    def open_it(language: str = "en", width: int = 1440, *, script: bool = True) -> tuple[Page, House]:
        page = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script).new_page()
        house = House(language)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", house.answer)
        page.goto(HOME + "/")
        if script:
            page.locator("[data-bench][data-ready]").wait_for()
        return page, house

    yield open_it
    assert [said for said in complaints if "409" not in said] == []


def house(name: str) -> str:
    """The drawn house of a name, as a selector."""
    found = next(each["id"] for each in context()["bench"]["houses"] if each["name"] == name)
    return f'{DRAFT} [data-house="{found}"]'


def ground(page: Page, key: int) -> tuple[float, float]:
    """A point of the screen in a grid where no house stands: its upper left corner."""
    box = page.locator(f'{DRAFT} [data-grid="{key}"]').bounding_box()
    assert box is not None
    return box["x"] + 6, box["y"] + 6


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def told(page: Page) -> None:
    expect(page.locator("[data-bench-says]")).to_have_text("Done as asked.")


def test_two_houses_are_moved_by_three_clicks_and_the_card_says_what_becomes_of_it(opened: Opened) -> None:
    page, behind = opened()
    page.mouse.click(*middle(page, house("映荷里 7 幢")))
    page.keyboard.down("Shift")
    page.mouse.click(*middle(page, house("映荷里 8 幢")))
    page.keyboard.up("Shift")
    x, y = ground(page, 6)
    page.mouse.move(x, y)
    expect(page.locator("[data-bench-card]")).to_contain_text("04: 348 → 261")
    expect(page.locator("[data-bench-card]")).to_contain_text("under 300")
    page.mouse.click(x, y)
    told(page)
    assert behind.edits[0] == {
        "csrfmiddlewaretoken": "t",
        "version": "7",
        "verb": "move",
        "pieces": "64,65,66,67",
        "to": "6",
    }
    expect(page.locator('[data-bench-part="sheet"]')).to_have_text("new sheet")
    expect(page.locator(f"{DRAFT} .wg-bench-label-out")).to_have_count(1)
    expect(page.locator("[data-bench-undo]")).to_be_enabled()


def test_a_house_is_dragged_to_its_new_grid(opened: Opened) -> None:
    page, behind = opened()
    page.mouse.move(*middle(page, house("望江苑 8 幢")))
    page.mouse.down()
    page.mouse.move(*ground(page, 5), steps=5)
    expect(page.locator("[data-bench-card]")).to_be_visible()
    page.mouse.up()
    told(page)
    assert (behind.edits[0]["verb"], behind.edits[0]["to"]) == ("move", "5")


def test_a_frame_takes_what_it_holds_and_a_double_click_the_compound(opened: Opened) -> None:
    page, _ = opened()
    left, top = ground(page, 1)
    page.keyboard.down("Shift")
    page.mouse.move(left - 4, top - 4)
    page.mouse.down()
    x, y = middle(page, house("柳园新村 4 幢"))
    page.mouse.move(x + 2, y + 2, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(page.locator("[data-bench-chosen]")).to_contain_text("4 houses")
    page.keyboard.press("Escape")
    page.mouse.dblclick(*middle(page, house("水文站宿舍 3 幢")))
    expect(page.locator("[data-bench-chosen]")).to_contain_text("10 houses")


def test_tools_are_taken_by_key_and_ask_for_what_they_are_called(opened: Opened) -> None:
    page, behind = opened()
    for key, clicks, verb in (("u", (1, 2), "merge"), ("p", (3,), "split"), ("l", (1,), "unlock"), ("l", (2,), "lock")):
        page.keyboard.press(f"Key{key.upper()}")
        for each in clicks:
            page.mouse.click(*ground(page, each))
        told(page)
        assert behind.edits[-1]["verb"] == verb
        page.evaluate("document.querySelector('[data-bench-says]').textContent = ''")
    assert behind.edits[0]["grids"] == "1,2"
    page.keyboard.press("KeyW")
    (x, y), (right, _) = ground(page, 4), ground(page, 4)
    page.mouse.click(x + 100, y)
    page.mouse.click(right + 100, y + 150)
    told(page)
    assert re.fullmatch(r"[\d.-]+,[\d.-]+ [\d.-]+,[\d.-]+", behind.edits[-1]["line"])
    for key, verb in (("KeyZ", "undo"), ("KeyR", "solve")):
        page.keyboard.press(key)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        told(page)
        assert behind.edits[-1]["verb"] == verb


def test_a_house_is_moved_by_keyboard_alone(opened: Opened) -> None:
    page, behind = opened()
    page.locator("[data-bench-tool=lock]").focus()
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches('{DRAFT}')"):
            break
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-bench-says]")).to_contain_text("柳园新村 1 幢")
    page.keyboard.press("Enter")
    page.locator("#bench-to").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    told(page)
    assert (behind.edits[0]["pieces"], behind.edits[0]["to"]) == ("0,1", "2")


def test_keys_do_nothing_while_somebody_types(opened: Opened) -> None:
    page, behind = opened()
    page.locator("input[name=basis]").fill("")
    page.locator("input[name=basis]").press_sequentially("zyr")
    assert behind.edits == []


def test_both_drawings_zoom_together_and_lie_over_each_other(opened: Opened) -> None:
    page, _ = opened()
    page.locator('[data-bench-zoom-by="0.7"]').click()
    boxes = [page.locator(f'[data-bench-map="{name}"]').get_attribute("viewBox") for name in ("present", "draft")]
    assert boxes[0] == boxes[1] != "0 0 760 470"
    page.locator("button[data-bench-mode=over]").click()
    expect(page.locator('[data-bench-pane="present"]')).to_be_hidden()
    expect(page.locator(".wg-bench-over path")).to_have_count(4)
    page.locator("button[data-bench-mode=swipe]").click()
    page.locator("#bench-curtain").fill("25")
    assert "75%" in page.locator('[data-bench-pane="draft"]').evaluate("pane => getComputedStyle(pane).clipPath")


def fingers(page: Page, *spans: float) -> None:
    """Two fingers in the middle of the draft, so many pixels apart one after another, and off again."""
    x, y = middle(page, DRAFT)
    hand = page.context.new_cdp_session(page)
    hand.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})

    def touch(kind: str, *at: float) -> None:
        points = [{"x": each, "y": y, "id": finger} for finger, each in enumerate(at)]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x - spans[0] / 2)
    touch("touchStart", x - spans[0] / 2, x + spans[0] / 2)
    for span in spans[1:]:
        touch("touchMove", x - span / 2, x + span / 2)
    touch("touchEnd")


def seen(page: Page, name: str = "draft") -> list[float]:
    """What part of the drawing is in sight: west, north, width, height."""
    return [float(one) for one in (page.locator(f'[data-bench-map="{name}"]').get_attribute("viewBox") or "").split()]


def test_two_fingers_zoom_both_drawings_and_choose_nothing(opened: Opened) -> None:
    page, behind = opened()
    fingers(page, 80, 110, 160)
    assert seen(page) == seen(page, "present") == pytest.approx([190, 117.5, 380, 235], abs=3)
    assert page.evaluate("visualViewport.scale") == 1
    expect(page.locator(f"{DRAFT} .wg-bench-chosen")).to_have_count(0)
    fingers(page, 160, 90, 40)
    assert seen(page) == [0, 0, 760, 470]
    assert behind.edits == []


def test_wheel_buttons_and_keys_zoom_alike(opened: Opened) -> None:
    page, _ = opened()
    page.keyboard.press("Equal")
    assert seen(page)[2] == pytest.approx(760 * 0.7, abs=1)
    page.keyboard.press("Minus")
    assert seen(page) == [0, 0, 760, 470]
    page.mouse.move(*middle(page, DRAFT))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    page.wait_for_function("document.querySelector('[data-bench][data-zoomed]')")
    page.keyboard.press("Digit0")
    assert seen(page) == [0, 0, 760, 470]


LABELS = f"""() => [...document.querySelectorAll('{DRAFT} .wg-bench-label:not(.wg-bench-hidden) rect')]
  .map((each) => each.getBoundingClientRect()).map(({{ left, right, top, bottom }}) => [left, right, top, bottom])"""


def lie_over_each_other(page: Page) -> bool:
    boxes = page.evaluate(LABELS)
    return any(
        a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3] for at, a in enumerate(boxes) for b in boxes[:at]
    )


def test_no_label_lies_over_another_and_the_grid_pointed_at_shows_its_own(opened: Opened) -> None:
    page, _ = opened()
    page.locator("[data-bench]").evaluate("root => { root.style.width = '330px'; }")
    hidden = page.locator(f"{DRAFT} .wg-bench-label.wg-bench-hidden")
    expect(hidden).not_to_have_count(0)
    assert not lie_over_each_other(page)
    many = hidden.count()
    for _closer in range(4):
        page.locator('[data-bench-zoom-by="0.7"]').click()
        assert not lie_over_each_other(page)
    assert hidden.count() < many
    page.locator('[data-bench-zoom-by="0"]').click()
    name = hidden.first.locator(".wg-bench-name").text_content() or ""
    key = next(
        each["key"] for each in context("en")["bench"]["draft"]["grids"] if name in (each["short"], each["name"])
    )
    page.mouse.move(*ground(page, key))
    expect(page.locator(f"{DRAFT} .wg-bench-label:not(.wg-bench-hidden)", has_text=name)).to_have_count(1)
    assert not lie_over_each_other(page)


def test_who_comes_too_late_is_told_and_may_load_again(opened: Opened) -> None:
    page, behind = opened()
    behind.status = 409
    page.keyboard.press("KeyZ")
    expect(page.locator("[data-bench-trouble-text]")).to_have_text("Done as asked.")
    page.locator("[data-bench-reload]").click()
    page.locator("[data-bench][data-ready]").wait_for()
    expect(page.locator("[data-bench-trouble]")).to_be_hidden()


def test_without_scripts_the_form_does_it(opened: Opened) -> None:
    page, behind = opened(script=False)
    page.locator("#house-17").check()
    page.locator("#house-18").check()
    page.locator("#bench-to").select_option("2")
    page.locator("button[value=move]").click()
    expect(page.locator("h1")).to_have_text("kept")
    sent = behind.edits[0]
    assert (sent["verb"], sent["pieces"], sent["to"], sent["version"]) == ("move", "0,1,2,3", "2", "7")


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: `make setup`")
def test_the_page_can_be_used_by_everybody(opened: Opened) -> None:
    wrong: list[str] = []
    for language in ("zh", "en"):
        page, _ = opened(language)
        for width in (320, 390, 768, 1280, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            if scrolls_sideways(page):
                wrong.append(f"{language}: scrolls sideways at {width} px")
        page.locator("[data-bench-lists]").evaluate("lists => lists.open = true")
        wrong += [f"{language}: {fault}" for fault in faults(page)]
        for mode in ("over", "swipe"):
            page.locator(f"button[data-bench-mode={mode}]").click()
            wrong += [f"{language} {mode}: {fault}" for fault in faults(page)]
        assert page.locator(".wg-primary:visible").count() == 1
        assert page.locator("h1").count() == 1
    assert wrong == []


def test_on_paper_both_drawings_and_the_figures_stand_without_tools(opened: Opened, tmp_path: Path) -> None:
    page, _ = opened("zh")
    page.locator("button[data-bench-mode=over]").click()
    page.emulate_media(media="print")
    for name in ("present", "draft"):
        expect(page.locator(f'[data-bench-pane="{name}"]')).to_be_visible()
    expect(page.locator(".wg-bench-tools")).to_be_hidden()
    made = page.pdf(path=tmp_path / "draft.pdf", format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", made)) <= 2
