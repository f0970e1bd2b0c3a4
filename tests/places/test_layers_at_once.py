"""Two persons lay the same layer at the same moment, each on a connection of their own."""

import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection

from tests.cast import Cast, Person
from tests.places.drafting import community_of
from tests.places.layering import NOW, police, read, stated
from wangge.access.action import Refused
from wangge.jobs.system import as_system
from wangge.places.actions.layers import lay_layer
from wangge.places.models import Area, Layer
from wangge.places.queries.stated import Stated

WAITING = """
select count(*) from pg_locks l join pg_stat_activity a using (pid)
 where not l.granted and a.datname = current_database()
"""
LONGEST = 30.0


def lays(person: Person, area: Area, given: Stated) -> Layer:
    try:
        with person.acting() as by:
            return lay_layer(area, given, by=by, now=NOW)
    finally:
        connection.close()


def somebody_waits() -> None:
    """Return when a connection waits for a lock of another."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
    raise AssertionError


def both(cast: Cast, first: Stated, second: Stated) -> tuple[Layer, Future[Layer]]:
    """One lays and has not ended yet when the other begins."""
    area = community_of(cast)
    with ThreadPoolExecutor(1) as pool:
        with cast.town.acting() as by:
            held = lay_layer(area, first, by=by, now=NOW)
            other = pool.submit(lays, cast.wang, area, second)
            somebody_waits()
        other.exception(LONGEST)
    return held, other


def test_the_second_of_two_with_the_same_list_gets_the_layer_of_the_first(cast: Cast) -> None:
    given = stated(read(community_of(cast), police(cast)))
    held, other = both(cast, given, given)
    assert other.result().pk == held.pk
    with as_system("test"):
        assert Layer.objects.count() == 1


def test_the_second_of_two_with_another_list_is_told_what_to_do(cast: Cast) -> None:
    area = community_of(cast)
    held, other = both(cast, stated(read(area, police(cast))), stated(read(area, police(cast, share=0.7))))
    with pytest.raises(Refused, match="撤下"):
        other.result()
    with as_system("test"):
        assert [one.pk for one in Layer.objects.all()] == [held.pk]
