"""Alarms: what stands out in looks is told to the security administrators within minutes. Nothing is decided by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.delivery.actions import queue
from wangge.delivery.models import Channel
from wangge.people.actions.opening import MINE
from wangge.people.actions.seeking import BUDGET
from wangge.people.models import Alarm
from wangge.people.queries import alarms
from wangge.people.queries.alarms import Ringing

EVERY = timedelta(minutes=5)
"""So often the house looks (`people.tasks`)."""
AFTERWARDS = timedelta(hours=1)
"""So long after midnight the day before is looked at too."""


@dataclass(frozen=True)
class Raised:
    """The alarms of one look at the book."""

    alarms: tuple[Alarm, ...]
    ledger_subject: str = "alarms"
    ledger_area: int | None = None


def watch(*, by: Actor, now: datetime) -> Sequence[Alarm]:
    """Raise what is new in the looks of today; the same sign of one account and day rings once."""
    found: list[Ringing] = []
    for day in sorted({localdate(now - AFTERWARDS), localdate(now)}):
        found += alarms.ringing(day, opens=MINE.most, searches=BUDGET.most)
    return raise_alarms(found, by=by, now=now).alarms if found else ()


@action("alarm.raise", needs=by_the_system)
def raise_alarms(found: Sequence[Ringing], *, by: Actor, now: datetime) -> Raised:
    """Write down what rings and tell every security administrator who has an address, without a name or a number.

    The entry holds how many, not which sign: the auditor would learn which records are canaries.
    """
    rows = [Alarm(account=one.account, role=one.role, day=one.day, sign=one.sign.value, raised_at=now) for one in found]
    made = tuple(Alarm.objects.bulk_create(rows))
    note(alarms=len(made))
    for account, address in alarms.who_is_told(now):
        key = f"alarm-{made[0].pk}-{account}"
        text = _text({one.day for one in made}, len(made))
        queue(address, text, channel=Channel.EMAIL, subject="alarms", area_id=None, key=key, by=by, now=now)
    return Raised(made)


def _text(days: set[date], number: int) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        said = _("%(n)s alarms about opened personal data: look, and ask what it was about.") % {"n": number}
        if settings.WANGGE.public_url:
            where = f"{settings.WANGGE.public_url}/privacy/unusual/?day="
            said += "".join(f"\n{where}{day.isoformat()}" for day in sorted(days))
        return said
