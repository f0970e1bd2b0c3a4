"""What the privacy dashboard counts: looks by purpose, field, role and task; accounts that stand out; age of data."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q
from django.db.models.fields.json import KeyTextTransform

from wangge.core.looking import NIGHT_FROM, NIGHT_TO, Bounds, Looked, Sign, signs
from wangge.ledger.models import Entry
from wangge.people.models import Alarm, LookReview
from wangge.people.queries.looks import NAMED

PERIODS = (7, 30, 90)
"""Days back from now, each period inside the next."""
BASE = timedelta(days=30)
"""The days before, of which the usual day of a role is the median."""
BOUNDS = Bounds(
    settings.WANGGE.sign_least,
    settings.WANGGE.sign_times,
    settings.WANGGE.sign_night,
    settings.WANGGE.sign_grids,
    settings.WANGGE.sign_without_task,
)
"""From how many on something stands out in this city."""
MOST = 2_000
"""So many accounts of one day are judged, those who looked most first."""
FRESHNESS = "select community, dwellings, fresh, ageing, old from people_freshness(%s)"
DAYS = """
with days as (
  select actor_id, (at at time zone %(zone)s)::date as day, mode() within group (order by facts ->> 'role') as role,
         count(*) as looks, count(distinct area_id) as grids,
         count(*) filter (where extract(hour from at at time zone %(zone)s) >= %(night_from)s
                             or extract(hour from at at time zone %(zone)s) < %(night_to)s) as night,
         count(*) filter (where coalesce(facts ->> 'task', '') = '') as without_task,
         count(*) filter (where verb = 'person.open') as opened
    from ledger_entry
   where facts ?& array['field', 'purpose'] and at >= %(since)s and at < %(until)s
   group by 1, 2),
usual as (
  select role, percentile_cont(0.5) within group (order by looks) as looks from days where day < %(day)s group by role)
select d.actor_id, coalesce(d.role, ''), d.looks, d.night, d.grids, d.without_task, d.opened, u.looks
  from days d left join usual u on u.role = d.role
 where d.day = %(day)s order by d.looks desc, d.actor_id limit %(most)s
"""


@dataclass(frozen=True)
class Counted:
    """How often each code was looked for, in each of the periods."""

    total: tuple[int, ...]
    purposes: dict[str, tuple[int, ...]]
    fields: dict[str, tuple[int, ...]]
    roles: dict[str, tuple[int, ...]]
    without_task: tuple[int, ...]


@dataclass(frozen=True)
class StandsOut:
    """An account whose looks of a day are a question; `reviews` are the answers so far, the last first."""

    account: int
    role: str
    looked: Looked
    signs: tuple[Sign, ...]
    reviews: tuple[LookReview, ...] = ()


@dataclass(frozen=True)
class Age:
    """How many homes of a community were confirmed how long ago; `unknown` were never asked."""

    community: int
    homes: int
    fresh: int
    ageing: int
    old: int

    @property
    def unknown(self) -> int:
        return self.homes - self.fresh - self.ageing - self.old


def counted(now: datetime) -> Counted:
    """Count the looks of the last 7, 30 and 90 days in one reading of the book."""
    since = [now - timedelta(days=days) for days in PERIODS]
    rows = (
        Entry.objects.filter(facts__has_keys=NAMED, at__gte=since[-1], at__lte=now)
        .annotate(**{f"said_{name}": KeyTextTransform(name, "facts") for name in ("purpose", "field", "role", "task")})
        .annotate(has_task=Q(said_task__gt=""))
        .values("said_purpose", "said_field", "said_role", "has_task")
        .annotate(**{f"in_{days}": Count("id", filter=Q(at__gte=at)) for days, at in zip(PERIODS, since, strict=True)})
        .order_by()
    )
    return _summed(list(rows))


def _summed(rows: list[dict[str, Any]]) -> Counted:
    def by(name: str) -> dict[str, tuple[int, ...]]:
        held = [Counter[str]() for _ in PERIODS]
        for row in rows:
            for days, sums in zip(PERIODS, held, strict=True):
                sums[row[name] or ""] += row[f"in_{days}"]
        return {code: tuple(sums[code] for sums in held) for code, _n in held[-1].most_common()}

    def total(those: list[dict[str, Any]]) -> tuple[int, ...]:
        return tuple(sum(row[f"in_{days}"] for row in those) for days in PERIODS)

    untasked = [row for row in rows if not row["has_task"]]
    return Counted(total(rows), by("said_purpose"), by("said_field"), by("said_role"), total(untasked))


def standing_out(day: date, begin: datetime, *, budget: int) -> list[StandsOut]:
    """Return the accounts whose looks on a day stand out.

    `begin` is the day's first moment, `budget` how many fields an account may open in a day. Computed on the page: one
    reading of the book over the day and the thirty days before it.
    """
    with connection.cursor() as cursor:
        cursor.execute(DAYS, {
            "zone": settings.TIME_ZONE, "night_from": NIGHT_FROM, "night_to": NIGHT_TO, "day": day,
            "since": begin - BASE, "until": begin + timedelta(days=1), "most": MOST,
        })  # fmt: skip
        rows = cursor.fetchall()
    found = []
    for account, role, looks, night, grids, without_task, opened, usual in rows:
        looked = Looked(looks, night, grids, without_task, opened, usual)
        if seen := signs(looked, budget, BOUNDS):
            found.append(StandsOut(account, role, looked, seen, ()))
    return _reviewed(_with_alarms(found, day), day)


def _with_alarms(found: list[StandsOut], day: date) -> list[StandsOut]:
    """What rang on the day stands with what the looks say; accounts that only rang come first."""
    rung: dict[int, set[str]] = {}
    roles: dict[int, str] = {}
    for alarm in Alarm.objects.filter(day=day):
        rung.setdefault(alarm.account, set()).add(alarm.sign)
        roles[alarm.account] = alarm.role
    known = {one.account for one in found}
    only = [StandsOut(account, roles[account], Looked(0), ()) for account in sorted(set(rung) - known)]
    return [
        replace(one, signs=tuple(sign for sign in Sign if sign in one.signs or sign in rung.get(one.account, ())))
        for one in [*only, *found]
    ]


def _reviewed(found: list[StandsOut], day: date) -> list[StandsOut]:
    reviews: dict[int, list[LookReview]] = {}
    for review in LookReview.objects.filter(day=day, account__in=[one.account for one in found]).order_by("-id"):
        reviews.setdefault(review.account, []).append(review)
    return [replace(one, reviews=tuple(reviews.get(one.account, ()))) for one in found]


def ages(today: date) -> list[Age]:
    """Return how old what is known of the homes of each community is; the ones with most to ask first."""
    with connection.cursor() as cursor:
        cursor.execute(FRESHNESS, [today])
        found = [Age(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda age: (-(age.unknown + age.old), age.community))
