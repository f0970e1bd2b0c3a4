"""What rings on a day and has not rung yet; alarms that nobody has answered; who is told."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import get_default_timezone

from wangge.access.models import Post
from wangge.core.looking import Sign
from wangge.core.periods import DAY, begin_of
from wangge.jobs.system import SYSTEM, account_of
from wangge.ledger.models import Entry
from wangge.people.models import Alarm, Canary, LookReview
from wangge.people.queries.watching import standing_out


@dataclass(frozen=True)
class Ringing:
    """A sign in the looks of an account on a day."""

    account: int
    role: str
    day: date
    sign: Sign


def ringing(day: date, *, opens: int, searches: int) -> list[Ringing]:
    """Return what rings on a local day and did not before, as the house itself sees it.

    `opens` and `searches` are the day's budgets of an account. Whoever was refused one more has used them up too.
    """
    begin = begin_of(day, get_default_timezone())
    that_day = Entry.objects.filter(at__gte=begin, at__lt=begin + DAY)
    found = {(one.account, sign): one.role for one in standing_out(day, begin, budget=opens) for sign in one.signs}
    for account in _touched(that_day):
        found.setdefault((account, Sign.CANARY), "")
    for account in _at_the_end(that_day, searches):
        found.setdefault((account, Sign.BUDGET), "")
    rung = set(Alarm.objects.filter(day=day).values_list("account", "sign"))
    new = [(key, role) for key, role in sorted(found.items()) if key not in rung]
    return [Ringing(account, role, day, sign) for (account, sign), role in new]


def _touched(that_day: QuerySet[Entry]) -> set[int]:
    """Accounts of which an entry speaks of a canary: opened, put right, taken in again. The house itself may."""
    subjects = [f"person:{person}" for person in Canary.objects.values_list("person_id", flat=True)]
    entries = that_day.filter(subject__in=subjects).exclude(actor_id=account_of(SYSTEM))
    return set(entries.values_list("actor_id", flat=True))


def _at_the_end(that_day: QuerySet[Entry], searches: int) -> set[int]:
    """Accounts that were stopped when opening, or that have looked for as many as they may."""
    counted = that_day.filter(verb__in=("person.open_stopped", "person.seek")).values("actor_id", "verb")
    rows = counted.annotate(times=Count("id")).order_by()
    return {row["actor_id"] for row in rows if row["verb"] == "person.open_stopped" or row["times"] >= searches}


def unanswered() -> QuerySet[Alarm]:
    """Alarms after which nobody has written down yet what it was about."""
    answers = LookReview.objects.filter(account=OuterRef("account"), day=OuterRef("day"), at__gte=OuterRef("raised_at"))
    return Alarm.objects.filter(~Exists(answers))


def who_is_told(now: datetime) -> list[tuple[int, str]]:
    """Security administrators in office who have an e-mail address: account and address."""
    held = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now), role_id="security_admin")
    told = held.filter(valid_from__lte=now, account__is_active=True).exclude(account__email="")
    return list(told.order_by("account_id").values_list("account_id", "account__email").distinct())
