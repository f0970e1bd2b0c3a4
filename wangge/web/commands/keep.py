"""`wangge migrate`, `verify`, `export-seal`, `catalogue`: keeping an installation in order."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from wangge.access.actor import Actor
from wangge.catalogue import commands as catalogue_commands
from wangge.clocks.actions import load_calendars
from wangge.jobs.system import as_system
from wangge.ledger import seals
from wangge.vault.actions import copy_tombstones
from wangge.web import house

NOT_WHOLE = 2


@click.command()
def migrate() -> None:
    """Bring the schema, the grants and the definitions to this release. Twice changes nothing.

    Example: wangge migrate
    """
    house.settle(timezone.now())
    click.echo("The database is at this release.")


@click.command()
@click.option("--anchors", type=click.Path(path_type=Path), help="A file of exported seals to compare with.")
@click.option("--json", "as_json", is_flag=True)
def verify(*, anchors: Path | None, as_json: bool) -> None:
    """Recompute every seal of the book and compare with what left the machine.

    Exit code 0: whole; 2: not whole, every fault is named.

    Example: wangge verify --anchors /mnt/second-host/anchors.jsonl
    """
    source = anchors or settings.WANGGE.home / "anchors" / "anchors.jsonl"
    with as_system("verify"):
        found = seals.verify(seals.read_anchors(source))
    if as_json:
        click.echo(json.dumps(found.__dict__, ensure_ascii=False))
    else:
        click.echo(f"{found.seals} seals over {found.entries} entries, {found.unsealed} not sealed yet,"
                   f" {found.anchors} exported seals compared.")  # fmt: skip
        for fault in found.faults:
            click.secho(f"  {fault}", fg="red")
        click.secho("The book is whole." if found.whole else "The book is NOT whole.", bold=True)
    sys.exit(0 if found.whole else NOT_WHOLE)


@click.command()
@click.argument("target", type=click.Path(path_type=Path), required=False)
@click.option("--paper", is_flag=True, help="Print the newest seal, to be kept on paper.")
def export_seal(*, target: Path | None, paper: bool) -> None:
    """Append the newest seal to a file on another machine, or print it to be kept on paper each day.

    The list of destroyed keys goes beside the file: `wangge restore --destroyed` obeys it.

    Example: wangge export-seal /mnt/second-host/anchors.jsonl
    """
    file = target or settings.WANGGE.home / "anchors" / "anchors.jsonl"
    with as_system("anchor"):
        seals.seal()
    with as_system("anchor"):
        exported = seals.export(file, now=timezone.now())
        copy_tombstones(file.parent)
    if paper or target is None:
        for each in seals.read_anchors(file)[-1:]:
            click.echo(f"seal {each.seal}  {each.at}\n{' '.join(each.digest[i : i + 8] for i in range(0, 64, 8))}")
    elif exported is None:
        click.echo("Nothing new was sealed since the last export.")
    else:
        click.echo(f"seal {exported.seal} is in {file}")


@contextmanager
def acting_as_system() -> Iterator[Actor]:
    with as_system("catalogue") as actor:
        yield actor


catalogue = catalogue_commands.build(acting_as=acting_as_system, load_calendars=load_calendars)
