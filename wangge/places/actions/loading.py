"""Loading the register in one go, in the system's own name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from wangge.access import bulk
from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.access.bulk import Kept, keep_rows
from wangge.places.actions.naming import write_names
from wangge.places.models import Dwelling

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class KeptDwellings:
    """How many were kept."""

    dwellings: int
    ledger_subject: str = f"table:{Dwelling._meta.db_table}"
    ledger_area: int | None = None


@action("places.keep", needs=by_the_system)
def keep(rows: Sequence[M], *, by: Actor) -> Kept[M]:
    """Keep many rows of one table of places, with count and digest in the book, and the names they are found by."""
    kept = keep_rows(rows, app="places")
    write_names(kept.rows)
    return kept


@action("places.keep_dwellings", needs=by_the_system)
def keep_dwellings(columns: Mapping[str, Sequence[Any]], *, by: Actor) -> KeptDwellings:
    """Keep many dwellings, given as columns named as the fields: a city has half a million, and they have no names."""
    count = len(columns["building_id"])
    note(rows=count, digest=bulk.insert(Dwelling, columns))
    return KeptDwellings(count)
