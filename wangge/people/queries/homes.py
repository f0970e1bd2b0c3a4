"""Homes of an area: grids with how fresh what is known of them is, buildings, doors, and who lives behind one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.people.models import DwellingUse, Household, Merge, Occupancy
from wangge.people.queries.care import Cared, needs_of
from wangge.people.queries.masked import SHOWN, Field, fields_of, masked
from wangge.people.rules import KEEPERS
from wangge.people.words import Kept, Tenure
from wangge.places.models import Area, Building, Dwelling

FRESH = timedelta(days=180)
"""How long what is known of a dwelling counts as fresh (indicator "frame freshness")."""
PAST = 5


@dataclass(frozen=True)
class Known:
    """Of so many doors, how many are known and how many were confirmed lately."""

    doors: int = 0
    known: int = 0
    fresh: int = 0

    @property
    def unknown(self) -> int:
        return self.doors - self.known

    @property
    def stale(self) -> int:
        return self.known - self.fresh

    @property
    def left(self) -> int:
        """Doors where somebody should ask: nothing is known of them, or not lately."""
        return self.doors - self.fresh


@dataclass(frozen=True)
class Door:
    """A dwelling on the page of its building; nobody is named there."""

    dwelling: Dwelling
    use: DwellingUse | None
    persons: int
    is_fresh: bool


@dataclass(frozen=True)
class Living:
    """Somebody living in a household, masked."""

    occupancy: Occupancy
    fields: list[Field]
    needs: list[Cared] = field(default_factory=list)
    is_merged: bool = False

    @property
    def tenure(self) -> str:
        return str(Tenure(self.occupancy.tenure).label)

    @property
    def told(self) -> list[Field]:
        """Everything but the name, which stands above it."""
        return [field for field in self.fields if field.kept is not Kept.NAME]

    @property
    def missing(self) -> list[Kept]:
        """What nobody has told, and nobody has to."""
        return [kept for kept in SHOWN if kept not in {field.kept for field in self.fields}]

    @property
    def name(self) -> str:
        """Who it is, masked."""
        return next((field.masked for field in self.fields if field.kept is Kept.NAME), "")


@dataclass(frozen=True)
class Home:
    """A household of a dwelling with who lives in it now."""

    household: Household
    living: list[Living]


def my_grids(actor: Actor) -> QuerySet[Area]:
    """The grids whose registry the actor keeps."""
    inside = Reach.objects.filter(ancestor_id__in=actor.areas_of(KEEPERS)).values("descendant_id")
    grids = Area.objects.filter(pk__in=inside, level="grid", valid_to__isnull=True)
    return grids.defer("outline").select_related("grid").order_by("grid__number", "pk")


def freshness(grids: Iterable[int], today: date) -> dict[int, Known]:
    """How fresh what is known of the doors of each grid is."""
    return _known(Dwelling.objects.filter(area_id__in=list(grids)), "area_id", today)


def buildings(grid: int, after: tuple[str, int, int] | None, size: int) -> list[Building]:
    """Buildings of a grid by compound and their order in it; one more than asked when there are more."""
    found = Building.objects.filter(grid_id=grid).select_related("compound").defer("footprint")
    found = found.annotate(street=Coalesce("compound__sort_key", "name"))
    if after is not None:
        street, order, pk = after
        later = Q(street__gt=street) | Q(street=street, order__gt=order) | Q(street=street, order=order, pk__gt=pk)
        found = found.filter(later)
    return list(found.order_by("street", "order", "pk")[: size + 1])


def of_buildings(page: Sequence[Building], today: date) -> dict[int, Known]:
    """How fresh what is known of the doors of each building of a page is."""
    return _known(Dwelling.objects.filter(building__in=[one.pk for one in page]), "building_id", today)


def _known(doors: QuerySet[Dwelling], by: str, today: date) -> dict[int, Known]:
    counted = doors.values(by).annotate(
        doors=Count("pk"), known=Count("use"), fresh=Count("use", filter=Q(use__confirmed_on__gte=today - FRESH))
    )
    return {row[by]: Known(row["doors"], row["known"], row["fresh"]) for row in counted.order_by()}


def doors_of(building: Building, today: date) -> list[Door]:
    """The doors of a building from the top storey down, as one reads a house."""
    doors = list(
        Dwelling.objects.filter(building=building)
        .select_related("use")
        .order_by("unit", F("floor").desc(), "room", "pk")
    )
    living = Occupancy.objects.filter(household__dwelling__in=doors, until__isnull=True)
    persons = dict(living.values_list("household__dwelling").annotate(Count("pk")).order_by())
    return [
        Door(door, use, persons.get(door.pk, 0), use is not None and use.confirmed_on >= today - FRESH)
        for door in doors
        for use in [getattr(door, "use", None)]
    ]


def households_of(dwelling: Dwelling) -> tuple[list[Household], list[Household]]:
    """The households of a dwelling now, and the last that moved away: of these dates, and nobody's name."""
    lived = Occupancy.objects.filter(household=OuterRef("pk"))  # none is left of one that was written down twice
    held = Household.objects.filter(Q(until__isnull=True) | Exists(lived), dwelling=dwelling).order_by("-until", "-pk")
    households = list(held)
    now = [one for one in reversed(households) if one.until is None]
    return now, [one for one in households if one.until is not None][:PAST]


def homes_of(held: Sequence[Household]) -> list[Home]:
    """Households with their members, masked in one batch."""
    occupancies = Occupancy.objects.filter(household__in=held, until__isnull=True).select_related("person")
    merges = Merge.objects.filter(kept=OuterRef("person"), undone_at__isnull=True)
    page = list(occupancies.annotate(is_merged=Exists(merges)).order_by("pk"))
    shown = masked([one.person for one in page], (*SHOWN, Kept.DOCUMENT))
    living: dict[int, list[Living]] = defaultdict(list)
    for one in page:
        fields = fields_of(one.person, shown[one.person_id])
        living[one.household_id].append(Living(one, fields, is_merged=one.is_merged))
    return [Home(household, living[household.pk]) for household in held]


def with_needs(homes: Sequence[Home], *, today: date) -> list[Home]:
    """The same households, each person with what they need help with, opened in one batch."""
    found = needs_of([one.occupancy.person_id for home in homes for one in home.living], today=today)
    return [
        replace(home, living=[replace(one, needs=found.get(one.occupancy.person_id, [])) for one in home.living])
        for home in homes
    ]
