"""Invented residents for tests: written down by the grid's own worker."""

from datetime import UTC, datetime
from typing import Any

from tests.cast import Cast
from wangge.people.actions import Member, record_household
from wangge.people.models import Household
from wangge.people.words import Tenure
from wangge.places.models import Dwelling

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SUN = Member("孙兰（虚构）", Tenure.OWNER, "first", phone="138 0000 0001")
ID = "11010119491001001X"


def dwelling_of(grid: int, at: int = 0) -> Dwelling:
    """A dwelling of a grid, as whoever acts sees it."""
    return Dwelling.objects.filter(area_id=grid).order_by("id")[at]


def registered(cast: Cast, *members: Member, at: int = 0, **given: Any) -> Household:
    """A household in the grid of 林, written down by her."""
    with cast.lin.acting() as lin:
        home = dwelling_of(cast.grid_id, at)
        return record_household(home, members=members or (SUN,), source="worker:1", by=lin, now=NOW, **given)
