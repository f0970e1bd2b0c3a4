"""Dedicated grids begin and end by a plan of two persons; whoever draws the grids names their manager."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.core.areas import Deed, Part
from wangge.places.actions.changes import draft as draft_change
from wangge.places.models import Area, Building, Change, Dedicated, Grid
from wangge.places.queries import premises
from wangge.places.queries.outlines import Outline
from wangge.places.queries.plans import NEW, Line, Plan, Title
from wangge.places.rules import may_divide, may_manage, stays_general
from wangge.places.words import ChangeKind, Premises


@dataclass(frozen=True)
class Firm:
    """Who runs the premises: a firm or body with its public telephone; `unit` is its organisation in the house."""

    name: str = ""
    phone: str = ""
    unit: int | None = None


@dataclass(frozen=True)
class Opening:
    """A dedicated grid as it is wished for: the houses chosen, and an outline taken over, or one of the two."""

    name: str
    sort: str
    buildings: tuple[int, ...]
    outline: Outline | None
    manager: Firm
    effective_on: date
    basis: str
    note: str = ""


@action("dedicated_grid.open", needs=may_divide)
def open_dedicated(community: Area, wish: Opening, *, by: Actor, now: datetime) -> Dedicated:
    """Draft a dedicated grid for a second person to approve. Refused where somebody lives on its ground."""
    ground = ground_of(community, wish)
    number = premises.free_number(community.pk)
    if not number:
        raise Refused(_("All numbers from 901 to 999 were given here; none is given twice."))
    line = Line(Part(Deed.OPEN, NEW, community.pk, "grid"), Title(wish.name.strip()))
    plan = Plan(ChangeKind.DIVIDE, wish.effective_on, wish.basis, (line,), wish.note)
    change = draft_change(plan, by=by, now=now)
    note(change=change.pk, sort=wish.sort, buildings=len(ground.buildings), unit=wish.manager.unit)
    return Dedicated.objects.create(
        change=change, community=community, sort=Premises(wish.sort), number=number, buildings=list(ground.buildings),
        outline=ground.outline, manager=wish.manager.name.strip(), phone=wish.manager.phone.strip(),
        unit=wish.manager.unit, managed_since=wish.effective_on,
    )  # fmt: skip


def ground_of(community: Area, wish: Opening) -> premises.Ground:
    """The ground of what is wished for. Raises Refused where there is none, or where somebody lives on it."""
    chosen = list(premises.houses(community.pk).filter(pk__in=wish.buildings))
    if len(chosen) < len(set(wish.buildings)):
        raise Refused(_("A house that was chosen lies in another grid by now. Choose anew."))
    ground = premises.ground(community, chosen, wish.outline) if chosen or wish.outline else None
    if ground is None:
        raise Refused(_("Choose houses or an outline in this community that no other dedicated grid has."))
    homes = premises.households(community.pk)
    there = {_called(one): homes[one.pk] for one in premises.inhabited(community, ground)}
    if reason := stays_general(there):
        raise Refused(reason)
    return ground


def _called(one: Building) -> str:
    return f"{one.compound.name} {one.name}" if one.compound else one.name


@action("dedicated_grid.end", needs=may_manage)
def end_dedicated(grid: Grid, *, heir: Area, effective_on: date, basis: str, by: Actor, now: datetime) -> Change:
    """Draft the end of a dedicated grid; its ground and houses go to the heir, posts at it end on the date."""
    if heir.parent_id != grid.area.parent_id or heir.valid_to is not None or heir.pk == grid.pk:
        raise Refused(_("Another grid of the same community takes it over."))
    line = Line(Part(Deed.END, grid.pk, heir.pk))
    change = draft_change(Plan(ChangeKind.DIVIDE, effective_on, basis, (line,)), by=by, now=now)
    note(grid=grid.pk, heir=heir.pk)
    return change


@action("dedicated_grid.name_manager", needs=may_manage)
def name_manager(grid: Grid, manager: Firm, *, by: Actor, now: datetime) -> Dedicated:
    """Name the manager of a dedicated grid in force; its public card says so from today on."""
    held = Dedicated.objects.select_for_update(of=("self",)).filter(grid_id=grid.pk).first()
    if held is None:
        raise Refused(_("This grid came with a list; its manager is changed there."))
    held.manager, held.phone, held.unit = manager.name.strip(), manager.phone.strip(), manager.unit
    held.managed_since = timezone.localdate(now)
    held.save(update_fields=["manager", "phone", "unit", "managed_since"])
    note(unit=manager.unit)
    return held
