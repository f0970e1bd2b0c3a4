"""The whole judgement: every rule held against a division, and its score sheet."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from wangge.core.checking.findings import Finding, Kind, Rules
from wangge.core.checking.limits import Parts, band_faults, naming_faults, round_faults, shape_faults
from wangge.core.checking.matching import Matched, cover_faults, matched
from wangge.core.checking.neighbours import ground_of
from wangge.core.checking.score import Score, score
from wangge.core.unit_files.assignments import Assignment
from wangge.core.unit_files.table import UnitTable


@dataclass(frozen=True, slots=True)
class Audit:
    """What is wrong with a division, its score sheet, and the communities that cannot be within the band as a whole."""

    findings: tuple[Finding, ...]
    score: Score
    impossible: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Say whether no rule is broken."""
        return not self.findings


def audit(
    table: UnitTable,
    division: Assignment,
    rules: Rules | None = None,
    *,
    named: Collection[str] | None = None,
    is_repair: bool = False,
) -> Audit:
    """Judge a division of these units.

    `named` are the communities called impossible beside it (None: nothing is known of that). With `is_repair` whatever
    was right in the previous division, which the units carry, must have been kept.
    """
    rules = rules or Rules()
    ground = ground_of(table)
    rows = matched(table, ground, division)
    parts = Parts(table, ground, rules)
    findings = [*cover_faults(table, division), *shape_faults(rows, rules), *band_faults(rows, parts, rules)]
    findings += round_faults(rows, rules)
    if named is not None:
        findings += naming_faults(rows, parts, frozenset(named))
    if is_repair:
        findings += _not_kept(table, rows, parts, rules)
    stuck = tuple(table.community.names[code] for code in sorted(parts.stuck()))
    return Audit(tuple(findings), score(rows, rules), stuck)


def previous(table: UnitTable) -> Assignment:
    """Return the division the units carry from before, as rows of its own."""
    every = range(len(table))
    return Assignment(
        rows=table.rows,
        ids=table.ids,
        part=np.zeros(len(table), dtype=np.int64),
        community=tuple(table.community.name(at) for at in every),
        general=tuple(table.general_grid.name(at) for at in every),
        micro=tuple(table.micro_grid.name(at) for at in every),
        households=table.households,
        minutes=np.full(len(table), np.nan),
    )


def _not_kept(table: UnitTable, rows: Matched, parts: Parts, rules: Rules) -> Iterator[Finding]:
    """Find communities whose previous division broke no rule and was changed nevertheless."""
    before = previous(table)
    old = matched(table, rows.ground, before)
    faults = [*cover_faults(table, before), *shape_faults(old, rules), *band_faults(old, parts, rules)]
    general_faults = {one.community for one in faults if one.kind not in (Kind.BROKEN_MICRO, Kind.NO_MICRO)}
    micro_faults = general_faults | {one.community for one in (*faults, *round_faults(old, rules))}
    changed: Counter[int] = Counter()
    for at, unit in enumerate(rows.unit.tolist()):
        code = rows.community(at)
        is_other = rows.general[at] != before.general[unit] and code not in general_faults
        is_other |= bool(before.micro[unit]) and rows.micro[at] != before.micro[unit] and code not in micro_faults
        changed[code] += is_other
    for code, count in changed.items():
        if count:
            yield Finding(Kind.NOT_KEPT, table.community.names[code], code, count=count)
