"""Many rows in one go: one statement per batch, one entry in the book with count and digest."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model

from wangge.access.action import note

M = TypeVar("M", bound=Model)
BATCH = 2000


@dataclass(frozen=True)
class Kept(Generic[M]):
    """Rows as they were kept, with their ids."""

    rows: tuple[M, ...]
    ledger_subject: str
    ledger_area: int | None = None


def keep_rows(rows: Sequence[M], *, app: str) -> Kept[M]:
    """Insert rows of one table of the app. Called by that app's own bulk action."""
    if not rows:
        return Kept((), f"{app}:none")
    table = type(rows[0])._meta
    if table.app_label != app or any(type(row) is not type(rows[0]) for row in rows):
        msg = f"{table.label} is not written by {app}"
        raise ValueError(msg)
    manager = table.default_manager
    assert manager is not None
    kept = tuple(manager.bulk_create(rows, batch_size=BATCH))
    digest = hashlib.sha256()
    for row in kept:
        digest.update(repr([getattr(row, field.attname) for field in table.concrete_fields]).encode())
    note(rows=len(kept), digest=digest.hexdigest())
    return Kept(kept, f"table:{table.db_table}")
