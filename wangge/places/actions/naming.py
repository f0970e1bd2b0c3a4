"""The names places are found by, written with the places themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model
from psycopg import sql

from wangge.access import bulk
from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.exchange.queries.staging import objects_of
from wangge.places.models import Name
from wangge.places.queries import register
from wangge.places.queries.naming import names_of, unnamed
from wangge.places.words import How, Kind

COLUMNS = [field.attname for field in Name._meta.concrete_fields if not field.primary_key]
RENEWED = sql.SQL(
    "on conflict (kind, place, folded) do update set how = excluded.how, text = excluded.text,"
    " area_id = excluded.area_id, compound_id = excluded.compound_id, note = excluded.note"
)
KINDS = {  # of the tables whose rows have names of their own
    "places.area": (Kind.AREA, Kind.GRID), "places.compound": (Kind.COMPOUND,), "places.building": (Kind.BUILDING,),
}  # fmt: skip


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
        held = Name.objects.filter(kind=kind, place__in={place for place, _ in fresh}, how__in=own)
        gone = [pk for pk, *rest in held.values_list("id", "place", "folded") if tuple(rest) not in fresh]
        Name.objects.filter(pk__in=gone).update(how=How.FORMER)
    bulk.insert(Name, {column: [getattr(name, column) for name in names] for column in COLUMNS}, RENEWED)
    register.forget()
    return len(names)


def write_names_of(rows: Sequence[Model]) -> int:
    """The names of rows of several tables, each after what it stands on."""
    tables = list(dict.fromkeys(type(row) for row in rows))
    return sum(write_names([row for row in rows if type(row) is table]) for table in tables)


def forget_names(gone: Sequence[tuple[str, int]]) -> None:
    """Within an action that takes places back: their names go with them."""
    for table, kinds in KINDS.items():
        if places := [record for named, record in gone if named == table]:
            Name.objects.filter(kind__in=kinds, place__in=places).delete()
    register.forget()


def name_again(changed: Sequence[tuple[str, int]]) -> None:
    """Within an action that sets places back: they are called as before."""
    for table in KINDS:
        if places := [record for named, record in changed if named == table]:
            write_names(list(objects_of(apps.get_model(table)).filter(pk__in=places)))
