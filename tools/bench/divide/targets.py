"""The rows of the target table, one input at a time: what was promised and what came out."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tools.bench.divide import measuring
from tools.bench.divide.answers import Answer
from tools.bench.divide.inputs import known, next_year, quarter, with_previous
from tools.bench.divide.judged import Verdict, edge_cut, fewest, judged
from tools.bench.divide.measuring import Taken
from tools.bench.divide.ours import Task, edited
from tools.bench.figures import Figure
from wangge.core.checking import Kind
from wangge.core.unit_files.table import UnitTable, Whole

QUICK, SLOW = ("metis", "metis-best"), ("kahip", "gerrychain", "ward", "skater", "maxp")
LARGE = 10_000
"""From so many units on the threads are compared on general grids alone."""
BROKEN = (Kind.BROKEN, Kind.BROKEN_MICRO, Kind.TWO_COMMUNITIES, Kind.TWO_GENERALS)


@dataclass(frozen=True)
class Row:
    """One contestant on one input: what it took and what the judge said (None without an answer)."""

    name: str
    taken: Taken
    verdict: Verdict | None
    cut: float = float("nan")
    balanced: float = float("nan")


@dataclass(frozen=True)
class Bench:
    """What a run is asked for. Files between processes lie in `folder`."""

    folder: Path
    repeats: int
    budget: float
    exact_seconds: float

    def at(self, *names: str) -> Path:
        """Return the place of a file."""
        return self.folder / "-".join(name.replace(":", "_") for name in names)


def contest(bench: Bench, name: str, table: UnitTable) -> tuple[Taken, list[Row]]:
    """Lay the graphs, let everybody divide them into general grids, and judge."""
    graphs = bench.at(name, "graphs.npz")
    laid = measuring.run(sys.executable, "laying", name, str(graphs), repeats=bench.repeats)
    with np.load(graphs) as file:
        kept = {key: file[key] for key in file.files}
    target = bench.at(name, "ours.npz")
    taken = measuring.ours(Task(name, level="general", keep=str(target)), bench.repeats)
    rows = [_row("wangge", taken, table, target, kept)]
    for rival in (*QUICK, *SLOW) if measuring.are_rivals_here() else ():
        print(f"  {rival}", flush=True)
        target = bench.at(name, f"{rival}.npz")
        is_quick = rival in QUICK
        budget, repeats = (10 * bench.budget if is_quick else bench.budget), (bench.repeats if is_quick else 1)
        taken = measuring.rival(rival, graphs, target, budget, repeats)
        rows.append(_row(rival, taken, table, target, kept) if taken.runs else Row(rival, taken, None))
    return laid, rows


def _row(
    name: str, taken: Taken, table: UnitTable, target: Path, kept: dict[str, Whole]
) -> Row:  # fmt: skip
    answer = Answer.load(target)
    if not len(answer.unit):
        return Row(name, taken, None)
    cut, balanced = edge_cut(kept, answer)
    return Row(name, taken, judged(table, answer, named=taken.facts.get("named"), part=True), cut, balanced)


def figures(bench: Bench, name: str, table: UnitTable, laid: Taken, rows: list[Row]) -> Iterator[Figure]:
    """Yield every row of the target table that this input can answer."""
    is_city = known(name).name.startswith("city")
    found = {row.name: row for row in rows}
    target = bench.at(name, "both.npz")
    both = measuring.ours(Task(name, keep=str(target)), bench.repeats)
    answer = Answer.load(target)
    full = judged(table, answer, named=both.facts["named"])
    yield from _feasible(full)
    if is_city:
        yield from _city(found, laid, both)
    yield from _counts(bench, name, table, full)
    yield from _beside(found)
    yield from _steady(bench, name, table, target, answer)
    yield from _same(name, table, {"both": both, "general": found["wangge"].taken})


def _feasible(full: Verdict) -> Iterator[Figure]:
    note = ", ".join(f"{kind.value} {count}" for kind, count in full.kinds.items()) or "nothing found by the judge"
    yield Figure("in band wherever possible", 100 * full.in_band, "%", ">= 100", note)
    yield Figure("broken grids", sum(full.kinds[kind] for kind in BROKEN), "", "<= 0")
    yield Figure("units unassigned", full.kinds[Kind.MISSING] + full.kinds[Kind.NO_MICRO], "", "<= 0")
    named = full.kinds[Kind.NAMED] + full.kinds[Kind.NOT_NAMED]
    yield Figure("impossible communities wrongly named or not named", named, "", "<= 0")


def _city(found: dict[str, Row], laid: Taken, both: Taken) -> Iterator[Figure]:
    mine = found["wangge"].taken
    yield Figure(
        "graph + general grids, CPU", mine.cpu, "s", "<= 10", f"wall {mine.wall:.1f} s; graph alone {laid.cpu:.1f} s"
    )
    for rival, what in (("metis", "default"), ("metis-best", "10 cuts, 20 iterations")):
        if rival in found:
            theirs = found[rival].taken.cpu
            note = f"{mine.cpu:.1f} s to {theirs:.2f} s on graphs laid for it, without the graph the ratio is harder: "
            note += f"{mine.cpu / theirs:.1f}"
            yield Figure(f"the same to graph + METIS ({what})", mine.cpu / (laid.cpu + theirs), "×", "<= 4", note)
    yield Figure(
        "peak memory, general grids", mine.peak_mb, "MB", "<= 400", f"{mine.facts['idle_mb']:.0f} before dividing"
    )
    yield Figure("both levels, CPU", both.cpu, "s", "<= 30", f"wall {both.wall:.1f} s; peak {both.peak_mb:.0f} MB")


def _counts(bench: Bench, name: str, table: UnitTable, full: Verdict) -> Iterator[Figure]:
    ratio = full.score.micro_grids / max(1, full.least_micro)
    said = f"{full.score.micro_grids:,} to a bound of {full.least_micro:,}"
    yield Figure("micro-grids to the packing bound, 1.5 min", ratio, "×", "<= 1.15", said)
    yield Figure("micro-grids over 100 households or 180 min", full.micro_over, "", "<= 0")
    target = bench.at(name, "notice.npz")
    measuring.ours(Task(name, service=1.0, keep=str(target)))
    short = judged(table, Answer.load(target), service=1.0)
    ratio = short.score.micro_grids / max(1, short.least_micro)
    said = f"{short.score.micro_grids:,} to a bound of {short.least_micro:,}; over a limit: {short.micro_over}"
    yield Figure("micro-grids to the packing bound, 1.0 min", ratio, "×", "<= 1.10", said)
    target = bench.at(name, "fewest.npz")
    measuring.ours(Task(name, level="general", mode="fewest", keep=str(target)))
    few, least = judged(table, Answer.load(target)), fewest(table)
    limit = 1.02 if known(name).name.startswith("city") else 1.09
    note = f"{few.score.general_grids:,} to {least:,}; {100 * few.in_band:.2f} % in band where possible"
    yield Figure("fewest mode to Σ ceil(H / 500)", few.score.general_grids / least, "×", f"<= {limit}", note)


def _beside(found: dict[str, Row]) -> Iterator[Figure]:
    mine, best = found["wangge"].verdict, found.get("metis-best", Row("", Taken(), None)).verdict
    if mine is None or best is None:
        return
    if best.score.compounds_fit:
        split, theirs = mine.score.compounds_split, best.score.compounds_split
        note = f"{split} to {theirs} of {mine.score.compounds_fit}"
        yield Figure("compounds that fit and are split, to METIS", split / max(1, theirs), "×", "<= 0.6", note)
    note = f"{mine.score.weighted_cut:,.0f} to {best.score.weighted_cut:,.0f}, METIS at its best"
    ratio = mine.score.weighted_cut / best.score.weighted_cut
    yield Figure("weighted cut to METIS", ratio, "×", "<= 1.05", note)


def _steady(bench: Bench, name: str, table: UnitTable, before: Path, answer: Answer) -> Iterator[Figure]:
    if known(name).name.startswith("city"):
        target = bench.at(name, "year.npz")
        year = measuring.ours(Task(name, before=str(before), change="year", keep=str(target)))
        later = next_year(with_previous(table, *answer.of_units(len(table))))
        found = judged(later, Answer.load(target))
        share = 100 * found.score.moved / found.score.households
        note = f"{found.score.moved:,} households; CPU {year.cpu:.1f} s; {100 * found.in_band:.2f} % in band"
        yield Figure("households moved after a year, repair", share, "%", "<= 1", note)
    if len(table) < 1_000:
        return
    small = quarter(table, 1_000)
    target = bench.at(name, "quarter.npz")
    made = measuring.ours(Task(name, quarter=1_000, keep=str(target)), bench.repeats)
    found = judged(small, Answer.load(target), named=made.facts["named"])
    note = f"{int(small.households.sum()):,} households, CPU; wall {made.wall:.2f} s; "
    note += f"out of band: {found.kinds[Kind.BAND]}"
    yield Figure("1,000 units as one community, both levels", made.cpu, "s", "<= 0.5", note)
    after = bench.at(name, "edit.npz")
    made = measuring.ours(Task(name, quarter=1_000, before=str(target), change="edit", keep=str(after)), bench.repeats)
    general, micro = Answer.load(target).of_units(len(small))
    found = judged(edited(with_previous(small, general, micro), general), Answer.load(after))
    note = f"CPU; wall {made.wall:.2f} s; {found.score.moved} households moved; out of band: {found.kinds[Kind.BAND]}"
    yield Figure("one edit there repaired", made.cpu, "s", "<= 0.2", note)


def _same(name: str, table: UnitTable, alone: dict[str, Taken]) -> Iterator[Figure]:
    level = "both" if len(table) < LARGE else "general"
    own = alone[level].facts["digest"]
    digests = [measuring.ours(Task(name, level=level, threads=threads)).facts["digest"] for threads in (2, 3)]
    others = sum(digest != own for digest in digests)
    yield Figure("other answers with 2 and 3 threads", others, "", "<= 0", f"{level}, fingerprint {own}")


def exactly(bench: Bench, name: str, count: int) -> Figure:
    """Return how far from the exact answer we are on so many units."""
    taken = measuring.run(sys.executable, "exact", name, str(count), str(bench.exact_seconds))
    facts = taken.facts
    note = f"{facts['units']} units, {facts['grids']} grids; ours {facts['ours']:,.0f}, exact {facts['best']:,.0f}, "
    note += f"proven bound {facts['bound']:,.0f} household metres to one house of each grid"
    if facts["to_centres"]:
        note += "; mean metres to the centre of its grid, which is our measure: ours {:.1f}, its {:.1f}".format(
            *facts["to_centres"]
        )
    figure = Figure("spread to the exact answer", facts["ours"] / facts["best"], "×", "<= 1.05", note)
    return replace(figure, name=f"{figure.name}, {known(name).name}")
