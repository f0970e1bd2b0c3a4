"""Merges: what became of a number, the trail of a person, and what taking one back would give back today."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import localdate

from wangge.catalogue import queries as catalogue
from wangge.people.models import CareNeed, Household, Merge, MergedPerson, Occupancy, Person, RightsLink, RightsRequest
from wangge.people.queries.comparing import FIELDS, opened
from wangge.people.words import COMPARTMENT
from wangge.vault import queries as vault

HINDRANCE = "select people_merge_hindrance(%s, %s)"
HOLDS = "select people_merge_holds(%s, %s)"
KEPT_FOR = "merged_values"
ALONG: tuple[type[CareNeed] | type[RightsRequest] | type[RightsLink], ...] = (CareNeed, RightsRequest, RightsLink)
"""What simply goes over to who stays; homes, holds and earlier merges go by rules of their own."""


@dataclass(frozen=True)
class Trail:
    """A merge as it stands on the person's page: until when it can be taken back, if it can."""

    merge: Merge
    until: date | None


@dataclass
class Back:
    """What taking a merge back gives back, and what stays with who stayed because others changed it since."""

    merge: Merge
    gone: MergedPerson
    before: MergedPerson
    home: Household | None
    fields: list[str] = field(default_factory=list)
    staying: list[str] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)
    away: int = 0

    @property
    def has_no_home(self) -> bool:
        """Whether the home of then is no home any more: the entry comes back as moved away."""
        return self.gone.home is not None and self.home is None


def hindrance(person: int, today: date) -> str:
    """Why somebody cannot be merged now, as a code; empty when nothing is in the way."""
    with connection.cursor() as cursor:
        cursor.execute(HINDRANCE, [person, today])
        return cursor.fetchone()[0] or ""


def move_holds(merge: Merge, only_these: Sequence[int] | None) -> list[int]:
    """Take holds of before over to who stays, or those that went over back: keepers see none of them."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDS, [merge.pk, None if only_these is None else list(only_these)])
        return list(cursor.fetchone()[0])


def leads_to(number: int) -> int | None:
    """Who bears a number now that an entry had which was joined to another; None when none had, or it is not ours."""
    found = Merge.objects.filter(gone=number, undone_at__isnull=True)
    return found.values_list("kept_id", flat=True).first()


def trail_of(person: int) -> list[Trail]:
    """The merges of a person that stand, the last first."""
    days = next((held.entry.days for held in catalogue.retention() if held.code == KEPT_FOR), 0)
    found = list(Merge.objects.filter(kept_id=person, undone_at__isnull=True).order_by("-pk"))
    kept = set(MergedPerson.objects.filter(merge__in=found).values_list("merge_id", flat=True))
    return [
        Trail(one, localdate(one.at) + timedelta(days=days - 1) if one.pk in kept and one.into == person else None)
        for one in found
    ]


def back(merge: Merge) -> Back | None:
    """What would come back today; None when the time is over or who stayed was joined to a third."""
    held = {one.person: one for one in MergedPerson.objects.filter(merge=merge)}
    kept = Person.objects.filter(pk=merge.kept_id).first()
    if merge.undone_at is not None or merge.kept_id != merge.into or kept is None or len(held) != 2:
        return None
    gone, before = held[merge.gone], held[merge.into]
    has_moved = "home" in merge.changed and kept.home_id != merge.changed["home"]
    found = Back(merge, gone, before, None if has_moved else home_of(gone.home, merge))
    _fields(found, kept)
    for table, rows in moved_rows(merge).items():
        there = list(rows.order_by("pk").values_list("pk", flat=True))
        found.rows[table] = there
        found.away += len(merge.moved.get(table, ())) - len(there)
    return found


def moved_rows(merge: Merge) -> dict[str, QuerySet[Any]]:
    """The rows a merge moved that still are where it put them, by table."""
    models: tuple[type[Any], ...] = (*ALONG, Occupancy)
    found: dict[str, QuerySet[Any]] = {
        model._meta.db_table: model.objects.filter(
            pk__in=merge.moved.get(model._meta.db_table, ()), person_id=merge.kept_id
        )
        for model in models
    }
    table = Merge._meta.db_table
    return found | {table: Merge.objects.filter(pk__in=merge.moved.get(table, ()), kept_id=merge.kept_id)}


def home_of(pk: int | None, merge: Merge) -> Household | None:
    """A household of then as a home of today: one that stands, or that ended by the merge and by nothing since."""
    held = Household.objects.filter(pk=pk).first() if pk is not None else None
    if held is None or held.until is None:
        return held
    return held if merge.changed.get("closed", {}).get(str(pk)) == held.until.isoformat() else None


def _fields(found: Back, kept: Person) -> None:
    """A field goes back where it still is as the merge left it."""
    now, then = opened([kept])[kept.pk], opened_of(found.gone)
    for code in found.merge.changed.get("took", ()):
        is_untouched = now[code] == then[code] and kept.told.get(code) == found.merge.changed["told"].get(code)
        (found.fields if is_untouched else found.staying).append(code)


def opened_of(held: MergedPerson) -> dict[str, str | None]:
    """What an entry held, in clear: to be compared and indexed, never shown."""
    places = [(getattr(held, code), Person._meta.db_table, code, str(held.person)) for code in FIELDS]
    return dict(zip(FIELDS, vault.open_many(COMPARTMENT, places), strict=True))
