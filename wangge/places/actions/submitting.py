"""A finished draft becomes a plan that another person approves, and that takes effect at the midnight of its date."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.core.areas import Deed, Part
from wangge.places.actions.changes import draft as draft_change
from wangge.places.actions.drafts import locked, move
from wangge.places.models import GridDraft
from wangge.places.queries.plans import Line, Plan, Title
from wangge.places.queries.units import Stairs, stairs_of
from wangge.places.rules import may_divide
from wangge.places.words import ChangeKind, PostsGo

if TYPE_CHECKING:
    from wangge.places.queries.drafted import Under
    from wangge.places.queries.grid_names import Called


@action("grid_draft.submit", needs=may_divide)
def submit(
    draft: GridDraft, *, effective_on: date, basis: str, note_text: str = "", by: Actor, now: datetime
) -> GridDraft:
    """Submit a draft for approval by a second person. Refused when homes have changed since it was drawn."""
    from wangge.places.queries import drafted, grid_names  # noqa: PLC0415 - slow import

    held = locked(draft)
    move(held, "submit")
    if changed := homes_changed(held):
        raise Refused(
            _("%(n)s homes were registered or taken out since this was drawn: draw again, then send it.")
            % {"n": changed}
        )
    under = drafted.under(held)
    lines = tuple(lines_of(under, grid_names.called(under, held.area_id), held.area_id))
    plan = Plan(ChangeKind.DIVIDE, effective_on, basis, lines, note_text, posts=PostsGo.FOLLOW)
    held.change = draft_change(plan, by=by, now=now)
    held.changed_at, held.version = now, held.version + 1
    held.save(update_fields=["state", "change", "changed_at", "version"])
    note(change=held.change_id, grids=len(lines))
    return held


@action("grid_draft.take_back", needs=may_divide)
def take_back(draft: GridDraft, *, by: Actor, now: datetime) -> GridDraft:
    """Open a draft again whose plan was withdrawn."""
    held = locked(draft)
    if held.change is None or held.change.state != "withdrawn":
        raise Refused(_("Withdraw the plan first: until then it can take effect."))
    move(held, "take_back")
    held.change, held.changed_at, held.version = None, now, held.version + 1
    held.save(update_fields=["state", "change", "changed_at", "version"])
    return held


def homes_changed(held: GridDraft) -> int:
    """How many homes more or fewer there are than when the draft was drawn, stairwell by stairwell."""
    then, today = counted(Stairs(**held.units)), counted(stairs_of(held.area_id))
    return sum(abs(then.get(one, 0) - today.get(one, 0)) for one in then.keys() | today.keys())


def counted(stairs: Stairs) -> dict[tuple[int, str], int]:
    """The homes of each stairwell."""
    return dict(zip(zip(stairs.building, stairs.unit, strict=True), stairs.households, strict=True))


def new_keys(under: "Under") -> dict[int, int]:
    """The keys of the grids that a draft begins, each with the number that stands for its area in the plan."""
    known = len(under.drawn.units.names["general_grid"])
    fresh = sorted({key for key in under.drawn.general.tolist() if key >= known})
    return {key: -at for at, key in enumerate(fresh, 1)}


def lines_of(under: "Under", names: dict[int, "Called"], community: int) -> Iterator[Line]:
    """What becomes of which grid. One that goes on with other houses than before is named as well."""
    drawn, present, fresh = under.drawn, under.present, new_keys(under)
    used = {key for key in drawn.general.tolist() if key >= 0}
    for key, area in fresh.items():
        yield Line(Part(Deed.OPEN, area, community, "grid"), Title(names[key].name))
    for key in sorted(used - fresh.keys()):
        own = present.general == key
        is_same = np.array_equal(own, drawn.general == key) and _parts(present.micro[own]) == _parts(drawn.micro[own])
        differs = not is_same or key in under.names
        if differs and (area_id := names[key].area) is not None:
            yield Line(Part(Deed.RENAME, area_id), Title(names[key].name))
    for key in sorted({key for key in present.general.tolist() if key >= 0} - used):
        homes = np.bincount(drawn.general[present.general == key], drawn.pieces.households[present.general == key])
        heir = int(homes.argmax())
        ended = names[key].area
        assert ended is not None
        yield Line(Part(Deed.END, ended, fresh.get(heir) or names[heir].area))


def _parts(micro: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> list[list[int]]:
    """Which pieces lie together, whatever their micro-grids are numbered."""
    return sorted(np.flatnonzero(micro == one).tolist() for one in np.unique(micro))
