"""Records nobody has a reason to open, made and ended by the security administrator: nobody else knows which."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.bulk import ids, insert
from wangge.people.actions import sealing
from wangge.people.models import Canary, Person
from wangge.people.rules import may_plant
from wangge.people.words import Kept, Source
from wangge.places.models import Area

MOST = 20
"""So many of one community at once."""
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗"
MARK = "（虚构）"
LEFT, KNOWN = 90, 400
"""They have left within so many days, and were confirmed for the last time within so many before that."""


@dataclass(frozen=True)
class Made:
    """How many were made in which community; not which."""

    number: int
    ledger_area: int
    ledger_subject: str = "canaries"


@action("canary.make", needs=may_plant)
def make_canaries(*, community: int, number: int, phone: str, by: Actor, now: datetime) -> Made:
    """Write down invented people who look like residents who have moved away from a community.

    Masked they look like others; who opens the name reads that it is invented. The telephone is one of the office, so
    that no stranger is called, and the office hears who calls it.
    """
    today = localdate(now)
    if not 1 <= number <= MOST:
        raise Refused(_("Between 1 and %(most)s at once.") % {"most": MOST})
    kept = sealing.normal_form(Kept.PHONE, phone, today=today)
    within = Area.objects.filter(parent_id=community, parent__level="community", level="grid", valid_to__isnull=True)
    grids = list(within.order_by("pk").values_list("pk", flat=True))
    if not grids:
        raise Refused(_("This community has no grid."))
    for pk in ids(Person, number):
        left = today - timedelta(days=secrets.randbelow(LEFT))
        seen = left - timedelta(days=secrets.randbelow(KNOWN))
        fields = {Kept.NAME: _name(), Kept.PHONE: kept}
        row: dict[str, Any] = {
            "id": pk, "area_id": secrets.choice(grids), "home_id": None, "community_id": community, "document": None,
            "wishes": None, "document_index": None, "source": Source.RESIDENT.value, "confirmed_on": seen, "told": {},
            "left_on": left, **sealing.columns(pk, fields, community),
        }  # fmt: skip
        insert(Person, {column: [value] for column, value in row.items()})
        Canary.objects.create(person_id=pk, community_id=community, made_by=by.account_id, made_at=now)
    note(made=number)
    return Made(number, community)


@action("canary.end", needs=may_plant)
def end_canary(canary: Canary, *, by: Actor, now: datetime) -> Canary:
    """Keep one no longer: retention takes it on its day, like everybody who has left."""
    held = Canary.objects.select_for_update(no_key=True).get(pk=canary.pk)
    if held.ended_at is not None:
        raise Refused(_("This one is kept no longer already."))
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    return held


def kept() -> QuerySet[Any, Any]:
    """Persons whom retention leaves alone, as the house itself sees it."""
    return Canary.objects.filter(ended_at__isnull=True).values("person_id")


def remove_canaries(persons: Sequence[int]) -> int:
    """That they were canaries goes with them."""
    return Canary.objects.filter(person__in=persons).delete()[0]


def _name() -> str:
    """A name that nobody has and nobody guesses; masked it is a surname and two stars."""
    return f"{secrets.choice(SURNAMES)}{secrets.token_hex(6)}{MARK}"
