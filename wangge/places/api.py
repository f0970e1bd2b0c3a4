"""Places for programs: found by any part of their name."""

from django.http import HttpRequest
from ninja import Query, Router, Schema

from wangge.access.programs import Sought, answers, open_to_programs
from wangge.places.queries import Place
from wangge.places.queries.reportable import search

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
def places(request: HttpRequest, q: Query[Sought]) -> list[Place]:
    """Compounds and buildings `q` may mean, by name, pinyin or address: at most 20, the closest first."""
    return search(q)
