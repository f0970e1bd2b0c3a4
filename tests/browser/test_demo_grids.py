"""The demo's divided communities as a town's desk and a resident see them."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Browsers
from tests.browser.test_imports import look
from tests.cases.test_grid_plans import over_the_town
from tests.cast import Cast
from tests.town import divided_town
from wangge.jobs.system import as_system
from wangge.places.models import Area, Grid
from wangge.web.demo.load import token_of


@pytest.fixture(scope="module")
def cast(db: str) -> Cast:
    return over_the_town(Cast.of_the_invented_town())


def test_a_community_of_the_demo_shows_its_grids_its_rounds_and_its_park(browsers: Browsers, cast: Cast) -> None:
    town = divided_town()
    with as_system("test"):
        area = Area.objects.get(pk=Area.objects.values_list("parent_id").get(pk=cast.grid_id)[0])
        code = Grid.objects.get(area__parent=area, kind="total_grid").number.removesuffix("000")
    page = browsers.desk(cast.town)
    page.goto(f"{browsers.live.url}/grids/")
    expect(page.locator("#communities tr", has_text=area.name)).to_be_visible()
    look(page, "demo-1-list")
    page.goto(f"{browsers.live.url}/grids/{area.pk}/")
    for micro in [one for one in town.micro_grids if one.grid.startswith(code)]:
        row = page.locator("tr", has_text=micro.grid)
        expect(row).to_contain_text(f"{micro.households}, {micro.minutes}")
    park = next(grid for grid in town.grids if grid.kind == "dedicated_grid" and grid.area == code)
    rows = page.locator("tr", has_text=park.code)
    expect(rows).to_have_count(2)  # among the grids, and with its manager
    for row in rows.all():
        expect(row).to_contain_text(park.name)
    expect(page.locator("main")).not_to_contain_text("暂定")
    look(page, "demo-2-community")
    resident = browsers.resident()
    resident.goto(f"{browsers.live.url}/g/{token_of(town, park.key)}/")
    expect(resident.locator("main")).to_contain_text("本处负责人")
    expect(resident.locator("main")).to_contain_text(
        next(one.card_name for one in town.stewards if one.grid == park.key)
    )
    expect(resident.locator("main")).not_to_contain_text("网格员")
    look(resident, "demo-3-card")
