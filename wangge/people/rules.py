"""Who keeps the registry of residents of an area, who opens a field of it, who watches over both."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.people.models import Firm, FirmStaff, Managing, Premises, SheetLine

KEEPERS = ("grid_worker", "secretary")
WATCHERS = ("security_admin", "auditor")
READERS = (*WATCHERS, "secretary")


class InAnArea(Protocol):
    """A dwelling, household or person: it lies in a grid."""

    @property
    def area_id(self) -> int: ...


def may_see_residents(actor: Actor, *_subject: object) -> str | None:
    """Pages of residents are for the grid's own worker and the community's secretary."""
    return None if actor.has(*KEEPERS) else _("Residents are seen by the grid's own worker and the community only.")


def may_keep(actor: Actor, subject: InAnArea, *_more: object, **_given: object) -> str | None:
    """Write about residents of one's own grid or community; neighbours who help do their task and see no list."""
    if actor.has("system") or is_keeper(actor, (subject.area_id,)):
        return None
    return _("Residents are registered by the grid's own worker and the community only.")


def may_bring_persons(actor: Actor, *_subject: object, **_given: object) -> str | None:
    """Lists of residents: the community's secretary for her own area; for the county the administrator, unseen."""
    if actor.has("secretary", "system_admin", "system"):
        return None
    return _("Lists of residents are brought in by the community's secretary or the system administrator.")


def is_keeper(actor: Actor, areas: Iterable[int]) -> bool:
    """Say whether the actor keeps the registry in all these grids."""
    wanted = set(areas)
    mine = Reach.objects.filter(ancestor_id__in=actor.areas_of(KEEPERS), descendant_id__in=wanted)
    return set(mine.values_list("descendant_id", flat=True)) == wanted


CARERS = (*KEEPERS, "town_staff")
"""Posts whose holders can be named as carers."""
COUNTERS = (*CARERS, "duty_chief")
"""Posts whose holders see how many needs of a kind a grid has, one to four held back."""


class Cared(InAnArea, Protocol):
    """A need of the care register: it lies in a grid and has carers."""

    @property
    def carer_id(self) -> int | None: ...

    @property
    def deputy_id(self) -> int | None: ...


def may_see_charges(actor: Actor, *_subject: object) -> str | None:
    """Who can be named as a carer sees for whom; whom the database then shows, it decides by the need."""
    return None if actor.has(*CARERS) else _("Carers are named among those with a post in the grid, community or town.")


def may_see_care_counts(actor: Actor, *_subject: object) -> str | None:
    """How many need what is for those who plan help; nobody is named there."""
    return None if actor.has(*COUNTERS) else _("These counts are for the duty chief, towns, communities and grids.")


def may_withdraw(actor: Actor, need: Cared, *_more: object, **_given: object) -> str | None:
    """Consent is withdrawn with whoever hears it first: the grid, the community or the carers."""
    if actor.account_id in (need.carer_id, need.deputy_id):
        return None
    return may_keep(actor, need)


def may_watch(actor: Actor, *_subject: object) -> str | None:
    """Looks, what stands out in them, and the age of data."""
    if actor.has(*WATCHERS):
        return None
    return _("This page is for the security administrator and the auditor.")


def may_read_assessments(actor: Actor, *_subject: object) -> str | None:
    """Assessments are read by who watches and by the secretaries, whose work they are about."""
    if actor.has(*READERS):
        return None
    return _("Assessments are read by the security administrator, the auditor and the secretaries.")


def may_assess(actor: Actor, *_subject: object) -> str | None:
    """Assessments and what looks were about are written down by the security administrator."""
    return None if actor.has("security_admin") else _("This is written down by the security administrator.")


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
