"""Moving within the area and moving away: what was true stays written with its dates until its time is over."""

from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.people.actions.care_ends import end_all
from wangge.people.models import Household, Occupancy, Person
from wangge.people.rules import is_keeper, may_keep
from wangge.people.words import CareEnd, Tenure
from wangge.places.models import Dwelling


@action("person.leave", needs=may_keep)
def leave(person: Person, *, on: date, source: str, by: Actor, now: datetime) -> Person:
    """Write down that somebody has moved away; from then on the days of keeping run."""
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if (home := held.home_id) is None:
        raise Refused(_("This person has moved away already."))
    if on > localdate(now):
        raise Refused(_("Somebody who has moved away did so today or before."))
    end_all(held, why=CareEnd.MOVED, by=by, now=now)
    _end(held, home, on, source)
    held.home, held.left_on = None, on
    held.save(update_fields=["home", "left_on"])
    note(source=source)
    return held


@action("person.move", needs=may_keep)
def move(person: Person, *, to: Household, tenure: Tenure, on: date, source: str, by: Actor, now: datetime) -> Person:
    """Take somebody from one household to another in one's own area; who came back is taken in again."""
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not by.has("system") and not is_keeper(by, (to.area_id,)):
        raise Refused(_("The new home lies outside your area: its own grid worker writes them down there."))
    if held.home_id == to.pk or to.until is not None:
        raise Refused(_("They live there already.") if held.home_id == to.pk else _("This household has moved away."))
    if held.home_id is not None:
        _end(held, held.home_id, on, source)
    held.home, held.area_id, held.left_on = to, to.area_id, None
    held.save(update_fields=["home", "area", "left_on"])
    Occupancy.objects.create(
        area_id=to.area_id, person=held, household=to, tenure=tenure, since=on, source=source,
        confirmed_on=localdate(now),
    )  # fmt: skip
    note(household=to.pk, source=source)
    return held


def settle_in(person: Person, door: Dwelling, *, tenure: str, on: date, source: str) -> Household:
    """Take somebody to a dwelling of which a list says they live there: to its household, or as one of their own."""
    home = Household.objects.filter(dwelling=door, until__isnull=True).order_by("pk").first()
    to = home or Household.objects.create(area_id=door.area_id, dwelling=door)
    if person.home_id is not None:
        _end(person, person.home_id, on, source)
    person.home, person.area_id, person.left_on = to, to.area_id, None
    person.save(update_fields=["home", "area", "left_on"])
    Occupancy.objects.create(
        area_id=to.area_id, person=person, household=to, tenure=tenure, since=on, source=source, confirmed_on=on
    )
    return to


def _end(person: Person, home: int, on: date, source: str) -> None:
    """End where somebody lives now, and the household when nobody is left in it."""
    living = Occupancy.objects.filter(household_id=home, until__isnull=True)
    living.filter(person=person).update(until=on, source=source)
    if not living.exists():
        Household.objects.filter(pk=home).update(until=on)
