"""Every inner loop is compiled by the warming, so that no user waits for one."""

from wangge.core.loops import kinds
from wangge.core.partition import costs, fields, settling, splitting, sweeps
from wangge.core.partition.warming import warmed


def test_each_step_is_told_and_every_loop_is_ready_afterwards() -> None:
    assert list(warmed()) == ["general grids", "micro-grids", "repair"]
    cutting = (splitting.bisected, costs.aim_for, costs.total_excess, fields.cut_out, fields.coarser)
    entries = (sweeps.solved, sweeps.mended, settling.settled, settling.relieved, *cutting)
    assert [entry.__name__ for entry in entries if kinds(entry) == 0] == []
