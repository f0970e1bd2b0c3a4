"""`wangge rounds`: the doors of micro-grids in walking order, with minutes, and the sheets for paper."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import click
import numpy as np
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.core.rounds.of_units import stops_by_grid
from wangge.core.rounds.pace import PRESETS, Pace
from wangge.core.rounds.plan import plan
from wangge.core.rounds.sheet import Heading, print_sheets
from wangge.core.rounds.stops import Round, Stop, Window
from wangge.core.unit_files.assignments import Assignment, read_assignment
from wangge.core.unit_files.faults import BadFile
from wangge.core.unit_files.table import UnitTable, plane_of
from wangge.web.commands.unit_input import BadInput, read_renamed, read_table

WITHIN, SPLIT = 0, 1
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
HEAD = ("micro_grid", "round", "order", "unit", "households", "arrives_minute", "leaves_minute", "late")
WINDOWS = ("unit", "opens", "closes")


@click.command()
@click.argument("source", metavar="INPUT", type=FILE)
@click.option("--division", type=FILE, help="An assignment.csv; else the column micro_grid of the file is taken.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder to write to.")
@click.option("--grid", "wanted", multiple=True, help="Only this micro-grid; may be given several times.")
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=HEADING", help="What a column is called in the file."
)
@click.option("--preset", type=click.Choice(sorted(PRESETS)), default="check", show_default=True)
@click.option("--service-minutes", type=click.FloatRange(min=0.1), help="At each home, instead of a preset.")
@click.option("--crew", type=click.IntRange(min=1), default=1, show_default=True, help="Who walk a round together.")
@click.option("--minutes", type=click.FloatRange(min=1), default=180.0, show_default=True, help="Of one round at most.")
@click.option("--start", metavar="X,Y", help="Where rounds begin and end: lon,lat or metres, as in the file.")
@click.option("--begins", default="09:00", show_default=True, metavar="HH:MM", help="When a round begins.")
@click.option("--windows", "hours", type=FILE, help="CSV of unit,opens,closes (HH:MM): when a stairwell is open.")
@click.option("--json", "as_json", is_flag=True, help="Print the rounds as JSON.")
def rounds(*, source: Path, out: Path, wanted: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Plan the rounds of micro-grids: in which order the stairwells are walked, how long it takes, when to split.

    Written are rounds.csv and rounds.html, the sheets for paper. Nobody's name is in them.

    Exit code 0: every round keeps its minutes; 1: some are split or come too late somewhere; 2: the input is bad.

    Example: wangge rounds units.csv --division division/assignment.csv --out rounds
    Example: wangge rounds units.csv --out rounds --grid 甲社区-03-02 --preset notice --crew 2
    """
    table = read_table(source, read_renamed(given["columns"]))
    stops = _of_grids(stops_by_grid(table, _division(given["division"])), wanted)
    pace = pace_of(given)
    start, begins = read_start(given["start"], table), read_minute(given["begins"], "--begins")
    windows = read_windows(given["hours"]) if given["hours"] else {}
    planned: dict[str, Round] = {}
    bar = click.progressbar(stops.items(), label=_("Rounds"), file=sys.stderr, hidden=as_json)
    with bar as shown:
        for name, own in shown:
            ids = {stop.id for stop in own}
            open_at = {unit: window for unit, window in windows.items() if unit in ids}
            planned[name] = plan(own, pace, start=start, windows=open_at, limit_minutes=given["minutes"], begins=begins)
    out.mkdir(parents=True, exist_ok=True)
    write_list(out / "rounds.csv", planned)
    language = "en" if (get_language() or "").startswith("en") else "zh-Hans"
    headings = [(Heading(_("Round of micro-grid %(name)s") % {"name": name}), one) for name, one in planned.items()]
    (out / "rounds.html").write_text(print_sheets(headings, language, crew=pace.crew), encoding="utf-8")
    say(planned, out, as_json=as_json)
    sys.exit(SPLIT if any(one.must_split or one.late for one in planned.values()) else WITHIN)


def pace_of(given: Mapping[str, Any]) -> Pace:
    service = given["service_minutes"] or PRESETS[given["preset"]]
    return replace(Pace(), service_minutes=service, crew=given["crew"])


def _division(path: Path | None) -> Assignment | None:
    if path is None:
        return None
    try:
        return read_assignment(path.read_bytes())
    except BadFile as problem:
        raise BadInput(f"{path.name}: {problem}") from None


def _of_grids(every: dict[str, list[Stop]], wanted: Sequence[str]) -> dict[str, list[Stop]]:
    if not every:
        raise BadInput(_("No unit is in a micro-grid: name a division with --division, or fill the column micro_grid."))
    for name in wanted:
        if name not in every:
            raise BadInput(_("There is no micro-grid %(name)s; the first are %(some)s")
                           % {"name": name, "some": ", ".join(sorted(every)[:5])})  # fmt: skip
    return {name: every[name] for name in (wanted or sorted(every))}


def read_start(text: str | None, table: UnitTable) -> tuple[float, float] | None:
    """The start in metres of the file's plane."""
    if text is None:
        return None
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError:
        raise BadInput(_("--start %(text)s: two numbers with a comma between") % {"text": text}) from None
    plane = plane_of(table)
    if plane is None:
        return x, y
    east, north = plane.metres(np.array([x]), np.array([y]))
    return float(east[0]), float(north[0])


def read_minute(text: str, where: str) -> float:
    """Minutes since midnight."""
    hour, colon, minute = text.strip().partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        raise BadInput(_("%(where)s: %(text)s is no time of day; write it as 18:30") % {"where": where, "text": text})
    return 60.0 * int(hour) + int(minute)


def read_windows(path: Path) -> dict[str, Window]:
    """When stairwells are open, by the id of the unit."""
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    if lost := set(WINDOWS) - set(rows.fieldnames or ()):
        raise BadInput(
            _("%(file)s: there is no column %(lost)s") % {"file": path.name, "lost": ", ".join(sorted(lost))}
        )
    found = {}
    for number, row in enumerate(rows, 2):
        where = _("%(file)s, row %(number)d") % {"file": path.name, "number": number}
        opens, closes = (read_minute(row[name] or "", f"{where}, {name}") for name in WINDOWS[1:])
        if opens >= closes:
            raise BadInput(_("%(where)s: it opens before it closes") % {"where": where})
        found[row["unit"].strip()] = Window(opens, closes)
    return found


def write_list(path: Path, planned: Mapping[str, Round]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(chain([HEAD], lines(planned)))


def lines(planned: Mapping[str, Round]) -> Iterator[Sequence[str | int | float]]:
    """One row for each stop of each round, in walking order; minutes count from when the round begins."""
    for name, whole in planned.items():
        for number, one in enumerate(whole.split or (whole,), 1):
            for order, visit in enumerate(one.visits, 1):
                yield (
                    name, number, order, visit.stop.id, visit.stop.households, round(visit.begins - one.begins, 1),
                    round(visit.leaves - one.begins, 1), "late" if visit.stop.id in one.late else "",
                )  # fmt: skip


def say(planned: Mapping[str, Round], out: Path, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_as_object(name, one) for name, one in planned.items()], ensure_ascii=False))
        return
    over = {name: one for name, one in planned.items() if one.must_split}
    longest = max(one.minutes for one in planned.values())
    click.echo(
        _("%(count)d rounds; the longest takes %(minutes).0f minutes") % {"count": len(planned), "minutes": longest}
    )
    for name, one in over.items():
        click.echo(_("%(name)s takes %(minutes).0f minutes and is split into %(count)d rounds")
                   % {"name": name, "minutes": one.minutes, "count": len(one.split)})  # fmt: skip
    for name, one in planned.items():
        if one.late:
            click.echo(_("%(name)s: too late at %(units)s") % {"name": name, "units": ", ".join(_unique(one.late))})
    click.echo(_("Written to %(folder)s; print rounds.html") % {"folder": out})


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _as_object(name: str, one: Round) -> dict[str, Any]:
    return {
        "micro_grid": name, "minutes": round(one.minutes, 1), "metres": round(one.metres), "households": one.households,
        "order": [visit.stop.id for visit in one.visits], "late": list(one.late),
        "split": [[visit.stop.id for visit in part.visits] for part in one.split],
    }  # fmt: skip
