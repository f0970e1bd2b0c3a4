"""Storeys from heights and dwellings from storeys, where a list has none: a stated rule, and marked as estimated."""

import math

STOREY = 3.0
"""Metres from floor to floor of a dwelling house (GB 50096: 2.80 m and more; with slab and roof about three)."""
LIVING = 0.75
"""Share of a floor that belongs to dwellings; the rest is walls, stairs, lifts and lanes."""
DWELLING = 90.0
"""Square metres of an ordinary dwelling."""
HIGHEST = 200
_METRES = 111_320.0


def storeys(height: float) -> int:
    """Return the storeys of a building `height` metres high: one for each three metres, at least one.

    Raises ValueError for a height that no building has.
    """
    if not (math.isfinite(height) and 0 < height <= HIGHEST * STOREY * 1.5):
        raise ValueError("a building is between 0 and 900 metres high")
    return max(1, round(height / STOREY))


def dwellings(floors: int, ground: float) -> int:
    """Return the dwellings in `floors` storeys over `ground` square metres, at least one a building."""
    return max(1, floors * int(ground * LIVING / DWELLING))


def ground_of(ring: list[list[float]]) -> float:
    """Return the square metres inside a ring of longitudes and latitudes (WGS84), for rings of a building's size."""
    if len(ring) < 3:
        return 0.0
    narrow = _METRES * math.cos(math.radians(ring[0][1]))
    spots = [((x - ring[0][0]) * narrow, (y - ring[0][1]) * _METRES) for x, y, *_ in ring]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(spots, [*spots[1:], spots[0]], strict=True))) / 2
