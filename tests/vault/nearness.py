"""Guessing whom rows are about by what lies near what, grid by grid; and how far a guess is from drawing blindly."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np

Row = dict[str, Any]
Grids = dict[int, tuple[list[Row], list[Row]]]
"""The rows about each grid, and its residents by their numbers."""


def by_grid(affected: list[Row], people: list[Row]) -> Grids:
    held: Grids = {row["area_id"]: ([], []) for row in affected}
    for row in affected:
        held[row["area_id"]][0].append(row)
    for person in sorted(people, key=lambda one: int(one["id"])):
        if person["area_id"] in held:
            held[person["area_id"]][1].append(person)
    return held


def _measures(row: Row) -> dict[str, float]:
    """Everything about a row that can be put on a line: where it lies, when, how long, what its bytes begin with."""
    page, place = map(int, row["ctid"].strip("()").split(","))
    said = {"xmin": float(row["xmin"]), "ctid": page * 1000.0 + place}
    for column, value in row.items():
        if isinstance(value, bytes | memoryview):
            clear = bytes(value)
            said |= {f"{column} length": len(clear), f"{column} first": clear[0], f"{column} last": clear[-1]}
            said[f"{column} after the head"] = int.from_bytes(clear[18:22] or b"\0", "big")
        elif isinstance(value, int) and column not in {"area_id", "community_id", "xmin"}:
            said[column] = value
        elif hasattr(value, "timestamp"):
            said[column] = value.timestamp()
    if "token" in row:
        said["token"] = int(row["token"][:12], 16)
    return said


def by_nearness(grids: Grids) -> dict[str, Any]:
    """For each pair of measures: the residents nearest to the rows, by the value itself and by their place in order.

    Their numbers stand in arrays, since there are a thousand pairs.
    """
    found: dict[str, list[Any]] = defaultdict(list)
    for rows, people in grids.values():
        ours, theirs = _table(rows), _table(people)
        lines = np.stack(list(theirs.values()), axis=1)
        order = np.argsort(np.argsort(lines, axis=0, kind="stable"), axis=0, kind="stable")
        placed = order / max(len(people) - 1, 1)
        ids = np.array([person["id"] for person in people], dtype=np.int32)
        for mine, values in ours.items():
            gaps = (values - values.min()) / (np.ptp(values) or 1.0)
            for how, stops, where in (("", values, lines), (", in order", gaps, placed)):
                chosen = ids[_nearest(stops, where)]
                for at, other in enumerate(theirs):
                    found[f"{mine} ~ {other}{how}"].append(chosen[:, at])
    return {trick: np.concatenate(parts) for trick, parts in found.items()}


def _table(rows: list[Row]) -> dict[str, Any]:
    measured = [_measures(row) for row in rows]
    return {name: np.array([one[name] for one in measured], dtype=float) for name in measured[0]}


def _nearest(values: Any, lines: Any) -> Any:
    """As many rows of each line as there are values: the ones with the least distance to any, the first of equals."""
    stops = np.concatenate(([-np.inf], np.sort(values), [np.inf]))
    after = np.searchsorted(stops, lines, side="right")
    distance = np.minimum(lines - stops[after - 1], stops[np.minimum(after, len(stops) - 1)] - lines)
    return np.argsort(distance, axis=0, kind="stable")[: len(values)]


def surprises(guesses: Mapping[str, Any], members: set[int], grid_of: Mapping[int, int]) -> dict[str, float]:
    """How far each guess is from drawing blindly inside each grid, in standard deviations (hypergeometric)."""
    people = np.array(sorted(grid_of))
    grid = np.unique([grid_of[pk] for pk in people.tolist()], return_inverse=True)[1]
    inside = np.isin(people, list(members))
    sizes = np.bincount(grid)
    share = np.bincount(grid, weights=inside) / sizes
    found = {}
    for trick, guessed in guesses.items():
        at = np.searchsorted(people, guessed)
        drawn = np.bincount(grid[at], minlength=len(sizes))
        spread = (drawn * share * (1 - share) * (sizes - drawn) / np.maximum(sizes - 1, 1)).sum()
        found[trick] = float((inside[at].sum() - (drawn * share).sum()) / np.sqrt(spread)) if spread else 0.0
    return found
