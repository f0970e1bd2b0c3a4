"""Dedicated grids in the words of the tests: a market hall, its grid wished for, decided, in force."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from shapely.geometry import MultiPoint, Point, shape

from tests.cast import Cast
from tests.places.changing import BASIS, midnight
from tests.places.drafting import community_of, second
from wangge.cases.actions.handover import catch_up
from wangge.jobs.system import as_system
from wangge.places.actions import approve, keep
from wangge.places.actions.dedicating import Firm, Opening, end_dedicated, open_dedicated
from wangge.places.models import Area, Building, Change, Dedicated, Grid

DAY = date(2026, 10, 1)
HALF = 0.0002  # degrees: half the breadth of a hall
FIRM = Firm("钟楼集贸市场服务有限公司（虚构）", "0512-5300 0000")


def hall(cast: Cast, name: str = "钟楼市场", **more: Any) -> Building:
    """A house without homes that stands free in the community, of the near grid so far."""
    with as_system("test") as system:
        x, y = _free_spot(Area.objects.get(children__pk=cast.grid_id))
        n = Building.objects.filter(token__startswith="hall").count()
        ring = [[x - HALF, y - HALF], [x + HALF, y - HALF], [x + HALF, y + HALF], [x - HALF, y + HALF]]
        given: dict[str, Any] = {"floors": 2, "homes": None, **more}
        made = Building(
            grid_id=cast.grid_id, name=name, order=900, token=f"hall{n:04}", lon=x, lat=y, footprint=ring, **given
        )
        return keep([made], by=system).rows[0]


def _free_spot(community: Area) -> tuple[float, float]:
    ground = shape(community.outline or {}).buffer(-2 * HALF)
    held = MultiPoint(list(Building.objects.values_list("lon", "lat")))
    west, south, east, north = ground.bounds
    spots = [(x, y) for x in np.arange(west, east, HALF) for y in np.arange(south, north, HALF)]
    free = [spot for spot in spots if ground.contains(Point(spot))]
    x, y = max(free, key=lambda spot: (min(held.distance(Point(spot)), 9 * HALF), spot))
    return float(x), float(y)


def wish(*houses: Building, day: date = DAY, **more: Any) -> Opening:
    given: dict[str, Any] = {
        "name": "钟楼市场专属网格", "sort": "market", "buildings": tuple(one.pk for one in houses), "outline": None,
        "manager": FIRM, "effective_on": day, "basis": BASIS, **more,
    }  # fmt: skip
    return Opening(**given)


def drafted(cast: Cast, asked: Opening) -> Dedicated:
    community = community_of(cast)
    with cast.town.acting() as by:
        return open_dedicated(community, asked, by=by, now=midnight(asked.effective_on) - timedelta(days=7))


def approved(cast: Cast, pk: int, day: date) -> None:
    with second(cast).acting() as other:
        approve(Change.objects.get(pk=pk), by=other, now=midnight(day) - timedelta(days=6))


def opened(cast: Cast, asked: Opening) -> Grid:
    """The dedicated grid in force, at the midnight of its date."""
    held = drafted(cast, asked)
    approved(cast, held.change_id, asked.effective_on)
    assert catch_up(midnight(asked.effective_on)) == 1
    return grid_of(held.pk)


def grid_of(pk: int) -> Grid:
    with as_system("test"):
        held = Dedicated.objects.get(pk=pk)
        return Grid.objects.select_related("area__parent").get(pk=held.grid_id)


def ended(cast: Cast, grid: Grid, day: date) -> None:
    """The grid ended on a day; the near general grid takes it over."""
    with cast.town.acting() as by:
        change = end_dedicated(
            grid, heir=Area.objects.get(pk=cast.grid_id), effective_on=day, basis=BASIS, by=by,
            now=midnight(day) - timedelta(days=7),
        )  # fmt: skip
    approved(cast, change.pk, day)
    assert catch_up(midnight(day)) == 1
