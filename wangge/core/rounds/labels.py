"""Where number plates stand in a drawing so that none covers another: at their place, or as near as there is room."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, sin, tau

Spot = tuple[float, float]
HIGH = 30.0
LETTER = 13.0
GAP = 3.0
RINGS = (0.0, 34.0, 52.0, 74.0, 100.0, 130.0, 165.0)
DIRECTIONS = 16


@dataclass(frozen=True, slots=True)
class Label:
    """A short text that belongs to a place."""

    spot: Spot
    text: str

    @property
    def width(self) -> float:
        """Return how wide its plate is; a Chinese character is as wide as two digits."""
        return max(HIGH, 14 + sum(LETTER * (1 if char < "\u2e80" else 1.8) for char in self.text))

    @property
    def height(self) -> float:
        """Return how high its plate is."""
        return HIGH


def placed(labels: Sequence[Label], width: float, height: float) -> list[Spot]:
    """Return the middle of each plate, the first come first; where there is no room left it stays at its place."""
    found: list[Spot] = []
    for label in labels:
        wide = label.width / 2
        inside = (
            (x, y) for x, y in _around(label.spot) if wide <= x <= width - wide and HIGH / 2 <= y <= height - HIGH / 2
        )
        free = (spot for spot in inside if _is_free(label, spot, labels, found))
        found.append(next(free, label.spot))
    return found


def _around(spot: Spot) -> list[Spot]:
    """The place itself, then rings round it, up first and on to the right."""
    turns = [tau * k / DIRECTIONS for k in range(DIRECTIONS)]
    rings = [(ring * sin(turn), -ring * cos(turn)) for ring in RINGS[1:] for turn in turns]
    return [spot, *((round(spot[0] + x, 1), round(spot[1] + y, 1)) for x, y in rings)]


def _is_free(label: Label, spot: Spot, labels: Sequence[Label], found: Sequence[Spot]) -> bool:
    return all(
        abs(spot[0] - x) >= (label.width + other.width) / 2 + GAP or abs(spot[1] - y) >= HIGH + GAP
        for other, (x, y) in zip(labels, found, strict=False)
    )
