"""Who sees, keeps and counts what help people need."""

from typing import Protocol

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.people.rules.keeping import KEEPERS, InAnArea, may_keep

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
