"""`wangge layers`: a department's list or map laid over a town or community, by the action of the page."""

import sys
from datetime import datetime
from pathlib import Path

import click
from django.utils import timezone

from wangge.access.action import Refused
from wangge.core.sheets import Unreadable
from wangge.exchange.queries.lists import said_trouble
from wangge.jobs.system import as_system
from wangge.places.actions.layers import lay_layer, take_layer_away
from wangge.places.imports.layers import BadLayer, Fault, read_layer
from wangge.places.models import Area, Layer
from wangge.places.queries.lookup import Areas, Unclear
from wangge.places.queries.overlaid import agreements
from wangge.places.queries.stated import Stated
from wangge.web.trouble import Trouble, gettext_noop

FAULTY, BAD_INPUT = 1, 2
UNKNOWN = gettext_noop("“%(name)s” is no town or community of today, or several are called so: write its code.")
NO_LAYER = gettext_noop("There is no layer %(n)s.")


class NoSuchLayer(Trouble):
    """An area or a layer that is not there."""


class NotLaid(click.ClickException):
    """The list cannot be used; nothing was written."""

    exit_code = BAD_INPUT


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--area", help="Name or code of the town or community.")
@click.option("--organisation", default="", help="Whose grids these are.")
@click.option("--name", default="", help="What they are called, such as police districts.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day as of which the list was true.")
@click.option("--source", default="", help="Document or letter in which it stands.")
@click.option(
    "--coordinates", default="wgs84", show_default=True, type=click.Choice(["wgs84", "gcj02", "bd09", "cgcs2000"])
)
@click.option("--take-away", type=int, metavar="ID", help="Take a layer away that was laid by mistake.")
def layers(
    *, file: Path | None, area: str | None, organisation: str, name: str, as_of: datetime | None, source: str,
    coordinates: str, take_away: int | None,
) -> None:  # fmt: skip
    r"""Lay a department's grids over ours, from CSV, XLSX or GeoJSON: whole or not at all. Without a FILE, list them.

    Exit code 0: laid, or laid already; 1: rows are wrong, each is named; 2: the input cannot be used.

    \b
    Example: wangge layers police.csv --area 320585100001 --organisation 派出所 --name 警务区
                --as-of 2026-08-01 --source "3 号文"
      wangge layers --take-away 12
      wangge layers
    """
    try:
        if take_away is not None:
            _take_away(take_away)
        elif file is None:
            _list()
        elif not (area and organisation and name and source and as_of):
            raise NotLaid("needed beside FILE: --area, --organisation, --name, --as-of, --source")
        else:
            _lay(file, _area(area), (organisation, name, source), as_of, coordinates)
    except BadLayer as bad:
        _say(bad.faults)
        sys.exit(FAULTY)
    except Unreadable as unreadable:
        raise NotLaid(said_trouble(unreadable.rule)) from None
    except Refused as refused:
        raise NotLaid(refused.reason) from None


def _area(named: str) -> Area:
    with as_system("layers"):
        try:
            return Areas.read().find(named)
        except Unclear:
            raise NoSuchLayer(UNKNOWN, name=named) from None


def _lay(file: Path, area: Area, said: tuple[str, str, str], as_of: datetime, coordinates: str) -> None:
    organisation, name, source = said
    with as_system("layers") as system:
        grids = read_layer([file.read_bytes()], area, system={"kind": coordinates})
        stated = Stated(organisation, name, as_of.date(), source, grids)
        layer = lay_layer(area, stated, by=system, now=timezone.now())
    buildings = sum(len(grid.buildings) for grid in grids)
    click.echo(f"layer {layer.pk}: {layer}, {len(grids)} grids with {buildings} buildings over {area.name}")


def _take_away(number: int) -> None:
    with as_system("layers") as system:
        held = Layer.objects.filter(pk=number).first()
        if held is None:
            raise NoSuchLayer(NO_LAYER, n=number)
        take_layer_away(held, by=system)
    click.echo(f"layer {number} is taken away")


def _list() -> None:
    """Every layer in use, and per community how far it agrees."""
    with as_system("layers"):
        areas = list(Area.objects.filter(level="community", valid_to__isnull=True).order_by("sort_key", "pk"))
        names, found = {one.pk: one.name for one in areas}, agreements([one.pk for one in areas])
    rows = [(layer, names[pk], held) for pk, layers_ in found.items() for layer, held in layers_]
    for layer, community, held in rows:
        click.echo(f"{layer.pk:>5}  {layer}  {community}  {held.share:7.1%}  {held.disagreeing} of {held.covered}")
    if not rows:
        click.echo("No layer lies over the grids. Lay one with: wangge layers FILE --area …")


def _say(faults: list[Fault]) -> None:
    for one in faults:
        click.echo(f"{one.row}\t{one.column}\t{one.cell}\t{one.says}")
    click.echo(f"{len(faults)} faults: nothing was written", err=True)
