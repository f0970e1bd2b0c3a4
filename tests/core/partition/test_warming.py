"""Every inner loop of divisions is compiled by the warming, so that no user waits for one."""

import re

from wangge.core.loops import KEPT
from wangge.core.machine_code import CORE, is_ready
from wangge.core.partition.warming import warmed

LOOP = re.compile(r"^@loop\ndef (\w+)\(", re.MULTILINE)


def test_each_step_is_told_and_every_loop_is_kept_afterwards() -> None:
    assert list(warmed()) == ["general grids", "micro-grids", "repair", "rounds with opening hours"]
    assert KEPT is not None
    assert is_ready()
    kept = {path.name.partition("-")[0] for path in KEPT.glob("*/*.nbc")}
    sources = [*CORE.glob("partition/*.py"), *CORE.glob("rounds/*.py")]
    loops = {f"{path.stem}.{name}" for path in sources for name in LOOP.findall(path.read_text(encoding="utf-8"))}
    assert (loops - kept, len(loops) > 60) == (set(), True)
