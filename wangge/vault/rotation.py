"""Exchanging a compartment's key while reads and writes go on: begin, seal anew in chunks, destroy the old key.

Each chunk is a transaction of the caller's and moves the progress on with it, so a kill loses the chunk at most. The
old key opens until nothing registered is sealed with it and no transaction that might still write so is under way.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.utils.translation import gettext as _

from wangge.ledger.record import Fact, record
from wangge.vault import resealing, sealed
from wangge.vault.models import Compartment, Generation, Resealing
from wangge.vault.queries import OVERTURE, rows, store

CHUNK = 1_000
"""Rows of one transaction; whoever wants to change one of them waits for its end, a fifth of a second."""
SETTLING = OVERTURE + timedelta(seconds=10)
"""After the beginning: the new key seals in every process, and nobody seals with the old one any more."""


class RotationRefused(ValueError):
    """This key cannot be exchanged now; the message is a sentence."""


@dataclass(frozen=True)
class Step:
    """What one chunk did. `waits`: nothing to do at the moment; `is_done`: no key of before has any row left."""

    table: str = ""
    rows: int = 0
    waits: bool = False
    is_done: bool = False


def begin(code: str, *, now: datetime, keep: timedelta | None = None) -> Generation:
    """Make the next key of a compartment durable and let it take over; the one before opens only.

    The old key is destroyed when it is empty and `keep` is over: backups of the time before need it. Without `keep`
    that is the life of a backup, or longer where values outside tables are still asked for. Raises RotationRefused.
    """
    held = Compartment.objects.select_for_update().get(code=code)
    if held.destroyed_at is not None:
        raise RotationRefused(_("This compartment was destroyed before."))
    if held.generations.filter(retired_at__isnull=False, emptied_at=None).exists():
        raise RotationRefused(_("The exchange begun before is still under way."))
    kept = max(timedelta(days=settings.WANGGE.old_key_days), sealed.passing(code)) if keep is None else keep
    held.generations.filter(retired_at=None).update(retired_at=now, due_at=now + kept)
    for each in sealed.of(code):
        fresh = {"after": "", "rows": 0, "unreadable": 0, "is_through": False}
        Resealing.objects.update_or_create(compartment=held, table=each.table, defaults=fresh)
    return held.generations.create(key_id=store().create(), suite=settings.WANGGE.suite, begun_at=now)


def step(code: str, *, now: datetime, most: int = CHUNK) -> Step:
    """Seal the next chunk of rows anew, in the caller's transaction, and leave an entry with its count and digest."""
    old = list(Generation.objects.filter(
        compartment__code=code, retired_at__isnull=False, emptied_at=None, destroyed_at=None
    ))  # fmt: skip
    if not old:
        return Step(is_done=True)
    rows.without_hurry()
    ids = [each.key_id for each in old]
    waits = False
    for spec in sealed.of(code):
        progress = _progress(code, spec.table)
        if progress.is_through:
            continue
        done = _chunk(code, spec, progress, ids, most)
        if done.rows or not (done.waits or progress.is_through):
            return done
        waits = waits or done.waits
    return Step(waits=True) if waits else _settle(code, old, ids, now)


def _progress(code: str, table: str) -> Resealing:
    held = Resealing.objects.select_for_update().filter(compartment__code=code, table=table).first()
    if held is None:  # registered by a release that came after the beginning
        held = Resealing.objects.create(compartment=Compartment.objects.get(code=code), table=table)
    return held


def _chunk(code: str, spec: sealed.Sealed, progress: Resealing, ids: list[str], most: int) -> Step:
    if not progress.after:
        progress.unreadable = 0
    taken = rows.take(spec, ids, after=progress.after, most=most)
    fresh, unreadable = resealing.sealed_anew(code, spec, taken, ids)
    rows.write(spec, fresh)
    progress.rows += len(fresh)
    progress.unreadable += unreadable
    if fresh:
        keys = [str(key) for key in fresh.keys]
        digest = sha256("\n".join(keys).encode()).hexdigest()
        facts: dict[str, Fact] = {"table": spec.table, "rows": len(keys), "digest": digest}
        record("vault.reseal", f"compartment:{code}", area_id=None, facts=facts)
    waits = False
    if len(taken) == most:
        progress.after = str(taken.keys[-1])
    else:  # the pass is over; rows that somebody held are left for the next one
        progress.after = ""
        progress.is_through = not rows.is_left(spec, ids)
        waits = not progress.is_through
    progress.save()
    return Step(spec.table, len(fresh), waits=waits)


def _settle(code: str, old: list[Generation], ids: list[str], now: datetime) -> Step:
    """Everything visible is sealed anew: wait for whoever may still write with the old key, and look once more."""
    if any(each.retired_at is None or now < each.retired_at + SETTLING for each in old):
        return Step(waits=True)
    oldest, following = rows.horizon()
    generations = Generation.objects.filter(pk__in=[each.pk for each in old])
    if any(each.horizon is None for each in old):
        generations.update(horizon=following)
        return Step(waits=True)
    if any(oldest < (each.horizon or 0) for each in old):
        return Step(waits=True)
    if late := [spec.table for spec in sealed.of(code) if rows.is_left(spec, ids)]:
        Resealing.objects.filter(compartment__code=code, table__in=late).update(is_through=False, after="")
        generations.update(horizon=None)
        return Step()
    generations.update(emptied_at=now)
    record("vault.empty", f"compartment:{code}", area_id=None, facts={"keys": ids})
    return Step(is_done=True)


def destroy_due(*, now: datetime) -> tuple[str, ...]:
    """Destroy the old keys that are empty and whose time is over. Returns their ids."""
    due = Generation.objects.filter(emptied_at__isnull=False, due_at__lte=now, destroyed_at=None)
    gone = []
    for each in due.select_related("compartment").order_by("pk"):
        store().destroy(each.key_id, now=now)
        Generation.objects.filter(pk=each.pk).update(destroyed_at=now)
        record("vault.destroy_key", f"compartment:{each.compartment.code}", area_id=None, facts={"key": each.key_id})
        gone.append(each.key_id)
    return tuple(gone)


def under_way() -> tuple[str, ...]:
    """Compartments with rows under a key of before."""
    old = Generation.objects.filter(retired_at__isnull=False, emptied_at=None, destroyed_at=None)
    return tuple(sorted(set(old.values_list("compartment__code", flat=True))))
