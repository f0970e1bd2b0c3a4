"""What a grid worker has to do today: what is left in my grids by deadline, and what I did."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from wangge.access.actor import Actor
from wangge.cases.models import Case, Step
from wangge.cases.queries.faces import Badge, badge, calendar, clock_of, kind_of
from wangge.cases.rules import may
from wangge.core.clock_face import Face
from wangge.core.deadlines import ClockKind
from wangge.places.models import Grid

TASKS = {"verifying": "verify", "handled": "pass_check", "checking": "pass_check"}  # state: the verb that is mine
MOST = 200
MOST_DONE = 10


@dataclass(frozen=True)
class Task:
    """One thing to go and look at."""

    case: Case
    verb: str
    badge: Badge
    face: Face
    kind: ClockKind

    @property
    def is_check(self) -> bool:
        return self.verb == "pass_check"


def tasks(actor: Actor, now: datetime) -> list[Task]:
    """Cases in my grids that wait for somebody to look, what is due first comes first.

    What I handled myself is somebody else's to check, so the rules of the verbs decide, not the state alone.
    """
    found = Case.objects.filter(state__in=TASKS).select_related("area").order_by("due_at", "id")[:MOST]
    days, left = calendar(), []
    for case in found:
        verb = TASKS[case.state]
        if may(verb)(actor, case) is None:
            left.append(Task(case, verb, badge(case.state), clock_of(case, now, days), kind_of(case)))
    return left


def done_today(actor: Actor, now: datetime) -> tuple[int, list[Step]]:
    """How many moves I made today, and the last of them."""
    midnight = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Step.objects.filter(actor_id=actor.account_id, at__gte=midnight)
    return mine.count(), list(mine.select_related("case").order_by("-at", "-id")[:MOST_DONE])


def my_grids(actor: Actor) -> list[Grid]:
    """The grids I look after, with their public cards."""
    areas = actor.areas_of(("grid_worker",))
    return list(Grid.objects.filter(area_id__in=areas).select_related("area__parent").order_by("number"))
