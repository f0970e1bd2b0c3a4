"""A town says what its grids need and sees who is missing; a market gets a grid of its own with its manager."""

import re
from datetime import timedelta

from django.utils.timezone import localdate, now
from playwright.sync_api import Page, expect

from tests.browser.people import Browsers
from tests.browser.test_imports import look
from tests.cast import Cast
from tests.places.changing import BASIS, midnight
from tests.places.classing import WHY
from tests.places.dedicating import FIRM, hall
from tests.places.drafting import community_of, drawn, second
from wangge.cases.actions.handover import catch_up
from wangge.jobs.system import as_system
from wangge.places.models import Area, Building, Dedicated, Grid, GridClass


def classed(page: Page, browsers: Browsers, cast: Cast) -> None:
    """The near grid becomes a key grid, by a reason about the place."""
    community = community_of(cast)
    page.goto(f"{browsers.live.url}/grids/{community.pk}/")
    look(page, "premises-1-community")
    page.locator(f"a[href='/grids/classes/{cast.grid_id}/']").click()
    expect(page.locator("input[name=care]:checked")).to_have_count(0)
    page.fill("textarea[name=reason]", WHY)
    page.locator("main form button.wg-primary").click()
    expect(page.locator("[data-errors]")).to_be_visible()
    page.locator("label.wg-choice", has=page.locator("input[value=key]")).click()
    page.fill("textarea[name=reason]", WHY)
    page.locator("main form button.wg-primary").click()
    expect(page.locator("main .wg-rows")).to_contain_text(WHY)
    look(page, "premises-2-class")
    with as_system("test"):
        assert list(GridClass.objects.values_list("grid_id", "care")) == [(cast.grid_id, "key")]
    page.goto(f"{browsers.live.url}/grids/classes/?short=1")
    expect(page.locator("#classed tr")).to_have_count(1)
    look(page, "premises-3-short")
    page.goto(f"{browsers.live.url}/grids/classes/")
    look(page, "premises-3-list")


def sent(page: Page, browsers: Browsers, house: Building) -> None:
    """The market hall is chosen, looked at, and sent for approval; it takes effect tomorrow."""
    page.goto(f"{browsers.live.url}/grids/{community_of(browsers.cast).pk}/")
    page.locator("a[href$='/dedicated/new/']").click()
    look(page, "premises-4-choose")
    page.fill("input[name=name]", "钟楼市场专属网格")
    page.locator("select[name=sort]").select_option("market")
    page.locator(f"input[name=buildings][value='{house.pk}']").check()
    page.fill("input[name=manager]", FIRM.name)
    page.fill("input[name=phone]", FIRM.phone)
    page.fill("input[name=effective_on]", (localdate(now()) + timedelta(days=1)).isoformat())
    page.fill("input[name=basis]", BASIS)
    page.locator("button[name=look]").click()
    expect(page.locator("svg .wg-premises-begun")).to_have_count(1)
    look(page, "premises-4-looked")
    page.locator("button[name=keep]").click()
    page.wait_for_url(re.compile(r"/areas/changes/\d+/$"))


def test_a_town_says_what_its_grids_need(browsers: Browsers) -> None:
    cast, live = browsers.cast, browsers.live
    house, _other = hall(cast), hall(cast, "市场二号厅")
    page = browsers.desk(cast.town)
    classed(page, browsers, cast)
    sent(page, browsers, house)
    other = browsers.desk(second(cast))
    other.goto(page.url)
    look(other, "premises-5-approve")
    other.locator("form[action*=approve_change] button").click()
    expect(other.locator("form[action*=approve_change]")).to_have_count(0)
    tomorrow = localdate(now()) + timedelta(days=1)
    assert catch_up(midnight(tomorrow)) == 1
    with as_system("test"):
        grid = Dedicated.objects.get().grid_id
        assert Building.objects.get(pk=house.pk).grid_id == grid
        token = Grid.objects.get(pk=grid).token
    page.goto(f"{live.url}/grids/dedicated/{grid}/")
    expect(page.locator("main")).to_contain_text(FIRM.name)
    look(page, "premises-6-dedicated")
    page.goto(f"{live.url}/grids/{community_of(cast).pk}/")
    expect(page.locator("main")).to_contain_text("钟楼市场专属网格")
    look(page, "premises-7-in-force")
    page.goto(f"{live.url}/g/{token}/")
    expect(page.locator("main")).to_contain_text(FIRM.name)
    draft = drawn(cast)
    page.goto(f"{live.url}/grids/drafts/{draft.pk}/")
    dotted = page.locator("[data-bench-map=draft] .wg-bench-fixed path")
    expect(dotted).to_have_count(1)
    expect(dotted).to_have_css("pointer-events", "none")
    look(page, "premises-8-bench")
    with as_system("test"):
        assert Area.objects.get(pk=grid).outline
