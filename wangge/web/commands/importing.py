"""`wangge import`: the staged import at the command line, by the actions of the pages, in the system's own name."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from wangge.access.action import Refused
from wangge.core.columns import propose
from wangge.core.sheets import Unreadable
from wangge.exchange import actions, reading
from wangge.exchange.importer import importer, importers
from wangge.exchange.models import Doubt, Import
from wangge.exchange.queries.lists import faults_said, said_trouble, share
from wangge.exchange.words import AT_WORK, State
from wangge.jobs.system import as_system

ALL_TAKEN, NOT_ALL, BAD_INPUT = 0, 1, 2


class Bad(click.ClickException):
    """Something in what was given; nothing of the register was touched."""

    exit_code = BAD_INPUT


def _pairs(given: tuple[str, ...], what: str) -> dict[str, str]:
    if any("=" not in one for one in given):
        raise Bad(f"{what} is written as left=right")
    return dict(one.rsplit("=", 1) for one in given)


@click.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", help="areas, compounds, buildings, dwellings …")
@click.option("--source", help="Who keeps the list; the mapping is remembered under this name.")
@click.option(
    "--map", "mapping", multiple=True, metavar="HEADER=FIELD", help="A column and its field; may be repeated."
)
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="Such as scheme=nbs, year=2023, area=….")
@click.option("--coordinates", help="wgs84, gcj02, bd09, cgcs2000 or gauss3.")
@click.option("--meridian", type=int, help="Middle meridian of a 3° zone whose number is not in the coordinates.")
@click.option("--north-first", is_flag=True, help="The first number counts to the north.")
@click.option("--dry-run", is_flag=True, help="Check, report, and write nothing.")
@click.option("--yes", is_flag=True, help="Take the good rows; leave faulty and doubtful ones out.")
@click.option("--resume", type=int, metavar="ID", help="Go on with an import that was stopped.")
@click.option("--undo", type=int, metavar="ID", help="Give a whole import back.")
@click.option("--json", "as_json", is_flag=True, help="Say the result as JSON.")
def bring_in(**given: Any) -> None:
    r"""Bring a list into the register: CSV, XLSX or GeoJSON, checked before anything is written.

    Exit code 0: all rows taken or already there; 1: some rows not, the report says which; 2: the input cannot be used.

    \b
    Example: wangge import compounds.csv --kind compounds --source "housing office" --coordinates bd09 --dry-run
      wangge import areas.csv --kind areas --source "statistics bureau" --option scheme=nbs --option year=2023 --yes
      wangge import --resume 12 --yes
      wangge import --undo 12
    """
    try:
        held = _begin(given)
        if given["undo"]:
            with as_system("import") as system:
                actions.undo(held, by=system, now=timezone.now())
        held = _work(held.pk, quiet=given["as_json"])
        held = _decide(held, given)
    except (Refused, Unreadable) as refused:
        raise Bad(refused.reason if isinstance(refused, Refused) else said_trouble(refused.rule)) from None
    _say(held, as_json=given["as_json"])
    sys.exit(_code(held))


def _begin(given: dict[str, Any]) -> Import:
    """The import to work on: a stopped one, one to give back, or a new one of the file."""
    if pk := given["resume"] or given["undo"]:
        with as_system("import"):
            held = Import.objects.filter(pk=pk).first()
        if held is None:
            raise Bad(f"there is no import {pk}")
        return held
    if not (given["file"] and given["kind"] and given["source"]):
        raise Bad("name a file, its --kind and its --source")
    if given["kind"] not in {one.kind for one in importers()}:
        raise Bad(f"--kind is one of {', '.join(one.kind for one in importers())}")
    with as_system("import") as system:
        kept = reading.keep(reading.chunks_of(given["file"]), seals=importer(given["kind"]).seals)
        source = actions.source_named(given["source"], by=system)
        held = actions.begin(
            source, given["kind"], file_name=given["file"].name, kept=kept, by=system, now=timezone.now()
        )
    held = _work(held.pk, quiet=True)
    if held.state == State.READ:
        _map(held, given)
    return held


def _map(held: Import, given: dict[str, Any]) -> None:
    """Map the columns as told, else as last time, else as their names suggest."""
    memory = held.source.memory.get(held.kind, {})
    told = {field: header for header, field in _pairs(given["mapping"], "--map").items()}
    kind = importer(held.kind)
    if strange := {*told} - {field.code for field in kind.fields}:
        raise Bad(f"no such field: {', '.join(sorted(strange))}")
    if strange := {*told.values()} - {*held.head["names"]}:
        raise Bad(f"no such column: {', '.join(sorted(strange))}")
    found = propose(held.head["names"], [one.wanted for one in kind.fields], memory.get("columns"))
    columns = {one.field: one.header for one in found if one.header not in told.values()} | told
    system = dict(memory.get("system", {}))
    if given["coordinates"]:
        system = {"kind": given["coordinates"], "meridian": given["meridian"], "north_first": given["north_first"]}
    options = memory.get("options", {}) | _pairs(given["options"], "--option")
    if missing := [one.code for one in kind.options if one.required and not options.get(one.code)]:
        raise Bad(f"needs --option {' --option '.join(f'{code}=…' for code in missing)}")
    try:
        with as_system("import") as actor:
            actions.map_columns(held, columns=columns, system=system, options=options, by=actor, now=timezone.now())
    except ValueError:
        raise Bad("--coordinates is one of wgs84, gcj02, bd09, cgcs2000, gauss3") from None


def _work(pk: int, *, quiet: bool) -> Import:
    """Work until it is a person's turn; a bar on the terminal shows how far it is."""
    with click.progressbar(length=1000, file=sys.stderr, hidden=quiet, label="      ") as bar:
        for state, part in _steps(pk):
            bar.label = state
            bar.update(max(0, int(part * 1000) - bar.pos))
    with as_system("import"):
        return Import.objects.select_related("source").get(pk=pk)


def _steps(pk: int) -> Iterator[tuple[str, float]]:
    more = True
    while more:
        with as_system("import") as system:
            more = actions.advance(pk, by=system, now=timezone.now())
            held = Import.objects.get(pk=pk)
        yield str(held.get_state_display()), share(held)


def _decide(held: Import, given: dict[str, Any]) -> Import:
    """With --yes doubtful rows are left out, never joined: that is a person's decision."""
    if given["dry_run"]:
        return held
    if not given["yes"] or given["undo"] or held.state not in (State.CHECKED, State.DECIDED):
        return held
    with as_system("import") as system:
        if held.state == State.CHECKED:
            open_ones = Doubt.objects.filter(of=held, decision="").values_list("pk", flat=True)
            actions.decide(held, list(open_ones), "out", by=system, now=timezone.now())
        actions.confirm(held, by=system, now=timezone.now(), without_faulty=True)
    return _work(held.pk, quiet=given["as_json"])


def _say(held: Import, *, as_json: bool) -> None:
    with as_system("import"):
        faults = faults_said(held)
    counts = {name: value for name, value in held.counts.items() if name != "faults"}
    if as_json:
        click.echo(json.dumps(
            {"id": held.pk, "state": held.state, "rows": held.rows, "counts": counts,
             "faults": [{"field": f.field, "rule": f.rule, "rows": f.rows} for f in faults], "trouble": held.trouble},
            ensure_ascii=False,
        ))  # fmt: skip
        return
    click.echo(f"{held.pk}  {held.file_name}: {held.get_state_display()}")
    if held.trouble:
        click.echo(said_trouble(held.trouble["rule"], held.trouble.get("detail", "")), err=True)
    for name, value in counts.items():
        if value and not isinstance(value, dict):
            click.echo(f"  {name:10} {value:,}")
    for fault in faults[:20]:
        click.echo(f"  {fault.rows:>8,} × {fault.label}: {fault.said}")
    if held.state in (State.CHECKED, State.DECIDED):
        click.echo(
            f"Nothing was written yet. Decide at /imports/{held.pk}/, or: wangge import --resume {held.pk} --yes"
        )


def _code(held: Import) -> int:
    if held.state == State.REFUSED:
        return BAD_INPUT
    if held.state == State.UNDONE:
        return NOT_ALL if set(held.counts.get("undone", {})) - {"undone"} else ALL_TAKEN
    outcomes = held.counts.get("outcomes", {})
    if held.state in AT_WORK or held.state != State.COMMITTED:
        return NOT_ALL if held.counts.get("faulty") or held.counts.get("doubts") else ALL_TAKEN
    return NOT_ALL if outcomes.get("left_out") or outcomes.get("failed") else ALL_TAKEN
