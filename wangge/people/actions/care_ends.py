"""A need ends: withdrawn at any time and at once, needed no longer, moved away, not confirmed in time."""

from datetime import datetime

from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.people.models import CareNeed, Person
from wangge.people.rules import may_keep, may_withdraw
from wangge.people.words import CareEnd


@action("care.withdraw", needs=may_withdraw)
def withdraw(need: CareNeed, *, source: str, by: Actor, now: datetime) -> CareNeed:
    """Consent is withdrawn by whoever says so for the person, in whatever way: nothing of the need is kept."""
    _remove(need)
    note(source=source)
    return need


@action("care.end", needs=may_keep)
def end_need(need: CareNeed, *, why: CareEnd, by: Actor, now: datetime) -> CareNeed:
    """Take out a need that is none any more; why stands in the book, what it was nowhere."""
    _remove(need)
    note(why=why.value)
    return need


def end_all(person: Person, *, why: CareEnd, by: Actor, now: datetime) -> None:
    """End each need of somebody, one entry for each."""
    for need in CareNeed.objects.filter(person=person).order_by("pk"):
        end_need(need, why=why, by=by, now=now)


def _remove(need: CareNeed) -> None:
    if not CareNeed.objects.filter(pk=need.pk).delete()[0]:
        raise Refused(_("This need is not kept any more."))
