"""The workbench of a community of 1,000 houses: as many questions as for a small one, and a page a desk can load."""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.browse import signed_in
from tests.cast import Cast
from tests.places.drafting import community_of, drawn
from wangge.jobs.system import as_system
from wangge.places.actions import keep, keep_dwellings
from wangge.places.models import Building, Compound, GridDraft

HOUSES, HOMES, ACROSS, STEP = 1_000, 3, 40, 0.0003
MOST_BYTES, MOST_ANSWER = 1_500_000, 500_000
MOST_QUESTIONS = 27


def built(cast: Cast) -> None:
    """Farmhouses in rows of forty."""
    area = community_of(cast)
    with as_system("test") as system:
        near = Building.objects.filter(grid_id=cast.grid_id).order_by("lon")[0]
        lon, lat = near.lon + STEP, near.lat + STEP
        made = Compound(
            community=area,
            name="稻香村（虚构）",
            sort_key="daoxiang",
            kind="hamlet",
            token="daoxiang01",
            lon=lon,
            lat=lat,
        )
        compound = keep([made], by=system).rows[0]
        places = [(lon + n % ACROSS * STEP, lat + n // ACROSS * STEP) for n in range(HOUSES)]
        houses = keep([
            Building(
                compound=compound, grid_id=cast.grid_id, name=f"{n}号", order=n, token=f"daoxia{n:06}", floors=3,
                lon=x, lat=y, units=1, homes=HOMES,
                footprint=[[x, y], [x + STEP / 2, y], [x + STEP / 2, y + STEP / 3], [x, y + STEP / 3]],
            )
            for n, (x, y) in enumerate(places, 1)
        ], by=system).rows  # fmt: skip
        doors = [(house.pk, floor) for house in houses for floor in range(1, HOMES + 1)]
        keep_dwellings({
            "area_id": [cast.grid_id] * len(doors), "building_id": [house for house, _floor in doors],
            "unit": [""] * len(doors), "floor": [floor for _house, floor in doors],
            "room": [f"{floor}01" for _house, floor in doors],
        }, by=system)  # fmt: skip


def test_a_thousand_houses_are_worked_like_seven(cast: Cast) -> None:
    small = drawn(cast)
    built(cast)
    large = drawn(cast, low=300, high=500, micro_max=100)
    client = signed_in(cast.town)
    with as_system("test"):
        assert len(GridDraft.objects.get(pk=large.pk).general) > HOUSES
    client.get(f"/grids/drafts/{small.pk}/")  # what is kept in the process is read here
    asked = []
    for draft in (small, large):
        with CaptureQueriesContext(connection) as looked:
            page = client.get(f"/grids/drafts/{draft.pk}/").content
        assert len(page) <= MOST_BYTES
        to = next(key for key in draft.general if key != draft.general[0])
        fields = {"verb": "move", "version": draft.version, "pieces": "0", "to": to}
        with CaptureQueriesContext(connection) as stepped:
            answer = client.post(
                f"/grids/drafts/{draft.pk}/edit/", fields, headers={"Accept": "application/json"}
            ).content
        assert json.loads(answer)["draft"]["general"][0] == to
        assert len(answer) <= MOST_ANSWER
        asked.append((len(looked), len(stepped)))
    assert max(max(each) for each in asked) <= MOST_QUESTIONS, asked
