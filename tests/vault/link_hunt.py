"""The link hunt: with a superuser's rights and every key that can be read, say which residents an emergency knew.

Nothing here asks the application. `named` are residents whom something proves to be in it; `guessed` are, for each
trick, as many residents of each grid as there are rows about that grid: the likeliest by that trick.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import psycopg
from psycopg import sql

from tests.vault.nearness import Grids, Row, by_grid, by_nearness
from wangge.vault import cipher, subjects
from wangge.vault.cipher import Key, Unreadable

AFFECTED = "vt_affected"
TABLES = """
select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and c.relname <> %s order by 1
"""
HEX = re.compile(r"[0-9a-f]{16,}")
PERSON = re.compile(r"\bperson:(\d+)\b")


@dataclass
class Hunt:
    """What one look at one database gave away."""

    rows: int
    named: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    guessed: dict[str, Any] = field(default_factory=dict)
    tried: int = 0

    @property
    def proven(self) -> set[int]:
        return set().union(*self.named.values())

    @property
    def tells(self) -> set[str]:
        """What proved anything."""
        return {what for what, people in self.named.items() if people}


def hunt(dsn: str, code: str, keys: Iterable[Key]) -> Hunt:
    """Every trick on one database, live or restored."""
    with psycopg.connect(dsn, autocommit=True) as server:  # a server ends transactions that sit and think
        server.execute("set timezone = 'UTC'")
        affected = _read(server, AFFECTED, "compartment = %s", code)
        people = _read(server, "people_person", "true")
        found = Hunt(len(affected))
        _by_keys(found, affected, people, list(keys))
        _by_equal_bytes(found, server, affected)
        grids = by_grid(affected, people)
        found.guessed = by_nearness(grids) | dict(_by_the_book(server, grids))
    return found


def _read(server: psycopg.Connection, table: str, where: str, *values: object) -> list[Row]:
    name = sql.Identifier(table)
    question = sql.SQL("select t.*, t.ctid::text as ctid, t.xmin::text::bigint as xmin from {} t where " + where)
    with server.cursor(row_factory=psycopg.rows.dict_row) as cursor:
        return cursor.execute(question.format(name), values).fetchall()


def _by_keys(found: Hunt, affected: list[Row], people: list[Row], keys: list[Key]) -> None:
    """Each key on each row and on each number of the registry: references, fields, pseudonyms, blind indexes."""
    pseudonyms = {bytes(row["pseudonym"]) for row in affected}
    indexes = {bytes(row["phone_index"]) for row in affected}
    phones = {person["id"]: _opened(keys, person["phone"], "people_person", "phone", person["id"]) for person in people}
    owners = {phone: pk for pk, phone in phones.items() if phone}
    written = [
        (person["id"], subjects.normal(subjects._written(subjects.Subject(kind, person["id"]))))
        for person in people
        for kind in ("person", "household", "dwelling")
    ]
    for key in keys:
        found.tried += len(written)
        found.named["pseudonym"] |= {pk for pk, text in written if cipher.blind_index(key, text) in pseudonyms}
        of_numbers = ((pk, cipher.blind_index(key, phone)) for pk, phone in phones.items() if phone)
        found.named["blind index"] |= {pk for pk, index in of_numbers if index in indexes}
    for row in affected:
        if text := _opened(keys, row["reference"], AFFECTED, "reference", row["token"]):
            found.named["reference"].add(subjects._read(text).pk)
        phone = _opened(keys, row["phone"], AFFECTED, "phone", row["token"])
        if phone in owners:
            found.named["field"].add(owners[phone])


def _opened(keys: list[Key], sealed: bytes, table: str, column: str, row: object) -> str | None:
    for key in keys:
        try:
            return cipher.open_(key, bytes(sealed), table=table, column=column, row=str(row))
        except Unreadable:
            continue
    return None


def _by_equal_bytes(found: Hunt, server: psycopg.Connection, affected: list[Row]) -> None:
    """Join on every column of every table: a row that holds bytes of ours and names a resident as well."""
    ours = {part for row in affected for part in _pieces(row)}
    for (table,) in server.execute(TABLES, [AFFECTED]).fetchall():
        name = sql.SQL(table)
        for (text,) in server.execute(sql.SQL("select t::text from {} t").format(name)):
            found.tried += 1
            if not any(piece[at : at + 16] in ours for piece in HEX.findall(text) for at in range(len(piece) - 15)):
                continue
            own = [text[1:].split(",")[0]] if table == "people_person" else []
            found.named["equal bytes"] |= {int(pk) for pk in (*PERSON.findall(text), *own)}


def _pieces(row: Row) -> Iterator[str]:
    """Sixteen digits from each of the values; not the head of sealed bytes, in which the key's public id stands."""
    yield row["token"][:16]
    for column, skip in (("pseudonym", 0), ("phone_index", 0), ("reference", 18), ("phone", 18)):
        yield bytes(row[column]).hex()[2 * skip : 2 * skip + 16]


def _by_the_book(server: psycopg.Connection, grids: Grids) -> Iterator[tuple[str, Any]]:
    """Entries that name a resident in the same transaction as entries under a pseudonym, or within a second of one."""
    grid_of = {person["id"]: grid for grid, (_rows, people) in grids.items() for person in people}
    entries = server.execute("select xid, extract(epoch from at), subject, facts::text from ledger_entry").fetchall()
    hidden = [(xid, float(at)) for xid, at, subject, _facts in entries if subject.startswith("subject:")]
    xids, times = {xid for xid, _at in hidden}, sorted(at for _xid, at in hidden)
    same, near = set[int](), set[int]()
    for xid, at, subject, facts in entries:
        mentioned = {int(pk) for pk in PERSON.findall(f"{subject} {facts}")} & grid_of.keys()
        same |= mentioned if xid in xids else set()
        near |= mentioned if any(low - 1 <= float(at) <= high + 1 for low, high in _between(times)) else set()
    yield from (("the book, one transaction", _listed(same)), ("the book, one second", _listed(near)))


def _listed(people: set[int]) -> Any:
    return np.array(sorted(people), dtype=np.int32)


def _between(times: list[float]) -> Iterator[tuple[float, float]]:
    """Spans in which entries follow each other within a second."""
    begin = None
    for one, following in pairwise([*times, float("inf")]):
        begin = one if begin is None else begin
        if following - one > 1:
            yield begin, one
            begin = None
