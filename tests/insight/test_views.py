"""Pages of figures: who sees which, drilling down, the wall, the definitions, the secretary's day."""

import re
from datetime import timedelta
from random import Random

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.browse import signed_in
from tests.cases.made import accepted, dispatched, handled, reported
from tests.cast import Cast, case
from tests.insight.made import invented
from wangge.core.periods import period_of
from wangge.insight.queries import cockpit
from wangge.insight.queries.waiting import Open
from wangge.insight.views.wall import table
from wangge.insight.words import DEFINITIONS, Plan
from wangge.jobs.system import as_system
from wangge.places.models import Area
from wangge.places.queries.trees import tree_of

QUERIES = 45


def home_of(cast: Cast, who: str) -> str:
    return str(signed_in(getattr(cast, who)).get("/figures/").headers["Location"])


def test_everybody_begins_at_the_own_area_and_sees_no_other(cast: Cast) -> None:
    levels = {}
    with as_system("test"):
        areas = dict(Area.objects.values_list("pk", "level"))
    for who in ("chief", "town", "wang"):
        area = int(home_of(cast, who).split("/")[2])
        levels[who] = areas[area]
    assert (levels["chief"], levels["wang"]) == ("county", "community")
    wang = signed_in(cast.wang)
    assert [wang.get(f"/figures/{cast.far_grid_id}/{page}").status_code for page in ("", "wall/", "grids/")] == [
        409
    ] * 3
    assert wang.get(f"/figures/{cast.grid_id}/").status_code == 200
    assert [signed_in(who).get("/figures/").status_code for who in (cast.zhao, cast.lin, cast.auditor)] == [409] * 3


def test_one_goes_down_by_links_to_the_list_also_where_a_level_is_left_out(cast: Cast) -> None:
    number = reported(cast, "路灯不亮")
    client, url = signed_in(cast.chief), home_of(cast, "chief")
    seen: list[str] = []
    with as_system("test"):
        way = set(tree_of(timezone.localdate()).way(cast.grid_id))
    page = client.get(url)
    for _level in range(5):
        page = client.get(url)
        seen.append(page.context["place"].level)
        down = [row for row in page.context["rows"] if row["row"].place.id in way]
        if not down:
            break
        url = down[0]["page"]
    assert seen[0] == "county"
    assert seen[-2:] == ["community", "grid"]
    listed = client.get(page.context["links"].reports)
    assert number in [row["case"].number for row in client.get(page.context["heads"][1].url).context["rows"]]
    assert listed.status_code == 200
    assert [one.level for one, _url in page.context["way"]] == seen[:-1]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_figure_has_its_definition_beside_it_and_on_the_page_of_definitions(cast: Cast, language: str) -> None:
    client = signed_in(cast.chief, language)
    page = client.get(home_of(cast, "chief")).content.decode()
    every = client.get("/figures/how/").content.decode()
    for definition in DEFINITIONS.values():
        assert f'id="{definition.code}"' in every
    for code in ("today", "open", "over", "close", "solved", "unit", "colours", "times"):
        assert f'id="how-{code}"' in page
    assert len(re.findall(r'class="wg-heads">|data-figure="(?:today|open|over)"', page)) >= 4


def test_an_area_without_a_case_says_so_calmly(cast: Cast) -> None:
    page = signed_in(cast.wang).get(f"/figures/{cast.grid_id}/?period=year")
    text = page.content.decode()
    assert (page.status_code, "Nothing waits for somebody" in text, "No unit has an overdue case" in text) == (
        200, True, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "query", ["?period=nonsense", "?since=x&until=y", "?since=2026-12-01&until=2026-01-01", "?plan=x"]
)
def test_an_address_nobody_offers_still_shows_figures(cast: Cast, query: str) -> None:
    page = signed_in(cast.wang).get(home_of(cast, "wang") + query)
    assert (page.status_code, page.context["board"].period.code) == (200, "days30")


def test_the_page_asks_the_same_number_of_questions_for_one_case_and_for_many(cast: Cast) -> None:
    client, url, asked = signed_in(cast.chief), home_of(cast, "chief"), []
    reported(cast)
    for more in (0, 40):
        with as_system("test"):
            invented(Random(1), more, timezone.now() - timedelta(days=9), timezone.now())
        client.get(url)
        counted = []
        for _turn in range(3):  # the fewest of three, since what is remembered is renewed by the clock
            cache.clear()
            with CaptureQueriesContext(connection) as seen:
                client.get(f"{url}?period=week")
            counted.append(len(seen))
        asked.append(min(counted))
    assert asked[1] <= asked[0] + 1 <= QUERIES  # the names of units are asked for once there is one


def test_figures_are_kept_for_three_seconds_for_whoever_looks_at_the_same_area(cast: Cast) -> None:
    now, period = timezone.now(), period_of("week", timezone.localdate())
    with cast.chief.acting() as chief:
        area = next(iter(chief.areas_of(["duty_chief"])))
        at = [cockpit.board(area, period, Plan.THEN, now + timedelta(seconds=n)).at - now for n in (0, 2, 4)]
    assert [each.total_seconds() for each in at] == [0, 0, 4]


def test_the_wall_shows_no_link_no_name_and_no_small_count_and_renews_itself(cast: Cast) -> None:
    reported(cast, "路灯不亮")
    client, url = signed_in(cast.chief), home_of(cast, "chief")
    page = client.get(f"{url}wall/")
    text = page.content.decode()
    assert (page.status_code, 'http-equiv="refresh" content="30"' in text) == (200, True)
    assert re.findall(r"<a |<button|wg-primary|href=\"/case", text) == []
    assert page.context["table"]["all"][0] is None
    assert client.get(url).context["board"].open.total == 1


def test_the_walls_table_holds_back_small_counts_and_one_more(cast: Cast) -> None:
    client, url = signed_in(cast.chief), home_of(cast, "chief")
    board = client.get(url).context["board"]
    counts = [Open(over=3, calm=20), Open(over=30, calm=9), Open(over=40, calm=12)]
    rows = tuple(cockpit.Row(row.place, held, row.past, 0) for row, held in zip(board.rows, counts, strict=False))[:3]
    total = Open()
    for row in rows:
        total.add(row.open)
    changed = cockpit.Board(**{**vars(board), "rows": rows, "open": total})
    shown = table(changed)
    over = {name: over for name, _open, over in shown["rows"]}
    assert sorted((number is None) for number in over.values()) == [False, True, True]
    assert shown["all"] == [total.total, total.over]


def test_the_secretarys_day_holds_each_case_once_and_prints(cast: Cast) -> None:
    now = timezone.now()
    late = reported(cast, "楼道漏水", at=now - timedelta(days=20))
    check = handled(cast, dispatched(cast, accepted(cast, reported(cast, "水管爆了"))))
    visit = reported(cast, "路灯不亮", at=now)
    reported(cast, "别的社区", far=True)
    with cast.acceptor.acting() as acceptor:
        assert case(visit).state == "verifying"
        assert acceptor.has("acceptor")
    for path in ("/figures/today/", "/figures/today/sheet/"):
        page = signed_in(cast.wang).get(path)
        held = [task.case.number for section in page.context["day"].sections for task in section.tasks]
        assert sorted(held) == sorted([late, check, visit])
        assert held[0] == late
    assert signed_in(cast.lin).get("/figures/today/").status_code == 409


def test_a_quiet_day_of_a_secretary_says_so(cast: Cast) -> None:
    page = signed_in(cast.wang).get("/figures/today/")
    if not page.context["day"].empty_grids:
        assert "Nothing waits for you now" in page.content.decode()
