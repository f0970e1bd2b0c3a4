"""The open cases on the map and in the list beside it: the same rows, the same numbers, in the same order."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from wangge.cases.models import Case
from wangge.cases.queries.faces import Badge, badge, calendar, clock_of, kind_of
from wangge.cases.words import OPEN
from wangge.core.clock_face import Face, Look
from wangge.core.deadlines import ClockKind
from wangge.places.queries.drawing import Box, Feature, feature

MOST = 300
KINDS = {Look.HALF: "half", Look.OVERDUE: "overdue"}


@dataclass(frozen=True)
class Spot:
    """A case as the map and the list show it; `n` stands on the symbol and before the row."""

    n: int
    case: Case
    kind: str
    state: Badge
    face: Face
    clock: ClockKind

    def feature(self) -> Feature:
        point = {"type": "Point", "coordinates": [self.case.lon, self.case.lat]}
        return feature(self.case.number, point, n=self.n, kind=self.kind)


@dataclass(frozen=True)
class Spots:
    """What is drawn, and how many there are in all."""

    spots: list[Spot]
    total: int

    @property
    def left_out(self) -> int:
        return self.total - len(self.spots)


def open_spots(now: datetime, box: Box | None = None) -> Spots:
    """The open cases the asker's posts cover, those in danger first, then the soonest due."""
    found: QuerySet[Case] = Case.objects.filter(state__in=OPEN.split(" | "))
    if box is not None:
        found = found.filter(lon__gte=box.west, lon__lte=box.east, lat__gte=box.south, lat__lte=box.north)
    days = calendar()
    rows = list(found.order_by("-urgent", "due_at", "pk")[:MOST])
    total = len(rows) if len(rows) < MOST else found.count()
    return Spots([_spot(n, case, clock_of(case, now, days)) for n, case in enumerate(rows, 1)], total)


def _spot(n: int, case: Case, face: Face) -> Spot:
    kind = "danger" if case.urgent else KINDS.get(face.kind, "in_time")
    return Spot(n, case, kind, badge(case.state), face, kind_of(case))
