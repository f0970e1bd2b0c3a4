"""What is wrong with a plan: with its tree, its date, its codes, and with other plans about the same areas."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.core import areas as core
from wangge.core.areas import Deed, Flaw
from wangge.places.models import Area, AreaCode, Belonging, Building, Change, MicroGrid
from wangge.places.queries.plans import Line, Plan, forest
from wangge.places.words import PENDING, ChangeKind

FLAWS: dict[Flaw, str | Promise] = {
    Flaw.NOTHING: gettext_lazy("Nothing was chosen: say which areas change."),
    Flaw.UNKNOWN: gettext_lazy("%(area)s has ended or does not exist: choose anew."),
    Flaw.TWICE: gettext_lazy("%(area)s is named twice: leave one of the two out."),
    Flaw.ROOT: gettext_lazy("%(area)s is the top of the tree and stays where it is."),
    Flaw.GRID: gettext_lazy("%(area)s is a grid: grids begin and end with a grid plan."),
    Flaw.SAME: gettext_lazy("%(area)s lies there already: choose another area."),
    Flaw.LEVEL: gettext_lazy("%(area)s does not fit there by its level: choose an area of the right level."),
    Flaw.HEIR: gettext_lazy("%(area)s would go to an area that ends: choose one that stays."),
    Flaw.CHILDREN: gettext_lazy("%(area)s ends while something still lies in it: say where that goes."),
    Flaw.BARE: gettext_lazy("%(area)s would be left with nothing in it: leave something there, or end it."),
    Flaw.EMPTY: gettext_lazy("%(area)s begins with nothing in it: a grid plan has to fill it."),
}


@dataclass(frozen=True)
class Problem:
    """A sentence about the plan; a warning lets it go on."""

    text: str
    is_warning: bool = False


def names_of(plan: Plan) -> dict[int, str]:
    """What the areas of a plan are called; those it begins by their coming name."""
    names = dict(Area.objects.filter(pk__in=plan.areas).values_list("pk", "name"))
    return names | {line.part.area: line.title.name for line in plan.lines if line.part.area < 0}


def problems(plan: Plan, today: date, *, but: Change | None = None) -> list[Problem]:
    """Everything that is wrong, the blocking first; `but` is the plan's own row."""
    return sorted([*_of_the_day(plan, today), *of_the_tree(plan, but=but)], key=lambda each: each.is_warning)


def of_the_tree(plan: Plan, *, but: Change | None = None) -> list[Problem]:
    """What is wrong whatever day it is today."""
    names = names_of(plan)
    flawed = core.faults(forest(), plan.parts, divides=plan.kind == ChangeKind.DIVIDE)
    names |= dict(Area.objects.filter(pk__in=[each.area for each in flawed if each.area]).values_list("pk", "name"))
    found = [
        Problem(str(FLAWS[fault.flaw]) % {"area": names.get(fault.area or 0, "?")}, fault.is_warning)
        for fault in flawed
    ]
    return [*found, *_before(plan, names), *_elsewhere(plan, names, but), *_titles(plan)]


def blocking(found: list[Problem]) -> str:
    """What has to be mended first, in one text; empty when nothing has."""
    return " ".join(each.text for each in found if not each.is_warning)


def _of_the_day(plan: Plan, today: date) -> Iterator[Problem]:
    """A date that has passed is never taken silently, and a year that is over is left alone."""
    if not plan.basis.strip():
        yield Problem(_("Name the document that decides it."))
    if plan.effective_on > today:
        return
    if not plan.late:
        yield Problem(
            _("This date has begun. Choose a later one, or say that it holds from then and is only entered now.")
        )
    elif plan.effective_on < today.replace(month=1, day=1):
        yield Problem(_("The figures of a year that is over stay as they are: choose a date of this year."))
    else:
        text = _("Figures count from %(day)s; who sees what changes only when this is approved.")
        yield Problem(text % {"day": date_format(plan.effective_on)}, is_warning=True)


def _before(plan: Plan, names: dict[int, str]) -> Iterator[Problem]:
    """An area cannot change before the day from which it lies where it lies."""
    laid = {part.area: part.deed for part in plan.parts if part.deed in (Deed.MOVE, Deed.END)}
    open_now = Belonging.objects.filter(child_id__in=laid, valid_to__isnull=True)
    for child, since in open_now.values_list("child_id", "valid_from"):
        if since > plan.effective_on or (since == plan.effective_on and laid[child] is Deed.END):
            text = _("%(area)s has been where it is only since %(day)s: choose a later date.")
            yield Problem(text % {"area": names[child], "day": date_format(since)})
    ended = [area for area, deed in laid.items() if deed is Deed.END and plan.kind != ChangeKind.DIVIDE]
    for grid in (
        Building.objects.filter(grid_id__in=ended).order_by("grid_id").values_list("grid_id", flat=True).distinct()
    ):
        yield Problem(_("Buildings hang on %(area)s: a grid plan moves them before it ends.") % {"area": names[grid]})
    held = MicroGrid.objects.filter(grid_id__in=plan.areas, valid_from__gte=plan.effective_on)
    if plan.kind == ChangeKind.DIVIDE and (since := held.aggregate(day=Max("valid_from"))["day"]):
        text = _("A plan of grids holds here from %(day)s on: choose a later date.")
        yield Problem(text % {"day": date_format(since)})
    begun = Area.objects.filter(pk__in=plan.areas, valid_from__gt=plan.effective_on)
    for name in begun.values_list("name", flat=True):
        yield Problem(_("%(area)s begins only after this date.") % {"area": name})


def _elsewhere(plan: Plan, names: dict[int, str], but: Change | None) -> Iterator[Problem]:
    """Other plans about the same areas: an approved one blocks, a draft warns."""
    touched = {part.area for part in plan.parts if part.area > 0}
    ended_or_moved = Q(parts__area_id__in=touched) | Q(parts__parent_id__in=touched, parts__deed__in=("move", "end"))
    into = Q(parts__deed="end", parts__area_id__in=plan.areas)
    others = Change.objects.filter(ended_or_moved | into, state__in=PENDING).distinct()
    for other in others.exclude(pk=but.pk if but else 0).order_by("pk"):
        shared = next((names[part.area] for part in plan.parts if part.area in names), "")
        text = _("Another change (no. %(n)s, %(day)s) is about the same areas as this one, %(area)s among them.")
        told = text % {"n": other.pk, "day": date_format(other.effective_on), "area": shared}
        yield Problem(told, is_warning=other.state == "draft")


def _titles(plan: Plan) -> Iterator[Problem]:
    """Names that somebody beside has already, and codes that are taken."""
    for line in plan.lines:
        if line.part.deed in (Deed.OPEN, Deed.RENAME) and not line.title.name.strip():
            yield Problem(_("Give the area its name."))
        if line.title.name and _beside(line).filter(name=line.title.name).exists():
            yield Problem(_("There is a “%(name)s” beside it already.") % {"name": line.title.name}, is_warning=True)
        code = AreaCode.objects.filter(scheme=line.title.scheme, year=plan.effective_on.year, code=line.title.code)
        if line.title.code and code.exists():
            yield Problem(_("The code %(code)s is taken in that year.") % {"code": line.title.code})


def _beside(line: Line) -> QuerySet[Area]:
    """The living areas that lie where this one does, without itself."""
    living = Area.objects.filter(valid_to__isnull=True)
    parent = line.part.parent
    if line.part.deed is Deed.RENAME:
        parent = living.filter(pk=line.part.area).values_list("parent_id", flat=True).first()
    return living.filter(parent_id=parent).exclude(pk=line.part.area)
