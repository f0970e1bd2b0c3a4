"""Everything an installation leaves behind, as labelled bytes: tables, data files, log, folders, backups, memories."""

import os
import pickle
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.errors import UndefinedFunction
from psycopg.sql import SQL, Identifier

from tests.hunt.pages import PAGE, of_cluster, of_log
from tests.hunt.unpacking import archive
from wangge.web.postgres.cluster import Cluster

Piece = tuple[str, bytes]
TABLES = """
select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'm') and n.nspname <> 'information_schema' and has_table_privilege(c.oid, 'select')
 order by 1, 2
"""
LONG = "select pg_relation_filepath(oid) from pg_class where relkind = 't'"
SEEN = "select * from pg_stat_activity, pg_settings"
PIECE = 1 << 24
LOG = b"\xd1"
"""The second byte of each segment of the log, in every version (XLOG_PAGE_MAGIC)."""
KEPT = "2GB" if os.environ.get("WANGGE_SOAK") else "256MB"
QUOTED, TWICE, DOUBLE = re.compile(rb"\\{2,}"), b"\\\\u", b"\\\\"


@dataclass
class Sources:
    """Where the hunter looks. `answers` are what pages said to whoever may not see; `folders` what lies elsewhere."""

    cluster: Cluster
    database: str
    answers: Mapping[str, bytes] = field(default_factory=dict)
    folders: Mapping[str, Path] = field(default_factory=dict)
    backups: tuple[Path, ...] = ()

    def all(self) -> Iterator[Piece]:
        """Every piece, one after the other, nothing is kept; texts that were quoted twice once more without."""
        for label, piece in self._all():
            yield label, piece
            if TWICE in piece:
                yield f"{label}, quoted once", QUOTED.sub(DOUBLE, piece)  # in a template two stand for one

    def _all(self) -> Iterator[Piece]:
        yield from self.tables()
        with self.connect() as power:
            power.execute("checkpoint")
        held = self.long_files()
        yield from (("data " + label, piece) for label, piece in of_cluster(self.cluster.home.data, held))
        yield from _folder("home", self.cluster.home.root, but=self.cluster.home.data)
        for name, folder in self.folders.items():
            yield from _folder(name, folder)
        for saved in self.backups:
            yield from (("backup " + label, piece) for label, piece in of_cluster(saved / "pg", held))
            yield from _folder("backup folder", saved, but=saved / "pg")
        yield from ((f"answer {name}", body) for name, body in self.answers.items())
        yield "cache of the process", _cached()

    def connect(self, database: str = "") -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self.cluster.dsn("wg_super", database or self.database), autocommit=True)

    def tables(self) -> Iterator[Piece]:
        """Every table and what the server tells of its sessions, as text and as bytes."""
        with self.connect() as power:
            for schema, table in power.execute(TABLES).fetchall():
                for form in ("text", "binary"):
                    asked = SQL("copy {} to stdout with (format {})").format(Identifier(schema, table), SQL(form))
                    yield from ((f"table {schema}.{table} as {form}", piece) for piece in _copied(power, asked))
            shown = power.execute("select string_agg(a::text, E'\n') from pg_stat_activity a").fetchone()
            yield "sessions of the server", str(shown).encode()

    def long_files(self) -> dict[str, str]:
        """The files of all databases that hold values too long for their rows."""
        with self.connect() as power:
            names = [n for (n,) in power.execute("select datname from pg_database where datallowconn").fetchall()]
        found: dict[str, str] = {}
        for name in names:
            with self.connect(name) as power:
                found |= {path: name for (path,) in power.execute(LONG).fetchall() if path}
        return found


def _copied(power: psycopg.Connection[Any], asked: Any) -> Iterator[bytes]:
    """A copy in pieces that overlap a little, so that nothing is cut in two."""
    held, tail = bytearray(), b""
    with suppress(UndefinedFunction), power.cursor().copy(asked) as rows:  # rights on catalogues have no bytes
        for row in rows:
            held += row
            if len(held) > PIECE:
                yield tail + bytes(held)
                held, tail = bytearray(), bytes(held[-1024:])
    yield tail + bytes(held)


def _folder(name: str, folder: Path, but: Path | None = None) -> Iterator[Piece]:
    """The files of a folder, their names, what is packed in them; a segment of a log among them is read as one."""
    for path in sorted(folder.rglob("*")):
        if but is not None and path.is_relative_to(but):
            continue
        inside = path.relative_to(folder)
        yield f"{name} name of {inside}", bytes(inside)
        if not path.is_file() or path.is_symlink():
            continue
        content, label = path.read_bytes(), f"{name} {inside}"
        yield label, content
        for packed, piece in archive(content, label):
            yield packed, piece
            if piece[1:2] == LOG and len(piece) % PAGE == 0:
                yield from ((f"{packed} log: {how}", part) for how, part in of_log(piece))


def _cached() -> bytes:
    """What this process remembers between requests."""
    from django.core.cache import cache

    return pickle.dumps(getattr(cache, "_cache", {}))


@contextmanager
def whole_pages(cluster: Cluster) -> Iterator[None]:
    """The throw-away server writes images of whole pages into its log, as every real one does, and keeps the log.

    Other tests write beside this one: without that a checkpoint would reuse what is still to be searched.
    """
    settings = cluster.home.data / "postgresql.conf"
    before = settings.read_text()
    settings.write_text(f"{before}full_page_writes = on\nwal_keep_size = '{KEPT}'\n")
    try:
        _reloaded(cluster, "on")
        yield
    finally:
        settings.write_text(before)
        _reloaded(cluster, "off")


def _reloaded(cluster: Cluster, wanted: str) -> None:
    """Read the settings again; what writes the log takes them over with its next checkpoint."""
    with psycopg.connect(cluster.dsn("wg_super", "postgres"), autocommit=True) as power:
        power.execute("select pg_reload_conf()")
    while True:
        with psycopg.connect(cluster.dsn("wg_super", "postgres"), autocommit=True) as fresh:
            row = fresh.execute("show full_page_writes").fetchone()
            if row == (wanted,):
                fresh.execute("checkpoint")
                return
        time.sleep(0.05)
