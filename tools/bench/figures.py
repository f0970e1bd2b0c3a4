"""What was measured: percentiles, figures with their targets, and the page they are written to."""

import math
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

HEAD = ("| figure | measured | target | | note |", "|---|---|---|---|---|")


@dataclass(frozen=True)
class Figure:
    """One figure; a target is at most (`<=`) or at least (`>=`) what it says."""

    name: str
    value: float
    unit: str
    target: str = ""
    note: str = ""

    @property
    def verdict(self) -> str:
        if not self.target:
            return ""
        sign, limit = self.target.split()
        reached = self.value <= float(limit) if sign == "<=" else self.value >= float(limit)
        return "reached" if reached else "**missed**"

    def row(self) -> str:
        target = f"{self.target} {self.unit}".replace("<=", "≤").replace(">=", "≥") if self.target else ""
        return f"| {self.name} | {shown(self.value)} {self.unit} | {target} | {self.verdict} | {self.note} |"


def shown(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below or at which that share of the values lies (nearest rank); nan of nothing."""
    if not values:
        return float("nan")
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)]


@dataclass(frozen=True)
class Part:
    """One bench: its title, how it was done, what came out."""

    title: str
    how: str
    figures: tuple[Figure, ...]


def machine() -> str:
    """The shape of the machine, never its name."""
    memory = int(next(line for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines()).split()[1])
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {memory / 2**20:.0f} GiB memory, {platform.machine()}, {platform.system()};"
        f" load of the last minute before the run: {load:.1f}"
    )


def page(parts: Iterable[Part], *, at: datetime, shape: str, versions: str, settings: str) -> str:
    """The results as a page of the documentation."""
    lines = [
        f"# Benchmarks of the house, {at:%Y-%m-%d}",
        "",
        "Written by `make bench`; repeat with `make bench`, or `.venv/bin/python -m tools.bench reports` for one part.",
        "Seconds on shared machines wander by a factor of two to four: the ratios to a rival of the same run and the",
        "CPU seconds say more than the rates.",
        "",
        f"- When: {at:%Y-%m-%d %H:%M} ({at:%Z})",
        f"- Machine: {shape}",
        f"- Versions: {versions}",
        f"- Settings: {settings}",
    ]
    for part in parts:
        lines += ["", f"## {part.title}", "", part.how, "", *HEAD]
        lines += [figure.row() for figure in part.figures]
    return "\n".join([*lines, ""])
