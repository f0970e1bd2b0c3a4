"""Every number opens the list behind it with exactly that many rows; map, rows, bars and head are the same numbers."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from random import Random
from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils.timezone import localtime

from tests.cast import Cast
from tests.insight.made import invented, move_area
from tests.insight.test_figures import NOW, SINCE, keep_all
from tests.places.changing import township
from wangge.access.actor import Actor
from wangge.cases.forms.filters import FilterForm
from wangge.cases.queries.desk import narrowed, of_desk
from wangge.core.classes import even_classes
from wangge.core.periods import Period, period_of
from wangge.insight.queries.cockpit import Board, board
from wangge.insight.queries.drawing import drawing
from wangge.insight.queries.needs import needs
from wangge.insight.views import parts
from wangge.insight.views.links import Links
from wangge.insight.words import Plan
from wangge.jobs.system import as_system
from wangge.places.models import Area
from wangge.web.postgres.cluster import Cluster

TODAY = localtime(NOW).date()
PERIODS = (
    period_of("today", TODAY), period_of("days30", TODAY), Period("custom", date(2026, 12, 10), date(2027, 1, 1)),
)  # fmt: skip


def rows_behind(url: str, actor: Actor) -> int:
    """How many cases the list of an address holds for somebody."""
    form = FilterForm(QueryDict(urlsplit(url).query), desk="all", actor=actor)
    assert set(form.given) == set(QueryDict(urlsplit(url).query)), url
    return narrowed(of_desk("all", actor), form.wanted, NOW).count()


def numbers(found: Board, links: Links) -> Iterator[tuple[str, int, str]]:
    """Each number of the page with its address."""
    total = found.past.total
    for head in parts.heads(found, links, TODAY)[:3]:
        yield head.code, int(head.value.replace(",", "")), head.url
    yield "reports", total.reports, links.reports
    yield "dispatched", total.dispatch.total(), links.dispatched
    yield "closed", total.closed, links.closed
    yield "asked", total.asked, links.asked()
    yield "answered", total.answered, links.asked("answered")
    yield "solved", total.solved, links.asked("solved")
    for part in parts.colours(found, links):
        yield part["code"], part["count"], part["url"]
    for unit in parts.units(found, links):
        yield unit["name"], unit["over"], unit["url"]
    for need in needs(found):
        if not need.grids:
            yield str(need.label), need.count, links.open(**need.query)
    for row in parts.rows(found, links):
        held = row["row"]
        yield held.place.name, held.open.total, row["open"]
        yield held.place.name, held.open.over, row["over"]
        yield held.place.name, held.open.danger, row["danger"]
        yield held.place.name, held.past.reports, row["links"].reports
        yield held.place.name, held.past.closed, row["links"].closed


def check(actor: Actor, area: int, periods: Iterable[Period] = PERIODS[2:]) -> int:
    seen = 0
    for period in periods:
        for plan in Plan:
            found, links = board(area, period, plan, NOW), Links(area, period, plan)
            for name, number, url in numbers(found, links):
                assert rows_behind(url, actor) == number, (area, period, plan, name, url)
                seen += number
    return seen


def test_every_number_opens_exactly_its_rows_for_county_town_and_community(cast: Cast) -> None:
    with as_system("test"):
        invented(Random(11), 200, SINCE, NOW)
        tops = {level: Area.objects.filter(level=level).order_by("pk")[0].pk for level in ("county", "community")}
    keep_all()
    with cast.chief.acting() as chief:
        assert check(chief, tops["county"], PERIODS) > 1000
        assert check(chief, tops["community"]) > 100
    with cast.wang.acting() as wang:
        home = next(iter(wang.areas_of(["secretary"])))
        assert check(wang, home) > 50


def test_after_a_move_every_number_still_opens_exactly_its_rows(cast: Cast, db: str, cluster: Cluster) -> None:
    held = township("河湾乡")
    with as_system("test"):
        invented(Random(12), 200, SINCE, NOW)
        town = Area.objects.get(pk=held)
        moving = Area.objects.filter(level="community").exclude(parent=town).order_by("pk")[0]
    keep_all()
    move_area(cluster, db, moving.pk, town.pk, date(2026, 12, 20))
    with cast.chief.acting() as chief:
        assert check(chief, town.pk) > 100
        assert check(chief, moving.pk) > 20


def test_head_rows_bars_and_map_are_the_same_numbers(cast: Cast) -> None:
    with as_system("test"):
        invented(Random(13), 200, SINCE, NOW)
    with cast.chief.acting() as chief:
        county = next(iter(chief.areas_of(["duty_chief"])))
        found = board(county, PERIODS[1], Plan.THEN, NOW)
        links = Links(county, PERIODS[1], Plan.THEN)
        drawn = drawing(county, list(found.map), [row.place.id for row in found.rows])
        sheet: Any = parts.sheet(drawn, found, even_classes(found.map.values()), links)
    assert found.open.over > 20
    assert sum(row.open.over for row in found.rows) == found.open.over
    assert sum(unit.over for unit in found.units) == found.open.over
    assert sum(found.map.values()) + found.off_map == found.open.over
    told = [int(number) for number in re.findall(r": (\d+)</title>", sheet["parts"])]
    assert sum(told) == sum(found.map.values())
    assert sum(each["areas"] for each in sheet["legend"]) == len(told) == len(found.map)
    assert sum(part["count"] for part in parts.colours(found, links)) == found.open.total
    days = parts.days(found)
    assert days is not None
    assert sum(bar["reports"] for bar in days["bars"]) == found.past.total.reports
    assert sum(row.past.reports for row in found.rows) + found.elsewhere.reports == found.past.total.reports
