"""A change of areas takes effect: the tree moves, and open work is handed over by a list that two people sign."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

import structlog
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, by_the_system, note
from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.cases.actions.moves import Said, lock, step_of
from wangge.cases.actions.rehousing import by_grids, rehoused
from wangge.cases.models import Case, Handover, HandoverItem
from wangge.cases.queries.handover import to_decide
from wangge.cases.rules import may_acknowledge, may_decide, may_sign_off
from wangge.cases.words import AT_WORK, OPEN, Decision
from wangge.core.areas import Deed
from wangge.jobs.system import as_system
from wangge.places.actions import effect
from wangge.places.models import Change, ChangePart
from wangge.places.queries.plans import due_changes
from wangge.places.words import ChangeKind, Level
from wangge.teams.actions.moving import rehouse
from wangge.teams.models import Organisation

Ways = dict[tuple[int, int], list[Case]]
log = structlog.get_logger()


def catch_up(now: datetime) -> int:
    """Put in force what is due, the earliest first, and say how much; asked each minute and before the house opens.

    Each change has a transaction of its own: one that cannot take effect does not hold up the others.
    """
    with as_system("areas"):
        waiting, done = due_changes(timezone.localdate(now)), 0
    for change in waiting:
        try:
            with as_system("areas") as system:
                take_effect(change, by=system, now=now)
            done += 1
        except Refused as refused:
            log.warning("a change of areas did not take effect", change=change.pk, reason=refused.reason)
    return done


@action("area_change.take_effect", needs=by_the_system)
def take_effect(change: Change, *, by: Actor, now: datetime) -> Change:
    """Put a due change in force: tree, reach, posts, units and the lists of open work, all in one transaction.

    Clocks, states and units of the cases stay as they are.
    """
    change = effect.due(change, now)
    done = effect.carry_out(change, by=by, now=now)
    parts = list(change.parts.all())
    units = sum(rehouse(p.area_id, p.parent_id) for p in parts if p.deed == Deed.END and p.area_id and p.parent_id)
    ways = rehoused(change, by_grids(change)) if change.kind == ChangeKind.DIVIDE else _ways(parts)
    handed = [_list(change, origin, target, cases, now) for (origin, target), cases in ways.items()]
    for cases in ways.values():  # touched, so that open pages of the new area hear of them
        Case.objects.filter(pk__in=[case.pk for case in cases]).update(changed_xid=0)
    note(
        kind=change.kind, on=change.effective_on.isoformat(), units=units, lists=len(handed), cases=sum(handed),
        **asdict(done),
    )  # fmt: skip
    return change


def _ways(parts: Iterable[ChangePart]) -> Ways:
    """Every way open work goes, from one area into another, with the cases that go it; a way may be empty."""
    ways: Ways = defaultdict(list)
    opened = Case.objects.filter(state__in=OPEN.split(" | ")).select_related("lead", "building__compound", "area")
    for part in (each for each in parts if each.deed in (Deed.MOVE, Deed.END)):
        if part.deed == Deed.MOVE and part.area_id and part.origin_id and part.parent_id:
            inside = Reach.objects.filter(ancestor_id=part.area_id).values("descendant_id")
            ways[part.origin_id, part.parent_id] += opened.filter(area_id__in=inside)
        elif part.area_id and part.parent_id and (left := list(opened.filter(area_id=part.area_id))):
            ways[_of_communities(part)] += left
    return ways


def _of_communities(part: ChangePart) -> tuple[int, int]:
    """The way of what lay on an ended area itself; a total grid is handed over with its community."""
    assert part.area_id is not None
    assert part.parent is not None
    if part.parent.level == Level.GRID and part.parent.parent_id and part.origin_id:
        return part.origin_id, part.parent.parent_id
    return part.area_id, part.parent.pk


def _list(change: Change, origin: int, target: int, cases: list[Case], now: datetime) -> int:
    """Freeze one list, and say how many cases stand on it."""
    handover = Handover.objects.create(change=change, origin_id=origin, target_id=target, made_at=now)
    old = set(Reach.objects.filter(ancestor_id=origin).values_list("descendant_id", flat=True))
    new = set(Reach.objects.filter(ancestor_id=target).values_list("descendant_id", flat=True))
    HandoverItem.objects.bulk_create(
        HandoverItem(
            handover=handover, case=case, number=case.number, where=_where(case), urgent=case.urgent,
            category_code=case.category_code, state=case.state, stage_at=case.stage_at, due_at=case.due_at,
            clock=case.clock, lead=case.lead, theirs=case.lead is not None and case.lead.area_id in old - new,
        )
        for case in sorted(cases, key=lambda each: (each.due_at, each.pk))
    )  # fmt: skip
    return len(cases)


def _where(case: Case) -> str:
    """The registered place: what a reporter wrote about it may name a person."""
    if case.building is None:
        return case.area.name
    compound = case.building.compound
    return f"{compound.name} {case.building.name}" if compound else case.building.name


@action("handover.sign_off", needs=may_sign_off)
def sign_off(handover: Handover, *, by: Actor, now: datetime) -> Handover:
    """Sign for the old area: the list is whole."""
    held = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if held.signed_by_id is not None:
        raise Refused(_("This list is signed already."))
    held.signed_by_id, held.signed_at = by.account_id, now
    held.save(update_fields=["signed_by", "signed_at"])
    note(change=held.change_id, cases=held.items.count())
    return held


@action("handover.acknowledge", needs=may_acknowledge)
def acknowledge(handover: Handover, *, by: Actor, now: datetime) -> Handover:
    """Sign for the new area: we have these cases. What units of the old area have in hand is decided before."""
    held = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if held.signed_by_id is None or held.acknowledged_by_id is not None:
        raise Refused(_("The old area signs first, and each area once."))
    if left := to_decide(held).count():
        raise Refused(_("First decide who finishes what units of the old area have in hand: %(n)s left.") % {"n": left})
    held.acknowledged_by_id, held.acknowledged_at = by.account_id, now
    held.save(update_fields=["acknowledged_by", "acknowledged_at"])
    note(change=held.change_id)
    return held


@action("handover.leave", needs=may_decide)
def leave(item: HandoverItem, *, by: Actor, now: datetime) -> HandoverItem:
    """Let the unit of the old area finish the case: unit, state and clock stay."""
    return _decide(item, Decision.GOES_ON, None, by, now)


@action("handover.redispatch", needs=may_decide)
def redispatch(item: HandoverItem, *, organisation: Organisation, by: Actor, now: datetime) -> HandoverItem:
    """Give the case to another unit as it stands: the reporter was promised an answer, so the clock goes on."""
    case = lock(item.case)
    if case.state not in AT_WORK.split(" | ") or case.lead_id != item.lead_id:
        raise Refused(_("The case has gone on since: it is with nobody of the old area any more."))
    case.lead = organisation
    case.save(update_fields=["lead"])
    step_of(case, "dispatch", case.state, by=by, now=now, said=Said()).save(force_insert=True)
    note(organisation=organisation.code)
    return _decide(item, Decision.REDISPATCHED, organisation, by, now)


def _decide(item: HandoverItem, what: Decision, to: Organisation | None, by: Actor, now: datetime) -> HandoverItem:
    held = HandoverItem.objects.select_for_update(of=("self",)).select_related("handover").get(pk=item.pk)
    if held.decision:
        raise Refused(_("This was decided already. Open the list again."))
    held.decision, held.new_lead, held.decided_by_id, held.decided_at = what, to, by.account_id, now
    held.save(update_fields=["decision", "new_lead", "decided_by", "decided_at"])
    note(handover=held.handover_id, decision=what.value)
    return held
