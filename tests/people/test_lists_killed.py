"""A list of residents whose command is killed goes on where it stood: nobody is lost, nobody stands there twice."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.exchange.command import COMMAND, KILLS, doors, environment, killed_at, wangge
from tests.exchange.lists import at_work, sheet
from wangge.people.models import Arrival, DwellingUse, Household, Occupancy, Person
from wangge.places.models import Dwelling

ROWS = 11_000


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
@pytest.mark.parametrize("state", ["mapped", "committing"] * (KILLS // 2))
def test_killed_in_the_middle_nobody_is_lost_or_doubled(cast: Cast, tmp_path: Path, state: str) -> None:
    list_of_doors, path = tmp_path / "doors.csv", tmp_path / "孙兰（虚构）.csv"
    list_of_doors.write_bytes(doors(cast, ROWS))
    assert wangge(str(list_of_doors), "--kind", "dwellings", "--source", "town", "--yes").exit_code == 0
    with at_work(cast.system_admin):
        path.write_bytes(persons())
    with subprocess.Popen(
        [*COMMAND, str(path), "--kind", "persons", "--source", "town", "--yes"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(),
    ) as running:  # fmt: skip
        held = killed_at(cast, running, state)
    assert running.returncode == -signal.SIGKILL
    done = wangge("--resume", str(held.pk), "--yes", "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["state"], said["counts"]["outcomes"]) == (0, "committed", {"taken": ROWS})
    with at_work(cast.system_admin):
        kept = [table.objects.count() for table in (Person, Household, Occupancy, DwellingUse, Arrival)]
        assert kept == [ROWS, ROWS, ROWS, ROWS, 0]
