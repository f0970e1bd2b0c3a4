"""Files of units on the command line: read, columns renamed, barriers and ways laid over; faults end the command."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
from django.utils.translation import gettext as _

from wangge.core.partition import BadUnits, Units
from wangge.core.unit_files.barriers import barrier_cells
from wangge.core.unit_files.faults import BadFile
from wangge.core.unit_files.reading import FIELDS, read_units
from wangge.core.unit_files.table import Groups, UnitTable, Whole
from wangge.core.unit_files.ways import ways as networks

BAD = 2


class BadInput(click.ClickException):
    """A file that cannot be read as it stands: the sentences name row and column. Exit code 2."""

    exit_code = BAD


def read_renamed(columns: Sequence[str]) -> dict[str, str]:
    """What --column says: the heading of a field."""
    known = {field.code for field in FIELDS}
    renamed = {}
    for one in columns:
        field, equals, heading = one.partition("=")
        if not equals or field not in known:
            raise BadInput(_("--column %(one)s: write FIELD=HEADING, the field one of %(known)s")
                           % {"one": one, "known": ", ".join(sorted(known))})  # fmt: skip
        renamed[field] = heading
    return renamed


def read_table(
    source: Path, renamed: Mapping[str, str], barriers: Path | None = None, ways: Path | None = None
) -> UnitTable:
    """The units of a file, with the cells between barriers and the networks of ways where there are files of these."""
    at = source
    try:
        table = read_units(source.read_bytes(), renamed)
        if barriers is not None:
            at = barriers
            table = replace(table, barrier_cell=_numbered(barrier_cells(barriers.read_bytes(), table)))
        if ways is not None:
            at = ways
            table = replace(table, way=_numbered(networks(ways.read_bytes(), table)))
    except BadFile as problem:
        raise BadInput(f"{at.name}: {problem}") from None
    return table


def _numbered(codes: Whole) -> Groups:
    return Groups(codes, tuple(map(str, range(int(codes.max()) + 1))))


def as_units(table: UnitTable) -> Units:
    """The same units as the solver takes them."""
    groups = {name: [getattr(table, name).name(at) for at in range(len(table))] for name in GROUPS}
    try:
        return Units.of(
            x_m=table.x_m, y_m=table.y_m, households=table.households, floors=table.floors, lift=table.lift, **groups
        )
    except BadUnits as problem:
        raise BadInput(str(problem)) from None


GROUPS = ("compound", "community", "barrier_cell", "way", "general_grid", "micro_grid")
