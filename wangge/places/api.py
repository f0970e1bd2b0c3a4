"""Places for programs: found by any part of their name."""

from django.http import HttpRequest
from ninja import Query, Router, Schema

from wangge.access.pages import open_to_all
from wangge.access.programs import Sought, answers
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
@open_to_all
def places(request: HttpRequest, q: Sought = Query(...)) -> list[queries.Place]:  # noqa: B008 - ninja reads the default
    """Places whose address, alias or name holds every word of `q`: at most 20, the closest first."""
    return queries.search(q)
