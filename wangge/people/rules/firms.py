"""Who looks after organisations, who works for them, who hands in a daily sheet."""

from typing import Protocol

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.people.models import Firm, FirmStaff, Managing, Premises, SheetLine
from wangge.people.rules.keeping import KEEPERS, is_keeper

FIRM_READERS = (*KEEPERS, "town_staff", "security_admin")


STAFF_GIVERS = ("secretary", "security_admin")


class OfAFirm(Protocol):
    """A contact, record, compound or account of a firm."""

    @property
    def firm(self) -> Firm: ...


def may_see_firms(actor: Actor, *_subject: object) -> str | None:
    """Organisations are public inside the house; pages of them are for those who work with them."""
    return None if actor.has(*FIRM_READERS) else _("Organisations are looked after by the community.")


def may_report(actor: Actor, *_subject: object, **_given: object) -> str | None:
    """The firm's own pages are for its staff; whose staff the action and the database ask."""
    return None if actor.has("property_staff") else _("This page is for staff of property firms.")


def may_keep_firm(actor: Actor, firm: Firm, *_more: object, **_given: object) -> str | None:
    """A firm is looked after where it was written down, has premises or manages a compound."""
    places = {firm.area_id, *Premises.objects.filter(firm=firm).values_list("area_id", flat=True)}
    places |= set(Managing.objects.filter(firm=firm).values_list("area_id", flat=True))
    if actor.has("system") or any(is_keeper(actor, (place,)) for place in places):
        return None
    return _("This organisation is looked after by another community.")


def may_keep_of_firm(actor: Actor, held: OfAFirm, *_more: object, **_given: object) -> str | None:
    """What belongs to a firm is kept by who keeps the firm."""
    return may_keep_firm(actor, held.firm)


def may_give_staff(actor: Actor, firm: Firm, *_more: object, **_given: object) -> str | None:
    """Accounts of a firm: the secretary who looks after it, or the security administrator; nobody for oneself."""
    if actor.has("security_admin"):
        return None
    if not actor.has("secretary"):
        return _("Accounts of a firm are given by the community secretary or the security administrator.")
    return may_keep_firm(actor, firm)


def may_end_staff(actor: Actor, held: FirmStaff, *_more: object, **_given: object) -> str | None:
    """Whoever may give the account may end it."""
    return may_give_staff(actor, held.firm)


def may_hand_in(actor: Actor, held: Managing, *_more: object, **_given: object) -> str | None:
    """A sheet is handed in by staff of the firm that manages the compound."""
    if works_for(actor, held.firm_id):
        return None
    return _("A daily sheet is handed in by the firm that manages the compound.")


def may_answer(actor: Actor, line: SheetLine, *_more: object, **_given: object) -> str | None:
    """The firm answers for its own lines."""
    return None if works_for(actor, line.firm_id) else _("This line belongs to another firm.")


def works_for(actor: Actor, firm_id: int) -> bool:
    """Say whether the actor hands in sheets for the firm: by post and by the firm's list."""
    if not actor.has("property_staff"):
        return False
    return FirmStaff.objects.filter(until__isnull=True, account=actor.account_id, firm=firm_id).exists()
