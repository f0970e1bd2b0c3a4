"""A planted copy in each place and shape: what the hunter must find before its silence means anything.

Each place has an invented person of its own, so that what is found says where it was planted.
"""

import gzip
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from tests.hunt.forms import TEXTUAL, Trace, traces
from tests.hunt.marked import Marked
from tests.hunt.scanning import Found

FIRST = 11_000


@dataclass(frozen=True)
class Place:
    """A place, the person planted there, and the words of the label under which it must be found."""

    number: int
    name: str
    label: tuple[str, ...]
    only_text: bool = True

    @cached_property
    def all(self) -> frozenset[Trace]:
        person = FIRST + self.number
        return frozenset(traces(person, Marked(person).values))

    @cached_property
    def traces(self) -> list[Trace]:
        """The shapes that are planted here."""
        found = sorted(self.all, key=lambda one: (one.kind, one.form))
        return [one for one in found if one.sort == TEXTUAL or not self.only_text]

    @property
    def texts(self) -> list[str]:
        return [one.pattern.decode() for one in self.traces]

    def missed(self, found: Sequence[Found]) -> list[str]:
        """The shapes that were not found here."""
        person = FIRST + self.number
        seen = {
            (one.trace.kind, one.trace.form)
            for one in found
            if one.trace.person == person and all(word in one.label for word in self.label)
        }
        return [f"{self.name}: {one.form}" for one in self.traces if (one.kind, one.form) not in seen]


class Planted:
    """All places, in the order in which they were planted."""

    def __init__(self) -> None:
        self.places: list[Place] = []

    def place(self, name: str, *label: str, only_text: bool = True) -> Place:
        made = Place(len(self.places), name, label, only_text)
        self.places.append(made)
        return made

    @property
    def wanted(self) -> Iterator[Trace]:
        for place in self.places:
            yield from place.all


Power = psycopg.Connection[tuple[Any, ...]]


def in_tables(power: Power, planted: Planted) -> None:
    """Rows alive and dead, packed and long, with an index and statistics, and the rows of our own tables."""
    power.execute("create table hunt_text (t text)")
    _rows(power, "insert into hunt_text values (%s)", planted.place("a row of text", "table ", "hunt_text").texts)
    power.execute("create table hunt_bytes (b bytea)")
    held = planted.place("a row of bytes", "table ", "hunt_bytes as binary", only_text=False)
    _rows(power, "insert into hunt_bytes values (%s)", [one.pattern for one in held.traces])
    power.execute("create table hunt_json (j jsonb)")
    rows = planted.place("a row of JSON", "table ", "hunt_json").texts
    _rows(power, "insert into hunt_json values (%s)", [Jsonb({"said": text}) for text in rows])

    held = planted.place("a deleted row", "data file base/", "as it lies", only_text=False)
    power.execute("create table hunt_dead (b bytea)")
    _rows(power, "insert into hunt_dead values (%s)", [one.pattern for one in held.traces])
    power.execute("delete from hunt_dead")
    power.execute("create table hunt_indexed (t text)")
    held = planted.place("an index", "data file base/", "as it lies")
    power.execute("create index hunt_index on hunt_indexed (reverse(t))")
    _rows(power, "insert into hunt_indexed values (%s)", [text[::-1] for text in held.texts])
    power.execute("create table hunt_counted (t text)")
    power.execute("alter table hunt_counted alter t set statistics 1000")
    held = planted.place("statistics of the planner", "pg_statistic as ")
    _rows(power, "insert into hunt_counted select %s from generate_series(1, 20)", held.texts)
    power.execute("analyze hunt_counted")


def packed_in_tables(power: Power, planted: Planted) -> None:
    """Values that the server packs in their rows or keeps outside of them."""
    methods = _offered(power, "default_toast_compression")
    for method in methods:
        held = planted.place(f"packed in a row by {method}", "packed in its row", only_text=False)
        power.execute(f"create table hunt_packed_{method} (b bytea compression {method})")
        power.execute(f"alter table hunt_packed_{method} alter b set storage main")
        _rows(power, f"insert into hunt_packed_{method} values (%s)", [_filled(one, 6_000) for one in held.traces])
        held = planted.place(f"long and packed by {method}", f"long value unpacked by {method}", only_text=False)
        power.execute(f"create table hunt_long_{method} (b bytea compression {method})")
        _rows(
            power,
            f"insert into hunt_long_{method} values (%s)",
            [_filled(one, 20_000, hard=True) for one in held.traces],
        )
        held = planted.place(f"long, packed by {method}, deleted", f"unpacked by {method}", only_text=False)
        _rows(
            power,
            f"insert into hunt_long_{method} values (%s)",
            [_filled(one, 20_000, hard=True) for one in held.traces],
        )
        marks = [one.pattern for one in held.traces]
        power.execute(f"delete from hunt_long_{method} where exists (select from unnest(%s::bytea[]) p"
                      " where position(p in b) > 0)", [marks])  # fmt: skip
    power.execute("create table hunt_long (b bytea)")
    power.execute("alter table hunt_long alter b set storage external")
    held = planted.place("long and not packed", ": long value", only_text=False)
    _rows(power, "insert into hunt_long values (%s)", [_filled(one, 6_000) for one in held.traces])


def in_the_log(power: Power, planted: Planted) -> None:
    """The write-ahead log: a message, and packed images of whole pages."""
    held = planted.place("the write-ahead log", "data log ", "as it lies", only_text=False)
    for one in held.traces:
        power.execute("select pg_logical_emit_message(false, 'hunt', %s)", [one.pattern])
    for method in _offered(power, "wal_compression"):
        held = planted.place(f"page images by {method}", f"page image unpacked by {method}", only_text=False)
        power.execute(f"create table hunt_image_{method} (b bytea, n int)")
        _rows(power, f"insert into hunt_image_{method} values (%s, 0)", [_filled(one, 700) for one in held.traces])
        power.execute(f"set wal_compression = '{method}'")
        power.execute("checkpoint")
        power.execute(f"update hunt_image_{method} set n = 1")
        power.execute("reset wal_compression")


def in_our_rows(power: Power, planted: Planted) -> None:
    """The book, the queue, the search index: as if an action had written a name into them."""
    power.execute("set session_replication_role = replica")
    held = planted.place("facts of the book", "table public.ledger_entry")
    for text in held.texts:
        power.execute(
            "insert into ledger_entry (id, at, xid, actor_id, purpose, verb, subject, facts)"
            " values ((select coalesce(max(id), 0) + 1 from ledger_entry), now(), 1, 1, 'duty',"
            " 'hunt', 'hunt', %s)", [Jsonb({"said": text})],
        )  # fmt: skip
    held = planted.place("arguments of a job", "table public.procrastinate_jobs")
    _rows(power, "insert into procrastinate_jobs (queue_name, task_name, args, status) values"
                 " ('default', 'hunt', %s, 'succeeded')", [Jsonb({"said": text}) for text in held.texts])  # fmt: skip
    held = planted.place("the search index", "data file base/", "as it lies")
    power.execute("create table hunt_found (t text)")
    power.execute("create index hunt_find on hunt_found using btree (lower(reverse(t)), reverse(t))")
    _rows(power, "insert into hunt_found values (%s)", [text[::-1] for text in held.texts])
    power.execute("set session_replication_role = default")


def in_the_servers_log(power: Power, planted: Planted) -> None:
    """An error with its statement and its value, as a careless setting would write it."""
    held = planted.place("the server's log", "home log/postgres.log")
    for text in held.texts:
        power.execute(f"do $hunt$ begin raise log '%', $said${text}$said$; end $hunt$")


def in_folders(home: Path, temporary: Path, planted: Planted) -> None:
    """Logs, an old log packed, uploads and their names, a list that left, the key store, files on their way."""
    log = home / "log"
    _append(log / "wangge.log", planted.place("the log", "home log/wangge.log", only_text=False))
    held = planted.place("an old log, packed", "home log/old.log.gz!gzip", only_text=False)
    (log / "old.log.gz").write_bytes(gzip.compress(_joined(held)))
    _append(home / "media" / "00" / "hunt.jpg", planted.place("a photo", "home media/00/hunt.jpg", only_text=False))
    held = planted.place("a list that left", "home exports/hunt.xlsx!zip rows.xml", only_text=False)
    (home / "exports").mkdir(exist_ok=True)
    with zipfile.ZipFile(home / "exports" / "hunt.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("rows.xml", _joined(held))
    _append(home / "keys" / "hunt.txt", planted.place("the key store", "home keys/hunt.txt", only_text=False))
    _append(temporary / "hunt.upload", planted.place("a file on its way", "temporary hunt.upload", only_text=False))
    space = home / "pg" / "base" / "pgsql_tmp"
    space.mkdir(exist_ok=True)
    held = planted.place("a sort of the server's", "data file base/pgsql_tmp", only_text=False)
    _append(space / "hunt_tmp", held)
    held = planted.place("a file's name", "home name of media/named", only_text=False)
    (home / "media" / "named").mkdir(parents=True, exist_ok=True)
    for one in held.traces:
        if named(one):
            Path(os.fsdecode(os.fsencode(home / "media" / "named") + b"/_" + one.pattern + b"_.jpg")).touch()


def named(one: Trace) -> bool:
    """Can a file have this in its name?"""
    return not set(one.pattern) & set(b"/\0") and len(one.pattern) < 240


def in_memory(answers: dict[str, bytes], planted: Planted) -> None:
    """What a process remembers, and what a page answers."""
    from django.core.cache import cache

    held = planted.place("the cache", "cache of the process", only_text=False)
    cache.set("hunt", [one.pattern for one in held.traces])
    held = planted.place("an answer of /changes", "answer /changes", only_text=False)
    answers["/changes, planted"] = _joined(held)


def in_an_archive(folder: Path, power: Power, data: Path, planted: Planted) -> None:
    """A segment of the write-ahead log put aside, packed."""
    held = planted.place("an archived segment of the log", "archive ", "as it lies", only_text=False)
    row = power.execute("select pg_walfile_name(pg_current_wal_insert_lsn())").fetchone()
    for one in held.traces:
        power.execute("select pg_logical_emit_message(false, 'hunt', %s, true)", [one.pattern])
    power.execute("select pg_switch_wal()")
    name = str(row[0]) if row else ""
    (folder / f"{name}.gz").write_bytes(gzip.compress((data / "pg_wal" / name).read_bytes(), 1))


def _append(path: Path, place: Place) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(_joined(place))


def _joined(place: Place) -> bytes:
    return b"\n" + b"\n".join(one.pattern for one in place.traces) + b"\n"


def _filled(one: Trace, size: int, *, hard: bool = False) -> bytes:
    """Long and easy to pack, or hard, so that it stays long when packed; the pattern in the middle of it."""
    half = " ".join(str(n) for n in range(100_000, 100_000 + size // 14)) if hard else "filler " * (size // 14)
    return b" ".join((half.encode(), one.pattern, half[::-1].encode()))


def _rows(power: Power, sentence: str, values: Sequence[Any]) -> None:
    with power.cursor() as cursor:
        cursor.executemany(sentence, [[value] for value in values])


def _offered(power: Power, setting: str) -> list[str]:
    """The ways of packing that this server was built with and that can be read here."""
    row = power.execute("select enumvals from pg_settings where name = %s", [setting]).fetchone()
    return [way for way in ("pglz", "lz4") if row and way in row[0]]


def missed(planted: Planted, found: Sequence[Found]) -> list[str]:
    """Everything planted that was not found: a file's name cannot hold every byte."""
    return [
        said
        for place in planted.places
        for said in place.missed(found)
        if place.name != "a file's name" or all(named(one) for one in place.traces if said.endswith(one.form))
    ]


def cells(planted: Planted) -> int:
    return sum(len(place.traces) for place in planted.places)


Plant = Callable[[Power, Planted], None]
IN_THE_DATABASE: tuple[Plant, ...] = (in_tables, packed_in_tables, in_the_log, in_our_rows, in_the_servers_log)
