"""`wangge doctor`: what is wrong and how to mend it, in plain sentences."""

import shlex
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
from wangge.core import machine_code
from wangge.exchange.queries.exports import undecidable
from wangge.jobs.system import as_system
from wangge.ledger import seals
from wangge.ledger.queries import lag
from wangge.vault import saved_keys
from wangge.vault.models import Generation, Resealing
from wangge.vault.queries import KeyMissing, check_ciphers, store
from wangge.vault.rotation import under_way
from wangge.web import health
from wangge.web.commands import noted, saving
from wangge.web.demo import mark
from wangge.web.postgres import binaries, pruning
from wangge.web.postgres.checks import ServerTrouble, check_durable
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
    """The folders, every file in them, and the copies of the keys."""
    home = settings.WANGGE.home
    for folder in (home / "secrets", home / "keys", *store().copies, home / "destroyed"):
        if not folder.exists():
            continue
        open_ones = [path for path in (folder, *sorted(folder.iterdir())) if path.stat().st_mode & 0o077]
        for path in open_ones:
            yield Finding(BAD, f"{path} can be read by others", f"chmod go-rwx {shlex.quote(str(path))}")
        if not open_ones:
            yield Finding(GOOD, f"{folder.name} are private")


def demo_data() -> Iterator[Finding]:
    if mark.is_demo():
        yield Finding(WARN, "the demo with its known passwords lives here", "Take an empty WANGGE_HOME.")


def ciphers() -> Iterator[Finding]:
    check_ciphers()
    yield Finding(GOOD, f"ciphers answer as published (suite {settings.WANGGE.suite})")


def loops(core: Path = machine_code.CORE) -> Iterator[Finding]:
    if machine_code.is_ready(core, settings.WANGGE.home):
        yield Finding(GOOD, "the loops of divisions are compiled")
    else:
        yield Finding(WARN, "the loops of divisions are not compiled: the first draft of grids waits for it",
                      "wangge up compiles them in the background, within some minutes.")  # fmt: skip


def durability() -> Iterator[Finding]:
    connection.ensure_connection()
    try:
        check_durable(connection.connection)
    except ServerTrouble as risky:
        yield Finding(BAD, str(risky), "Acknowledged reports could be lost until it is mended.")
    else:
        yield Finding(GOOD, "every acknowledged write is on the disk")


def calendars() -> Iterator[Finding]:
    today = timezone.localdate()
    missing = missing_years(today)
    for year in missing:
        yield Finding(BAD, f"no calendar for {year}", "Add its definition and run: wangge catalogue load")
    for year in provisional_years(today):
        yield Finding(WARN, f"the calendar of {year} is provisional", "Load the State Council's notice when it is out.")
    if not missing:
        yield Finding(GOOD, "calendars reach into next year")


def keys() -> Iterator[Finding]:
    dead = store().destroyed()
    living = Generation.objects.filter(destroyed_at=None).select_related("compartment")
    for each in living.order_by("compartment__code", "pk"):
        if each.key_id in dead:
            yield Finding(BAD, f"compartment {each.compartment.code} has a destroyed key",
                          "It stays closed. wangge migrate notes it in the database.")  # fmt: skip
        else:
            yield _key_of(each)
    for folder, lacking in store().lacking().items():
        yield Finding(BAD, f"{folder} lacks {len(lacking)} keys", "wangge migrate brings them from the other place.")


def _key_of(each: Generation) -> Finding:
    code = each.compartment.code
    try:
        store().read(each.key_id)
    except KeyMissing:
        return Finding(BAD, f"the key of {code} is missing", "Bring the keys back from their backup.")
    return Finding(GOOD, f"old key of {code} opens" if each.retired_at else f"key of {code} opens")


def exchanges() -> Iterator[Finding]:
    """Values that do not open keep an old key alive."""
    for stuck in Resealing.objects.filter(unreadable__gt=0, is_through=False).select_related("compartment"):
        yield Finding(BAD, f"{stuck.unreadable} values of {stuck.table} do not open with the key they name",
                      "The old key is kept. Bring the rows back from a backup.")  # fmt: skip
    for code in under_way():
        yield Finding(GOOD, f"values of {code} are being sealed with a new key")


def key_backups() -> Iterator[Finding]:
    """How old the newest backup of the keys is; which are past their life, or hold what was destroyed, or lack keys."""
    now, held = timezone.now(), store()
    dead, found = held.destroyed(), []
    for folder in noted.folders("key-backups"):
        try:
            found += saved_keys.listed(folder)
        except saved_keys.NoBackup as strange:
            yield Finding(WARN, f"{strange} is no backup of keys", "Look at it and delete it.")
    for each in found:
        remove = f"rm {shlex.quote(str(each.path))}"
        if each.is_over(now):
            yield Finding(BAD, f"{each.path} is past its life: it ended {timezone.localtime(each.ends_at):%F}", remove)
        elif gone := each.ids & dead:
            yield Finding(WARN, f"{each.path} still holds {len(gone)} destroyed keys",
                          "wangge keys backup into this folder replaces it.")  # fmt: skip
    living = [each for each in found if not each.is_over(now)]
    if not living:
        yield Finding(WARN, "there is no backup of the keys that may be used",
                      "wangge keys backup FOLDER --passphrase FILE")  # fmt: skip
        return
    newest = max(living, key=lambda each: each.made_at)
    hours = (now - newest.made_at).total_seconds() / 3600
    if unsaved := held.living() - newest.ids:
        yield Finding(WARN, f"{len(unsaved)} keys are not in the newest backup of the keys, {hours:.0f} h old",
                      "wangge keys backup FOLDER --passphrase FILE")  # fmt: skip
    else:
        yield Finding(GOOD, f"the newest backup of the keys is {hours:.0f} h old")


def backups() -> Iterator[Finding]:
    """Copies of the installation past their life: what somebody asked to have erased is still in them."""
    dead, now = store().destroyed(), timezone.now()
    system = pruning.system_at(settings.WANGGE.home)
    for folder in noted.folders("backups"):
        over = pruning.spent(folder, "installation", system=system, life=saving.data_life(), now=now)
        over += pruning.spent(folder, "keys", system=system, life=saving.keys_life(), now=now, dead=dead)
        for path in over:
            yield Finding(BAD, f"{path} is past its life, or holds a destroyed key", f"rm -r {shlex.quote(str(path))}")


def workers() -> Iterator[Finding]:
    """Nobody seals, sends or reacts without one."""
    if health.worker() == "ok":
        yield Finding(GOOD, "the worker gives signs of life")
    else:
        yield Finding(WARN, "no worker gave a sign of life within a minute", "wangge up")


def book() -> Iterator[Finding]:
    found = seals.verify(seals.read_anchors(settings.WANGGE.home / "anchors" / "anchors.jsonl"))
    for fault in found.faults:
        yield Finding(BAD, fault, "Keep the machine as it is and call the auditor.")
    if found.whole:
        yield Finding(GOOD, f"the book is whole: {found.entries} entries under {found.seals} seals")
    waiting = lag().total_seconds()
    if waiting > health.UNSEALED_MOST:
        yield Finding(BAD, f"the oldest unsealed entry is {waiting:.0f} s old", "Is the worker running? wangge up")


def exports() -> Iterator[Finding]:
    """Two persons of two organisations: of the organisation that asks, nobody decides."""
    stuck = undecidable(timezone.now())
    if stuck:
        yield Finding(WARN, f"nobody may decide an export asked for by {stuck[0]} ({len(stuck)} such)",
                      "Let the security administrator belong to another organisation.")  # fmt: skip
    else:
        yield Finding(GOOD, "exports can be decided by another organisation")


OUTSIDE: tuple[Callable[[], Iterator[Finding]], ...] = (
    programs,
    disk,
    secrets_are_private,
    ciphers,
    demo_data,
    loops,
    key_backups,
    backups,
)
INSIDE: tuple[Callable[[], Iterator[Finding]], ...] = (durability, calendars, keys, exchanges, workers, book, exports)


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
    """Look at everything and say what is wrong and how to mend it. Exit code 1 when something has to be mended.

    Example: wangge doctor
    """
    worst = 0
    for finding in look():
        colour = {GOOD: "green", WARN: "yellow", BAD: "red"}[finding.state]
        click.secho(f"{finding.state:>5}  ", fg=colour, nl=False)
        click.echo(finding.what)
        if finding.mend:
            click.echo(f"       → {finding.mend}")
        worst = max(worst, FAULT if finding.state == BAD else 0)
    sys.exit(worst)
