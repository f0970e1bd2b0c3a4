"""Two divisions of the same ground laid over each other (多网合一): where they agree, and where a border is in the way.

A division is a column with one code for each unit (a stairwell, a house), -1 where it has none; households weigh.
Nothing is known here of places or people. Sources of the measures stand with `agreement`.
"""

from wangge.core.overlay.agreement import Agreement, adjusted_rand, agreed, disagreeing
from wangge.core.overlay.crossing import Cross, Part, Placed, Relation, crossed, placed, serving
from wangge.core.overlay.refining import Cell, cells, refined

__all__ = [
    "Agreement",
    "Cell",
    "Cross",
    "Part",
    "Placed",
    "Relation",
    "adjusted_rand",
    "agreed",
    "cells",
    "crossed",
    "disagreeing",
    "placed",
    "refined",
    "serving",
]
