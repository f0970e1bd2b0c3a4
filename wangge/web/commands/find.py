"""`wangge find`: the one box of the desk, at the command line."""

import json
import sys
from dataclasses import asdict

import click

from wangge.jobs.system import as_system
from wangge.web.search.results import KINDS, Results, Section
from wangge.web.search.results import find as find_places

NOTHING = 1


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(KINDS), help="Only these.")
@click.option("--most", type=click.IntRange(1, 20), default=5, show_default=True, help="Of each kind.")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
def find(*, text: tuple[str, ...], kind: str | None, most: int, as_json: bool) -> None:
    """Find places and cases: by name, pinyin, initials, address, coordinates, code or number.

    It looks in the system's own name, so it finds everything. Exit code 0: found; 1: nothing has this name.

    Example: wangge find 3-2-502
    """
    with as_system("find"):
        found = find_places(" ".join(text), kind=kind or "", most=most)
    for line in _as_json(found) if as_json else _plainly(found):
        click.echo(line)
    sys.exit(0 if found.total else NOTHING)


def _as_json(found: Results) -> list[str]:
    return [json.dumps(asdict(item), ensure_ascii=False) for section in found.sections for item in section.items]


def _plainly(found: Results) -> list[str]:
    lines = [line for section in found.sections for line in _listed(section)]
    return lines or ["Nothing has this name, address or number."]


def _listed(section: Section) -> list[str]:
    rows = ["  ".join(filter(None, (item.name, item.where, item.why))) for item in section.items]
    return [section.label, *(f"  {row}" for row in rows), *(["  …"] if section.more else [])]
