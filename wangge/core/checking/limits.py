"""Grids against the rules: inside one community, connected, in the band where that can be, rounds within the limits."""

from collections.abc import Iterator

import numpy as np

from wangge.core.checking.findings import Finding, Kind, Rules
from wangge.core.checking.matching import Matched
from wangge.core.checking.neighbours import Ground
from wangge.core.checking.possible import FEW, is_possible
from wangge.core.checking.tours import tour
from wangge.core.unit_files.table import Reals, UnitTable, Whole


def shape_faults(matched: Matched, rules: Rules) -> Iterator[Finding]:
    """Find grids of two communities or in pieces, micro-grids of two general grids, units shared without need."""
    yield from _straddling(matched)
    for kind, labels in ((Kind.BROKEN, matched.general), (Kind.BROKEN_MICRO, matched.micro)):
        members = matched.members(labels)
        for label, count in matched.pieces(labels).items():
            if count > 1:
                yield Finding(kind, label, matched.community(members[label][0]), count=count)
    homes: dict[int, set[str]] = {}
    for unit, general in zip(matched.unit.tolist(), matched.general, strict=True):
        homes.setdefault(unit, set()).add(general)
    for unit, grids in homes.items():
        if len(grids) > 1 and matched.table.households[unit] <= rules.high:
            community = int(matched.table.community.codes[unit])
            yield Finding(Kind.SHARED, matched.table.ids[unit], community, count=len(grids))


def _straddling(matched: Matched) -> Iterator[Finding]:
    for label, own in matched.members(matched.general).items():
        communities = {matched.community(at) for at in own}
        if len(communities) > 1:
            yield Finding(Kind.TWO_COMMUNITIES, label, min(communities), count=len(communities))
    members = matched.members(matched.micro)
    for label, own in members.items():
        generals = {matched.general[at] for at in own}
        if len(generals) > 1:
            yield Finding(Kind.TWO_GENERALS, label, matched.community(own[0]), count=len(generals))
    if members:
        for at, label in enumerate(matched.micro):
            if not label:
                name = matched.table.ids[matched.unit[at]]
                yield Finding(Kind.NO_MICRO, name, matched.community(at), int(matched.row[at]))


class Parts:
    """The connected parts of all communities, and which could be divided within the band: found when asked for."""

    def __init__(self, table: UnitTable, ground: Ground, rules: Rules) -> None:
        self._table, self._ground, self._rules = table, ground, rules
        self.of_unit = ground.part[ground.place]
        self._order = np.argsort(self.of_unit, kind="stable")
        self._sorted = self.of_unit[self._order]
        self._known: dict[int, bool] = {}

    def is_possible(self, part: int) -> bool:
        """Say whether nothing proves that this part cannot be divided within the band."""
        if part not in self._known:
            first, last = np.searchsorted(self._sorted, (part, part + 1))
            own = self._order[first:last]
            edges = self._edges(own) if len(own) <= FEW else []
            self._known[part] = is_possible(self._table.households[own].tolist(), edges, self._rules)
        return self._known[part]

    def stuck(self) -> frozenset[int]:
        """Return the communities with a part that was asked for and cannot be divided."""
        codes = zip(self._table.community.codes.tolist(), self.of_unit.tolist(), strict=True)
        return frozenset(code for code, part in codes if not self._known.get(part, True))

    def _edges(self, own: Whole) -> list[tuple[int, int]]:
        """The neighbours among a few units, as numbers in `own`; units at one place are neighbours."""
        at = self._ground.place[own].tolist()
        beside = {(a, b) for a, b in self._ground.edges.tolist() if a in at and b in at}
        return [
            (one, two)
            for two, b in enumerate(at)
            for one, a in enumerate(at[:two])
            if a == b or (a, b) in beside or (b, a) in beside
        ]


def band_faults(matched: Matched, parts: Parts, rules: Rules) -> Iterator[Finding]:
    """Find general grids out of the band whose part of the community could be divided within it."""
    for label, own in matched.members(matched.general).items():
        held = int(matched.households[own].sum())
        part = int(parts.of_unit[matched.unit[own[0]]])
        if not rules.low <= held <= rules.high and parts.is_possible(part):
            band = f"{rules.low}:{rules.high}"
            yield Finding(Kind.BAND, label, matched.community(own[0]), count=held, limit=band)


def naming_faults(matched: Matched, parts: Parts, named: frozenset[str]) -> Iterator[Finding]:
    """Find communities called impossible though they are not, and those that are and are not called so.

    Asked after the band: a part all of whose grids are in the band is possible, and was not asked for.
    """
    codes, names = matched.table.community.codes, matched.table.community.names
    for unit in np.flatnonzero([names[code] in named for code in codes.tolist()]).tolist():
        parts.is_possible(int(parts.of_unit[unit]))
    stuck = parts.stuck()
    for code, name in enumerate(names):
        if name in named and code not in stuck:
            yield Finding(Kind.NAMED, name, code)
        elif name not in named and code in stuck:
            yield Finding(Kind.NOT_NAMED, name, code)


def round_faults(matched: Matched, rules: Rules) -> Iterator[Finding]:
    """Find micro-grids with too many households or minutes, and minutes that are not those of a real round.

    A round is too long when neither our own tour nor the way that is written keeps the limit. A single household is
    never too much for a micro-grid.
    """
    for label, own in matched.members(matched.micro).items():
        held, community = int(matched.households[own].sum()), matched.community(own[0])
        if held > rules.micro_max:
            yield Finding(Kind.MICRO_HOUSEHOLDS, label, community, count=held, limit=str(rules.micro_max))
        rows = np.array(own)
        ours, written, walked = _minutes(matched, rows, rules)
        if min(ours, walked) > rules.minutes + 1e-6 and held > 1:
            yield Finding(Kind.MICRO_MINUTES, label, community, count=round(ours, 1), limit=f"{rules.minutes:g}")
        if abs(written - ours) > rules.tolerance * ours:
            yield Finding(Kind.MINUTES, label, community, count=round(ours, 1), limit=f"{written:.1f}")


def _minutes(matched: Matched, rows: Whole, rules: Rules) -> tuple[float, float, float]:
    """Return the minutes of our own tour, those written (with the way back), and those of the way in written order.

    What is written is NaN and infinite where nothing, or not everything, is written.
    """
    unit = matched.unit[rows]
    x, y = matched.table.x_m[unit], matched.table.y_m[unit]
    work = float(work_seconds(matched, rows, rules).sum())
    speed = rules.detour / rules.walking_mps
    ours = (work + tour(x, y) * speed) / rules.crew / 60
    told = matched.minutes[rows]
    if np.isnan(told).any():
        return ours, float("nan"), float("inf")
    order = np.argsort(told, kind="stable")
    legs = np.hypot(x[order] - np.roll(x[order], 1), y[order] - np.roll(y[order], 1))
    written = float(told.max() + legs[0] * speed / rules.crew / 60)
    return ours, written, (work + float(legs.sum()) * speed) / rules.crew / 60


def work_seconds(matched: Matched, rows: Whole, rules: Rules) -> Reals:
    """Return the seconds at each stop. The band b of k of a unit of f floors is climbed to floor (b + 1) x f / k."""
    unit = matched.unit[rows]
    floors, bands = matched.table.floors[unit], matched.bands[rows]
    top = np.where(floors >= bands, (matched.band[rows] + 1) * floors // bands, floors)
    high = np.maximum(top, 1)
    climbed = np.where(
        matched.table.lift[unit],
        rules.lift_seconds + rules.lift_floor_seconds * high,
        rules.walk_up_seconds * (high - 1),
    )
    service = matched.households[rows] * (rules.service_minutes * 60)
    return np.asarray(service + climbed + rules.entry_seconds, dtype=np.float64)
