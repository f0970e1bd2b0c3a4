"""All writes to places: loaded by the system, or taken from a list that a person brought in."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model

from wangge.access.action import action, by_the_system
from wangge.access.actor import Actor
from wangge.access.bulk import Kept, keep_rows
from wangge.exchange import writing
from wangge.exchange.models import Change
from wangge.places.rules import may_import_places

M = TypeVar("M", bound=Model)


@action("places.keep", needs=by_the_system)
def keep(rows: Sequence[M], *, by: Actor) -> Kept[M]:
    """Keep many rows of one table of places, with count and digest in the book."""
    return keep_rows(rows, app="places")


@action("places.take", needs=may_import_places)
def take(
    made: Sequence[Model], changed: Sequence[tuple[Model, tuple[str, ...]]], *, by: Actor, of: int
) -> writing.Written:
    """Write a chunk of an import, with count and digest in the book."""
    return writing.write(made, changed, app="places", of=of)


@action("places.give_back", needs=may_import_places)
def give_back(changes: Sequence[Change], *, by: Actor, of: int) -> writing.Written:
    """Give a chunk of an import back: what it made goes, what it changed is as before."""
    return writing.give_back(changes, app="places", of=of)
