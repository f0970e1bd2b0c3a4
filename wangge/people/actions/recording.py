"""Households and their members as somebody told them; what a dwelling is used for; corrections and confirmations."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.bulk import ids
from wangge.people.actions import sealing
from wangge.people.actions.sealing import Member
from wangge.people.models import DwellingUse, Household, Occupancy, Person
from wangge.people.queries.seeking import known_by_document
from wangge.people.rules import may_keep
from wangge.people.words import Kept, Use
from wangge.places.models import Area, Dwelling


@action("household.record", needs=may_keep)
def record_household(
    dwelling: Dwelling, *, members: Sequence[Member], source: str, by: Actor, now: datetime, since: date | None = None
) -> Household:
    """Write down a household that lives in a dwelling, with its members; all are new to the registry."""
    if not members:
        raise Refused(_("A household has at least one member."))
    today = localdate(now)
    fields = [sealing.plain(member, today=today) for member in members]
    if reason := sealing.repeated(fields):
        raise Refused(reason)
    household = Household.objects.create(area_id=dwelling.area_id, dwelling=dwelling, since=since)
    for member, given in zip(members, fields, strict=True):
        _add(household, member, given, source=source, today=today)
    _use(dwelling, Use.LIVED_IN, source=source, today=today)
    note(dwelling=dwelling.pk, members=len(members), source=source)
    return household


@action("household.join", needs=may_keep)
def join(household: Household, *, member: Member, source: str, by: Actor, now: datetime) -> Person:
    """Write down somebody who has come to live with a household."""
    if household.until is not None:
        raise Refused(_("This household has moved away."))
    today = localdate(now)
    person = _add(household, member, sealing.plain(member, today=today), source=source, today=today)
    note(household=household.pk, source=source)
    return person


@action("person.correct", needs=may_keep)
def correct(person: Person, *, field: Kept, value: str, source: str, by: Actor, now: datetime) -> Person:
    """Put one field right or take it out; who said so and when stands with it (PIPL Art. 46)."""
    note(field=field.value, source=source, removed=not value)
    return put_right(person, field, value, source=source, today=localdate(now))


@action("person.wish", needs=may_keep)
def wish(person: Person, *, wishes: Mapping[str, Any], source: str, by: Actor, now: datetime) -> Person:
    """Write down how somebody wants to be reached, read to and written to."""
    note(source=source)
    return put_wishes(person, wishes, source=source, today=localdate(now))


@action("household.confirm", needs=may_keep)
def confirm(household: Household, *, source: str, by: Actor, now: datetime) -> Household:
    """Say that a household lives as it is written down: nothing is asked again that is known."""
    today = localdate(now)
    living = Occupancy.objects.filter(household=household, until__isnull=True)
    Person.objects.filter(pk__in=living.values("person")).update(confirmed_on=today, source=source, told={})
    note(members=living.update(confirmed_on=today, source=source), source=source)
    _use(household.dwelling, Use.LIVED_IN, source=source, today=today)
    return household


@action("dwelling.use", needs=may_keep)
def say_use(dwelling: Dwelling, *, use: Use, source: str, by: Actor, now: datetime) -> DwellingUse:
    """Write down what a dwelling is used for; a vacant one holds nobody."""
    held = Household.objects.filter(dwelling=dwelling, until__isnull=True)
    if use is Use.VACANT and held.exists():
        raise Refused(_("A household is written down here. Write it down as moved away first."))
    note(use=use.value, source=source)
    return _use(dwelling, use, source=source, today=localdate(now))


def put_right(person: Person, field: Kept, value: str, *, source: str, today: date) -> Person:
    """Write one field anew or take it out; called by the actions that leave the entry."""
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    columns: Mapping[str, bytes | None]
    if value:
        given = sealing.normal_form(field, value, today=today)
        if field is Kept.DOCUMENT:
            _refuse_known(given, but=held.pk)
        columns = sealing.columns(held.pk, {field: given}, held.community_id)
    elif field is Kept.NAME:
        raise Refused(_("A person has a name. Somebody who lives here no longer is written down as moved away."))
    else:
        columns = {field.value: None, f"{field.value}_index": None}
    for column, sealed in columns.items():
        setattr(held, column, sealed)
    held.told = {**held.told, field.value: [source, today.isoformat()]}
    held.save(update_fields=[*columns, "told"])
    return held


def put_wishes(person: Person, wishes: Mapping[str, Any], *, source: str, today: date) -> Person:
    """Write anew how somebody wants to be reached; called by the actions that leave the entry."""
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    held.wishes = sealing.wishes(held.pk, wishes)
    held.told = {**held.told, "wishes": [source, today.isoformat()]}
    held.save(update_fields=["wishes", "told"])
    return held


def _add(household: Household, member: Member, given: dict[Kept, str], *, source: str, today: date) -> Person:
    if Kept.DOCUMENT in given:
        _refuse_known(given[Kept.DOCUMENT])
    (pk,) = ids(Person, 1)
    community = _community(household.area_id)
    person = Person.objects.create(
        pk=pk, area_id=household.area_id, home=household, community_id=community, source=source, confirmed_on=today,
        wishes=sealing.wishes(pk, member.wishes), **sealing.columns(pk, given, community),
    )  # fmt: skip
    Occupancy.objects.create(
        area_id=household.area_id, person=person, household=household, tenure=member.tenure, relation=member.relation,
        since=member.since, source=source, confirmed_on=today,
    )  # fmt: skip
    return person


def _community(grid: int) -> int:
    """The community a grid lies in: names are found within it."""
    return Area.objects.values_list("parent_id", flat=True).get(pk=grid) or grid


def _refuse_known(document: str, *, but: int | None = None) -> None:
    """Collected once: who is registered in one's own area is moved, not written down again."""
    known = known_by_document(document).exclude(Q(pk=but))
    if (other := known.select_related("home__dwelling__building").first()) is not None:
        door = other.home.dwelling if other.home else None
        where = f"{door.building.name} {door.unit} {door.room}".replace("  ", " ") if door else ""
        raise Refused(
            _("This person is registered already: %(where)s. Move them here instead.") % {"where": where}
            if where
            else _("This person was registered here before. Write down that they have come back.")
        )


def _use(dwelling: Dwelling, use: Use, *, source: str, today: date) -> DwellingUse:
    said = {"area_id": dwelling.area_id, "use": use, "source": source, "confirmed_on": today}
    return DwellingUse.objects.update_or_create(dwelling=dwelling, defaults=said)[0]
