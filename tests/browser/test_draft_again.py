"""Drafts that cannot go on as they are: refused, overtaken by new homes, their plan withdrawn. Each leads on."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.people import Browsers
from tests.browser.test_imports import look
from tests.places.changing import BASIS, midnight
from tests.places.drafting import drawn
from wangge.jobs.system import as_system
from wangge.places.actions import keep_dwellings, submitting, withdraw
from wangge.places.models import Building, Change, GridDraft

DAY = date(2026, 10, 1)


def opened(browsers: Browsers, draft: GridDraft) -> Page:
    page = browsers.desk(browsers.cast.town)
    page.goto(f"{browsers.live.url}/grids/drafts/{draft.pk}/")
    return page


def test_a_refused_draft_says_why_and_is_drawn_again_or_laid_aside(browsers: Browsers) -> None:
    draft = drawn(browsers.cast)
    with as_system("test"):
        GridDraft.objects.filter(pk=draft.pk).update(state="failed", trouble="no_homes")
    page = opened(browsers, draft)
    look(page, "draft-again-1-refused")
    expect(page.locator("form[action*=draw-again] button")).to_be_visible()
    expect(page.locator("form[action*=discard] button")).to_be_visible()


def test_a_draft_overtaken_by_new_homes_is_drawn_again(browsers: Browsers) -> None:
    cast = browsers.cast
    draft = drawn(cast)
    with as_system("test") as system:
        house = Building.objects.filter(grid_id=cast.grid_id).order_by("pk")[0].pk
        door: dict[str, list[object]] = {
            "area_id": [cast.grid_id], "building_id": [house], "unit": ["9"], "floor": [1], "room": ["901"],
        }  # fmt: skip
        keep_dwellings(door, by=system)
    page = opened(browsers, draft)
    look(page, "draft-again-2-overtaken")
    page.locator("form[action*=draw-again] button").click()
    page.locator("[data-bench][data-ready]").wait_for(timeout=60_000)
    expect(page.locator("form[action*=draw-again]")).to_have_count(0)


def test_a_draft_whose_plan_was_withdrawn_is_changed_again(browsers: Browsers) -> None:
    draft = drawn(browsers.cast)
    with browsers.cast.town.acting() as by:
        held = submitting.submit(draft, effective_on=DAY, basis=BASIS, by=by, now=midnight(DAY) - timedelta(days=7))
        withdraw(Change.objects.get(grid_draft=held), by=by, now=midnight(DAY) - timedelta(days=6))
    page = opened(browsers, draft)
    look(page, "draft-again-3-withdrawn")
    page.locator("form[action*=take-back] button").click()
    expect(page.locator("[data-bench-tool=move]")).to_be_visible()
