"""`wangge import`: exit codes, what it says, and a kill in the middle that loses nothing and does nothing twice."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.exchange.command import COMMAND, KILLS, ROWS, doors, environment, killed_at, wangge
from tests.exchange.lists import at_work, digest
from wangge.places.models import Dwelling


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "doors.csv"


def test_a_list_goes_in_again_changes_nothing_and_comes_back_out(cast: Cast, path: Path) -> None:
    path.write_bytes(doors(cast, 40))
    before = digest()
    dry = wangge(str(path), "--kind", "dwellings", "--source", "town", "--dry-run", "--json")
    assert (dry.exit_code, json.loads(dry.stdout)["counts"]["new"]) == (0, 40)
    assert digest() == before
    done = wangge(str(path), "--kind", "dwellings", "--source", "town", "--yes", "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["counts"]["outcomes"]) == (0, {"taken": 40})
    again = wangge(str(path), "--kind", "dwellings", "--source", "town", "--yes", "--json")
    assert (again.exit_code, json.loads(again.stdout)["counts"]["outcomes"]) == (0, {"unchanged": 40})
    back = wangge("--undo", str(said["id"]))
    assert back.exit_code == 0
    assert digest() == before


def test_exit_codes_say_what_happened(cast: Cast, path: Path, tmp_path: Path) -> None:
    raw = doors(cast, 3).decode().replace(",1,1002", ",77,1002")
    path.write_text(raw)
    some = wangge(str(path), "--kind", "dwellings", "--source", "town", "--yes")
    assert (some.exit_code, "1 × 楼层" in some.stdout) == (1, True)
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"\0\0\0")
    assert wangge(str(broken), "--kind", "dwellings", "--source", "town").exit_code == 2
    assert wangge(str(path), "--kind", "nothing", "--source", "town").exit_code == 2
    assert wangge(str(path), "--kind", "areas", "--source", "town").exit_code == 2
    assert wangge(str(path), "--kind", "dwellings", "--source", "t", "--map", "x=y").exit_code == 2
    assert wangge("--resume", "4711").exit_code == 2
    assert wangge().exit_code == 2


@pytest.mark.soak
@pytest.mark.parametrize("state", ["mapped", "committing"] * (KILLS // 2))
def test_killed_in_the_middle_it_goes_on_where_it_stood(cast: Cast, path: Path, state: str) -> None:
    path.write_bytes(doors(cast, ROWS))
    with at_work(cast.system_admin):
        before = Dwelling.objects.count()
    with subprocess.Popen(
        [*COMMAND, str(path), "--kind", "dwellings", "--source", "town", "--yes"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(),
    ) as running:  # fmt: skip
        held = killed_at(cast, running, state)
    assert running.returncode == -signal.SIGKILL
    done = wangge("--resume", str(held.pk), "--yes", "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["state"], said["counts"]["outcomes"]) == (0, "committed", {"taken": ROWS})
    with at_work(cast.system_admin):
        assert Dwelling.objects.count() == before + ROWS
