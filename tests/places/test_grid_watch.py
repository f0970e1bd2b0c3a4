"""A night's count finds grids that left their limits and proposes the smallest repair."""

from datetime import date

from tests.cast import Cast
from tests.places.changing import midnight
from tests.places.drafting import community_of, drawn, in_force
from wangge.jobs.system import as_system
from wangge.places.actions import drafts, keep_dwellings
from wangge.places.actions.watching import count, propose
from wangge.places.models import Area, Building, Grid, GridDraft
from wangge.places.queries import watch

DAY = date(2026, 10, 1)


def occupied(community: Area, homes: int) -> int:
    """As many new homes in one building of the community; gives its grid."""
    with as_system("test") as system:
        building = Building.objects.filter(grid__parent=community).order_by("pk")[0]
        rooms = range(homes)
        keep_dwellings(
            {
                "area_id": [building.grid_id] * homes, "building_id": [building.pk] * homes, "unit": ["9"] * homes,
                "floor": [1 + room // 4 for room in rooms], "room": [f"9{room:03}" for room in rooms],
            },
            by=system,
        )  # fmt: skip
        return building.grid_id


def test_a_grid_that_grew_out_of_its_limits_is_named_and_a_repair_is_proposed(cast: Cast) -> None:
    community = community_of(cast)
    in_force(cast, drawn(cast), DAY)
    with as_system("test") as system:
        assert count(by=system).found == watch.Found({}, {})
    grid = occupied(community, 60)
    with as_system("test") as system:
        found = count(by=system).found
        number = Grid.objects.get(area_id=grid).number
        assert number in found.left[community.pk]
        assert Grid.objects.get(area_id=grid).households == found.changed[grid] > 90
        made = propose(found, by=system, now=midnight(DAY))
        assert [(one.area_id, one.wish, number in one.note) for one in made] == [(community.pk, "repair", True)]
        assert propose(found, by=system, now=midnight(DAY)) == []
        assert count(by=system).found.changed == {}
        held = drafts.draw(made[0], by=system, now=midnight(DAY))
        assert held.state == "open"
    with cast.town.acting():
        assert GridDraft.objects.get(pk=held.pk).note.endswith(number) or number in held.note


def test_new_homes_within_the_limits_are_counted_and_nothing_is_proposed(cast: Cast) -> None:
    community = community_of(cast)
    in_force(cast, drawn(cast, high=200), DAY)
    with as_system("test"):
        before = dict(Grid.objects.values_list("area_id", "households"))
    grid = occupied(community, 1)
    with as_system("test") as system:
        found = count(by=system).found
        assert found.changed == {grid: before[grid] + 1}
        assert not [number for number in found.left.get(community.pk, []) if len(number) == len("LP01A1001")]
