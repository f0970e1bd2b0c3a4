"""Reading cases by program: pages by key, never by offset; rows are those the asker's posts cover."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Annotated

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from pydantic import StringConstraints

from wangge.access.models import Reach
from wangge.access.pages import Request
from wangge.access.programs import Code, Id, Number, answers, asks
from wangge.cases.api.shapes import CaseAndSteps, Cases, StepOut, shown
from wangge.cases.models import Case
from wangge.cases.rules import may_see_desk
from wangge.cases.words import State

router = Router(tags=["cases"])
Mark = Annotated[str, StringConstraints(max_length=120, pattern=r"^[A-Za-z0-9_=-]*$")]


class Filters(Schema):
    """What to list; everything left out does not narrow."""

    state: list[State] = Field(default_factory=list, max_length=18)
    area: Id | None = None
    category: Code = ""
    unit: Code = ""
    urgent: bool | None = None
    overdue: bool | None = None
    after: Mark = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 50


@router.get("/cases", response=answers(200, Cases, 401, 403), summary="List cases")
@asks(may_see_desk)
def cases(request: Request, asked: Query[Filters]) -> Cases:
    """Cases the asker's posts cover, the newest first."""
    found = _narrowed(asked, request.now).order_by("-reported_at", "-id").select_related("lead")
    if asked.after:
        at, row = _unmark(asked.after)
        found = found.filter(Q(reported_at__lt=at) | Q(reported_at=at, pk__lt=row))
    rows = list(found[: asked.limit + 1])
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    return Cases(items=[shown(row, request.actor) for row in rows], next=_mark(rows[-1]) if more else None)


@router.get("/cases/{number}", response=answers(200, CaseAndSteps, 401, 403, 404), summary="Read a case")
@asks(may_see_desk)
def case(request: Request, number: Number) -> CaseAndSteps:
    """The case with its timeline; 404 also when it lies outside the asker's posts."""
    held = found_or_404(number)
    steps = [
        StepOut(verb=s.verb, origin=s.origin, target=s.target, at=s.at, reason=s.reason, note=s.note)
        for s in held.steps.order_by("at", "pk")
    ]
    return CaseAndSteps(**shown(held, request.actor).model_dump(), steps=steps)


def found_or_404(number: str) -> Case:
    """The case, when row-level security shows it."""
    held = Case.objects.select_related("lead").filter(number=number).first()
    if held is None:
        raise Http404
    return held


def _narrowed(asked: Filters, now: datetime) -> QuerySet[Case]:
    found = Case.objects.all()
    if asked.state:
        found = found.filter(state__in=asked.state)
    if asked.area is not None:
        found = found.filter(area_id__in=Reach.objects.filter(ancestor_id=asked.area).values("descendant_id"))
    if asked.category:
        found = found.filter(category_code=asked.category)
    if asked.unit:
        found = found.filter(lead__code=asked.unit)
    if asked.urgent is not None:
        found = found.filter(urgent=asked.urgent)
    if asked.overdue is not None:
        late = Q(done_at__isnull=True, due_at__lt=now)
        found = found.filter(late if asked.overdue else ~late)
    return found


def _mark(case: Case) -> str:
    return urlsafe_b64encode(f"{case.reported_at.isoformat()}|{case.pk}".encode()).decode()


def _unmark(mark: str) -> tuple[datetime, int]:
    try:
        at, row = urlsafe_b64decode(mark).decode("ascii").split("|")
        found = datetime.fromisoformat(at), int(row)
    except ValueError:
        raise HttpError(422, _("`after` is not the `next` of a page.")) from None
    if found[0].tzinfo is None or not (2000 <= found[0].year < 2200 and 0 < found[1] < 2**63):
        raise HttpError(422, _("`after` is not the `next` of a page."))
    return found
