"""An emergency's table of the tests' own: rows about residents, who stand in the registry. All are invented.

In clear stand the grid, a state and a time. `careless` is how it must not be done: in the registry's order, and in a
transaction that touches the registry.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection, connections

from tools.bench.residents import Invented
from wangge.jobs.system import as_system
from wangge.ledger.record import record
from wangge.vault import actions, sealed, subjects
from wangge.vault.sealed import Index
from wangge.vault.subjects import Subject

TABLE = "vt_affected"
MAKE = f"""
create table {TABLE} (
  token text primary key, compartment varchar(40) not null, area_id integer not null, state text not null,
  at timestamptz not null default now(), reference bytea not null, pseudonym bytea not null,
  phone bytea not null, phone_index bytea not null);
grant select, insert, update on {TABLE} to wg_app;
"""
ADD = f"""
insert into {TABLE} (token, compartment, area_id, state, reference, pseudonym, phone, phone_index)
 select * from unnest(%s::text[], %s::text[], %s::int[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[], %s::bytea[])
"""
GRIDS = """
insert into places_area (parent_id, level, name, official, sort_key, duty_phone, supervision_phone, valid_from)
 select parent_id, 'grid', 'as small as a micro-grid, ' || n, '', '', '', '', valid_from
  from (select * from places_area where level = 'grid' order by id limit 1) grid, generate_series(1, %s) n
 returning id
"""
TOUCH = "update people_person set confirmed_on = confirmed_on where id = any (%s)"
AT_ONCE = 20


@contextmanager
def registered() -> Iterator[None]:
    """The table in the database of the test, and on the list of what is sealed while the test runs."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(MAKE)
    held = dict(sealed._known)
    table = subjects.sealed_table(TABLE, "phone")
    sealed.register(
        sealed.Sealed(
            TABLE, "token", table.columns, indexes=(*table.indexes, Index("phone_index", of="phone")),
        )
    )  # fmt: skip
    try:
        yield
    finally:
        sealed._known.clear()
        sealed._known.update(held)


def micro_grids(dsn: str, many: int) -> list[int]:
    """Areas as small as a micro-grid, which stand in clear beside each row; the ids of so many new ones."""
    with psycopg.connect(dsn) as server:
        return [pk for (pk,) in server.execute(GRIDS, [many]).fetchall()]


def affect(
    code: str, members: Sequence[int], people: dict[int, Invented], areas: dict[int, int], *, careless: bool = False
) -> None:
    """Write a row about each member, some at a time, with an entry of the book for each."""
    with as_system("test"):
        referred = subjects.refer(code, [Subject("person", pk) for pk in members], table=TABLE)
    told = {one.subject.pk: one for one in referred}
    order = sorted(told) if careless else list(told)
    for begin in range(0, len(order), AT_ONCE):
        with as_system("test"), connection.cursor() as cursor:
            part = [told[pk] for pk in order[begin : begin + AT_ONCE]]
            phones = [(people[one.subject.pk].phone, TABLE, "phone", one.token) for one in part]
            columns: list[Any] = [
                [one.token for one in part], [code] * len(part), [areas[one.subject.pk] for one in part],
                ["served"] * len(part), [one.reference for one in part], [one.pseudonym for one in part],
                actions.seal_many(code, phones),
                actions.blind_index_many(code, [(phone, None) for phone, *_place in phones]),
            ]  # fmt: skip
            cursor.execute(ADD, columns)
            for one in part:
                area = areas[one.subject.pk]
                record("emergency.serve", one.ledger_subject, area_id=area, facts={"state": "served"})
            if careless:
                cursor.execute(TOUCH, [[one.subject.pk for one in part]])
