"""Opening and destroying compartments, sealing values into them."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from wangge.vault import cipher
from wangge.vault.models import Compartment, Generation
from wangge.vault.queries import indexing_key_of, key_of, store

DESTROYED = "destroyed-keys.jsonl"
"""Name of the list of destroyed keys beside exported seals."""


def open_compartment(code: str, *, now: datetime) -> Compartment:
    """Make the compartment's key durable in two places, then the compartment; twice changes nothing."""
    held = Compartment.objects.filter(code=code).first()
    if held is not None:
        return held
    key_id = store().create()
    opened = Compartment.objects.create(code=code, opened_at=now)
    Generation.objects.create(compartment=opened, key_id=key_id, suite=settings.WANGGE.suite, begun_at=now)
    return opened


def obey_the_dead(*, now: datetime) -> tuple[str, ...]:
    """Bring store and tables together at the start: finish what was broken off, and note which keys are gone.

    A restored database may not know yet that a key was destroyed after the backup; the list outside it does. Where
    the newest key is gone the compartment is, and what is left of its keys goes too. Returns the codes of the
    compartments that were noted just now.
    """
    held = store()
    held.mend()
    dead = held.destroyed()
    Generation.objects.filter(destroyed_at=None, key_id__in=dead).update(destroyed_at=now)
    gone = Compartment.objects.filter(destroyed_at=None, generations__retired_at=None, generations__key_id__in=dead)
    codes = []
    for compartment in gone.order_by("code"):
        _destroy(compartment, now=now)
        codes.append(compartment.code)
    return tuple(codes)


def copy_tombstones(folder: Path) -> None:
    """Put the list of destroyed keys beside the exported seals, as a whole or not at all."""
    source = store().tombstones
    if source.exists():
        draft = folder / f".{DESTROYED}.new"
        draft.write_bytes(source.read_bytes())
        draft.replace(folder / DESTROYED)


def seal(compartment: str, value: str, *, table: str, column: str, row: str) -> bytes:
    """Seal a value for one place; it opens nowhere else."""
    return cipher.seal(key_of(compartment), value, table=table, column=column, row=row)


def seal_many(compartment: str, places: Sequence[tuple[str, str, str, str]]) -> list[bytes]:
    """Seal (value, table, column, row) each for its place: the key is fetched once. Raises KeyDestroyed."""
    return cipher.seal_many(key_of(compartment), places)


def seal_bytes(compartment: str, value: bytes, *, table: str, column: str, row: str) -> bytes:
    """As `seal`, for bytes: a piece of a file."""
    return cipher.seal_bytes(key_of(compartment), value, table=table, column=column, row=row)


def blind_index(compartment: str, value: str, *, area: int | None = None) -> bytes:
    """A keyed digest to be stored, to find equal values by; dies with the compartment's key.

    To look for a value use `queries.blind_indexes`: while a key is exchanged there are two.
    """
    return cipher.blind_index(indexing_key_of(compartment), value, area=area)


def blind_index_many(compartment: str, values: Sequence[tuple[str, int | None]]) -> list[bytes]:
    """As `blind_index` for (value, area) each: the key is fetched once. Raises KeyDestroyed."""
    return cipher.blind_index_many(indexing_key_of(compartment), values)


def destroy(compartment: Compartment, *, now: datetime) -> str:
    """Destroy every key of the compartment: what they sealed is gone here and in every backup.

    Returns the id of the key that sealed last. The keys are gone even if the caller's transaction is rolled back
    afterwards: the list outside the database decides. Called by the action of whoever may end it (ERL Art. 85);
    that action leaves the entry in the book.
    """
    if compartment.destroyed_at is not None:
        raise ValueError(_("This compartment was destroyed before."))
    return _destroy(compartment, now=now)


def _destroy(compartment: Compartment, *, now: datetime) -> str:
    """The newest key first: broken off here, `obey_the_dead` knows by it that the others have to follow."""
    living = compartment.generations.filter(destroyed_at=None)
    newest = compartment.generations.get(retired_at=None)
    for key_id in (newest.key_id, *living.exclude(pk=newest.pk).values_list("key_id", flat=True)):
        store().destroy(key_id, now=now)
    living.update(destroyed_at=now)
    compartment.destroyed_at = now
    compartment.save(update_fields=["destroyed_at"])
    return newest.key_id
