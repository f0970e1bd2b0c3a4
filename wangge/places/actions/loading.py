"""Loading the register in one go, in the system's own name."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model

from wangge.access.action import action, by_the_system
from wangge.access.actor import Actor
from wangge.access.bulk import Kept, keep_rows
from wangge.places.actions.naming import write_names

M = TypeVar("M", bound=Model)


@action("places.keep", needs=by_the_system)
def keep(rows: Sequence[M], *, by: Actor) -> Kept[M]:
    """Keep many rows of one table of places, with count and digest in the book, and the names they are found by."""
    kept = keep_rows(rows, app="places")
    write_names(kept.rows)
    return kept
