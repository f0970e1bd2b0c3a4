"""The search for programs of staff: the same results, typed."""

from typing import Annotated, Literal

from ninja import Field, Query, Router, Schema
from pydantic import StringConstraints

from wangge.access.pages import Request
from wangge.access.programs import Sought, answers, asks
from wangge.cases.rules import may_see_desk
from wangge.web.search.results import find

router = Router(tags=["search"])
What = Literal["case", "dwelling", "building", "compound", "area", "grid", "feature"]
Mark = Annotated[str, StringConstraints(max_length=60, pattern=r"^[0-9.-]*$")]


class FoundOut(Schema):
    """One thing that was found: what it is, where it lies, why it fits, the page it opens."""

    kind: What
    id: int
    name: str
    where: str
    why: str
    url: str
    token: str
    lon: float | None
    lat: float | None


class SectionOut(Schema):
    """Things of one kind, the closest first; `more` is the value of `after` for the next of them."""

    kind: What
    items: list[FoundOut]
    more: str


class ResultsOut(Schema):
    """What the text may mean, the likeliest kind first; `spot` is set when it was two coordinates."""

    sections: list[SectionOut]
    spot: str


class Wanted(Schema):
    """What to look for; `kind` with `after` goes on in one kind."""

    q: Sought
    kind: What | None = None
    after: Mark = ""
    limit: Annotated[int, Field(ge=1, le=20)] = 20


@router.get("/search", response=answers(200, ResultsOut, 401, 403), summary="Find places and cases by anything")
@asks(may_see_desk)
def results(request: Request, asked: Query[Wanted]) -> ResultsOut:
    """Places by any name, address or coordinates; cases by number; homes and cases within the asker's posts."""
    found = find(asked.q, kind=asked.kind or "", after=asked.after, most=asked.limit)
    return ResultsOut(sections=[SectionOut.from_orm(section) for section in found.sections], spot=found.spot)
