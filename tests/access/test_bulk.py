"""Many rows in one go: whatever the values hold, they arrive as they were."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DataError, ProgrammingError
from django.db.transaction import atomic

from tests.cast import Cast
from wangge.access.action import Refused
from wangge.access.bulk import CHUNK, chunks, insert
from wangge.access.context import actor_now
from wangge.ledger.models import Entry
from wangge.places.actions import keep
from wangge.places.models import Area, BaseMap, Building
from wangge.teams.actions import keep as keep_team
from wangge.teams.models import Account

LINE = {"type": "LineString", "coordinates": [[104.1, 37.5], [104.2, 37.6]]}
ODD = ('"', "\\", "{a,b}", "null", "NULL", "line\nbreak", "tab\t", "，（虚构）", "", "it's", '\\"', "😀")


def test_odd_words_and_shapes_arrive_as_they_were(system: None) -> None:
    geometry = {"type": "LineString", "coordinates": [[121.1, 31.5], [0.1 + 0.2, -1e-9]], "words": list(ODD)}
    kept = keep([BaseMap(kind="lane", name=name, geometry=geometry) for name in ODD], by=actor_now())
    found = {row.pk: row for row in BaseMap.objects.filter(pk__in=[row.pk for row in kept.rows])}
    assert [found[row.pk].name for row in kept.rows] == list(ODD)
    assert [found[row.pk].geometry for row in kept.rows] == [geometry] * len(ODD)


def test_days_moments_and_nothing_arrive_as_they_were(system: None) -> None:
    rows = [
        Area(level="county", name=f"测{n}", valid_from=date(2024, 2, 29), valid_to=None, outline=None) for n in range(3)
    ]
    for row in keep(rows, by=actor_now()).rows:
        found = Area.objects.get(pk=row.pk)
        assert (found.name, found.valid_from, found.valid_to, found.outline) == (
            row.name,
            date(2024, 2, 29),
            None,
            None,
        )
    moment = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    (made,) = keep_team([Account(username="odd", name="（虚构）", created_at=moment)], by=actor_now()).rows
    account = Account.objects.get(pk=made.pk)
    assert (account.created_at, account.is_active, account.last_login) == (moment, True, None)


def test_ids_are_those_of_the_rows_in_their_order(system: None) -> None:
    kept = keep([BaseMap(kind="lane", name=str(n), geometry=LINE) for n in range(500)], by=actor_now())
    names = dict(BaseMap.objects.values_list("id", "name"))
    assert [names[row.pk] for row in kept.rows] == [str(n) for n in range(500)]
    last = BaseMap.objects.create(kind="lane", geometry=LINE)
    assert last.pk > max(row.pk for row in kept.rows)


def test_each_chunk_has_one_entry_with_count_and_digest(system: None) -> None:
    before = Entry.objects.filter(verb="places.keep").count()
    for rows in chunks((BaseMap(kind="lane", name=str(n), geometry=LINE) for n in range(7)), 3):
        keep(rows, by=actor_now())
    entries = Entry.objects.filter(verb="places.keep").order_by("id")[before:]
    assert [entry.facts["rows"] for entry in entries] == [3, 3, 1]
    assert len({entry.facts["digest"] for entry in entries}) == 3
    assert CHUNK >= 10_000


def test_a_word_that_is_too_long_is_refused_and_not_cut(system: None) -> None:
    with pytest.raises(DataError), atomic():
        keep([BaseMap(kind="k" * 13, name="", geometry=LINE)], by=actor_now())


def test_row_level_security_stays_on(cast: Cast) -> None:
    rows = [Building(grid_id=cast.grid_id, name="x", token="x", floors=1, lon=0, lat=0, footprint=[])]
    with cast.lin.acting() as lin, pytest.raises(Refused):
        keep(rows, by=lin)
    columns: dict[str, list[Any]] = {
        "grid_id": [cast.grid_id],
        "name": ["x"],
        "token": ["x"],
        "floors": [1],
        "lon": [0],
        "lat": [0],
    }
    columns |= {"order": [0], "lift": [False], "footprint": [[]]}
    with pytest.raises(ProgrammingError, match="row-level security"), cast.lin.acting():
        insert(Building, columns)
