"""Rows of the registry whose time is over. Who lives somewhere today is never among them."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Least, TruncDate

from wangge.jobs.keeping import end_of, hanging_on
from wangge.people.models import Household, MergedPerson, Occupancy, Person

TELLABLE = ("phone", "document", "wishes")
"""Fields that can be taken back; what was said of them stays in `told` for a while."""


def persons_left(newest: date) -> QuerySet[Any]:
    """People who live nowhere here; not those of whom something is open elsewhere."""
    found = Person.objects.filter(home__isnull=True, left_on__lte=newest)
    found = found.filter(~Exists(Occupancy.objects.filter(person=OuterRef("pk"), until__isnull=True)))
    for each in hanging_on(Person._meta.db_table):
        if each.keeps is not None:
            found = found.exclude(pk__in=each.keeps())
    return found.annotate(lies_in=F("area_id"), begun=F("left_on")).only("pk")


def occupancies_ended(newest: date) -> QuerySet[Any]:
    """Where somebody lived before."""
    found = Occupancy.objects.filter(until__lte=newest)
    return found.annotate(lies_in=F("area_id"), begun=F("until")).only("pk")


def households_ended(newest: date) -> QuerySet[Any]:
    """Households that have ended and that nothing speaks of any more."""
    found = Household.objects.filter(until__lte=newest)
    found = found.filter(~Exists(Occupancy.objects.filter(household=OuterRef("pk"))))
    found = found.filter(~Exists(Person.objects.filter(home=OuterRef("pk"))))
    for each in hanging_on(Household._meta.db_table):
        if each.keeps is not None:
            found = found.exclude(pk__in=each.keeps())
    return found.annotate(lies_in=F("area_id"), begun=F("until")).only("pk")


def wishes_left(newest: date) -> QuerySet[Any]:
    """People who have moved away and of whom it is still written down how to reach them here."""
    found = Person.objects.filter(left_on__lte=newest, wishes__isnull=False)
    return found.annotate(lies_in=F("area_id"), begun=F("left_on")).only("pk")


def fields_withdrawn(newest: date) -> QuerySet[Any]:
    """People of whom something was taken back, and who said so is still written down."""
    back = {field: withdrawn(field, newest) for field in TELLABLE}
    days = [Case(When(is_back, then=Cast(KT(f"told__{field}__1"), DateField()))) for field, is_back in back.items()]
    found = Person.objects.filter(reduce(or_, back.values()))
    return found.annotate(lies_in=F("area_id"), begun=Least(*days)).only("pk")


def merged_values(newest: date) -> QuerySet[Any]:
    """What two entries held before they were merged."""
    found = MergedPerson.objects.filter(merge__at__lt=end_of(newest))
    return found.annotate(lies_in=F("area_id"), begun=TruncDate("merge__at")).only("pk")


def withdrawn(field: str, newest: date) -> Q:
    """One field is empty, and what was said of it was said on the day or before."""
    return Q(**{f"{field}__isnull": True, f"told__{field}__1__lte": newest.isoformat()})
