"""Opening and destroying compartments, sealing values into them."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from wangge.vault import cipher
from wangge.vault.models import Compartment
from wangge.vault.queries import key_of, store

DESTROYED = "destroyed-keys.jsonl"
"""Name of the list of destroyed keys beside exported seals."""


def open_compartment(code: str, *, now: datetime) -> Compartment:
    """Make the compartment's key durable in two places, then the compartment; twice changes nothing."""
    held = Compartment.objects.filter(code=code).first()
    if held is not None:
        return held
    key_id = store().create()
    return Compartment.objects.create(code=code, key_id=key_id, suite=settings.WANGGE.suite, opened_at=now)


def obey_the_dead(*, now: datetime) -> tuple[str, ...]:
    """Bring store and table together at the start: finish what was broken off, and note which compartments are gone.

    A restored database may not know yet that a key was destroyed after the backup; the list outside it does.
    Returns the codes of the compartments that were noted just now.
    """
    held = store()
    held.mend()
    gone = Compartment.objects.filter(destroyed_at__isnull=True, key_id__in=held.destroyed())
    codes = tuple(gone.order_by("code").values_list("code", flat=True))
    gone.update(destroyed_at=now)
    return codes


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


def blind_index(compartment: str, value: str, *, area: int | None = None) -> bytes:
    """A keyed digest to find equal values by; dies with the compartment's key."""
    return cipher.blind_index(key_of(compartment), value, area=area)


def destroy(compartment: Compartment, *, now: datetime) -> str:
    """Destroy the compartment's key: what it sealed is gone here and in every backup. Returns the key's id.

    The key is gone even if the caller's transaction is rolled back afterwards: the list outside the database decides.
    Called by the action of whoever may end it (ERL Art. 85); that action leaves the entry in the book.
    """
    if compartment.destroyed_at is not None:
        raise ValueError(_("This compartment was destroyed before."))
    store().destroy(compartment.key_id, now=now)
    compartment.destroyed_at = now
    compartment.save(update_fields=["destroyed_at"])
    return compartment.key_id
