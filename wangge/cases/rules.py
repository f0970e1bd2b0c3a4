"""Who may do which verb on which case; each rule answers with a reason to refuse, or None."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.cases.models import Case, Handover, HandoverItem
from wangge.cases.words import EVERY_STAFF, VERBS
from wangge.places.queries import ancestors

REOPEN_DAYS = 15
TAKE_BACK = timedelta(seconds=20)
SUPERVISORS = ("duty_chief", "checker")

Rule = Callable[..., str | None]


def holds(actor: Actor, case: Case, roles: tuple[str, ...]) -> bool:
    """Say whether the actor holds one of the roles over the case: by its area, or as the unit that handles it."""
    above = ancestors(case.area_id)
    for held in actor.roles:
        if held.role not in roles:
            continue
        if held.role == "handler":
            if held.organisation_id is not None and held.organisation_id == case.lead_id:
                return True
        elif held.area_id in above:
            return True
    return False


def may(verb: str) -> Rule:
    """The rule of a verb: open in this state, one of its roles, and what the verb asks besides."""

    def rule(actor: Actor, case: Case, **_given: object) -> str | None:
        if verb not in case.verbs:
            return _("%(verb)s is not possible now: the case is “%(state)s”.") % {
                "verb": VERBS[verb].label,
                "state": case.get_state_display(),
            }
        if actor.is_public:
            return None if "resident" in VERBS[verb].roles else _("This is done by staff.")
        if not holds(actor, case, VERBS[verb].roles):
            return _("Your posts do not cover this.")
        return EXTRA[verb](actor, case) if verb in EXTRA else None

    return rule


def not_the_doer(actor: Actor, case: Case) -> str | None:
    """Whoever handled it does not check it (two axes: supervision and command)."""
    if case.handled_by_id == actor.account_id or (case.lead_id is not None and case.lead_id in actor.organisations):
        return _("Who did the work does not check it: somebody else has to look.")
    return None


def first_return(_actor: Actor, case: Case) -> str | None:
    """A unit returns a case once; after that the duty chief names the unit, and that is final."""
    return _("Returned once already: the duty chief has named the unit.") if case.returns else None


def second_person(actor: Actor, case: Case) -> str | None:
    """Voiding takes two: one asks, another does it."""
    if case.void_asked_by_id is None:
        return _("Somebody has to ask for it first; a second person voids.")
    if case.void_asked_by_id == actor.account_id:
        return _("You asked for it: a second person has to void.")
    return None


def accepted_before(_actor: Actor, case: Case) -> str | None:
    """A reopened case goes straight to the dispatcher, unless it was solved on the spot and never accepted."""
    if case.state == "reopened" and case.category_id is not None:
        return _("It was accepted before: it only has to be dispatched again.")
    return None


def has_category(_actor: Actor, case: Case) -> str | None:
    """What has no category yet is accepted first."""
    return None if case.category_id is not None else _("It has no category yet: it has to be accepted first.")


EXTRA: dict[str, Rule] = {
    "accept": accepted_before,
    "pass_check": not_the_doer,
    "fail_check": not_the_doer,
    "return_case": first_return,
    "void": second_person,
    "dispatch": has_category,
}


def still_reopenable(case: Case, now: datetime) -> bool:
    """Within 15 days of its end."""
    return case.done_at is not None and now - case.done_at <= timedelta(days=REOPEN_DAYS)


def may_register(actor: Actor, _case: object = None) -> str | None:
    """Staff may register a report for somebody else, or from their own round."""
    return None if actor.has(*VERBS["register"].roles) else _("Your posts do not cover this.")


def may_see_desk(actor: Actor) -> str | None:
    """The console is for staff."""
    return None if actor.has(*EVERY_STAFF) else _("This page is for staff who work on cases.")


def may_work_outside(actor: Actor) -> str | None:
    """My day is for grid workers and their secretaries."""
    return None if actor.has("grid_worker", "secretary") else _("This page is for grid workers.")


def may_open_contact(actor: Actor, case: Case, **_given: object) -> str | None:
    """Who takes reports in and who asks afterwards may reach the reporter; the handling unit never."""
    if case.lead_id is not None and case.lead_id in actor.organisations:
        return _("The unit that handles the case does not see who reported it.")
    return None if holds(actor, case, ("acceptor", "checker", "duty_chief")) else _("Your posts do not cover this.")


SIGNERS = ("secretary", "town_staff", "duty_chief")
DECIDERS = ("dispatcher", "duty_chief")


def may_sign_off(actor: Actor, handover: Handover, **_given: object) -> str | None:
    """Somebody who leads the area that gives away."""
    if actor.areas_of(SIGNERS) & ancestors(handover.origin_id):
        return None
    return _("This is signed by the area that hands over.")


def may_acknowledge(actor: Actor, handover: Handover, **_given: object) -> str | None:
    """Somebody who leads the area that takes over, and did not sign for the other one."""
    if handover.signed_by_id == actor.account_id:
        return _("You signed for the old area: somebody else acknowledges for the new one.")
    if actor.areas_of(SIGNERS) & ancestors(handover.target_id):
        return None
    return _("This is acknowledged by the area that takes over.")


def may_decide(actor: Actor, item: HandoverItem, **_given: object) -> str | None:
    """Who dispatches in the area that takes over decides who finishes the work."""
    if actor.areas_of(DECIDERS) & ancestors(item.handover.target_id):
        return None
    return _("This is decided by the dispatcher of the new area.")


def may_see_handovers(actor: Actor) -> str | None:
    """The lists are for whoever signs them or decides about them."""
    return None if actor.has(*SIGNERS, *DECIDERS) else _("This page is for who hands over and who takes over.")
