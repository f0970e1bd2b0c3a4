"""`wangge doctor`: what is wrong and how to mend it, in plain sentences."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from wangge.access.context import NoSession
from wangge.clocks.queries import missing_years, provisional_years
from wangge.jobs.system import as_system
from wangge.ledger import seals
from wangge.vault.models import Compartment
from wangge.vault.queries import check_ciphers, store
from wangge.web.postgres import binaries
from wangge.web.postgres.cluster import Cluster
from wangge.web.trouble import Trouble

FAULT, LOW, VERY_LOW = 1, 0.15, 0.05
GOOD, WARN, BAD = "ok", "look", "mend"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it stands and, where it does not, what to do."""

    state: str
    what: str
    mend: str = ""


def programs() -> Iterator[Finding]:
    if settings.WANGGE.dsn:
        yield Finding(GOOD, "PostgreSQL: an outside server by WANGGE_DSN")
        return
    found = binaries.find(settings.WANGGE.pg_bin)
    yield Finding(GOOD, f"PostgreSQL {'.'.join(map(str, found.version))} ({found.origin})")
    running = Cluster(settings.WANGGE.home, found).is_running()
    yield Finding(GOOD, "the database runs") if running else Finding(WARN, "the database does not run", "wangge up")


def disk() -> Iterator[Finding]:
    usage = shutil.disk_usage(settings.WANGGE.home)
    share = usage.free / usage.total
    text = f"disk: {usage.free / 2**30:.0f} GiB free ({share:.0%})"
    if share < VERY_LOW:
        yield Finding(BAD, text, "Free space now: writes stop when it is full. Old backups first.")
    elif share < LOW:
        yield Finding(WARN, text, "Free space this week: move old backups away.")
    else:
        yield Finding(GOOD, text)


def secrets_are_private() -> Iterator[Finding]:
    for name in ("secrets", "keys"):
        folder: Path = settings.WANGGE.home / name
        if folder.exists() and folder.stat().st_mode & 0o077:
            yield Finding(BAD, f"{name} can be read by others", f"chmod 700 {folder}")
        else:
            yield Finding(GOOD, f"{name} are private")


def ciphers() -> Iterator[Finding]:
    check_ciphers()
    yield Finding(GOOD, f"ciphers answer as published (suite {settings.WANGGE.suite})")


def durability() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"show {name}")
            if cursor.fetchone()[0] == "off":
                yield Finding(BAD, f"{name} is off", f"Set {name} = on: acknowledged reports could be lost.")
                return
    yield Finding(GOOD, "every acknowledged write is on the disk")


def calendars() -> Iterator[Finding]:
    today = timezone.localdate()
    for year in missing_years(today):
        yield Finding(BAD, f"no calendar for {year}", "Add its definition and run: wangge catalogue load")
    for year in provisional_years(today):
        yield Finding(WARN, f"the calendar of {year} is provisional", "Load the State Council's notice when it is out.")
    if not list(missing_years(today)):
        yield Finding(GOOD, "calendars reach into next year")


def keys() -> Iterator[Finding]:
    held, dead = store().ids(), store().destroyed()
    for compartment in Compartment.objects.filter(destroyed_at__isnull=True):
        if compartment.key_id in dead:
            yield Finding(
                BAD, f"compartment {compartment.code} has a destroyed key", "It stays closed; restore kept it so."
            )
        elif compartment.key_id not in held:
            yield Finding(BAD, f"the key of {compartment.code} is missing", "Bring the keys back from their backup.")
        else:
            yield Finding(GOOD, f"key of {compartment.code} is there")


def book() -> Iterator[Finding]:
    found = seals.verify(seals.read_anchors(settings.WANGGE.home / "anchors" / "anchors.jsonl"))
    for fault in found.faults:
        yield Finding(BAD, fault, "Keep the machine as it is and call the auditor.")
    if found.whole:
        yield Finding(GOOD, f"the book is whole: {found.entries} entries under {found.seals} seals")
    with connection.cursor() as cursor:
        cursor.execute("select extract(epoch from ledger_lag())")
        lag = float(cursor.fetchone()[0])
    if lag > 60:
        yield Finding(BAD, f"the oldest unsealed entry is {lag:.0f} s old", "Is the worker running? wangge up")


OUTSIDE: tuple[Callable[[], Iterator[Finding]], ...] = (programs, disk, secrets_are_private, ciphers)
INSIDE: tuple[Callable[[], Iterator[Finding]], ...] = (durability, calendars, keys, book)


def look() -> Iterator[Finding]:
    """Everything, from the machine inwards; a check that cannot run is a finding itself."""
    for check in OUTSIDE:
        try:
            yield from check()
        except (Trouble, OSError, RuntimeError) as problem:
            yield Finding(BAD, f"{check.__name__.replace('_', ' ')}: {problem}")
    try:
        with as_system("doctor"):
            for check in INSIDE:
                yield from check()
    except (DatabaseError, NoSession, LookupError) as problem:
        yield Finding(
            BAD, f"the database does not answer: {str(problem).splitlines()[0]}", "wangge up, then look again"
        )


@click.command()
def doctor() -> None:
    """Look at everything and say what is wrong and how to mend it. Exit code 1 when something has to be mended."""
    worst = 0
    for finding in look():
        colour = {GOOD: "green", WARN: "yellow", BAD: "red"}[finding.state]
        click.secho(f"{finding.state:>5}  ", fg=colour, nl=False)
        click.echo(finding.what)
        if finding.mend:
            click.echo(f"       → {finding.mend}")
        worst = max(worst, FAULT if finding.state == BAD else 0)
    sys.exit(worst)
