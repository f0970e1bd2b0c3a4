"""Plans that change the area tree: one person drafts, another approves, either withdraws before the date."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.core.states import ForbiddenMove
from wangge.places.models import Change, ChangePart
from wangge.places.queries.faults import blocking, problems
from wangge.places.queries.plans import Plan, plan_of, rows_of
from wangge.places.rules import may_approve, may_draft, may_withdraw
from wangge.places.words import CHANGES


@action("area_change.draft", needs=may_draft)
def draft(plan: Plan, *, by: Actor, now: datetime) -> Change:
    """Keep a plan for a second person to look at; nothing of the tree is written."""
    if reason := blocking(problems(plan, timezone.localdate(now))):
        raise Refused(reason)
    change = Change.objects.create(
        kind=plan.kind, effective_on=plan.effective_on, late=plan.late and plan.effective_on <= timezone.localdate(now),
        basis=plan.basis.strip(), note=plan.note.strip(), posts=plan.posts, drafted_by_id=by.account_id, drafted_at=now,
    )  # fmt: skip
    ChangePart.objects.bulk_create(rows_of(plan, change))
    note(kind=plan.kind, on=plan.effective_on.isoformat(), late=change.late, areas=sorted(plan.areas))
    return change


@action("area_change.approve", needs=may_approve)
def approve(change: Change, *, by: Actor, now: datetime) -> Change:
    """Approve a plan after its preview; it takes effect at the midnight of its date."""
    change = _next(change, "approve_change")
    if reason := blocking(problems(plan_of(change), timezone.localdate(now), but=change)):
        raise Refused(reason)
    change.approved_by_id, change.approved_at = by.account_id, now
    change.save(update_fields=["state", "approved_by", "approved_at"])
    note(kind=change.kind, on=change.effective_on.isoformat())
    return change


@action("area_change.withdraw", needs=may_withdraw)
def withdraw(change: Change, *, by: Actor, now: datetime) -> Change:
    """Take a plan back before its date: the tree was never touched, and only the book remembers."""
    change = _next(change, "withdraw_change")
    change.ended_at = now
    change.save(update_fields=["state", "ended_at"])
    note(kind=change.kind, on=change.effective_on.isoformat())
    return change


def _next(change: Change, verb: str) -> Change:
    """The plan under a lock, in the state after the verb."""
    held = Change.objects.select_for_update(of=("self",)).get(pk=change.pk)
    try:
        held.state = CHANGES.after(held.state, verb)
    except ForbiddenMove:
        raise Refused(
            _("This change is “%(state)s” already. Open its page again.") % {"state": held.get_state_display()}
        ) from None
    return held
