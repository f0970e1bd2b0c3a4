"""Bringing a list in as people do: the administrator's pages begin, jobs in her name do the work."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from tests.cast import Person
from wangge.access.actor import Actor
from wangge.access.context import acting
from wangge.access.sessions import open_session
from wangge.core.columns import propose
from wangge.exchange import actions, reading
from wangge.exchange.importer import importer
from wangge.exchange.models import Doubt, Import, Row

REGISTER = (
    "places_area", "places_areacode", "places_belonging", "access_reach", "places_grid", "places_compound",
    "places_building", "places_address", "places_dwelling", "exchange_known",
)  # fmt: skip


def sheet(header: Sequence[str], *rows: Sequence[object], encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode(encoding)


@contextmanager
def at_work(person: Person, purpose: str = actions.PURPOSE) -> Iterator[Actor]:
    """A job in the name of the person."""
    now = timezone.now()
    token = open_session(person.account_id, kind="job", purpose=purpose, now=now, lasts=timedelta(minutes=5))
    with acting(token) as actor:
        yield actor


def run(person: Person, held: Import, most: int = 10_000) -> Import:
    """Let the worker work until a person is asked, or so many chunks."""
    for _ in range(most):
        with at_work(person) as actor:
            if not actions.advance(held.pk, by=actor, now=timezone.now()):
                break
    with person.acting():
        return Import.objects.select_related("source").get(pk=held.pk)


def upload(person: Person, kind: str, raw: bytes, *, source: str = "a list", name: str = "list.csv") -> Import:
    kept = reading.keep([raw], seals=importer(kind).seals)
    with person.acting() as actor:
        origin = actions.source_named(source, by=actor)
        held = actions.begin(origin, kind, file_name=name, kept=kept, by=actor, now=timezone.now())
    return run(person, held)


def mapped(
    person: Person, held: Import, *, columns: Mapping[str, str] | None = None, system: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Import:  # fmt: skip
    """Map as proposed, but for what is told otherwise, and check."""
    fields = [field.wanted for field in importer(held.kind).fields]
    proposed = {match.field: match.header for match in propose(held.head["names"], fields)}
    with person.acting() as actor:
        held = actions.map_columns(
            held, columns={**proposed, **(columns or {})}, system=system or {}, options=options or {}, by=actor,
            now=timezone.now(),
        )  # fmt: skip
    return run(person, held)


def checked(person: Person, kind: str, raw: bytes, *, source: str = "a list", **mapping: Any) -> Import:
    return mapped(person, upload(person, kind, raw, source=source), **mapping)


def decided(person: Person, held: Import, decision: str, **which: Any) -> Import:
    with person.acting() as actor:
        doubts = list(Doubt.objects.filter(of=held, decision="", **which).values_list("pk", flat=True))
        return actions.decide(held, doubts, decision, by=actor, now=timezone.now())


def taken(person: Person, held: Import, *, most: int = 10_000) -> Import:
    with person.acting() as actor:
        actions.confirm(held, without_faulty=True, by=actor, now=timezone.now())
    return run(person, held, most)


def undone(person: Person, held: Import) -> Import:
    with person.acting() as actor:
        actions.undo(held, by=actor, now=timezone.now())
    return run(person, held)


def faults(person: Person, held: Import) -> set[tuple[int, str, str]]:
    """Row, field and rule of all that is wrong."""
    with person.acting():
        rows = Row.objects.filter(of=held).values_list("number", "faults")
        return {(number, fault["field"], fault["rule"]) for number, held in rows for fault in held}


def digest(tables: Iterable[str] = REGISTER) -> dict[str, str]:
    """A digest of each table of the register, read as its owner's superuser would."""
    import psycopg

    from tests.home import HOME
    from wangge.web.postgres.layout import Home

    found = {}
    with psycopg.connect(Home(HOME).dsn("wg_super", str(connection.settings_dict["NAME"]))) as power:
        for table in tables:
            rows = power.execute(f"select t::text from {table} t order by 1".encode()).fetchall()
            found[table] = f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"
    return found
