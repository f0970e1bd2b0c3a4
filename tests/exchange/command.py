"""The command `wangge import` on the tests' database: in this process, or in one of its own that is to be killed."""

import os
import signal
import subprocess
import sys
import time

from click.testing import CliRunner, Result
from django.db import connection

from tests.cast import Cast
from tests.exchange.lists import at_work, sheet
from tests.home import HOME
from wangge.exchange.models import Import
from wangge.places.models import Building, Compound
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


def progress(held: Import) -> int:
    """How far an import has come in its present state."""
    return int(held.counts.get("done") or 0) or held.position


def killed_at(
    cast: Cast, running: subprocess.Popen[bytes], state: str, *, beyond: int = 0, later: float = 0
) -> Import:  # fmt: skip
    """Kill the command, `later` seconds after it came beyond a place in that state; the import as it stands then."""
    while running.poll() is None:
        with cast.system_admin.acting():
            held = Import.objects.filter(state=state).first()
        if held is not None and progress(held) > beyond:
            time.sleep(later)
            running.send_signal(signal.SIGKILL)
            running.wait()
            with cast.system_admin.acting():
                return Import.objects.get(pk=held.pk)
        time.sleep(0.02)
    raise AssertionError(f"it ended before it could be killed in {state}")
