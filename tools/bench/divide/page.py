"""The page of the documentation: the table of targets and everybody's figures, misses by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tools.bench.divide.inputs import Input
from tools.bench.divide.measuring import Taken
from tools.bench.divide.targets import Row
from tools.bench.figures import HEAD, Figure, shown
from wangge.core.checking import Kind

COLUMNS = (
    "", "CPU s", "wall s", "peak MB", "runs", "units reached", "in band where possible", "broken", "weighted cut",
    "spread m", "compounds split", "micro-grids over a limit",
)  # fmt: skip
CONTEST = (f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|")
SETTINGS = """\
- Graph: the same for all (Delaunay without long edges and, but for bridges, across barriers; weights 3, 1, 0.3), laid
  by our code and handed to the rivals ready; their seconds are those of dividing alone, ours contain the graph.
- METIS: k-way, contiguous, edge weights in tenths, household weights, 20 % imbalance; `metis` as it comes,
  `metis-best` with 10 cuts and 20 iterations. Its micro-grids: inside its general grids, the minutes at the doors as
  weights, a tenth more of them than needed, 10 % imbalance. KaHIP: kaffpa, strong, 20 % imbalance. GerryChain:
  recursive_tree_part, epsilon 0.2. spopt: WardSpatial, Skater, MaxPHeuristic (300 households, 9 constructions, 3
  annealings) on x and y.
- All rivals get the number of grids nearest to 400 households each that the band allows, part by connected part.
- Slow rivals get a budget of CPU seconds and take the connected parts in a drawn order; they are judged on what they
  reached, and their cut and spread are those of that part alone: not to be held against the others'.
- Every row is judged by `wangge.core.checking`. "In band where possible" counts a grid out of the band as right where
  its part of the community cannot be in it. Peak MB is that of the whole process, libraries and graph with it."""

WHY = {
    "the same to graph + METIS": "ours goes on after the first cut until every grid that can be in the band is"
    " in it, and divides communities of up to 120 units twice; METIS leaves one grid in ten out of the band.",
    "weighted cut to METIS": "the cut of METIS is that of its best of ten, with grids out of the band.",
    "spread to the exact answer": "the exact answer counts the ways to one house of each grid, in which a tower that is"
    " that house costs nothing; ours are compact round the centre of each grid.",
}
"""Why a target was missed, by the beginning of its name."""
KEPT = 0.95


@dataclass(frozen=True)
class Chapter:
    """One input with its figures and its contest."""

    what: Input
    units: int
    households: int
    figures: tuple[Figure, ...]
    rows: tuple[Row, ...]


def page(chapters: Iterable[Chapter], exact: Iterable[Figure], facts: Iterable[str], pictures: Iterable[str]) -> str:
    """Return the page."""
    every, near = list(chapters), list(exact)
    lines = [
        "# Benchmark of divisions", "",
        "Written by `make bench-divide`; no figure stands here that it did not write. Seconds on a shared machine",
        "wander by a factor of two to four: the CPU seconds and the ratios to a rival of the same run say more.", "",
        *(f"- {fact}" for fact in facts), "", "## How", "", SETTINGS, "", "## Missed", "",
    ]  # fmt: skip
    missed = [(one.what.name, figure) for one in every for figure in one.figures if "missed" in figure.verdict]
    missed += [("exact answer", figure) for figure in near if "missed" in figure.verdict]
    lines += [
        f"- {name}: {one.name}: {shown(one.value)} {one.unit} for {one.target} ({one.note})" for name, one in missed
    ]
    lines += [] if missed else ["Nothing."]
    reasons = [f"- Why, {why}: {WHY[why]}" for why in WHY if any(one.name.startswith(why) for _name, one in missed)]
    lines += ["", *reasons] if reasons else []
    for one in every:
        lines += ["", *_chapter(one)]
    if near:
        lines += ["", "## Beside the exact answer", "", *HEAD, *(figure.row() for figure in near)]
    lines += ["", "## Pictures", "", *pictures]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _chapter(one: Chapter) -> Iterator[str]:
    yield f"## {one.what.name[0].upper()}{one.what.name[1:]}: {one.units:,} units, {one.households:,} households"
    yield ""
    yield f"Households by this rule: {one.what.rule}; seed: {one.what.seed}."
    yield from ("", *HEAD, *(figure.row() for figure in one.figures))
    yield from ("", "General grids, everybody:", "", *CONTEST, *map(_row, one.rows))
    yield from ("", *_own_objective(one.rows))


def _row(row: Row) -> str:
    taken, verdict = row.taken, row.verdict
    if verdict is None:
        return f"| {row.name} | no answer within its budget |" + " |" * (len(COLUMNS) - 2)
    score, kinds = verdict.score, verdict.kinds
    micro = str(verdict.micro_over) if score.micro_grids else ""
    if score.micro_grids:
        micro += f" of {score.micro_grids:,}; broken {kinds[Kind.BROKEN_MICRO]}"
    split = f"{score.compounds_split} of {score.compounds_fit}" if score.compounds_fit else ""
    cells = (
        row.name, f"{taken.cpu:.2f}", f"{taken.wall:.2f}", f"{taken.peak_mb:.0f}", taken.runs,
        f"{100 * verdict.covered:.0f} %{_refused(taken)}", f"{100 * verdict.in_band:.1f} %", kinds[Kind.BROKEN],
        f"{score.weighted_cut:,.0f}", f"{score.spread_m:.1f}", split, micro,
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def _refused(taken: Taken) -> str:
    refused = taken.facts.get("refused", 0)
    return f", {refused} parts refused" if refused else ""


def _own_objective(rows: Iterable[Row]) -> Iterator[str]:
    """Say who wins under the objective of METIS and KaHIP: the weight of the cut with grids at most 20 % too large."""
    whole = [row for row in rows if row.verdict is not None and row.verdict.covered == 1]
    if len(whole) < 2:
        return
    said = "; ".join(
        f"{row.name} {row.cut:,.0f} ({100 * row.balanced:.1f} % of grids within)"
        for row in sorted(whole, key=lambda row: row.cut)
    )
    kept = [row for row in whole if row.balanced >= KEPT]
    kept = [row for row in kept if row.verdict and not row.verdict.kinds[Kind.BROKEN]]
    best = min(kept, key=lambda row: row.cut).name if kept else "nobody"
    yield (
        "Under the rivals' own objective (weight of the cut, no grid more than 20 % above the mean of its part;"
        f" ours keep the band instead) the order is: {said}."
        f" Of those with 95 % of their grids within and none broken, {best} wins."
    )
