"""Divisions in the words of the tests: drawn, submitted by one, approved by another, put in force by the house."""

from datetime import date, timedelta
from typing import Any

from tests.cast import Cast, Person
from tests.places.changing import BASIS, midnight
from wangge.cases.actions.handover import catch_up
from wangge.jobs.system import as_system
from wangge.places.actions import approve, drafts, submitting
from wangge.places.models import Area, Change, GridDraft
from wangge.places.queries.divisions import Limits
from wangge.teams.models import Account

LIMITS: dict[str, Any] = vars(Limits(low=50, high=90, micro_max=30))


def second(cast: Cast) -> Person:
    """Another of the town's staff."""
    with as_system("test"):
        return Person(Account.objects.get(username="town_staff02").pk)


def community_of(cast: Cast) -> Area:
    """The community of the near grid."""
    with as_system("test"):
        return Area.objects.get(pk=Area.objects.values_list("parent_id").get(pk=cast.grid_id)[0])


def drawn(cast: Cast, wish: str = "anew", **limits: Any) -> GridDraft:
    """A draft for the near community, drawn."""
    area = community_of(cast)
    with cast.town.acting() as by:
        made = drafts.begin(
            area, wish=wish, limits=LIMITS | limits, note_text="新楼交付", by=by, now=midnight(date(2026, 9, 1))
        )
        return drafts.draw(made, by=by, now=midnight(date(2026, 9, 1)))


def decided(cast: Cast, draft: GridDraft, day: date) -> Change:
    """The draft submitted by one and approved by another of the town."""
    moment = midnight(day) - timedelta(days=7)
    with cast.town.acting() as by:
        held = submitting.submit(draft, effective_on=day, basis=BASIS, by=by, now=moment)
        change = Change.objects.get(grid_draft=held)
    with second(cast).acting() as other:
        return approve(change, by=other, now=moment + timedelta(hours=1))


def in_force(cast: Cast, draft: GridDraft, day: date) -> Change:
    """The draft in force, at the midnight of its date."""
    change = decided(cast, draft, day)
    assert catch_up(midnight(day)) == 1
    with as_system("test"):
        return Change.objects.get(pk=change.pk)
