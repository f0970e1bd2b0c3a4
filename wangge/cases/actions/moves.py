"""What every move of a case has in common: the lock, the new state, the step, the next deadline."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from wangge.access.action import Refused, note
from wangge.access.actor import Actor
from wangge.cases.models import Case, Photo, Step
from wangge.cases.words import MOVES, VERBS, Ask
from wangge.catalogue import queries as catalogue
from wangge.catalogue.queries import UnknownCode
from wangge.catalogue.words import ReasonList, Stage
from wangge.clocks import queries as clocks
from wangge.core.deadlines import due
from wangge.core.redaction import redact
from wangge.core.states import ForbiddenMove
from wangge.files.models import File

LONGEST = 2000

STAGE_OF: dict[str, Stage] = {
    "verifying": Stage.VERIFY, "reported": Stage.ACCEPT, "accepted": Stage.DISPATCH, "filed": Stage.DISPATCH,
    "returned": Stage.DISPATCH, "reopened": Stage.DISPATCH, "dispatched": Stage.HANDLE,
    "handled": Stage.CHECK, "checking": Stage.CHECK, "revisiting": Stage.REVISIT,
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What came with a move: words, a reason of a closed list, photos, a date."""

    note: str = ""
    reason: str = ""
    photos: tuple[File, ...] = ()
    until: datetime | None = None


T = TypeVar("T")


def chosen(find: Callable[[str], T], code: str) -> T:
    """Look a code up in the catalogue; a code that is not in use is refused, not an accident."""
    try:
        return find(code)
    except UnknownCode:
        raise Refused(
            _("“%(code)s” is not in the list. Open the page again and choose anew.") % {"code": code[:40]}
        ) from None


def listed(group: ReasonList, code: str, said: Said) -> Said:
    """What was said, with a reason of the closed list; some reasons ask for words besides."""
    entry = chosen(catalogue.reason, code).entry
    if entry.group is not group:
        raise Refused(_("“%(code)s” is not in the list. Open the page again and choose anew.") % {"code": code[:40]})
    if entry.needs_text and not said.note.strip():
        raise Refused(_("This reason needs a sentence besides."))
    return Said(said.note, code, said.photos, said.until)


def lock(case: Case) -> Case:
    """Read the case again under a lock, so that two people cannot both make the next move."""
    return Case.objects.select_for_update(of=("self",)).select_related("category", "lead").get(pk=case.pk)


def stage_due(case: Case, state: str, now: datetime) -> tuple[datetime, str]:
    """When the stage that begins now must end, and by which kind of clock."""
    stage = STAGE_OF[state]
    limits = [catalogue.limit(stage, urgent=case.urgent)]
    if case.category_id is not None:
        entry = catalogue.category_of(case.category_id).entry
        limits = [entry.limit(stage)] if entry.urgent or not case.urgent else [entry.limit(stage), *limits]
    calendar = clocks.calendar(get_default_timezone())
    ends = [(due(now, limit, calendar), limit.kind.value) for limit in limits]
    return min(ends)  # somebody in danger does not wait because the category is an ordinary one


def set_clock(case: Case, now: datetime) -> None:
    """Start the clock of the state the case is in; work that was sent back keeps its unit's deadline."""
    case.stage_at = now
    if case.state == "dispatched":
        case.due_at, case.clock = stage_due(case, "dispatched", now)
        case.handle_due_at = case.due_at
    elif case.state in STAGE_OF:
        case.due_at, case.clock = stage_due(case, case.state, now)
    elif case.state in ("in_progress", "rework", "extension") and case.handle_due_at is not None:
        case.due_at = case.handle_due_at


def move(case: Case, verb: str, *, by: Actor, now: datetime, said: Said, **changes: object) -> Case:
    """Make one move of the table: state, clock, changes, step. The ledger entry is the action's."""
    try:
        target = MOVES.after(case.state, verb)
    except ForbiddenMove:
        raise Refused(
            _("Somebody was faster: the case is now “%(state)s”.") % {"state": case.get_state_display()}
        ) from None
    if Ask.NOTE in VERBS[verb].required and not said.note.strip():
        raise Refused(_("“%(verb)s” needs a sentence: say what was done or why.") % {"verb": VERBS[verb].label})
    origin, case.state = case.state, target
    for name, value in changes.items():
        setattr(case, name, value)
    if target != origin:
        set_clock(case, now)
    if said.until is not None:
        case.due_at = said.until
    if target in MOVES.final or target in ("closed", "self_handled", "not_accepted"):
        case.done_at = now
    elif verb in ("reopen", "take_back"):
        case.done_at = None
    case.save()
    step = step_of(case, verb, origin, by=by, now=now, said=said)
    step.save(force_insert=True)
    keep_photos(step, said)
    note(origin=origin, target=target, step=step.pk, reason=said.reason)
    return case


def step_of(case: Case, verb: str, origin: str, *, by: Actor, now: datetime, said: Said) -> Step:
    """The timeline's row, not written yet; numbers of persons in the words are masked before they are kept."""
    words, _found = redact(said.note.strip()[:LONGEST])
    unit = case.lead_id if case.lead_id in by.organisations else None
    return Step(
        case=case, verb=verb, origin=origin, target=case.state, at=now, actor_id=by.account_id, unit_id=unit,
        reason=said.reason, note=words, told=bool(VERBS[verb].told), until=said.until,
    )  # fmt: skip


def keep_photos(step: Step, said: Said) -> None:
    """Add the photos that came with a step, in their order."""
    if said.photos:
        Photo.objects.bulk_create(
            Photo(case_id=step.case_id, step=step, file=file, order=order) for order, file in enumerate(said.photos)
        )
