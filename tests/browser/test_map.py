"""The map in a real browser: panned, zoomed, shared, worked by keyboard, and without WebGL2 or scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.people import Browsers
from tests.browser.test_pages import AXE, faults
from tests.cases.made import reported
from tests.cast import Cast, case
from tests.live import Live
from wangge.places.models import Building

IDLE = "body[data-map=idle]"
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"
# how many cases the symbols stand for: many of one place are one circle that says how many
DRAWN = """() => JSON.parse(document.querySelector('#map-drawn').textContent).marks
  .reduce((sum, mark) => sum + (mark.is_heap ? Number(mark.label.replace('×', '')) : 1), 0)"""


@pytest.fixture
def number(cast: Cast) -> str:
    return reported(cast, danger=True)


@pytest.fixture
def desk(browsers: Browsers) -> Page:
    return browsers.desk(browsers.cast.chief)


def place_of(cast: Cast) -> tuple[float, float]:
    with cast.chief.acting():
        one = Building.objects.get(token=cast.building_token)
        return one.lon, one.lat


def at(cast: Cast, zoom: float) -> str:
    lon, lat = place_of(cast)
    return f"{lon:.5f},{lat:.5f},{zoom:.2f}"


def pieces(page: Page) -> list[str]:
    """The addresses of the pieces the map asks for from now on."""
    asked: list[str] = []

    def hear(request: Request) -> None:
        if "/map/" in request.url and ".json" in request.url:
            asked.append(request.url)

    page.on("request", hear)
    return asked


def test_buildings_come_from_zoom_14_and_a_small_pan_asks_for_nothing(
    live: Live, cast: Cast, number: str, desk: Page
) -> None:
    asked = pieces(desk)
    desk.goto(f"{live.url}/map/?at={at(cast, 13.7)}")
    desk.locator(IDLE).wait_for()
    assert not [url for url in asked if "buildings" in url]
    with desk.expect_response(re.compile("buildings.json")) as answer:
        desk.locator(".maplibregl-ctrl-zoom-in").click()
    assert answer.value.ok
    desk.wait_for_function("() => new URLSearchParams(location.search).get('at').split(',')[2] > 14.5")
    desk.wait_for_timeout(1_000)
    asked.clear()
    before = desk.url
    desk.locator("canvas").focus()
    desk.keyboard.press("ArrowRight")
    desk.wait_for_function("address => location.href !== address", arg=before)
    desk.keyboard.press("ArrowLeft")
    desk.wait_for_timeout(1_000)
    assert len([url for url in asked if "buildings" in url]) <= 1


def test_layers_are_switched_by_key_and_the_address_keeps_them(live: Live, cast: Cast, number: str, desk: Page) -> None:
    desk.goto(f"{live.url}/map/?at={at(cast, 15.5)}")
    desk.locator(IDLE).wait_for()
    for key, off in (("1", "cases"), ("4", "cases,names")):
        desk.keyboard.press(f"Digit{key}")
        expect(desk.locator(f'[data-key="{key}"]')).not_to_have_attribute("aria-current", "true")
        assert f"off={off}" in desk.url
    desk.go_back()
    expect(desk.locator('[data-key="4"]')).to_have_attribute("aria-current", "true")
    expect(desk.locator('[data-key="1"]')).not_to_have_attribute("aria-current", "true")


def test_a_grid_is_found_and_opened_by_keyboard_and_closed_with_escape(
    live: Live, cast: Cast, number: str, desk: Page
) -> None:
    desk.goto(f"{live.url}/map/?at={at(cast, 15.5)}")
    desk.locator(IDLE).wait_for()
    desk.locator(".wg-map-names a").first.focus()
    name = desk.locator(".wg-map-names a").first.inner_text()
    desk.keyboard.press("Enter")
    expect(desk.locator("#chosen")).to_be_focused()
    assert name.endswith(desk.locator("#chosen").inner_text())
    assert "grid=" in desk.url
    desk.keyboard.press("Escape")
    expect(desk.locator("[data-map-card]")).to_have_count(0)
    assert "grid=" not in desk.url


def test_a_click_opens_the_building_and_a_share_link_shows_the_same_to_another(
    live: Live, cast: Cast, number: str, desk: Page, browsers: Browsers
) -> None:
    desk.goto(f"{live.url}/map/?at={at(cast, 18)}&off=cases&tint=households")
    desk.locator(IDLE).wait_for()
    box = desk.locator("canvas").bounding_box()
    assert box is not None
    desk.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(desk.locator("#chosen")).to_be_visible()
    with cast.chief.acting():
        name = Building.objects.get(token=cast.building_token).name
    assert desk.locator("#chosen").inner_text().endswith(name)

    other = browsers.desk(cast.second_chief)
    other.goto(desk.url)
    other.locator(IDLE).wait_for()
    assert other.locator("#chosen").inner_text() == desk.locator("#chosen").inner_text()
    assert other.url == desk.url
    assert not re.search(r"1\d{10}|name=", desk.url)


def test_a_row_of_the_list_moves_the_map_and_back_leads_back(live: Live, cast: Cast, number: str, desk: Page) -> None:
    desk.goto(f"{live.url}/map/")
    desk.locator(IDLE).wait_for()
    row = desk.locator(f'[data-map-id="{number}"]')
    row.click(position={"x": 300, "y": 30})
    expect(row).to_have_attribute("aria-current", "true")
    assert f"case={number}" in desk.url
    with cast.chief.acting():
        lon = case(number).lon
    desk.wait_for_function(
        "lon => Math.abs((new URLSearchParams(location.search).get('at') || '0').split(',')[0] - lon) < 0.0002", arg=lon
    )
    expect(desk.locator(f'[data-map-id="{number}"]')).to_have_attribute("aria-current", "true")


def test_what_comes_in_meanwhile_comes_onto_list_and_map(live: Live, cast: Cast, number: str, desk: Page) -> None:
    desk.goto(f"{live.url}/map/")
    desk.locator(IDLE).wait_for()
    before = desk.evaluate(f"({DRAWN})()")
    fresh = reported(cast, "又一件")
    desk.locator(f'[data-map-id="{fresh}"]').wait_for()
    desk.wait_for_function(f"before => ({DRAWN})() > before", arg=before)


def test_without_webgl_the_server_draws_and_links_lead_on(live: Live, cast: Cast, number: str, desk: Page) -> None:
    desk.add_init_script(NO_WEBGL)
    desk.goto(f"{live.url}/map/")
    desk.locator("body[data-map=drawing]").wait_for()
    picture = desk.locator(".wg-map-drawing")
    expect(picture).to_be_visible()
    assert desk.evaluate("document.querySelector('.wg-map-drawing').decode().then(() => true)")
    desk.locator('[data-key="1"]').click()
    desk.wait_for_url("**/map/?off=cases")
    desk.locator("body[data-map=drawing]").wait_for()
    assert "off=cases" in (desk.locator(".wg-map-drawing").get_attribute("src") or "")


def test_without_scripts_everything_is_a_link_or_a_form(
    live: Live, number: str, desk: Page, browsers: Browsers
) -> None:
    plain = browsers.without_scripts(desk)
    plain.goto(f"{live.url}/map/")
    expect(plain.locator(".wg-map-drawing")).to_be_visible()
    plain.locator("select[name=days]").select_option("7")
    plain.locator("form[data-map-form] button").click()
    assert "days=7" in plain.url
    expect(plain.locator(f'[data-map-id="{number}"]')).to_be_visible()


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: `make setup`")
def test_the_map_and_its_sheet_can_be_used_by_everybody(live: Live, cast: Cast, number: str, desk: Page) -> None:
    wrong: list[str] = []
    for path in (
        f"/map/?tint=households&grid={cast.grid_id}", f"/map/?at={at(cast, 16.5)}", "/map/?tint=reports",
        "/map/print/?tint=households",
    ):  # fmt: skip
        desk.goto(live.url + path)
        if "print" not in path:
            desk.locator(IDLE).wait_for()
        wrong += [f"{path}: {fault}" for fault in faults(desk)]
        for width in (390, 1440):
            desk.set_viewport_size({"width": width, "height": 900})
            if desk.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
                wrong.append(f"{path}: scrolls sideways at {width} px")
    assert wrong == []


def test_the_sheet_fits_one_page_of_a4_lying(live: Live, cast: Cast, number: str, desk: Page, tmp_path: Path) -> None:
    desk.goto(f"{live.url}/map/print/?tint=households")
    made = desk.pdf(path=tmp_path / "map.pdf", prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", made)
    assert len(boxes) == 1
    width, height = map(float, boxes[0])
    assert (round(width), round(height)) == (842, 595)
