"""Which area lay in which on a day."""

from datetime import date, timedelta

import pytest
from django.db import connection

from tests.cast import Cast
from wangge.places.models import Area, Belonging


def inside(ancestor: int, day: date) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("select descendant_id from places_tree(%s) where ancestor_id = %s", [day, ancestor])
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.usefixtures("system")
def test_each_area_belongs_to_its_parent_from_its_first_day(cast: Cast) -> None:
    grid = Area.objects.get(pk=cast.grid_id)
    held = Belonging.objects.get(child=grid)
    assert (held.parent_id, held.valid_from, held.valid_to) == (grid.parent_id, grid.valid_from, None)
    assert grid.parent_id is not None
    assert grid.pk in inside(grid.parent_id, grid.valid_from)
    assert inside(grid.parent_id, grid.valid_from - timedelta(days=1)) == set()


@pytest.mark.usefixtures("system")
def test_the_tree_of_today_is_the_reach_of_access(cast: Cast) -> None:
    day = Area.objects.get(pk=cast.grid_id).valid_from
    with connection.cursor() as cursor:
        cursor.execute("select ancestor_id, descendant_id from access_reach")
        reach = set(cursor.fetchall())
        cursor.execute("select ancestor_id, descendant_id from places_tree(%s)", [day])
        assert set(cursor.fetchall()) == reach
