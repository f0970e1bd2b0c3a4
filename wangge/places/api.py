"""Places for programs: found by any part of their name."""

from django.http import HttpRequest
from ninja import Query, Router, Schema

from wangge.access.programs import Sought, answers, open_to_programs
from wangge.places import queries

router = Router(tags=["places"])


class PlaceOut(Schema):
    """Somewhere a report can be about; `token` is what a report names it by."""

    token: str
    name: str
    where: str
    lon: float | None
    lat: float | None


@router.get("/places", auth=None, response=answers(200, list[PlaceOut]), summary="Find a place by its name or address")
@open_to_programs
def places(request: HttpRequest, q: Query[Sought]) -> list[queries.Place]:
    """Places whose address, alias or name holds every word of `q`: at most 20, the closest first."""
    return queries.search(q)
