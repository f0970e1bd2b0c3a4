"""A list of residents whose command is killed goes on where it stood: nobody is lost, nobody stands there twice."""

import json
import signal
import subprocess
from pathlib import Path
from random import Random

import pytest

from tests.cast import Cast
from tests.exchange.command import COMMAND, SOAK, doors, environment, killed_at, progress, wangge
from tests.exchange.lists import at_work, sheet
from wangge.people.models import Arrival, DwellingUse, Household, Occupancy, Person
from wangge.places.models import Dwelling

ROWS = 60_000 if SOAK else 11_000
PLACES = {"mapped": 3, "committing": 5} if SOAK else {"mapped": 1, "committing": 1}
"""How often it is killed while rows are checked, and while residents are written down."""
LATER = 0.3
"""Seconds at most between a piece that was committed and the kill."""


def persons() -> bytes:
    """One invented resident behind each door of the list of doors."""
    held = Dwelling.objects.filter(unit__startswith="K").select_related("building__compound").order_by("id")
    rows = [(d.building.compound.name, d.building.name, d.unit, d.room) for d in held if d.building.compound]
    return sheet(
        ("小区", "楼栋", "单元", "室号", "姓名", "手机", "居住方式"),
        *((*door, _name(n), f"138{n:08}", "自住") for n, door in enumerate(rows)),
    )  # fmt: skip


def _name(at: int) -> str:
    return f"周{chr(0x4E00 + at // 100)}{chr(0x5E00 + at % 100)}"


@pytest.mark.soak
def test_killed_in_the_middle_again_and_again_nobody_is_lost_or_doubled(cast: Cast, tmp_path: Path) -> None:
    list_of_doors, path = tmp_path / "doors.csv", tmp_path / "孙兰（虚构）.csv"
    list_of_doors.write_bytes(doors(cast, ROWS))
    assert wangge(str(list_of_doors), "--kind", "dwellings", "--source", "town", "--yes").exit_code == 0
    with at_work(cast.system_admin):
        path.write_bytes(persons())
    chance, killed = Random(20261123), list[str]()
    which: tuple[str, ...] = (str(path), "--kind", "persons", "--source", "town")
    for state, kills in PLACES.items():
        beyond = 0
        for _ in range(kills):
            with subprocess.Popen(
                [*COMMAND, *which, "--yes"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(),
            ) as running:  # fmt: skip
                held = killed_at(cast, running, state, beyond=beyond, later=chance.uniform(0, LATER))
            assert running.returncode == -signal.SIGKILL
            beyond, which = progress(held), ("--resume", str(held.pk))
            killed.append(f"{held.state} {beyond}")
            if held.state != state:  # it came through before the blow fell
                break
    assert len(killed) >= len(PLACES)
    done = wangge(*which, "--yes", "--json")
    said = json.loads(done.stdout)
    print(f"C1 list of {ROWS} residents: killed at {', '.join(killed)}; {said['counts']['outcomes']}")
    assert (done.exit_code, said["state"], said["counts"]["outcomes"]) == (0, "committed", {"taken": ROWS})
    with at_work(cast.system_admin):
        kept = [table.objects.count() for table in (Person, Household, Occupancy, DwellingUse, Arrival)]
        assert kept == [ROWS, ROWS, ROWS, ROWS, 0]
