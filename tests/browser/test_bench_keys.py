"""The workbench by keys alone, on a real draft: each gesture once, and what the draft became."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clerk import until
from tests.browser.people import Browsers
from tests.browser.test_imports import speak
from tests.places.drafting import drawn
from wangge.jobs.system import as_system
from wangge.places.models import GridDraft

FOCUSED = "selector => document.activeElement.matches(selector)"
DRAFT = '[data-bench-map="draft"]'
ARROWS = ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp")


def held(pk: int) -> GridDraft:
    with as_system("test"):
        return GridDraft.objects.get(pk=pk)


def says(page: Page) -> str:
    return page.locator("[data-bench-says]").text_content() or ""


def walk(page: Page, far: int = 1) -> None:
    """Go to so many other places of the drawing, whichever way there is one."""
    for _step in range(far):
        before = says(page)
        for arrow in ARROWS:
            page.keyboard.press(arrow)
            if says(page) != before:
                break


def press(page: Page, *codes: str) -> None:
    for code in codes:
        page.keyboard.press(code)


def taken(page: Page, tool: str, *, twice: bool = False) -> None:
    """Take a tool by its letter, go to a grid, and to a second one where it needs two."""
    press(page, tool)
    for _place in range(2 if twice else 1):
        walk(page)
        press(page, "Enter")


def done(page: Page, pk: int, steps: int) -> GridDraft:
    """The draft after so many steps that hold, once the page shows it."""
    until(lambda: held(pk).at == steps, f"step {steps} is kept")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    return held(pk)


def tabbed(page: Page, selector: str) -> None:
    for _step in range(80):
        if page.evaluate(FOCUSED, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {selector}")


def test_every_gesture_by_keys_alone(browsers: Browsers) -> None:
    draft = drawn(browsers.cast)
    pk, began = draft.pk, draft.general
    page = browsers.desk(browsers.cast.town)
    page.goto(f"{browsers.live.url}/grids/drafts/{pk}/")
    page.locator("[data-bench][data-ready]").wait_for()

    page.keyboard.press("KeyM")
    assert page.evaluate(FOCUSED, DRAFT), "a tool taken by its letter leads into the drawing"
    walk(page)
    page.keyboard.press("Enter")
    press(page, "KeyT")
    assert page.evaluate(FOCUSED, "#bench-to")
    press(page, "End", "Tab", "Enter")
    moved = done(page, pk, 1)
    changed = {moved.general[at] for at, key in enumerate(began) if moved.general[at] != key}
    assert changed == {max(began)}
    assert page.evaluate(FOCUSED, "[name=verb][value=move]"), "after an edit the focus is where it was"

    taken(page, "KeyM")
    walk(page, 3)
    press(page, "Enter", "KeyW", "KeyX")
    cut = done(page, pk, 2)
    assert len({*cut.general}) == len({*moved.general}) + 1

    taken(page, "KeyU", twice=True)
    merged = done(page, pk, 3)
    assert len({*merged.general}) == len({*cut.general}) - 1

    taken(page, "KeyP")
    split = done(page, pk, 4)
    assert len({*split.general}) == len({*merged.general}) + 1

    taken(page, "KeyL")
    locked = done(page, pk, 5)
    assert len(locked.locked) == 1

    page.keyboard.press("KeyZ")
    assert done(page, pk, 4).locked == []
    page.keyboard.press("KeyY")
    assert done(page, pk, 5).locked == locked.locked
    undone_to_the_first(page, pk)
    assert held(pk).general == began


def undone_to_the_first(page: Page, pk: int) -> None:
    """Undo by its button: the focus stays on it when nothing is left, and the next Tab goes on from there."""
    tabbed(page, "[data-bench-undo]")
    for left in (4, 3, 2, 1, 0):
        page.keyboard.press("Enter")
        assert done(page, pk, left).at == left
        assert page.evaluate(FOCUSED, "[data-bench-undo]"), "nobody is thrown to the top of the page"
    expect(page.locator("[data-bench-undo]")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED, "[data-bench-redo]")


@pytest.mark.parametrize(("language", "words"), [("en", "take the grid"), ("zh-hans", "选定网格")])
def test_help_names_the_keys_of_the_drawing(browsers: Browsers, language: str, words: str) -> None:
    draft = drawn(browsers.cast)
    page = browsers.desk(browsers.cast.town)
    page.goto(f"{browsers.live.url}/grids/drafts/{draft.pk}/")
    speak(page, language)
    page.reload()
    page.locator("[data-bench][data-ready]").wait_for()
    page.keyboard.press("Shift+Slash")
    help_ = page.locator("dialog[open] [data-keys-list]")
    expect(help_).to_contain_text(words)
    signs = {(key.text_content() or "").strip() for key in help_.locator("kbd").all()}
    assert signs >= {"M", "W", "U", "P", "L", "R", "T", "+", "-", "0", "Enter"}
    assert signs & {"Space", "空格"}
