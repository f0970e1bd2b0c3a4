"""A register of invented people of the tests' own: names by area, telephone numbers, a key that is a UUID."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, connections

from wangge.vault import actions, sealed
from wangge.vault.sealed import Index, Sealed

TABLE = "vt_person"
MAKE = f"""
create table {TABLE} (
  token uuid primary key, compartment varchar(40) not null, area_id integer, name bytea, phone bytea not null,
  name_index bytea not null, phone_index bytea not null);
grant select, insert, update on {TABLE} to wg_app;
"""
SPACE = UUID(int=7)


def name_of(number: int) -> str:
    return f"孙兰{number}"


def phone_of(number: int) -> str:
    return f"1380000{number:04d}"


def plain(value: str) -> str:
    return value.replace(" ", "")


SPEC = Sealed(
    TABLE, "token", ("name", "phone"),
    indexes=(Index("name_index", of="name", area_column="area_id"), Index("phone_index", of="phone", normal=plain)),
)  # fmt: skip


@contextmanager
def registered() -> Iterator[None]:
    """The table in the database of the test, and on the list while the test runs."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(MAKE)
    held = dict(sealed._known)
    sealed.register(SPEC)
    try:
        yield
    finally:
        sealed._known.clear()
        sealed._known.update(held)


def token_of(number: int) -> str:
    return str(uuid5(SPACE, str(number)))


def add(code: str, numbers: range) -> None:
    """People with a name, but every seventh, and a number written with blanks; areas 1 to 5."""
    tokens = [token_of(n) for n in numbers]
    names = actions.seal_many(code, [(name_of(n), TABLE, "name", t) for n, t in zip(numbers, tokens, strict=True)])
    phones = actions.seal_many(
        code,
        [(f"{phone_of(n)[:3]} {phone_of(n)[3:]}", TABLE, "phone", t) for n, t in zip(numbers, tokens, strict=True)],
    )
    by_name = actions.blind_index_many(code, [(name_of(n), n % 5 + 1) for n in numbers])
    by_phone = actions.blind_index_many(code, [(phone_of(n), None) for n in numbers])
    none = [n % 7 == 0 for n in numbers]
    columns: list[Any] = [
        tokens, [code] * len(tokens), [n % 5 + 1 for n in numbers],
        [None if lacks else name for lacks, name in zip(none, names, strict=True)], phones,
        [b"" if lacks else index for lacks, index in zip(none, by_name, strict=True)], by_phone,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {TABLE} select * from unnest(%s::text[]::uuid[], %s::text[], %s::int[], %s::bytea[],"
            " %s::bytea[], %s::bytea[], %s::bytea[])", columns,
        )  # fmt: skip


def rows() -> list[tuple[str, bytes | None, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(f"select token::text, name, phone from {TABLE} order by token")
        return [(t, None if name is None else bytes(name), bytes(phone)) for t, name, phone in cursor.fetchall()]


def found(column: str, indexes: list[bytes]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"select token::text from {TABLE} where {column} = any (%s)", [indexes])
        return [str(token) for (token,) in cursor.fetchall()]
