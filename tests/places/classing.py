"""Classes of grids in the words of the tests."""

from datetime import date

from tests.cast import Cast, Person
from tests.places.changing import midnight
from wangge.jobs.system import as_system
from wangge.places.actions.classing import classify_grid
from wangge.places.models import Grid, GridClass

WHY = "户数多，需要照护的老人三十多位，临河易积水"


def grid_of(cast: Cast) -> Grid:
    with as_system("test"):
        return Grid.objects.select_related("area__parent").get(pk=cast.grid_id)


def classed(cast: Cast, care: str, *, why: str = WHY, person: Person | None = None, day: int = 1) -> GridClass:
    """The near grid given a class by its town on a day of September."""
    grid = grid_of(cast)
    with (person or cast.town).acting() as by:
        return classify_grid(grid, care=care, reason=why, by=by, now=midnight(date(2026, 9, day)))
