"""Two entries of one invented person for tests, and everything that stands about some persons."""

from datetime import UTC, datetime
from typing import Any

from django.core import serializers

from tests.cast import Cast
from tests.cast import Person as Somebody
from tests.people.registering import NOW, dwelling_of
from wangge.jobs.system import as_system
from wangge.people import actions
from wangge.people.actions import Choice, Member
from wangge.people.models import (
    CareNeed,
    Household,
    Merge,
    Occupancy,
    Person,
    RetentionHold,
    RightsLink,
    RightsRequest,
)
from wangge.people.words import Tenure

LATER = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TYPED = Member("孙兰（虚构）", Tenure.OWNER, "first", phone="13800000001", wishes={"channel": "paper"})
LISTED = Member("孙兰（虚构）", Tenure.TENANT, document_kind="passport", document="E00000001", phone="13800000002")
OTHER = Member("郭强（虚构）", Tenure.TENANT, phone="13800000009")
MODELS: tuple[Any, ...] = (
    Person, Household, Occupancy, CareNeed, RightsRequest, RightsLink, RetentionHold,
)  # fmt: skip


def entry(
    who: Somebody, grid: int, *members: Member, at: int = 0, source: str = "worker:1", now: datetime = NOW
) -> Person:
    """Who is named first of a household that somebody writes down."""
    with who.acting() as actor:
        given: dict[str, Any] = {"members": members, "source": source, "by": actor, "now": NOW}
        home = actions.record_household(dwelling_of(grid, at), **given)
        return Person.objects.select_related("home__dwelling").filter(home=home).order_by("pk")[0]


def twice(cast: Cast, *, at: int = 0, other: int = 0) -> tuple[Person, Person]:
    """孙兰 as 林 typed her at the door, and as a list brought her in."""
    return (
        entry(cast.lin, cast.grid_id, TYPED, at=at),
        entry(cast.lin, cast.grid_id, LISTED, OTHER, at=other, source="import:1"),
    )


def merged(who: Somebody, kept: Person, gone: Person, *, now: datetime = LATER, **chosen: Any) -> Merge:
    """The two joined."""
    with who.acting() as actor:
        given: dict[str, Any] = {"choice": Choice(**chosen), "purpose": "register", "by": actor, "now": now}
        return actions.merge_persons(kept, gone, **given)


def unmerged(who: Somebody, merge: Merge, *, now: datetime = LATER) -> Merge:
    """The merge taken back."""
    with who.acting() as actor:
        return actions.unmerge_persons(merge, by=actor, now=now)


def everything() -> str:
    """Every row about persons, as text; sealed values are compared as they are."""
    with as_system("test"):
        return "\n".join(str(serializers.serialize("json", model.objects.order_by("pk"), indent=0)) for model in MODELS)
