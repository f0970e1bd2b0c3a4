"""The rows of a division beside the units they speak of, with their floor bands in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from wangge.core.checking.findings import Finding, Kind
from wangge.core.checking.joins import Joined
from wangge.core.checking.neighbours import Ground
from wangge.core.unit_files.assignments import Assignment
from wangge.core.unit_files.table import Reals, UnitTable, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """The rows whose unit is known. `band` counts the rows of a unit from the ground up, `bands` how many it has."""

    table: UnitTable
    ground: Ground
    unit: Whole
    row: Whole
    band: Whole
    bands: Whole
    households: Whole
    minutes: Reals
    general: tuple[str, ...]
    micro: tuple[str, ...]

    def members(self, labels: Sequence[str]) -> dict[str, list[int]]:
        """Return which rows bear each label; rows without one are left out."""
        found: dict[str, list[int]] = {}
        for at, label in enumerate(labels):
            if label:
                found.setdefault(label, []).append(at)
        return found

    def community(self, at: int) -> int:
        """Return the community of a row's unit, by the list of units."""
        return int(self.table.community.codes[self.unit[at]])

    def pieces(self, labels: Sequence[str]) -> dict[str, int]:
        """Return in how many connected pieces the rows of each label lie.

        Rows of one label at one place are together; an upper floor band of a unit stands on the one below.
        """
        node, at_place = self._nodes(labels)
        joined = Joined(max(node, default=-1) + 1)
        unit = self.unit.tolist()
        for at in range(1, len(node)):
            if unit[at] == unit[at - 1] and labels[at] == labels[at - 1]:
                joined.join(node[at], node[at - 1])
        for a, b in self.ground.edges.tolist():
            beside = at_place.get(b, {})
            joined.join_all((one, beside[label]) for label, one in at_place.get(a, {}).items() if label in beside)
        roots: dict[str, set[int]] = {}
        for label, one in zip(labels, node, strict=True):
            if label:
                roots.setdefault(label, set()).add(joined.root(one))
        return {label: len(found) for label, found in roots.items()}

    def _nodes(self, labels: Sequence[str]) -> tuple[list[int], dict[int, dict[str, int]]]:
        """Number what is together anyway: rows of one label on the ground of one place. Each upper band is alone."""
        at_place: dict[int, dict[str, int]] = {}
        node: list[int] = []
        count = 0
        for label, place, band in zip(labels, self.ground.place[self.unit].tolist(), self.band.tolist(), strict=True):
            own = at_place.setdefault(place, {}) if band == 0 else {}
            node.append(own.setdefault(label, count))
            count += node[-1] == count
        return node, at_place


def matched(table: UnitTable, ground: Ground, division: Assignment) -> Matched:
    """Return the rows of a division whose units are in the table."""
    number = {one: at for at, one in enumerate(table.ids)}
    unit = np.array([number.get(one, -1) for one in division.ids], dtype=np.int64)
    known = np.flatnonzero(unit >= 0)
    order = known[np.lexsort([division.part[known], unit[known]])]
    sorted_units = unit[order]
    first = np.searchsorted(sorted_units, sorted_units)
    many = np.searchsorted(sorted_units, sorted_units, side="right") - first
    return Matched(
        table, ground, sorted_units, division.rows[order], np.arange(len(order)) - first, many,
        division.households[order], division.minutes[order],
        tuple(division.general[at] for at in order), tuple(division.micro[at] for at in order),
    )  # fmt: skip


def cover_faults(table: UnitTable, division: Assignment) -> Iterator[Finding]:
    """Find units that are missing, twice, unknown, of other households, or in another community than written."""
    number = {one: at for at, one in enumerate(table.ids)}
    aside = {one.id for one in table.aside}
    rows: dict[int, list[int]] = {}
    for at, one in enumerate(division.ids):
        if one in number:
            rows.setdefault(number[one], []).append(at)
        elif one not in aside:
            yield Finding(Kind.UNKNOWN, one, row=int(division.rows[at]))
    for unit, name in enumerate(table.ids):
        community = int(table.community.codes[unit])
        own = rows.get(unit, [])
        if not own or not any(division.general[at] for at in own):
            yield Finding(Kind.MISSING, name, community)
            continue
        yield from _of_unit(table, division, unit, own)


def _of_unit(table: UnitTable, division: Assignment, unit: int, own: list[int]) -> Iterator[Finding]:
    name, community = table.ids[unit], int(table.community.codes[unit])
    last, wanted = int(division.rows[own[-1]]), int(table.households[unit])
    held = int(division.households[own].sum())
    if len({int(division.part[at]) for at in own}) < len(own):
        yield Finding(Kind.TWICE, name, community, last, len(own))
    elif held != wanted or (division.households[own] < 1).any():
        yield Finding(Kind.HOUSEHOLDS, name, community, last, held, str(wanted))
    written = table.community.name(unit)
    if written and any(division.community[at] not in ("", written) for at in own):
        yield Finding(Kind.COMMUNITY, name, community, last)
