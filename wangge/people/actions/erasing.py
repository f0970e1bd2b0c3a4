"""Removing people with everything that hangs on them: nothing stays behind that points to nobody."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, Func, JSONField, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.jobs.keeping import hanging_on
from wangge.people.models import Household, Occupancy, Person, RetentionHold
from wangge.people.queries.over import TELLABLE, withdrawn
from wangge.people.queries.retention import is_held
from wangge.people.rules import may_erase
from wangge.people.words import EraseGround

PERSONS, HOUSEHOLDS, OCCUPANCIES = (model._meta.db_table for model in (Person, Household, Occupancy))


@dataclass(frozen=True)
class Erased:
    """Who is no longer there, by number, with how many rows of which table went along."""

    person: int
    along: Mapping[str, int]
    ledger_area: int | None

    @property
    def ledger_subject(self) -> str:
        return f"person:{self.person}"


@action("person.erase", needs=may_erase)
def erase_person(person_id: int, *, ground: EraseGround, by: Actor, now: datetime) -> Erased:
    """Remove a person at once, whoever they live with: a request that was decided, or a time that is over.

    `by` is the system (`jobs.system.as_system`): no other session may delete. Raises Refused when nobody has the
    number, when a hold keeps the rows, or when something of the person is open that has to be ended first. Backups lose
    the rows within their stated life.
    """
    held = Person.objects.select_for_update().filter(pk=person_id).values_list("area_id", flat=True).first()
    if held is None:
        raise Refused(_("Nobody in the registry has this number."))
    today = localdate(now)
    if is_held([person_id], today):
        raise Refused(_("What is kept of this person is held for a lawful reason. End the hold first."))
    if any(each.keeps is not None and each.keeps().filter(pk=person_id).exists() for each in hanging_on(PERSONS)):
        raise Refused(_("Something of this person is still open. It is ended first."))
    homes = _homes_of([person_id])
    along = remove_persons([person_id], today)
    along += _leave(homes, today)
    note(ground=EraseGround(ground).value, along=[f"{table}:{rows}" for table, rows in sorted(along.items())])
    return Erased(person_id, along, held)


def remove_persons(ids: Sequence[int], _newest: date) -> Counter[str]:
    """Remove persons who are locked already; returns the rows of other tables that went along, by table.

    Django refuses (ProtectedError) when a row that nobody registered still points to one of them.
    """
    along: Counter[str] = Counter()
    for each in hanging_on(PERSONS):
        along[each.table] += each.remove(ids)
    along[OCCUPANCIES] += Occupancy.objects.filter(person__in=ids).delete()[0]
    Person.objects.filter(pk__in=ids).delete()
    return +along


def remove_households(ids: Sequence[int], _newest: date) -> Counter[str]:
    """Remove households in which nobody is written down any more."""
    along: Counter[str] = Counter()
    for each in hanging_on(HOUSEHOLDS):
        along[each.table] += each.remove(ids)
    Household.objects.filter(pk__in=ids).delete()
    return +along


def remove_occupancies(ids: Sequence[int], _newest: date) -> Mapping[str, int]:
    """Remove where somebody lived before."""
    Occupancy.objects.filter(pk__in=ids, until__isnull=False).delete()
    return {}


def empty_wishes(ids: Sequence[int], _newest: date) -> Mapping[str, int]:
    """Forget how to reach people who have moved away, and who said so."""
    Person.objects.filter(pk__in=ids, home__isnull=True).update(wishes=None, told=_without("wishes"))
    return {}


def forget_tellers(ids: Sequence[int], newest: date) -> Mapping[str, int]:
    """Forget who told what was taken back."""
    for field in TELLABLE:
        Person.objects.filter(withdrawn(field, newest), pk__in=ids).update(told=_without(field))
    return {}


def remove_holds(persons: Sequence[int]) -> int:
    """Holds of before: one in force keeps its person."""
    return RetentionHold.objects.filter(person__in=persons).delete()[0]


def _without(field: str) -> Func:
    """`told` without one of its names."""
    return Func(F("told"), Cast(Value(field), TextField()), arg_joiner=" - ", template="(%(expressions)s)",
                output_field=JSONField())  # fmt: skip


def _homes_of(ids: Sequence[int]) -> set[int]:
    return set(Occupancy.objects.filter(person__in=ids).values_list("household_id", flat=True))


def _leave(homes: Collection[int], today: date) -> Counter[str]:
    """Remove the households that nobody speaks of any more; end those in which nobody lives now."""
    left = Household.objects.filter(pk__in=homes)
    empty = _unspoken(left).values_list("pk", flat=True)
    along = remove_households(list(empty), today)
    along[HOUSEHOLDS] += len(homes) - left.count()
    living = Occupancy.objects.filter(household=OuterRef("pk"), until__isnull=True)
    left.filter(~Exists(living), until__isnull=True).update(until=today)
    return +along


def _unspoken(households: QuerySet[Household]) -> QuerySet[Household]:
    spoken = Occupancy.objects.filter(household=OuterRef("pk"))
    return households.filter(~Exists(spoken), ~Exists(Person.objects.filter(home=OuterRef("pk"))))
