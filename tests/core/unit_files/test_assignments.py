import numpy as np
import pytest

from wangge.core.unit_files.assignments import read_assignment
from wangge.core.unit_files.faults import BadFile


def test_a_division_is_read_with_its_bands_and_minutes() -> None:
    raw = (
        "id,part,community,general_grid,micro_grid,households,minutes_in_round_order\n"
        "塔,0,桂花,001,00101,68,110.5\n塔,1,桂花,001,00102,68,\n"
    )
    read = read_assignment(raw.encode("gb18030"))
    assert (read.ids, read.part.tolist(), read.micro) == (("塔", "塔"), [0, 1], ("00101", "00102"))
    assert read.minutes[0] == 110.5
    assert np.isnan(read.minutes[1])


def test_general_grids_alone_are_a_division_too() -> None:
    read = read_assignment(b"id,general_grid,households\na,1,3\n")
    assert (read.micro, read.community, len(read)) == (("",), ("",), 1)


def test_what_is_no_division_is_refused() -> None:
    with pytest.raises(BadFile, match="row 2, column households: many is no number"):
        read_assignment(b"id,general_grid,households\na,1,many\n")
    with pytest.raises(BadFile, match="column general_grid: there is no such column"):
        read_assignment(b"id,households\na,1\n")
