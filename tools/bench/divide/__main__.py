"""`python -m tools.bench.divide`: the bench of divisions, written to docs/benchmarks/divide.md with its pictures."""

import argparse
import os
import sys
import tempfile
import time
from importlib.metadata import distributions, version
from pathlib import Path

import numpy as np

from tools.bench.divide import targets
from tools.bench.divide.answers import Answer
from tools.bench.divide.inputs import ROOT, VENV, known, table_of
from tools.bench.divide.measuring import are_rivals_here
from tools.bench.divide.page import Chapter, page
from tools.bench.divide.pictures import picture, quarter_of
from tools.bench.figures import Figure, machine

INPUTS = ("city:1", "city:2", "shanghai", "helsinki")
EXACT = (("shanghai", 60), ("helsinki", 60), ("city:1", 60), ("city:2", 120))
OURS, RIVALS = ("numba", "numpy", "scipy"), ("pymetis", "kahip", "gerrychain", "spopt")
DRAWN, SEEN = "shanghai", 400


def main() -> None:
    """Measure input by input, write the page after each: what is done is not lost."""
    given = argparse.ArgumentParser(prog="python -m tools.bench.divide", description=__doc__)
    given.add_argument("inputs", nargs="*", default=INPUTS, help="city:SEED[:COMPOUNDS:VILLAGERS], shanghai, helsinki")
    given.add_argument("--repeats", type=int, default=5, help="runs of each quick contestant; medians are shown")
    given.add_argument("--budget", type=float, default=60.0, help="CPU seconds of each slow rival")
    given.add_argument("--exact", type=float, default=200.0, help="seconds for each exact answer; 0: none")
    given.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks" / "divide.md")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-divide-") as folder:
        bench = targets.Bench(Path(folder), asked.repeats, asked.budget, asked.exact)
        run(bench, list(asked.inputs), asked.out)


def run(bench: targets.Bench, inputs: list[str], out: Path) -> None:
    """Run everything and write the page to `out`, its pictures beside it."""
    begun, shape = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()), machine()
    facts = [
        f"When: {begun}",
        f"Machine: {shape}; every measurement on one thread at the priority `nice` {os.nice(0)}",
        f"Versions: Python {'.'.join(map(str, sys.version_info[:3]))}, {_versions()}",
        _settings(bench),
    ]
    chapters: list[Chapter] = []
    near: list[Figure] = []
    drawn: list[str] = []
    for name in inputs:
        print(f"· {name}", flush=True)
        try:
            table = table_of(name)
        except FileNotFoundError as problem:
            facts.append(f"Left out: {known(name).name}: {problem}")
            continue
        laid, rows = targets.contest(bench, name, table)
        found = tuple(targets.figures(bench, name, table, laid, rows))
        chapters.append(Chapter(known(name), len(table), int(table.households.sum()), found, tuple(rows)))
        if name == DRAWN or len(inputs) == 1:
            drawn += _drawn(bench, name, out)
        _write(out, page(chapters, near, facts, drawn))
    done = {chapter.what for chapter in chapters}
    for name, count in EXACT if bench.exact_seconds else ():
        if known(name) in done:
            print(f"· exact answer, {name}", flush=True)
            near.append(targets.exactly(bench, name, count))
            _write(out, page(chapters, near, facts, drawn))


def _settings(bench: targets.Bench) -> str:
    return (
        f"Settings: medians of {bench.repeats} run(s) for us and METIS within {10 * bench.budget:g} CPU seconds,"
        f" one run of the others within {bench.budget:g}; band 300:500, micro-grids of 100 households and 180 minutes,"
        " solver seed 1"
    )


def _drawn(bench: targets.Bench, name: str, out: Path) -> list[str]:
    """Draw our division and METIS's of the same ground."""
    table, lines = table_of(name), []
    with np.load(bench.at(name, "graphs.npz")) as file:
        kept = {key: file[key] for key in file.files}
    for rival, called in (("ours", "wangge"), ("metis-best", "METIS")):
        answer = bench.at(name, f"{rival}.npz")
        if answer.exists():
            title = f"General grids of a quarter of {known(name).name} by {called}; a black ring: out of the band"
            target = out.with_name(f"{out.stem}-{called.lower()}.svg")
            _write(target, picture(table, Answer.load(answer), kept, title, quarter_of(table, SEEN)))
            lines += [f"![{title}]({target.name})", "", f"{title}.", ""]
    return lines


def _versions() -> str:
    ours = [f"{name} {version(name)}" for name in OURS]
    there = {
        one.name.lower(): one.version
        for one in distributions(path=[str(at) for at in VENV.glob("lib/*/site-packages")])
    }
    theirs = [f"{name} {there[name]}" for name in RIVALS if name in there] if are_rivals_here() else ["no rivals"]
    return ", ".join(ours + theirs)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
