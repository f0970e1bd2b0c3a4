"""Reports of the demo played through the actions: each in the place and the grid its script names."""

from dataclasses import replace

from django.utils import timezone

from tests.town import divided_town, load_divided_town
from wangge.cases.models import Case
from wangge.jobs.system import as_system
from wangge.web.demo.play import Player


def test_a_report_lies_at_its_house_or_at_its_spot_in_the_grid_of_its_script(db: str) -> None:
    made, town = load_divided_town(timezone.now()), divided_town()
    player = Player(town, made, now=timezone.now(), clock=timezone.now)
    by_residents = [report for report in town.reports if not report.steps[0].by]
    houses = [report for report in by_residents if report.building][:3]
    spots = [report for report in by_residents if not (report.building or report.compound)][:3]
    for report in (*houses, *spots):
        assert list(player.one(replace(report, steps=report.steps[:1]))) == [True]
        with as_system("test"):
            held = Case.objects.latest("pk")
        assert (held.area_id, held.text) == (made.areas[report.grid], report.text)
        assert held.building_id == made.buildings.get(report.building or "")
        assert (held.lon, held.lat) == report.point
    assert (len(houses), len(spots)) == (3, 3)
