"""Runs each measurement as a process of its own, one at a time and on one thread, and takes medians."""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tools.bench.divide.inputs import ROOT, VENV
from tools.bench.divide.ours import Task

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
PATIENCE = 6
"""A rival is ended after so many times its budget by the clock: a busy machine is not its fault."""


@dataclass(frozen=True)
class Taken:
    """Medians of what the runs took, and what the last one said besides; empty facts where there was no answer."""

    cpu: float = float("nan")
    wall: float = float("nan")
    peak_mb: float = float("nan")
    runs: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    lines: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, runs: list[list[dict[str, Any]]]) -> "Taken":
        """Return the medians of several runs, each of one or more lines of JSON; the first line counts."""
        if not runs:
            return cls()
        firsts = [lines[0] for lines in runs]
        middle = {key: statistics.median(line[key] for line in firsts) for key in ("cpu", "wall", "peak_mb")}
        return cls(**middle, runs=len(runs), facts=firsts[-1], lines=tuple(runs[-1]))


def run(python: Path | str, module: str, *given: str, repeats: int = 1, patience: float | None = None) -> Taken:
    """Run a module of this bench; nothing is taken where it found no answer in time or cannot be run."""
    runs: list[list[dict[str, Any]]] = []
    for _ in range(repeats):
        command = [str(python), "-m", f"tools.bench.divide.{module}", *given]
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=os.environ | ONE_THREAD, capture_output=True, text=True, timeout=patience,
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            break
        if done.returncode:
            raise RuntimeError(f"{module} {given[0]}: {done.stderr[-800:]}")
        runs.append([json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")])
    return Taken.of(runs)


def ours(task: Task, repeats: int = 1) -> Taken:
    """Measure our engine."""
    return run(sys.executable, "ours", json.dumps(asdict(task)), repeats=repeats)


def rival(name: str, graphs: Path, target: Path, seconds: float, repeats: int = 1) -> Taken:
    """Measure a rival within a budget of CPU seconds."""
    given = (name, str(graphs), str(target), str(seconds))
    return run(VENV / "bin" / "python", "rivals", *given, repeats=repeats, patience=PATIENCE * seconds)


def are_rivals_here() -> bool:
    """Say whether the environment of the rivals is laid."""
    return (VENV / "bin" / "python").exists()
