"""Reads of organisations: lists by page, what belongs to one, which firms have not reported on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.core.spelling import sort_key
from wangge.people.models import Firm, FirmContact, FirmRecord, FirmStaff, Managing, Premises, Sheet
from wangge.people.rules import KEEPERS
from wangge.places.models import Area, Building, Compound

PAGE = 50
MOST = 200


def firms_near() -> list[int]:
    """Firms that the actor's own areas have to do with."""
    with connection.cursor() as cursor:
        cursor.execute("select people_firms_near()")
        return list(cursor.fetchone()[0])


def my_firms() -> list[int]:
    """Firms for which the actor hands in sheets."""
    with connection.cursor() as cursor:
        cursor.execute("select people_firms()")
        return list(cursor.fetchone()[0])


def page_of_firms(
    *, text: str = "", kind: str = "", near: bool = True, after: tuple[str, int] | None = None
) -> list[Firm]:
    """One page of organisations by name, and one more to know whether there is another."""
    found = Firm.objects.filter(pk__in=firms_near()) if near else Firm.objects.all()
    if kind:
        found = found.filter(kind=kind)
    for word in text.split()[:4]:
        found = found.filter(
            Q(name__icontains=word) | Q(uscc__startswith=word.upper()) | Q(sort_key__startswith=sort_key(word))
        )
    if after is not None:
        found = found.filter(Q(sort_key__gt=after[0]) | Q(sort_key=after[0], pk__gt=after[1]))
    return list(found.order_by("sort_key", "pk")[: PAGE + 1])


@dataclass(frozen=True)
class Card:
    """What belongs to a firm, as far as whoever looks may see it."""

    premises: list[Premises]
    managing: list[Managing]
    contacts: list[FirmContact]
    records: list[FirmRecord]
    staff: list[FirmStaff]


def card_of(firm: Firm) -> Card:
    """Everything of one firm that has not ended; of compounds and records the past too."""
    contacts = FirmContact.objects.filter(firm=firm, ended_on__isnull=True)
    return Card(
        list(Premises.objects.filter(firm=firm, until__isnull=True).select_related("building__compound")[:MOST]),
        list(Managing.objects.filter(firm=firm).select_related("compound").order_by("until", "pk")[:MOST]),
        list(contacts.only("pk", "firm", "duty").order_by("pk")[:MOST]),
        list(FirmRecord.objects.filter(firm=firm).select_related("by").order_by("-on", "-pk")[:MOST]),
        list(FirmStaff.objects.filter(firm=firm, until__isnull=True).select_related("account").order_by("pk")[:MOST]),
    )


@dataclass(frozen=True)
class Silent:
    """A compound whose firm has not reported today; `days` with today, `last` is the last day it did."""

    held: Managing
    days: int
    last: date | None


def in_force(day: date) -> Q:
    """Compounds managed on a day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def page_of_silent(day: date, after: int = 0) -> list[Silent]:
    """One page of the compounds of whoever looks without a sheet of this day, and one more."""
    sheets = Sheet.objects.filter(firm=OuterRef("firm"), compound=OuterRef("compound"))
    last = sheets.filter(day__lt=day).values("compound").annotate(last=Max("day")).values("last")
    found = (
        Managing.objects.filter(in_force(day), ~Exists(sheets.filter(day=day)), pk__gt=after)
        .select_related("firm", "compound").annotate(last=Subquery(last)).order_by("pk")[: PAGE + 1]
    )  # fmt: skip
    return [
        Silent(held, (day - held.last).days if held.last else (day - held.since).days + 1, held.last) for held in found
    ]


def count_silent(day: date) -> tuple[int, int]:
    """How many of the compounds of whoever looks have not reported on a day, and how many there are."""
    managed = Managing.objects.filter(in_force(day))
    sheets = Sheet.objects.filter(firm=OuterRef("firm"), compound=OuterRef("compound"), day=day)
    return managed.filter(~Exists(sheets)).count(), managed.count()


def places_to_write(actor: Actor) -> list[Area]:
    """The areas in which the actor writes organisations down: a secretary's communities, a worker's grids."""
    mine = Area.objects.filter(pk__in=actor.areas_of(KEEPERS), valid_to__isnull=True)
    return list(mine.defer("outline").order_by("pk")[:MOST])


def compounds_near(actor: Actor, text: str) -> list[Compound]:
    """Compounds of one's own communities by a part of their name, to choose from."""
    found = Compound.objects.filter(community__in=_inside(actor.areas_of(("secretary",))))
    for word in text.split()[:4]:
        found = found.filter(name__icontains=word)
    return list(found.order_by("sort_key", "pk")[:PAGE])


def buildings_near(actor: Actor, text: str) -> list[Building]:
    """Buildings of one's own grids by a part of their or their compound's name, to choose from."""
    found = Building.objects.filter(grid__in=_inside(actor.areas_of(KEEPERS))).select_related("compound")
    for word in text.split()[:4]:
        found = found.filter(Q(name__icontains=word) | Q(compound__name__icontains=word))
    return list(found.defer("footprint").order_by("compound__sort_key", "order", "pk")[:PAGE])


def _inside(roots: Iterable[int]) -> QuerySet[Reach, int]:
    return Reach.objects.filter(ancestor_id__in=list(roots)).values_list("descendant_id", flat=True)


def buildings_of(compound: int) -> Mapping[int, str]:
    """Names of the buildings of a compound, in their order."""
    rows = Building.objects.filter(compound=compound).order_by("order", "pk")
    return dict(rows.values_list("pk", "name"))
