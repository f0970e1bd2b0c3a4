"""One measurement of our engine in a process of its own: `python -m tools.bench.divide.ours '{"input": ...}'`."""

import hashlib
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tools.bench.divide.answers import Answer
from tools.bench.divide.clocks import clocked
from tools.bench.divide.inputs import next_year, quarter, table_of, units_of, with_previous
from wangge.core.partition import Division, Level, Limits, Mode, Options, divide
from wangge.core.rounds.pace import Pace
from wangge.core.unit_files.table import UnitTable, Whole


@dataclass(frozen=True)
class Task:
    """What to measure. `quarter` takes so many units of the input as one community; `before` is a kept answer.

    `change` is what happened since: "" nothing, "year" the next year, "edit" one building that bursts its grid.
    """

    input: str
    level: str = "both"
    mode: str = "balanced"
    service: float = 1.5
    threads: int = 1
    seed: int = 1
    quarter: int = 0
    before: str = ""
    change: str = ""
    keep: str = ""

    def options(self) -> Options:
        """Return it as the engine's options."""
        limits = Limits(pace=Pace(service_minutes=self.service))
        return Options(
            limits=limits, mode=Mode(self.mode), level=Level(self.level), seed=self.seed, threads=self.threads,
            repair=bool(self.before),
        )  # fmt: skip

    def table(self) -> UnitTable:
        """Return the units, with what they were before and what has changed since."""
        table = table_of(self.input)
        if self.quarter:
            table = quarter(table, self.quarter)
        if self.before:
            general, micro = Answer.load(Path(self.before)).of_units(len(table))
            table = with_previous(table, general, micro)
            table = next_year(table) if self.change == "year" else edited(table, general)
        return table


def edited(table: UnitTable, general: Whole) -> UnitTable:
    """Return the table after new flats in one building: its grid, the fullest, has now 20 households too many."""
    held = np.bincount(general, table.households)
    fullest = int(np.argmax(held))
    unit = int(np.flatnonzero(general == fullest)[0])
    households = table.households.copy()
    households[unit] += max(1, 520 - int(held[fullest]))
    return replace(table, households=households)


def told(division: Division) -> dict[str, Any]:
    """Return what is known only here: which communities are called impossible, and the answer's fingerprint."""
    digest = hashlib.sha256(division.general.tobytes() + division.micro.tobytes()).hexdigest()
    return {"named": sorted({one.community for one in division.impossible}), "digest": digest[:16]}


def main(task: Task) -> None:
    """Warm the kernels on a hamlet, divide, keep the answer."""
    hamlet = units_of(table_of("city:1:4:200"))
    first = divide(hamlet, task.options())
    if task.before:
        small = with_previous(table_of("city:1:4:200"), *Answer.of(first).of_units(len(hamlet)))
        divide(units_of(small), task.options())
    units = units_of(task.table())
    with clocked() as facts:
        division = divide(units, task.options())
        facts.update(told(division))
    if task.keep:
        Answer.of(division).save(Path(task.keep))


if __name__ == "__main__":
    main(Task(**json.loads(sys.argv[1])))
