"""Exchanging a compartment's key as work of the house: begun at the command line, carried on by the worker."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

from django.utils import timezone

from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.jobs.system import as_system
from wangge.vault import rotation
from wangge.vault.models import Compartment
from wangge.vault.rotation import Step


@action("vault.rotate", needs=by_the_system)
def rotate(code: str, *, by: Actor, now: datetime, keep: timedelta | None = None) -> Compartment:
    """Begin the next key of a compartment; `keep` says how long the old one opens at least (none: backups' life).

    Raises RotationRefused.
    """
    begun = rotation.begin(code, now=now, keep=keep)
    note(key=begun.key_id, suite=begun.suite)
    return begun.compartment


def steps(code: str, *, seconds: float) -> Iterator[Step]:
    """Seal anew chunk by chunk, each in its own transaction, until there is nothing to do now or the time is over."""
    end = monotonic() + seconds
    while monotonic() < end:
        with as_system("reseal"):
            done = rotation.step(code, now=timezone.now())
        yield done
        if done.waits or done.is_done:
            return
