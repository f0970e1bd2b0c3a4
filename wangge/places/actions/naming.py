"""The names places are found by, written with the places themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model

from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.places.models import Name
from wangge.places.queries import register
from wangge.places.queries.naming import names_of, unnamed
from wangge.places.words import How

TOGETHER = 2000


@dataclass(frozen=True)
class Named:
    """How many names were written."""

    names: int
    ledger_subject: str = "table:places_name"
    ledger_area: int | None = None


@action("places.name", needs=by_the_system)
def name_places(*, by: Actor) -> Named:
    """Write the names of every place that has none or is called otherwise by now. Twice changes nothing."""
    written = sum(write_names(rows) for rows in unnamed())
    note(names=written)
    return Named(written)


def write_names(rows: Sequence[Model]) -> int:
    """Within an action that writes places: the names of these rows. Those they had before are kept as former ones."""
    names = names_of(rows)
    if not names:
        return 0
    kind, own = names[0].kind, {How.NAME, How.SHORT} if How.NAME in {name.how for name in names} else set()
    if own:
        fresh = {(name.place, name.folded) for name in names}
        held = Name.objects.filter(kind=kind, place__in={name.place for name in names}, how__in=own)
        gone = [pk for pk, *rest in held.values_list("id", "place", "folded") if tuple(rest) not in fresh]
        Name.objects.filter(pk__in=gone).update(how=How.FORMER)
    Name.objects.bulk_create(
        names, batch_size=TOGETHER, update_conflicts=True, unique_fields=["kind", "place", "folded"],
        update_fields=["how", "text", "area", "compound", "note"],
    )  # fmt: skip
    register.forget()
    return len(names)
