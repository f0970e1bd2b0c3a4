"""General grids with their classes, and their staff held against what the class wants."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wangge.access.models import Post, Reach
from wangge.catalogue import queries as catalogue
from wangge.catalogue.queries import UnknownCode
from wangge.catalogue.schema import GridCare
from wangge.core.staffing import Staff, Want, staffed
from wangge.places.models import Grid, GridClass
from wangge.places.words import GridKind

ROLE = "grid_worker"
NONE = "-"  # in a filter: without a class


@dataclass(frozen=True)
class Row:
    """A general grid with its class in force, or none, and its staff; `posts` counts persons where no class is set."""

    grid: Grid
    held: GridClass | None
    care: GridCare | None
    staff: Staff | None
    posts: int

    @property
    def is_short(self) -> bool:
        return self.staff is not None and self.staff.is_short

    @property
    def missing(self) -> list[str]:
        """Who is missing, in words."""
        said = []
        if self.staff is not None and (n := self.staff.missing) > 0:
            said.append(ngettext("%(n)s more worker is missing", "%(n)s more workers are missing", n) % {"n": n})
        if self.staff is not None and self.staff.lacks_deputy:
            said.append(_("a deputy is missing"))
        return said

    @property
    def wants(self) -> str:
        """What the class wants, in words."""
        return wanted(self.care) if self.care else ""


def care_of(held: GridClass | None) -> GridCare | None:
    """The class as the catalogue words it today; one no longer in use as it was worded when it was set."""
    if held is None or held.version_id is None:
        return None
    try:
        return catalogue.care(held.care).entry
    except UnknownCode:
        return catalogue.care_of(held.version_id).entry


def wanted(care: GridCare) -> str:
    """What a class wants: workers, rounds, a deputy."""
    if care.grids > 1:
        workers = _("one worker for up to %(n)s grids") % {"n": care.grids}
    else:
        workers = ngettext("%(n)s worker of its own", "%(n)s workers of its own", care.workers) % {"n": care.workers}
    rounds = ngettext("a round every day", "a round every %(n)s days", care.round_days) % {"n": care.round_days}
    return _(", ").join([workers, rounds, *([_("a deputy")] if care.deputy else [])])


def want_of(care: GridCare) -> Want:
    return Want(care.workers, care.grids, care.deputy)


def general(roots: Iterable[int], *, text: str = "") -> QuerySet[Grid]:
    """General grids in force inside the roots, in the order of their numbers."""
    inside = Reach.objects.filter(ancestor_id__in=list(roots)).values("descendant_id")
    found = Grid.objects.filter(area_id__in=inside, kind=GridKind.GENERAL, area__valid_to__isnull=True)
    if text:
        names = Q(area__name__icontains=text) | Q(area__parent__name__icontains=text) | Q(number__startswith=text)
        found = found.filter(names)
    return found.select_related("area__parent").defer("area__outline", "area__parent__outline").order_by("number")


def of_class(found: QuerySet[Grid], care: str) -> QuerySet[Grid]:
    """Those of one class; with `NONE` those that have none."""
    held = now_held().filter(grid=OuterRef("area_id"))
    return found.filter(~Exists(held)) if care == NONE else found.filter(Exists(held.filter(care=care)))


def now_held() -> QuerySet[GridClass]:
    """The classes in force; a class taken away is none."""
    return GridClass.objects.filter(until__isnull=True).exclude(care="")


def rows(page: Iterable[Grid], now: datetime) -> list[Row]:
    """The lines of a page. Whoever has posts at other grids too is counted there as well."""
    grids = list(page)
    held, posts = _held({grid.area_id for grid in grids}, now)
    staff = _staff(held, posts)
    return [
        Row(grid, mine, care_of(mine), staff.get(grid.area_id), sum(grid.area_id in areas for areas in posts.values()))
        for grid in grids
        for mine in [held.get(grid.area_id)]
    ]


def short(roots: Iterable[int], now: datetime) -> set[int]:
    """The grids inside the roots at which somebody is missing."""
    inside = Reach.objects.filter(ancestor_id__in=list(roots)).values("descendant_id")
    classed = now_held().filter(grid_id__in=inside, grid__valid_to__isnull=True).values_list("grid_id", flat=True)
    wanted = set(classed)
    held, posts = _held(wanted, now)
    return {grid for grid, staff in _staff(held, posts).items() if grid in wanted and staff.is_short}


def _held(grids: set[int], now: datetime) -> tuple[dict[int, GridClass], Mapping[int, set[int]]]:
    """The classes of these grids and of those their workers serve besides; the grids of each worker."""
    working = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now), role=ROLE, valid_from__lte=now)
    here = working.filter(area_id__in=grids).values("account_id")
    posts: dict[int, set[int]] = defaultdict(set)
    for account, area in working.filter(account_id__in=here).values_list("account_id", "area_id"):
        posts[account].add(area or 0)
    served = grids.union(*posts.values())
    living = now_held().filter(grid_id__in=served, grid__valid_to__isnull=True).select_related("version")
    return {one.grid_id: one for one in living.order_by("grid__grid__number")}, posts


def _staff(held: Mapping[int, GridClass], posts: Mapping[int, set[int]]) -> dict[int, Staff]:
    cares = {grid: care_of(one) for grid, one in held.items()}
    return staffed({grid: want_of(care) for grid, care in cares.items() if care is not None}, posts)


def history(grid: int) -> QuerySet[GridClass]:
    """Every class the grid ever had, the newest first."""
    return GridClass.objects.filter(grid_id=grid).select_related("set_by", "version").order_by("-since", "-pk")
