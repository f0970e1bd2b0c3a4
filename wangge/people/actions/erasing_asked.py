"""People who asked to be deleted, and were answered that they are: removed by the house once they have been told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.people.actions.erasing import erase_person
from wangge.people.models import Arrival, CareNeed, Person, RightsLink, RightsRequest
from wangge.people.models.rights_words import OPEN, Outcome, Right
from wangge.people.words import EraseGround

LATEST = timedelta(days=3)
"""After the answer; whoever has been told before that is removed at once."""


def erase_asked(*, by: Actor, now: datetime) -> list[int]:
    """Remove whom a granted request names; whoever a hold keeps waits for its end. Returns the requests carried out."""
    due = RightsRequest.objects.filter(kind=Right.DELETE, outcome=Outcome.GRANTED, person__isnull=False)
    done = []
    for request in due.filter(Q(told_at__isnull=False) | Q(answered_at__lte=now - LATEST)).order_by("pk")[:100]:
        assert request.person_id is not None
        try:
            erase_person(request.person_id, ground=EraseGround.PURPOSE_MET, by=by, now=now)
        except Refused:
            continue
        done.append(request.pk)
    return done


def asking() -> QuerySet[Person]:
    """Persons with a request under way: it is answered first."""
    return Person.objects.filter(pk__in=RightsRequest.objects.filter(state__in=OPEN).values("person"))


def unlink_requests(persons: Sequence[int]) -> int:
    """Requests stay as proof that they were answered, of nobody and without a word of anybody."""
    held = RightsRequest.objects.filter(person__in=persons)
    return held.update(person=None, sought=None, authority=None, words=None, reply=None)


def remove_links(persons: Sequence[int]) -> int:
    """Links that were handed over."""
    return RightsLink.objects.filter(person__in=persons).delete()[0]


def remove_needs(persons: Sequence[int]) -> int:
    """What help was needed."""
    return CareNeed.objects.filter(person__in=persons).delete()[0]


def remove_arrivals(persons: Sequence[int]) -> int:
    """Rows of lists on their way that are these persons, or became them a moment ago."""
    return Arrival.objects.filter(Q(record__in=persons) | Q(pk__in=persons)).delete()[0]
