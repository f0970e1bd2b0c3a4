"""A merge taken back: what it moved goes back where it still is; what others changed since stays with who stayed."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.people.actions.merging import columns
from wangge.people.models import Household, Merge, MergedPerson, Occupancy, Person, RetentionHold, RightsLink
from wangge.people.queries.comparing import FIELDS
from wangge.people.queries.merging import ALONG, Back, back, home_of, move_holds, moved_rows, opened_of
from wangge.people.rules import may_unmerge

HOLDS = RetentionHold._meta.db_table


@action("person.unmerge", needs=may_unmerge)
def unmerge_persons(merge: Merge, *, by: Actor, now: datetime) -> Merge:
    """Give an entry back that was joined to another, with what the merge moved and changed and nobody did since."""
    today = localdate(now)
    held = Merge.objects.select_for_update().get(pk=merge.pk)
    kept = Person.objects.select_for_update().filter(pk=held.kept_id).first()
    plan = back(held)
    if plan is None or kept is None:
        raise Refused(_("This merge cannot be taken back any more: it was taken back already, its time is over, or the"
                        " person was merged once more after it."))  # fmt: skip
    held.undone_at, held.undone_by_id = now, by.account_id
    held.save(update_fields=["undone_at", "undone_by"])
    rows = moved_rows(held)
    _kept_as_before(plan, kept)
    gone = _entry(plan, today)
    _homes(plan, kept, gone, rows[Occupancy._meta.db_table])
    RightsLink.objects.filter(pk__in=held.changed.get("links", ()), person=kept, ended_at=held.at).update(ended_at=None)
    for model in ALONG:
        rows[model._meta.db_table].update(person=gone, area=gone.area_id)
    rows[Merge._meta.db_table].update(kept=gone, area=gone.area_id)
    move_holds(held, held.moved.get(HOLDS, []))
    MergedPerson.objects.filter(merge=held).delete()
    note(gone=gone.pk, merge=held.pk, fields=plan.fields, staying=plan.staying, away=plan.away,
         moved=[f"{table}:{len(ids)}" for table, ids in sorted(plan.rows.items()) if ids])  # fmt: skip
    return held


def _kept_as_before(plan: Back, kept: Person) -> None:
    """Give who stays back what another value took the place of, and the home of before."""
    earlier, told = opened_of(plan.before), dict(kept.told)
    for field in plan.fields:
        made = columns(kept, field, earlier[field])
        made[field] = getattr(plan.before, field)
        for column, value in made.items():
            setattr(kept, column, value)
        told.pop(field, None)
        if field in plan.before.told:
            told[field] = plan.before.told[field]
    kept.told = told
    changed = plan.merge.changed
    if "home" in changed and kept.home_id == changed["home"]:
        home = home_of(plan.before.home, plan.merge)
        _reopen(home)
        kept.home, kept.left_on = home, None if home else plan.before.left_on or localdate(plan.merge.at)
        kept.area_id = home.area_id if home else kept.area_id
    elif kept.left_on is not None and changed.get("left_on") == kept.left_on.isoformat():
        kept.left_on = plan.before.left_on
    kept.save()


def _entry(plan: Back, today: date) -> Person:
    """Write the entry down again under its number; whose home is none any more comes back as moved away."""
    held, home = plan.gone, plan.home
    _reopen(home)
    made = Person(
        pk=held.person, area_id=home.area_id if home else held.lay_in, home=home, community_id=held.community,
        source=held.source, confirmed_on=held.confirmed_on, told=held.told,
        left_on=None if home else held.left_on or today,
    )  # fmt: skip
    for field, value in opened_of(held).items():
        for column, sealed in columns(made, field, value).items():
            setattr(made, column, sealed)
    for field in FIELDS:
        setattr(made, field, getattr(held, field))
    made.save(force_insert=True)
    return made


def _homes(plan: Back, kept: Person, gone: Person, moved: QuerySet[Occupancy]) -> None:
    """Where both lived goes back; what the merge ended goes on, where that home is a home still."""
    ended: dict[str, str] = plan.merge.changed.get("ended", {})
    moved.update(person=gone)
    for one in Occupancy.objects.filter(pk__in=[int(pk) for pk in ended], person__in=(kept, gone)):
        of = kept if one.person_id == kept.pk else gone
        if one.until is not None and one.until.isoformat() == ended[str(one.pk)] and one.household_id == of.home_id:
            one.until = None
            one.save(update_fields=["until"])
    for said in plan.merge.changed.get("folded", ()):
        _unfold(said, gone)


def _unfold(said: dict[str, Any], gone: Person) -> None:
    household = Household.objects.filter(pk=said["household_id"]).first()
    if household is None:
        return
    days = {name: date.fromisoformat(said[name]) if said[name] else None for name in ("since", "confirmed_on")}
    until = None if household.pk == gone.home_id else household.until or gone.left_on
    Occupancy.objects.create(**{**said, **days}, person=gone, area_id=household.area_id, until=until)


def _reopen(home: Household | None) -> None:
    """A household that ended by the merge is one again."""
    if home is not None and home.until is not None:
        home.until = None
        home.save(update_fields=["until"])
