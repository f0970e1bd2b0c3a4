"""`wangge import`: exit codes, what it says, and a kill in the middle that loses nothing and does nothing twice."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from tests.cast import Cast
from tests.exchange.lists import at_work, digest, sheet
from tests.home import HOME
from wangge.exchange.models import Import
from wangge.places.models import Building, Compound, Dwelling
from wangge.web.commands.importing import bring_in
from wangge.web.postgres.layout import Home, Role

COMMAND = [sys.executable, "-c", "from wangge.web.commands.main import main; main()", "import"]
SOAK = bool(os.environ.get("WANGGE_SOAK"))
ROWS = 150_000 if SOAK else 11_000
KILLS = 12 if SOAK else 2


def environment() -> dict[str, str]:
    name = str(connection.settings_dict["NAME"])
    home = Home(HOME)

    def address(role: Role) -> str:
        return f"postgresql://{role}:{home.password(role)}@/{name}?host={home.sockets}"

    return {**os.environ, "WANGGE_DSN": address("wg_app"), "WANGGE_OWNER_DSN": address("wg_owner")}


def wangge(*arguments: str) -> Result:
    """The command in this process; only what is to be killed gets one of its own."""
    return CliRunner().invoke(bring_in, arguments)


def doors(cast: Cast, rows: int) -> bytes:
    """A list of doors in buildings of the invented town, all of them new."""
    with at_work(cast.system_admin):
        compound = Compound.objects.order_by("id")[0]
        house = Building.objects.filter(compound=compound).order_by("id")[0]
    return sheet(
        ["小区", "楼栋", "单元", "楼层", "室号"],
        *([compound.name, house.name, f"K{n // 1000}", 1, f"{1000 + n % 1000}"] for n in range(rows)),
    )


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


def killed_at(cast: Cast, running: subprocess.Popen[bytes], state: str) -> Import:
    """Kill the command as soon as a chunk of that state was committed."""
    while running.poll() is None:
        with cast.system_admin.acting():
            held = Import.objects.filter(state=state).first()
        if held is not None and (held.position or held.counts.get("done")):
            running.send_signal(signal.SIGKILL)
            running.wait()
            return held
        time.sleep(0.02)
    raise AssertionError(f"it ended before it could be killed in {state}")
