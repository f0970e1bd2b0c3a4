"""What areas were called and where they lay: on a day, over the years, and found by a name they no longer have."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from wangge.access.context import reach_version
from wangge.places.models import Area, Belonging, Change, FormerName
from wangge.places.queries import line

MOST_FOUND = 50


@dataclass(frozen=True)
class Lay:
    """Where an area lay, from when to when; under the name the other had on the last of these days."""

    parent_id: int | None
    parent: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Past:
    """An area's own history: its names, where it lay, what it took over, the plans about it."""

    former_names: list[FormerName]
    lay: list[Lay]
    took_over: list[Area]
    changes: list[Change]


@dataclass(frozen=True)
class Then:
    """An area as it was on a day."""

    id: int
    name: str
    level: str
    parent_id: int | None


def names_on(areas: Iterable[int], day: date) -> dict[int, str]:
    """What areas were called on a day."""
    wanted = set(areas)
    names = dict(Area.objects.filter(pk__in=wanted).values_list("pk", "name"))
    former = FormerName.objects.filter(area_id__in=wanted, valid_from__lte=day, valid_to__gt=day)
    return names | dict(former.values_list("area_id", "name"))


def tree_on(day: date) -> list[Then]:
    """Every area of a day, what lies above before what lies below, each level in the order of its names."""
    lay = Belonging.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)
    rows = lay.order_by("child__sort_key", "child_id").values_list("child_id", "child__level", "parent_id")
    found = list(rows)
    names = names_on((child for child, _level, _parent in found), day)
    return [Then(child, names[child], level, parent) for child, level, parent in found]


def line_on(area_id: int, day: date) -> list[Then]:
    """The areas from the top down to this one, as they were on a day; empty when it was not there yet."""
    lay = Belonging.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)
    above: list[tuple[int, str, int | None]] = []
    here: int | None = area_id
    while here is not None:
        row = lay.filter(child_id=here).values_list("child_id", "child__level", "parent_id").first()
        if row is None:
            break
        above.append(row)
        here = row[2]
    names = names_on((child for child, _level, _parent in above), day)
    return [Then(child, names[child], level, parent) for child, level, parent in reversed(above)]


def lay_elsewhere(area_id: int, day: date) -> list[Then]:
    """The line of a day, if it is not the line of today: other areas, or other names."""
    if reach_version() == 1:  # no area has ever changed
        return []
    then = line_on(area_id, day)
    now = line(area_id)
    return then if [(each.id, each.name) for each in then] != [(each.pk, each.name) for each in now] else []


def past_of(area: Area) -> Past:
    """All that is kept of an area's history, the newest first."""
    lay = list(Belonging.objects.filter(child=area).order_by("-valid_from"))
    parents = {each.parent_id for each in lay if each.parent_id is not None}
    now = dict(Area.objects.filter(pk__in=parents).values_list("pk", "name"))
    then = {each.pk: names_on(parents, each.valid_from) if each.valid_to else now for each in lay}
    about = Change.objects.filter(Q(parts__area=area) | Q(parts__parent=area), state__in=["approved", "in_force"])
    return Past(
        list(FormerName.objects.filter(area=area).order_by("-valid_to")),
        [Lay(b.parent_id, then[b.pk].get(b.parent_id or 0, ""), b.valid_from, b.valid_to) for b in lay],
        list(Area.objects.filter(parent=area, valid_to__isnull=False).order_by("-valid_to", "pk")),
        list(about.distinct().order_by("-effective_on", "-pk")),
    )


def called(text: str) -> QuerySet[Area]:
    """Areas by any part of the name they have or had, the ended ones too."""
    found = Area.objects.exclude(level="grid").select_related("parent")
    for word in text.split()[:4]:
        had = Exists(FormerName.objects.filter(area=OuterRef("pk"), name__icontains=word))
        found = found.filter(Q(name__icontains=word) | Q(official__icontains=word) | had)
    return found.order_by("valid_to", "sort_key", "pk")[:MOST_FOUND]
