"""A compound of 1,900 homes is occupied: its town draws grids anew, corrects by hand, two agree, next day they hold."""

import re
import time
from datetime import date, timedelta

from django.utils.timezone import localdate, now
from playwright.sync_api import Locator, Page, expect

from tests.browser.clerk import until
from tests.browser.people import Browsers
from tests.browser.test_imports import look, shoot
from tests.cases.made import reported
from tests.cast import Cast
from tests.places.changing import BASIS, midnight
from tests.places.drafting import community_of, second
from wangge.cases.actions.handover import catch_up
from wangge.cases.models import Case
from wangge.core.periods import Period
from wangge.insight.queries.past import past
from wangge.insight.words import Plan
from wangge.jobs.system import as_system
from wangge.places.actions import keep, keep_dwellings
from wangge.places.models import Building, Compound, Grid, GridDraft, MicroGrid

HOUSES, STAIRS, FLOORS = 38, 2, 25  # one home a floor and stairwell: 1,900
STEP = 0.0006


def occupied(cast: Cast) -> int:
    """The new compound stands in the near grid until somebody divides it."""
    area = community_of(cast)
    with as_system("test") as system:
        near = Building.objects.filter(grid_id=cast.grid_id).order_by("lon")[0]
        west, south = near.lon - 9 * STEP, near.lat
        made = Compound(
            community=area,
            name="映荷里（虚构）",
            sort_key="yingheli",
            kind="towers",
            token="yingheli01",
            lon=west,
            lat=south,
        )
        compound = keep([made], by=system).rows[0]
        places = [(west + n % 8 * STEP, south + n // 8 * STEP) for n in range(HOUSES)]
        houses = keep(
            [
                Building(
                    compound=compound, grid_id=cast.grid_id, name=f"{n}幢", order=n, token=f"yinghe{n:06}",
                    floors=FLOORS,
                    lift=True, lon=x, lat=y, units=STAIRS, homes=STAIRS * FLOORS,
                    footprint=[[x - 0.0002, y - 0.00006], [x + 0.0002, y - 0.00006], [x + 0.0002, y + 0.00006],
                               [x - 0.0002, y + 0.00006]],
                )
                for n, (x, y) in enumerate(places, 1)
            ],
            by=system,
        ).rows  # fmt: skip
        doors = [(house.pk, str(unit), floor) for house in houses for unit in (1, 2) for floor in range(1, FLOORS + 1)]
        keep_dwellings(
            {
                "area_id": [cast.grid_id] * len(doors), "building_id": [house for house, _unit, _floor in doors],
                "unit": [unit for _house, unit, _floor in doors], "floor": [floor for *_rest, floor in doors],
                "room": [f"{floor}0{unit}" for _house, unit, floor in doors],
            },
            by=system,
        )  # fmt: skip
        Grid.objects.filter(area_id=cast.grid_id).update(households=116 + len(doors))
        return area.pk


def told_yesterday(cast: Cast) -> list[int]:
    """Reports of yesterday from old and new houses; gives the grids they lay in."""
    yesterday = midnight(localdate(now()) - timedelta(days=1)) + timedelta(hours=10)
    numbers = [reported(cast, f"单元门坏了 {n}", at=yesterday + timedelta(minutes=n)) for n in range(6)]
    with as_system("test"):
        houses = list(Building.objects.filter(compound__sort_key="yingheli").order_by("pk")[::7])
        for number, house in zip(numbers, houses, strict=True):
            Case.objects.filter(number=number).update(building=house)
        return list(Case.objects.filter(number__in=numbers).values_list("area_id", flat=True))


def drawn(page: Page, browsers: Browsers, area: int) -> int:
    """Ask for grids and wait until they are drawn."""
    page.goto(f"{browsers.live.url}/grids/")
    row = page.locator("#communities tr", has_text=community_of(browsers.cast).name)
    expect(row.locator(".wg-bad")).to_be_visible()
    look(page, "grids-1-list")
    row.locator("a").first.click()
    page.wait_for_url(f"**/grids/{area}/")
    look(page, "grids-2-community")
    page.locator("a.wg-primary").click()
    look(page, "grids-3-limits")
    page.locator("input[name=wish][value=anew]").check()
    page.fill("textarea[name=note_text]", "映荷里 1900 户交付")
    page.locator("main form button.wg-primary").click()
    page.wait_for_url(re.compile(r"/grids/drafts/\d+/$"))
    expect(page.locator("[data-bench]")).to_be_visible(timeout=60_000)
    return int(re.findall(r"\d+", page.url)[-1])


def moved_by_hand(page: Page, draft: int) -> None:
    """Two houses of the last grid go over to the first."""
    with as_system("test"):
        held = GridDraft.objects.get(pk=draft)
    first, last = min(held.general), max(held.general)
    page.locator("[data-bench-lists] > summary").click()
    boxes = [box for box in page.locator("input[name=pieces]").all() if held.general[piece_of(box)] == last]
    for box in boxes[:2]:
        box.check()
    page.locator("select[name=to]").select_option(str(first))
    page.locator("button[name=verb][value=move]").click()
    until(lambda: step_of(draft) == 1, "the step by hand is kept")
    expect(page.locator("[data-bench-undo]").first).to_be_enabled()
    with as_system("test"):
        after = GridDraft.objects.get(pk=draft)
    changed = [at for at, key in enumerate(held.general) if after.general[at] != key]
    assert (after.at, {after.general[at] for at in changed}) == (1, {first})
    page.reload()
    look(page, "grids-5-by-hand")


def step_of(draft: int) -> int:
    with as_system("test"):
        return GridDraft.objects.values_list("at", flat=True).get(pk=draft)


def piece_of(box: Locator) -> int:
    return int((box.get_attribute("value") or "").split(",")[0])


def agreed(browsers: Browsers, page: Page, draft: int, day: date) -> None:
    """Submitted by one, approved by another of the town."""
    page.goto(f"{browsers.live.url}/grids/drafts/{draft}/")
    page.fill("input[name=effective_on]", day.isoformat())
    page.fill("input[name=basis]", BASIS)
    page.locator("[data-bench-submit]").click()
    page.wait_for_url(re.compile(r"/areas/changes/\d+/$"))
    expect(page.locator("form[action*=approve_change] button")).to_have_count(0)
    other = browsers.desk(second(browsers.cast))
    other.goto(page.url)
    look(other, "grids-7-approve")
    other.locator("form[action*=approve_change] button").click()
    expect(other.locator("form[action*=approve_change]")).to_have_count(0)


def test_a_town_divides_a_community_anew(browsers: Browsers) -> None:
    cast, live = browsers.cast, browsers.live
    area, today = occupied(cast), localdate(now())
    lay, tomorrow = told_yesterday(cast), today + timedelta(days=1)
    page = browsers.desk(cast.town)
    draft = drawn(page, browsers, area)
    look(page, "grids-4-bench")
    moved_by_hand(page, draft)
    page.goto(f"{live.url}/grids/drafts/{draft}/handover/")
    look(page, "grids-6-handover")
    page.goto(f"{live.url}/grids/drafts/{draft}/explain/")
    expect(page.locator("svg").first).to_be_visible()
    shoot(page, "grids-6-explain")
    agreed(browsers, page, draft, tomorrow)
    assert catch_up(midnight(tomorrow)) == 1

    with as_system("test"):
        held = list(Case.objects.filter(building__compound__sort_key="yingheli").values_list("area_id", flat=True))
        assert set(lay) == {cast.grid_id}
        assert len(set(held)) > 1
        yesterday, moment = Period("custom", *[today - timedelta(days=1)] * 2), midnight(tomorrow) + timedelta(hours=9)
        assert past(cast.grid_id, yesterday, Plan.THEN, moment).total.reports == len(lay)
        for grid in set(held):
            assert past(grid, yesterday, Plan.NOW, moment).total.reports == held.count(grid)
        assert past(area, yesterday, Plan.THEN, moment).total.reports == len(lay)
        micro = MicroGrid.objects.filter(grid__parent_id=area, valid_to__isnull=True)
        assert sum(one.households for one in micro) == 236 + HOUSES * STAIRS * FLOORS
        assert max(one.minutes for one in micro) <= 180
    page.goto(f"{live.url}/grids/{area}/")
    expect(page.locator("main")).to_contain_text(BASIS)
    look(page, "grids-8-in-force")


def test_without_scripts_a_form_moves_a_house(browsers: Browsers) -> None:
    cast, live = browsers.cast, browsers.live
    signed = browsers.desk(cast.town)
    signed.goto(f"{live.url}/grids/")
    with as_system("test"):
        area = community_of(cast).pk
    page = browsers.without_scripts(signed)
    page.goto(f"{live.url}/grids/{area}/draw/")
    page.locator("input[name=wish][value=keep]").check()
    page.fill("textarea[name=note_text]", "手工微调")
    page.locator("main form button.wg-primary").click()
    end = time.monotonic() + 60
    while not page.locator("[data-bench]").count():
        assert time.monotonic() < end
        time.sleep(0.3)
        page.reload()
    draft = int(re.findall(r"\d+", page.url)[-1])
    with as_system("test"):
        held = GridDraft.objects.get(pk=draft)
    box = page.locator("input[name=pieces]").first
    piece = piece_of(box)
    target = next(key for key in held.general if key != held.general[piece])
    box.check()
    page.locator("select[name=to]").select_option(str(target))
    page.locator("button[name=verb][value=move]").click()
    page.wait_for_url(re.compile(rf"/grids/drafts/{draft}/$"))
    with as_system("test"):
        assert GridDraft.objects.get(pk=draft).general[piece] == target
