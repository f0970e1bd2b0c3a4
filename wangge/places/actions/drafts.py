"""Divisions under work (网格划分草案): begun, drawn by a job, changed by hand, submitted as a plan for two persons."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from time import perf_counter
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.core.states import ForbiddenMove
from wangge.jobs.task import task
from wangge.places.models import Area, GridDraft
from wangge.places.queries.layers import followed
from wangge.places.queries.steps import Edit
from wangge.places.queries.units import stairs_of
from wangge.places.rules import may_divide
from wangge.places.words import DRAFTS, Wish

MOST_STEPS = 500


class Overtaken(Refused):
    """Somebody else changed the draft since it was shown."""


@action("grid_draft.begin", needs=may_divide)
def begin(
    area: Area, *, wish: str, limits: Mapping[str, Any], note_text: str, by: Actor, now: datetime,
    along: Sequence[int] = (),
) -> GridDraft:  # fmt: skip
    """Begin a division of a community; a job draws it. `along` are layers of departments whose borders it follows.

    One that begins with the grids in force goes on along the layers by which these were drawn.
    """
    along = along or ([] if wish == Wish.ANEW else followed(area.pk))
    last = GridDraft.objects.filter(area=area).aggregate(n=Max("number"))["n"] or 0
    draft = GridDraft.objects.create(
        area=area, number=last + 1, wish=Wish(wish), limits=dict(limits), note=note_text.strip(),
        along=sorted(along), made_by_id=by.account_id, made_at=now, changed_at=now,
    )  # fmt: skip
    note(wish=draft.wish, number=draft.number, along=draft.along)
    _draw_soon(by, draft)
    return draft


@task("places.draw")
def draw_later(actor: Actor, *, pk: int, asked: str) -> None:
    """Draw the grids of one draft, in the name of whoever asked for them and at the moment he did."""
    draw(GridDraft.objects.get(pk=pk), by=actor, now=datetime.fromisoformat(asked))


def _draw_soon(by: Actor, draft: GridDraft) -> None:
    draw_later.defer(by, lock=f"grid_draft:{draft.pk}", pk=draft.pk, asked=draft.changed_at.isoformat())


@action("grid_draft.draw", needs=may_divide)
def draw(draft: GridDraft, *, by: Actor, now: datetime) -> GridDraft:
    """Read the community's stairwells and divide them as it was asked for. Asked again it changes nothing."""
    from wangge.places.queries import drafted  # noqa: PLC0415 - slow import

    held = locked(draft)
    if held.state != "drawing":
        return held
    stairs, began = stairs_of(held.area_id), perf_counter()
    held.units = stairs.kept()
    if not len(stairs):
        held.trouble = "no_homes"
        move(held, "fail")
    else:
        drawn = drafted.first(held)
        held.general, held.micro, held.locked = drawn.general.tolist(), drawn.micro.tolist(), []
        held.steps, held.at, held.names, held.rows = [], 0, {}, {}
        held.rows = drafted.counted_anew(held)
        move(held, "drawn_grids")
    held.seconds = round(perf_counter() - began, 2)
    _save(held, now)
    note(stairs=len(stairs), state=held.state)
    return held


@action("grid_draft.edit", needs=may_divide)
def edit(draft: GridDraft, given: Edit, *, by: Actor, now: datetime) -> GridDraft:
    """One step by hand, undone or done again. Refused when somebody else was faster."""
    from wangge.places.queries import drafted, naming_steps  # noqa: PLC0415 - slow import

    held = locked(draft)
    if held.state != "open":
        raise Refused(
            _("This draft is “%(state)s”: open a new one to change it.") % {"state": held.get_state_display()}
        )
    if held.version != given.version:
        raise Overtaken(_("Somebody changed this draft a moment ago. Load it again, then repeat your step."))
    if given.verb in ("undo", "redo"):
        _turn(held, back=given.verb == "undo")
    else:
        steps = naming_steps if given.verb in naming_steps.VERBS else drafted
        _keep_step(held, steps.step(held, given))
    held.rows = drafted.counted_anew(held)
    _save(held, now)
    note(step=given.verb, version=held.version)
    return held


def _turn(held: GridDraft, *, back: bool) -> None:
    """Take a step back, or do again what was taken back."""
    if held.at == (0 if back else len(held.steps)):
        raise Refused(_("There is nothing to undo.") if back else _("There is nothing to do again."))
    step = held.steps[held.at - 1 if back else held.at]
    side = "was" if back else "is"
    for row, general, micro in step[side]:
        held.general[row], held.micro[row] = general, micro
    held.locked = step["locked_was" if back else "locked"]
    held.names = step.get("names_was" if back else "names", held.names)
    held.at += -1 if back else 1


def _keep_step(held: GridDraft, step: dict[str, Any]) -> None:
    """Write the step and forget what was undone before it."""
    if held.at >= MOST_STEPS:
        raise Refused(_("This draft has %(n)s steps: send it for approval, or begin a new one.") % {"n": MOST_STEPS})
    for row, general, micro in step["is"]:
        held.general[row], held.micro[row] = general, micro
    held.locked, held.names = step["locked"], step["names"]
    held.steps = [*held.held_steps, step]
    held.at = len(held.steps)


@action("grid_draft.discard", needs=may_divide)
def discard(draft: GridDraft, *, by: Actor, now: datetime) -> GridDraft:
    """Lay a draft aside for good; the grids in force were never touched."""
    held = locked(draft)
    move(held, "discard")
    _save(held, now)
    return held


@action("grid_draft.draw_again", needs=may_divide)
def draw_again(draft: GridDraft, *, by: Actor, now: datetime) -> GridDraft:
    """Read the homes anew and draw from the start; the steps by hand go with the old drawing."""
    held = locked(draft)
    move(held, "draw_again")
    held.trouble = ""
    _save(held, now)
    _draw_soon(by, held)
    return held


def locked(draft: GridDraft) -> GridDraft:
    """The draft as it stands now, held until the transaction ends."""
    return GridDraft.objects.select_for_update(of=("self",)).select_related("area").get(pk=draft.pk)


def move(held: GridDraft, verb: str) -> None:
    """Set the state after the verb; the caller saves. Raises Refused where the table has no such move."""
    try:
        held.state = DRAFTS.after(held.state, verb)
    except ForbiddenMove:
        raise Refused(
            _("This draft is “%(state)s” already. Open its page again.") % {"state": held.get_state_display()}
        ) from None


def _save(held: GridDraft, now: datetime) -> None:
    held.changed_at, held.version = now, held.version + 1
    held.save()
