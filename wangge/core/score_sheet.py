"""The score sheet of a division that people work on: as the workbench shows it and as programs read it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """The score sheet of one side. `unplaced` are households in no general grid.

    `split_compounds` are those that would fit into one grid and lie in several; `barrier_crossings` are the general
    grids with units on more than one bank. Mean and deviation are of the households of general grids.
    """

    general_grids: int
    general_within: int
    micro_grids: int
    micro_within: int
    households: int
    split_compounds: int
    barrier_crossings: int
    longest_minutes: float
    mean: float
    deviation: float
    unplaced: int
