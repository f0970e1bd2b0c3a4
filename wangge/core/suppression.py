"""Small counts stay hidden across all tables published of the same people: also in sums, differences, other plans."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from itertools import chain, combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

LEAST = 5
PRIME = 2_147_483_647  # sums and differences are worked out modulo this prime, without rounding

Key = TypeVar("Key", bound=Hashable)
Atom = TypeVar("Atom", bound=Hashable)
Vector = NDArray[np.int64]


def shown(cells: Mapping[Key, frozenset[Atom]], counts: Mapping[Atom, int], *, least: int = LEAST) -> frozenset[Key]:
    """Return the cells whose counts may be published together.

    A cell is a set of atoms (a grid on a day, a community under both plans); its count is the sum of theirs. Two plans,
    several periods, totals: all go in together. Hidden stay counts from 1 to `least` - 1, and what would give one of
    them away by adding and taking off what is published: the smallest counts are held back first.
    """
    pieces = _pieces(cells, counts)
    number = [count for _keys, count in pieces]
    rows = {key: np.array([key in keys for keys, _count in pieces], dtype=np.int64) for key in cells}
    size = {key: int(row @ np.array(number, dtype=np.int64)) if number else 0 for key, row in rows.items()}
    open_cells = {key for key in cells if size[key] == 0 or size[key] >= least}
    order = sorted((key for key in open_cells if size[key]), key=lambda key: (size[key], repr(key)))
    held = list(order)
    weight = np.array(number, dtype=np.int64)
    secrets = _secrets(rows, weight, least)
    while True:
        basis = _basis([rows[key] for key in held])
        targets = (*secrets, *_rests(rows, held, weight, least))
        told = next((target for target in targets if _spans(basis, target)), None)
        if told is None:
            return frozenset(held) | {key for key in open_cells if not size[key]}
        held.remove(_giveaway(rows, held, told))


def _pieces(cells: Mapping[Key, frozenset[Atom]], counts: Mapping[Atom, int]) -> list[tuple[frozenset[Key], int]]:
    """Atoms that lie in the same cells are one piece; those that count nothing hide nothing."""
    lies_in: dict[Atom, set[Key]] = defaultdict(set)
    for key, atoms in cells.items():
        for atom in atoms:
            lies_in[atom].add(key)
    pieces: dict[frozenset[Key], int] = defaultdict(int)
    for atom, keys in lies_in.items():
        pieces[frozenset(keys)] += counts.get(atom, 0)
    return [(keys, count) for keys, count in pieces.items() if count]


def _is_small(row: Vector, weight: Vector, least: int) -> bool:
    return bool(row.min(initial=0) >= 0 and 0 < int(row @ weight) < least)


def _secrets(rows: Mapping[Key, Vector], weight: Vector, least: int) -> list[Vector]:
    """Sets with a small count, whatever is shown: pieces, cells, what two cells share and what they differ by."""
    pairs = ((one, other, one * other) for one, other in combinations(rows.values(), 2))
    found = chain(
        np.eye(len(weight), dtype=np.int64),
        rows.values(),
        chain.from_iterable((both, one - both, other - both) for one, other, both in pairs),
    )
    return list({row.tobytes(): row for row in found if _is_small(row, weight, least)}.values())


def _rests(rows: Mapping[Key, Vector], held: list[Key], weight: Vector, least: int) -> list[Vector]:
    """What is left of a cell when everything shown inside it is taken off."""
    found = []
    for whole in rows.values():
        inside = [rows[key] for key in held if rows[key] is not whole and not np.any(rows[key] > whole)]
        found.append(whole * (1 - np.minimum(1, sum(inside, np.zeros_like(whole)))))
    return [row for row in found if _is_small(row, weight, least)]


def _basis(rows: Iterable[Vector]) -> list[tuple[int, Vector]]:
    """Return rows that span the same space, each with a column in which the later ones are nought."""
    basis: list[tuple[int, Vector]] = []
    for row in rows:
        rest = _reduced(basis, row)
        lead = np.flatnonzero(rest)
        if len(lead):
            column = int(lead[0])
            basis.append((column, rest * pow(int(rest[column]), -1, PRIME) % PRIME))
    return basis


def _reduced(basis: list[tuple[int, Vector]], row: Vector) -> Vector:
    rest = row % PRIME
    for column, unit in basis:
        if rest[column]:
            rest = (rest - rest[column] * unit) % PRIME
    return rest


def _spans(basis: list[tuple[int, Vector]], row: Vector) -> bool:
    return not np.any(_reduced(basis, row))


def _giveaway(rows: Mapping[Key, Vector], held: list[Key], told: Vector) -> Key:
    """Return the smallest cell without which the secret is no longer told, or else the smallest that touches it."""
    for key in held:
        if not _spans(_basis([rows[other] for other in held if other != key]), told):
            return key
    return next(key for key in held if np.any(rows[key] * told))
