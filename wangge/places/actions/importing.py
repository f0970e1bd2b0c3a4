"""What a list that a person brought in makes of the register, and how it is given back."""

from collections.abc import Sequence

from django.db.models import Model

from wangge.access.action import action
from wangge.access.actor import Actor
from wangge.exchange import writing
from wangge.exchange.models import Change
from wangge.places.actions.naming import forget_names, name_again, write_names_of
from wangge.places.rules import may_import_places


@action("places.take", needs=may_import_places)
def take(
    made: Sequence[Model], changed: Sequence[tuple[Model, tuple[str, ...]]], *, by: Actor, of: int
) -> writing.Written:
    """Write a chunk of an import, with count and digest in the book."""
    written = writing.write(made, changed, app="places", of=of)
    write_names_of([*made, *(row for row, _names in changed)])
    return written


@action("places.give_back", needs=may_import_places)
def give_back(changes: Sequence[Change], *, by: Actor, of: int) -> writing.Written:
    """Give a chunk of an import back: what it made goes, what it changed is as before."""
    forget_names([(one.table, one.record) for one in changes if one.made])
    written = writing.give_back(changes, app="places", of=of)
    name_again([(one.table, one.record) for one in changes if not one.made])
    return written
