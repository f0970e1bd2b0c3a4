"""Changes of areas in the words of the tests: drafted by one, approved by another, put in force by the house."""

from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils.timezone import get_default_timezone, localdate, now

from tests.cast import Cast
from wangge.cases.actions.handover import catch_up
from wangge.jobs.system import as_system
from wangge.places.actions import approve, draft, keep
from wangge.places.models import Area, Change
from wangge.places.queries.plans import Line, Plan

BASIS = "测字〔2026〕1 号"
Pairs = set[tuple[int, int]]


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, get_default_timezone())


def today() -> date:
    return localdate(now())


def plan(kind: str, day: date, *lines: Line, late: bool = False, posts: str = "end") -> Plan:
    return Plan(kind, day, BASIS, lines, late=late, posts=posts)


def decided(cast: Cast, given: Plan, at: datetime | None = None) -> Change:
    """The plan drafted and approved a week before its date."""
    moment = at or midnight(given.effective_on) - timedelta(days=7)
    with cast.system_admin.acting() as admin:
        change = draft(given, by=admin, now=moment)
    with cast.chief.acting() as chief:
        return approve(change, by=chief, now=moment + timedelta(hours=1))


def effected(cast: Cast, given: Plan) -> Change:
    """The plan in force, at the midnight of its date."""
    change = decided(cast, given)
    assert catch_up(midnight(given.effective_on)) == 1
    with as_system("test"):
        return Change.objects.get(pk=change.pk)


def township(name: str) -> int:
    """A town below the county, which this city does not have of its own: somewhere to move to."""
    with as_system("test") as system:
        county = Area.objects.get(level="county")
        town = Area(parent=county, level="town", name=name, official=name, valid_from=county.valid_from)
        return keep([town], by=system).rows[0].pk


def named(name: str) -> Area:
    return Area.objects.get(name=name, valid_to__isnull=True)


def reach() -> Pairs:
    """The pairs by which row security decides, the ended areas left out."""
    return _pairs(
        "select ancestor_id, descendant_id from access_reach r where not exists"
        " (select from places_area a where a.id in (r.ancestor_id, r.descendant_id) and a.valid_to is not null)"
    )


def tree(day: date) -> Pairs:
    return _pairs("select ancestor_id, descendant_id from places_tree(%s)", day)


def _pairs(sql: str, *arguments: date) -> Pairs:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return {(int(a), int(b)) for a, b in cursor.fetchall()}
