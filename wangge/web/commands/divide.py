"""`wangge divide`: units with their households to general grids and micro-grids, and the judge of such divisions."""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import click
import numpy as np
from django.utils.translation import gettext as _

from wangge.core import partition
from wangge.core.checking import Rules, audit
from wangge.core.division_files.maps import maps
from wangge.core.division_files.naming import named
from wangge.core.division_files.outlines import outlines
from wangge.core.division_files.report import report
from wangge.core.partition import Band, Level, Limits, Mode, Options
from wangge.core.rounds.pace import Pace
from wangge.core.unit_files.assignments import read_assignment
from wangge.core.unit_files.faults import BadFile
from wangge.core.unit_files.table import plane_of
from wangge.places.queries.reasons import why_out
from wangge.web.commands import dividing
from wangge.web.commands.findings import said
from wangge.web.commands.unit_input import BAD, BadInput, read_renamed, read_table
from wangge.web.commands.unit_input import as_units as units_of

WITHIN, SOME_OUT = 0, 1
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
Told = Callable[[int, int], None]


@dataclass
class Stopwatch:
    """Seconds by step, for the report."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - begun, 3)

    def measured(self) -> dict[str, Any]:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"seconds": self.seconds, "peak_mb": round(peak, 1)}


def read_band(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[int, int]:
    low, colon, high = value.partition(":")
    if not (colon and low.isdecimal() and high.isdecimal() and 1 <= int(low) <= int(high)):
        raise click.BadParameter(_("two whole numbers, the smaller first, as 300:500"))
    return int(low), int(high)


@click.command()
@click.argument("source", required=False, metavar="INPUT", type=FILE)
@click.option("--out", type=FOLDER, help="The folder for what is written; made when it is not there.")
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=HEADING", help="What a column is called in the file."
)
@click.option("--band", default="300:500", show_default=True, callback=read_band, help="Households of a general grid.")
@click.option(
    "--micro-max", type=click.IntRange(min=1), default=100, show_default=True, help="Households of a micro-grid."
)
@click.option(
    "--minutes", type=click.FloatRange(min=1), default=180.0, show_default=True, help="Of a micro-grid's round."
)
@click.option("--service-minutes", type=click.FloatRange(min=0.1), default=1.5, show_default=True, help="At each home.")
@click.option("--crew", type=click.IntRange(min=1), default=1, show_default=True, help="Who walk a round together.")
@click.option("--mode", type=click.Choice(["balanced", "fewest"]), default="balanced", show_default=True)
@click.option("--level", type=click.Choice(["general", "both"]), default="both", show_default=True)
@click.option("--barriers", type=FILE, help="GeoJSON lines that grids should not cross: rivers, railways.")
@click.option("--ways", type=FILE, help="GeoJSON lines one walks along: they join hamlets that lie apart.")
@click.option("--repair", is_flag=True, help="Keep the division in the file, mend only what is out of its limits.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--threads", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--check", "checked", type=FILE, help="Judge this assignment.csv instead of making one.")
@click.option("--against", type=FILE, help="The units which the judged assignment divides.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def divide(*, source: Path | None, out: Path | None, checked: Path | None, against: Path | None, **given: Any) -> None:
    """Divide units (houses, stairwells) with households into general grids and micro-grids.

    INPUT is CSV (also .gz) or GeoJSON in UTF-8 or GB18030 with id, lon and lat (or x_m and y_m), households, and where
    known floors, lift, compound, community, barrier_cell, way, general_grid, micro_grid. Written are
    assignment.csv, general_grids.csv, micro_grids.csv, grids.geojson, report.json and report.html.

    Exit code 0: all within the limits; 1: some cannot be, or the judged division breaks a rule; 2: the input is bad,
    row and column are named.

    Example: wangge divide units.csv --out division
    Example: wangge divide units.csv --out mended --repair
    Example: wangge divide --check division/assignment.csv --against units.csv
    """
    if checked is not None:
        if against is None or source is not None:
            raise click.UsageError(_("To judge, name the units: --check ASSIGNMENT --against INPUT"))
        sys.exit(judge(checked, against, given))
    if source is None or out is None:
        raise click.UsageError(_("Name the file of units and the folder to write to: INPUT --out FOLDER"))
    sys.exit(make(source, out, given))


def make(source: Path, out: Path, given: Mapping[str, Any]) -> int:
    """Divide, write everything, say what came of it; return the exit code."""
    watch, options = Stopwatch(), options_of(given)
    with watch.step("read"):
        table = read_table(source, read_renamed(given["columns"]), given["barriers"], given["ways"])
        units = units_of(table)
    if options.repair and not (units.general_grid >= 0).any():
        raise BadInput(_("There is no previous division in the file: the column general_grid is missing or empty."))
    with watch.step("divide"), told_by_a_bar(as_json=given["as_json"]) as told:
        found = partition.divide(units, options, told)
    names = named(units, found, is_repair=options.repair)
    made = dividing.Made(table.ids, units, found, names, options, plane_of(table))
    out.mkdir(parents=True, exist_ok=True)
    with watch.step("write"):
        dividing.write_tables(out, made)
        drawn = list(outlines(units, found))
        if made.plane is not None:
            dividing.write_outlines(out / "grids.geojson", drawn, made, made.plane)
        pages = list(maps(drawn, names, found.general_sheet))
    aside = [one.id for one in table.aside]
    told_of = report(table.ids, units, found, names, options, aside=aside, measured=watch.measured())
    dividing.write_report(out, told_of, pages, made, source.name)
    say(told_of, out, as_json=given["as_json"])
    is_within = not told_of["impossible"] and not told_of["over"]
    return WITHIN if is_within else SOME_OUT


def options_of(given: Mapping[str, Any]) -> Options:

    pace = replace(Pace(), service_minutes=given["service_minutes"], crew=given["crew"])
    return Options(
        band=Band(*given["band"]), limits=Limits(given["micro_max"], given["minutes"], pace), mode=Mode(given["mode"]),
        level=Level(given["level"]), seed=given["seed"], threads=given["threads"], repair=given["repair"],
    )  # fmt: skip


@contextmanager
def told_by_a_bar(*, as_json: bool) -> Iterator[Told | None]:
    """A progress bar over the communities, on the error stream; none where a program reads."""
    if as_json:
        yield None
        return
    with click.progressbar(length=1, label=_("Dividing"), file=sys.stderr) as bar:

        def told(done: int, every: int) -> None:
            bar.length = every
            bar.update(done - bar.pos)

        yield told


def say(told: Mapping[str, Any], out: Path, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    score = told["score"]
    click.echo(_("%(units)d units with %(households)d households") % {"units": told["units"], **score})
    click.echo(_("%(general_grids)d general grids, %(general_within)d within the band") % score)
    if score["micro_grids"]:
        click.echo(_("%(micro_grids)d micro-grids (at least %(micro_least)d are needed), %(micro_within)d within their"
                     " limits") % score)  # fmt: skip
    if told["options"]["repair"]:
        share = 100 * score["moved_share"]
        click.echo(_("%(moved)d households moved (%(share).2f %%)") % {"moved": score["moved"], "share": share})
    for one in told["impossible"]:
        click.echo(_("%(community)s: %(households)d households are not within the band (%(reason)s)")
                   % (dict(one) | {"reason": why_out(one["reason"])}))  # fmt: skip
    for one in told["over"]:
        click.echo(_("%(grid)s: %(households)d households, %(minutes)s minutes in one stairwell") % one)
    click.echo(_("Written to %(folder)s; open report.html") % {"folder": out})


def judge(checked: Path, against: Path, given: Mapping[str, Any]) -> int:
    """Say every broken rule and the score sheet of an assignment; return the exit code."""
    table = read_table(against, read_renamed(given["columns"]), given["barriers"], given["ways"])
    try:
        division = read_assignment(checked.read_bytes())
    except BadFile as problem:
        raise BadInput(f"{checked.name}: {problem}") from None
    low, high = given["band"]
    rules = Rules(
        low=low, high=high, micro_max=given["micro_max"], minutes=given["minutes"],
        service_minutes=given["service_minutes"], crew=given["crew"],
    )  # fmt: skip
    found = audit(table, division, rules, named=named_beside(checked), is_repair=given["repair"])
    if given["as_json"]:
        findings = [asdict(one) | {"says": said(one)} for one in found.findings]
        click.echo(json.dumps({"findings": findings, "score": asdict(found.score), "impossible": found.impossible},
                              ensure_ascii=False, default=_plain))  # fmt: skip
    else:
        for one in found.findings:
            click.echo(said(one))
        for name, value in asdict(found.score).items():
            click.echo(f"{name}: {value:g}")
        for name in found.impossible:
            click.echo(_("%(name)s cannot be within the band by its numbers") % {"name": name or "-"})
        click.echo(
            _("No rule is broken")
            if found.is_right
            else _("%(count)d rules are broken") % {"count": len(found.findings)}
        )
    return WITHIN if found.is_right else SOME_OUT


def named_beside(checked: Path) -> frozenset[str] | None:
    """Return the communities that the report beside an assignment calls impossible; None where no report lies there."""
    beside = checked.with_name("report.json")
    if not beside.exists():
        return None
    try:
        return frozenset(str(one["community"]) for one in json.loads(beside.read_text(encoding="utf-8"))["impossible"])
    except (ValueError, KeyError, TypeError):
        raise BadInput(_("%(name)s is no report of a division") % {"name": beside.name}) from None


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(type(value).__name__)


__all__ = ["BAD", "divide"]
