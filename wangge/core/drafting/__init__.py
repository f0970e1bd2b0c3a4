"""A division of one community under a person's hands (划分工作台): each step shows at once what it does to the limits.

A draft (`Drawn`) begins with what is in force or with what the engine draws; every verb returns another draft, so that
a step is undone by going back to the one before. The verbs are the same for every machine: no chance, no clock. What a
person makes too large, too small or torn is shown (`rows`, `Why`) and not forbidden; a verb is refused only where it
would touch a locked grid, or do nothing.
"""

from wangge.core.drafting.along import drawn_along, households_apart, solved_along
from wangge.core.drafting.beginning import drawn_anew, in_force
from wangge.core.drafting.comparing import Comparison, compared
from wangge.core.drafting.drawn import Drawn, Refusal, Refused
from wangge.core.drafting.keys import named_after
from wangge.core.drafting.shortfalls import shortfalls
from wangge.core.drafting.shown import GridRow, Tier, order, rows, sheet
from wangge.core.drafting.solving import solve_again
from wangge.core.drafting.standing import Why
from wangge.core.drafting.verbs import cut, lock, merge, move, move_micro, split
from wangge.core.score_sheet import Sheet

__all__ = [
    "Comparison",
    "Drawn",
    "GridRow",
    "Refusal",
    "Refused",
    "Sheet",
    "Tier",
    "Why",
    "compared",
    "cut",
    "drawn_along",
    "drawn_anew",
    "households_apart",
    "in_force",
    "lock",
    "merge",
    "move",
    "move_micro",
    "named_after",
    "order",
    "rows",
    "sheet",
    "shortfalls",
    "solve_again",
    "solved_along",
    "split",
]
