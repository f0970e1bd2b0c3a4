"""Drafts of grids for programs of staff, to read: the list, and one with its score sheet and its grids."""

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404
from ninja import Field, Query, Router, Schema

from wangge.access.models import Reach
from wangge.access.pages import Request
from wangge.access.programs import Id, answers, asks
from wangge.core.score_sheet import Sheet
from wangge.places.models import GridDraft
from wangge.places.rules import may_see_changes
from wangge.places.words import DraftState, Wish

router = Router(tags=["grids"])
HEAVY = ("units", "general", "micro", "steps", "names", "rows", "area__outline")


class Filters(Schema):
    """What to list; everything left out does not narrow. `after` is the `next` of the page before."""

    area: Id | None = None
    state: list[DraftState] = Field(default_factory=list, max_length=len(DraftState))
    after: Id | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class DraftOut(Schema):
    """A division of a community under work; `change` is the plan it was submitted as."""

    id: int
    area: int
    community: str
    number: int
    state: DraftState
    wish: Wish
    note: str
    made_at: datetime
    changed_at: datetime
    version: int
    change: int | None


class Drafts(Schema):
    """A page of drafts; `next` is the `after` of the following one."""

    items: list[DraftOut]
    next: int | None


class GridOut(Schema):
    """A general grid of a draft; `area` is the grid in force it continues."""

    area: int | None
    name: str
    number: str
    households: int
    micro_grids: int
    is_within: bool
    is_locked: bool


class DraftAndSheet(DraftOut):
    """A draft with its limits, the sheets of both sides, what moves, its grids; nothing of these until it is drawn.

    Of the sheets minutes are those of one round, homes those of general grids.
    """

    limits: dict[str, float | str]
    present: Sheet | None
    drawn: Sheet | None
    moved_households: int
    grids: list[GridOut]


@router.get("/grid-drafts", response=answers(200, Drafts, 401, 403), summary="List drafts of grids")
@asks(may_see_changes)
def drafts(request: Request, asked: Query[Filters]) -> Drafts:
    """Drafts of the communities the asker's posts cover, the newest first."""
    found = GridDraft.objects.select_related("area").defer(*HEAVY).order_by("-pk")
    if asked.area is not None:
        found = found.filter(area_id__in=Reach.objects.filter(ancestor_id=asked.area).values("descendant_id"))
    if asked.state:
        found = found.filter(state__in=asked.state)
    if asked.after is not None:
        found = found.filter(pk__lt=asked.after)
    rows = list(found[: asked.limit + 1])
    page = rows[: asked.limit]
    return Drafts(items=[shown(row) for row in page], next=page[-1].pk if len(rows) > asked.limit else None)


@router.get("/grid-drafts/{pk}", response=answers(200, DraftAndSheet, 401, 403, 404), summary="Read a draft of grids")
@asks(may_see_changes)
def draft(request: Request, pk: Id) -> DraftAndSheet:
    """The draft with its score sheet; 404 also when it lies outside the asker's posts."""
    held = GridDraft.objects.select_related("area").filter(pk=pk).first()
    if held is None:
        raise Http404
    return DraftAndSheet(**shown(held).model_dump(), limits=held.limits, **_drawn(held))


def shown(held: GridDraft) -> DraftOut:
    """The line of a draft."""
    return DraftOut(
        id=held.pk, area=held.area_id, community=held.area.name, number=held.number, state=DraftState(held.state),
        wish=Wish(held.wish), note=held.note, made_at=held.made_at, changed_at=held.changed_at, version=held.version,
        change=held.change_id,
    )  # fmt: skip


def _drawn(held: GridDraft) -> dict[str, Any]:
    if not held.general:
        return {"present": None, "drawn": None, "moved_households": 0, "grids": []}
    from wangge.core import drafting  # noqa: PLC0415 - slow import
    from wangge.places.queries import drafted, grid_names  # noqa: PLC0415 - slow import

    under = drafted.under(held)
    names = grid_names.called(under, held.area_id)
    rows = under.rows()
    micro = [row.outer for row in rows if row.outer >= 0]
    return {
        "present": under.sheet(present=True),
        "drawn": under.sheet(),
        "moved_households": drafting.compared(under.present, under.drawn).moved_households,
        "grids": [
            GridOut(
                area=names[row.key].area, name=names[row.key].name, number=names[row.key].number,
                households=row.households, micro_grids=micro.count(row.key), is_within=row.is_within,
                is_locked=row.key in under.drawn.locked,
            )
            for row in rows if row.outer < 0
        ],
    }  # fmt: skip
