"""Two entries that are one person: what one of them has goes to the other, who stays; likeness decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.catalogue.purposes import role_of, stated
from wangge.people.actions import sealing
from wangge.people.actions.joining_homes import join_homes
from wangge.people.models import Apart, Merge, MergedPerson, Person, RetentionHold, RightsLink, RightsRequest
from wangge.people.models.rights_words import OPEN, Outcome, Right, State
from wangge.people.queries.comparing import FIELDS, Compared, Verdict, compared, opened, told
from wangge.people.queries.merging import ALONG, hindrance, move_holds
from wangge.people.rules import may_merge
from wangge.people.words import Kept, TwoNumbers

TO_GO = (State.GRANTED, State.PARTLY, State.TOLD)


@dataclass(frozen=True)
class Choice:
    """What who merges chose: fields that stay as the entry had them that goes, its home, why two numbers are one."""

    took: frozenset[str] = frozenset()
    home: bool = False
    numbers: TwoNumbers | None = None


@dataclass(frozen=True)
class Pair:
    """Two persons who are not one, as the book names them."""

    first: int
    second: int
    ledger_area: int | None

    @property
    def ledger_subject(self) -> str:
        return f"person:{self.first}"


@action("person.merge", needs=may_merge)
def merge_persons(kept: Person, gone: Person, *, choice: Choice, purpose: str, by: Actor, now: datetime) -> Merge:
    """Join one entry to another, for a purpose of the register; can be taken back while the rule keeps what was."""
    today = localdate(now)
    meant = stated(purpose, field=Kept.NAME.value, actor=by, on=today)
    kept, gone = _both(kept.pk, gone.pk)
    _refuse_hindered((kept, gone), today)
    fields = compared(kept, gone)
    _refuse_two_numbers(fields, choice)
    took = [one.field for one in fields if _is_taken(one, choice)]
    merge = Merge.objects.create(
        area_id=kept.area_id, kept=kept, into=kept.pk, gone=gone.pk, by_id=by.account_id, role=role_of(meant, by),
        at=now, numbers=choice.numbers if any(one.are_two_numbers for one in fields) and choice.numbers else "",
    )  # fmt: skip
    _remember(merge, gone, FIELDS)
    _remember(merge, kept, took)
    _take(kept, gone, took)
    changed, moved = join_homes(kept, gone, gone_stays=choice.home, today=today)
    changed |= {"took": took, "told": {field: kept.told[field] for field in took}}
    moved |= _along(merge, kept, gone, changed, now)
    Merge.objects.filter(pk=merge.pk).update(moved=moved, changed=changed)
    merge.refresh_from_db()
    if not Person.objects.filter(pk=gone.pk).delete()[0]:
        raise Refused(_("This was done already, or one of the two is no longer there."))
    note(gone=gone.pk, merge=merge.pk, purpose=purpose, role=merge.role, took=took, numbers=merge.numbers,
         moved=[f"{table}:{len(rows)}" for table, rows in sorted(moved.items()) if rows])  # fmt: skip
    return merge


@action("person.apart", needs=may_merge)
def keep_apart(one: Person, other: Person, *, by: Actor, now: datetime) -> Pair:
    """Say that two entries are two people: the pair is not proposed again."""
    first, second = sorted((one.pk, other.pk))
    Apart.objects.get_or_create(first=first, second=second, defaults={"by_id": by.account_id, "at": now})
    note(other=second)
    return Pair(first, second, one.area_id)


@action("person.apart_back", needs=may_merge)
def think_again(one: Person, other: Person, *, by: Actor, now: datetime) -> Pair:
    """Take back that two entries are two people: the pair is proposed again."""
    first, second = sorted((one.pk, other.pk))
    if not Apart.objects.filter(first=first, second=second).delete()[0]:
        raise Refused(_("Nobody said that these are two people."))
    note(other=second)
    return Pair(first, second, one.area_id)


def _both(kept: int, gone: int) -> tuple[Person, Person]:
    """Both, locked in one order so that two at once have one effect."""
    held = {one.pk: one for one in Person.objects.select_for_update().filter(pk__in=(kept, gone)).order_by("pk")}
    if len(held) != 2:
        raise Refused(_("This was done already, or one of the two is no longer there."))
    return held[kept], held[gone]


def _refuse_hindered(both: Iterable[Person], today: date) -> None:
    said = {
        "held": _("What is kept of one of them is held for a lawful reason. Merge when the hold has ended."),
        "listed": _("A list that is being brought in names one of them. Finish the list first."),
        "elsewhere": _("One of them lived outside your area too. Who keeps that area as well merges them."),
        "stranger": _("Two entries are compared by who keeps both: in two grids that is the community secretary."),
    }
    for one in both:
        if reason := said.get(hindrance(one.pk, today)):
            raise Refused(reason)
        leaving = RightsRequest.objects.filter(person=one, kind=Right.DELETE)
        if (
            leaving.filter(state__in=OPEN).exists()
            or leaving.filter(state__in=TO_GO, outcome__in=(Outcome.GRANTED, Outcome.PARTLY)).exists()
        ):
            raise Refused(_("One of them asked to be deleted. That is answered and done first."))


def _refuse_two_numbers(fields: Iterable[Compared], choice: Choice) -> None:
    if choice.numbers is None and any(one.are_two_numbers for one in fields):
        raise Refused(_("Two document numbers are two people, unless you can say why not: which is right, and why."))


def _is_taken(one: Compared, choice: Choice) -> bool:
    """Whether the value of who goes stays: as chosen where both told something, else whatever is known at all."""
    return one.field in choice.took if one.is_asked else one.verdict is Verdict.ONE and one.is_newer


def _remember(merge: Merge, person: Person, fields: Iterable[str]) -> None:
    MergedPerson.objects.create(
        merge=merge, area_id=merge.area_id, person=person.pk, source=person.source, confirmed_on=person.confirmed_on,
        told=person.told, home=person.home_id, lay_in=person.area_id, community=person.community_id,
        left_on=person.left_on, **{field: getattr(person, field) for field in fields},
    )  # fmt: skip


def _take(kept: Person, gone: Person, took: Iterable[str]) -> None:
    """Seal the chosen values of who goes for the row of who stays, with who told them."""
    values = opened([gone])[gone.pk]
    for field in took:
        for column, value in columns(kept, field, values[field]).items():
            setattr(kept, column, value)
        kept.told = {**kept.told, field: list(told(gone, field))}
    kept.save()


def columns(person: Person, field: str, value: str | None) -> dict[str, bytes | None]:
    """The sealed value of a field, with its index where it has one."""
    if field not in Kept.values:
        return {field: None if value is None else sealing.seal(person.pk, field, value)}
    if value is None:
        return {field: None, f"{field}_index": None}
    return dict(sealing.columns(person.pk, {Kept(field): value}, person.community_id))


def _along(merge: Merge, kept: Person, gone: Person, changed: dict[str, Any], now: datetime) -> dict[str, list[int]]:
    """Take over needs, requests, links, holds of before and earlier merges. Links that still open are ended."""
    moved: dict[str, list[int]] = {}
    open_links = RightsLink.objects.filter(person=gone, ended_at__isnull=True)
    changed["links"] = list(open_links.order_by("pk").values_list("pk", flat=True))
    open_links.update(ended_at=now)
    for model in ALONG:
        rows = model.objects.filter(person=gone)
        moved[model._meta.db_table] = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.update(person=kept, area=kept.area_id)
    earlier = Merge.objects.filter(kept=gone)
    moved[Merge._meta.db_table] = list(earlier.order_by("pk").values_list("pk", flat=True))
    earlier.update(kept=kept, area=kept.area_id)
    moved[RetentionHold._meta.db_table] = move_holds(merge, None)
    return moved
