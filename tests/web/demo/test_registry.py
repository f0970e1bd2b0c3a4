"""The registry of the demo, written through the import and the actions of who says it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.town import invented_town
from wangge.jobs.system import as_system
from wangge.people.models import CareNeed, Firm, FirmRecord, Managing, Person, Sheet
from wangge.places.models import AreaCode, Grid
from wangge.teams.models import Account
from wangge.web.demo import residents as told
from wangge.web.demo.firms import Firms
from wangge.web.demo.load import Loaded
from wangge.web.demo.play import Player
from wangge.web.demo.registry import Registry
from wangge.web.demo.wording import pools


def loaded() -> Loaded:
    """The ids of the invented town in a copy of the template."""
    town, made = invented_town(), Loaded()
    with as_system("test"):
        areas, grids = (
            dict(AreaCode.objects.values_list("code", "area_id")), dict(Grid.objects.values_list("number", "area_id"))
        )  # fmt: skip
        made.areas = areas | {grid.key: grids[grid.code] for grid in town.grids}
        made.accounts = dict(Account.objects.values_list("username", "pk"))
    return made


def test_residents_needs_and_firms_are_written_by_who_says_them(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "MOST_DOORS", 1)
    monkeypatch.setitem(pools("residents"), "cared", 20)
    town, now = invented_town(), timezone.now() - timedelta(minutes=20)  # bringing in took long: sessions ask the clock
    player = Player(town, loaded(), now=now, clock=timezone.now)
    held = Registry(town, player.made, player.token, now=now).write()
    (community,) = told.told(town)
    rows = list(told.residents(town))
    assert held.counts["outcomes"]["taken"] == len(rows) == held.rows
    lines = Firms(town, player.made, player.token, now=now).write()
    with as_system("test"):
        assert Person.objects.filter(community=player.made.areas[community.key]).count() == len(rows)
        workers = {player.made.accounts[one.login] for one in town.staff if one.grids and one.area == community.key}
        carers = set(CareNeed.objects.values_list("carer_id", flat=True))
        assert carers
        assert carers <= workers
        managed = Managing.objects.count()
        assert (Firm.objects.count(), FirmRecord.objects.count(), Sheet.objects.count()) == (1, 2, managed - 1)
        assert lines == sum(sheet.lines.count() for sheet in Sheet.objects.all()) > 0
