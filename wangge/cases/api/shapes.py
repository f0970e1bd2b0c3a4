"""What programs are shown of a case: a list of fields in which nothing sealed can stand."""

from datetime import datetime

from ninja import Schema

from wangge.access.actor import Actor
from wangge.cases.models import Case
from wangge.cases.rules import may


class CaseOut(Schema):
    """A case as its team sees it, with the verbs the asker may do now."""

    number: str
    state: str
    state_label: str
    area: int
    place: str
    lon: float | None
    lat: float | None
    text: str
    source: str
    category: str
    urgent: bool
    unit: str
    reported_at: datetime
    stage_at: datetime
    due_at: datetime
    clock: str
    done_at: datetime | None
    rating: str
    verbs: list[str]


class StepOut(Schema):
    """One move: what, from where to where, when, and by which unit; not by whom."""

    verb: str
    origin: str
    target: str
    at: datetime
    reason: str
    note: str


class CaseAndSteps(CaseOut):
    """A case with its timeline."""

    steps: list[StepOut]


class Cases(Schema):
    """A page of cases; `next` is the value of `after` for the page behind it."""

    items: list[CaseOut]
    next: str | None


FIELDS = (
    "number", "state", "place", "lon", "lat", "text", "source", "urgent", "reported_at", "stage_at", "due_at",
    "clock", "done_at", "rating",
)  # fmt: skip


def shown(case: Case, actor: Actor) -> CaseOut:
    """The case as the actor may see it; `lead` has to be read with it."""
    return CaseOut(
        **{name: getattr(case, name) for name in FIELDS},
        state_label=case.get_state_display(),
        area=case.area_id,
        category=case.category_code,
        unit=case.lead.code if case.lead else "",
        verbs=[verb for verb in case.verbs if may(verb)(actor, case) is None],
    )
