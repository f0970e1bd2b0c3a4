"""The link hunt: with a superuser's rights and every key that can be read, say which residents an emergency knew.

Nothing here asks the application. `named` are residents whom something proves to be in it; `guessed` are, for each
trick, as many residents of each grid as there are rows about that grid: the likeliest by that trick.
"""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from typing import Any

import psycopg
from psycopg import sql

from wangge.vault import cipher, subjects
from wangge.vault.cipher import Key, Unreadable

AFFECTED = "vt_affected"
TABLES = """
select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and c.relname <> %s order by 1
"""
HEX = re.compile(r"[0-9a-f]{16,}")
PERSON = re.compile(r"\bperson:(\d+)\b")
Row = dict[str, Any]


@dataclass
class Hunt:
    """What one look at one database gave away."""

    rows: int
    named: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    guessed: dict[str, set[int]] = field(default_factory=dict)
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
    with psycopg.connect(dsn) as server:
        server.execute("set timezone = 'UTC'")
        affected = _read(server, AFFECTED, "compartment = %s", code)
        people = _read(server, "people_person", "true")
        found = Hunt(len(affected))
        _by_keys(found, affected, people, list(keys))
        _by_equal_bytes(found, server, affected)
        by_grid = _grids(affected, people)
        found.guessed = dict(_by_nearness(by_grid)) | dict(_by_the_book(server, by_grid))
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
    for key in keys:
        for person in people:
            for kind in ("person", "household", "dwelling"):
                written = subjects.normal(subjects._written(subjects.Subject(kind, person["id"])))
                found.tried += 1
                if cipher.blind_index(key, written) in pseudonyms:
                    found.named["pseudonym"].add(person["id"])
            phone = phones[person["id"]]
            if phone and cipher.blind_index(key, phone) in indexes:
                found.named["blind index"].add(person["id"])
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


Grids = dict[int, tuple[list[Row], list[Row]]]


def _grids(affected: list[Row], people: list[Row]) -> Grids:
    held: Grids = {row["area_id"]: ([], []) for row in affected}
    for row in affected:
        held[row["area_id"]][0].append(row)
    for person in people:
        if person["area_id"] in held:
            held[person["area_id"]][1].append(person)
    return held


def _measures(row: Row) -> dict[str, float]:
    """Everything about a row that can be put on a line: where it lies, when, how long, what its bytes begin with."""
    page, place = map(int, row["ctid"].strip("()").split(","))
    said = {"xmin": float(row["xmin"]), "ctid": page * 1000.0 + place}
    for column, value in row.items():
        if isinstance(value, bytes | memoryview):
            clear = bytes(value)
            said |= {f"{column} length": len(clear), f"{column} first": clear[0], f"{column} last": clear[-1]}
            said[f"{column} after the head"] = int.from_bytes(clear[18:22] or b"\0", "big")
        elif isinstance(value, int) and column not in {"area_id", "community_id", "xmin"}:
            said[column] = value
        elif hasattr(value, "timestamp"):
            said[column] = value.timestamp()
    if "token" in row:
        said["token"] = int(row["token"][:12], 16)
    return said


def _by_nearness(grids: Grids) -> Iterator[tuple[str, set[int]]]:
    """For each pair of measures: the residents nearest to the rows, by the value itself and by their place in order."""
    lines: dict[str, set[int]] = defaultdict(set)
    for rows, people in grids.values():
        ours, theirs = [_measures(row) for row in rows], {person["id"]: _measures(person) for person in people}
        for mine in ours[0]:
            values = [one[mine] for one in ours]
            for other in next(iter(theirs.values())):
                line = {pk: one[other] for pk, one in theirs.items()}
                lines[f"{mine} ~ {other}"] |= _nearest(values, line)
                lines[f"{mine} ~ {other}, in order"] |= _nearest(_ranks(values), _placed(line))
    yield from lines.items()


def _nearest(values: list[float], line: Mapping[int, float]) -> set[int]:
    """As many residents as there are values: the ones with the least distance to any."""
    stops = [float("-inf"), *sorted(values), float("inf")]
    distance = {}
    for pk, place in line.items():
        at = bisect(stops, place)
        distance[pk] = min(place - stops[at - 1], stops[min(at, len(stops) - 1)] - place)
    return set(sorted(distance, key=lambda pk: (distance[pk], pk))[: len(values)])


def _ranks(values: list[float]) -> list[float]:
    """Gaps between the values, put between nought and one: a list taken from a longer one shows where it has holes."""
    low, high = min(values), max(values)
    return [(value - low) / ((high - low) or 1.0) for value in values]


def _placed(line: Mapping[int, float]) -> dict[int, float]:
    order = sorted(line, key=lambda pk: (line[pk], pk))
    return {pk: at / max(len(order) - 1, 1) for at, pk in enumerate(order)}


def _by_the_book(server: psycopg.Connection, grids: Grids) -> Iterator[tuple[str, set[int]]]:
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
    yield from (("the book, one transaction", same), ("the book, one second", near))


def _between(times: list[float]) -> Iterator[tuple[float, float]]:
    """Spans in which entries follow each other within a second."""
    begin = None
    for one, following in pairwise([*times, float("inf")]):
        begin = one if begin is None else begin
        if following - one > 1:
            yield begin, one
            begin = None


def surprise(guessed: set[int], members: set[int], grid_of: Mapping[int, int]) -> float:
    """How far a guess is from drawing blindly inside each grid, in standard deviations (hypergeometric)."""
    expected = spread = 0.0
    for grid in set(grid_of.values()):
        people = {pk for pk, one in grid_of.items() if one == grid}
        size, inside, drawn = len(people), len(people & members), len(people & guessed)
        share = inside / size
        expected += drawn * share
        spread += drawn * share * (1 - share) * (size - drawn) / max(size - 1, 1)
    return (len(guessed & members) - expected) / sqrt(spread) if spread else 0.0
