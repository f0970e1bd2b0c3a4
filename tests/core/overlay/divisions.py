"""Two or more divisions of the same invented units, with their households."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Divisions = tuple[Whole, Whole, Whole]


def codes(values: Sequence[int]) -> Whole:
    return np.array(values, np.int64)


@st.composite
def divisions(draw: st.DrawFn, least: int = -1) -> Divisions:
    """(own, layer, households) of up to thirty units; `least` is the lowest code, -1 for none."""
    count = draw(st.integers(1, 30))
    column = st.lists(st.integers(least, 4), min_size=count, max_size=count)
    homes = draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))
    return codes(draw(column)), codes(draw(column)), codes(homes)
