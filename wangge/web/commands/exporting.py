"""`wangge export`: which exports there are, and where a file comes from. People ask and decide on the page."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from wangge.exchange.export_words import ExportState
from wangge.exchange.models import Export
from wangge.exchange.queries import exports as read
from wangge.jobs.system import as_system
from wangge.web.trouble import Trouble, gettext_noop

OVER = 2
NOT_OURS = gettext_noop("No mark of an export of this installation stands in %(file)s.")


class NotOurs(Trouble):
    """The file bears no mark that is known here."""


@click.group()
def export() -> None:
    """Lists that left: which there are, and where a file comes from.

    Example: wangge export check list.xlsx
    """


@export.command("list")
@click.option("--state", type=click.Choice(ExportState.values), help="Only those in this state.")
@click.option("--json", "as_json", is_flag=True)
def list_(*, state: str | None, as_json: bool) -> None:
    """List the exports, the newest first.

    Example: wangge export list --state made --json
    """
    now = timezone.now()
    with as_system("exports"):
        found = read.whole().order_by("-id")
        rows = [_said(one, now) for one in (found.filter(state=state) if state else found).iterator()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(
            f"{row['number']:>6}  {row['mark']}  {row['kind']:10} {row['state']:10} {row['until']}  {row['for']}"
        )


@export.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def check(*, file: Path, as_json: bool) -> None:
    """Say which export a file, or a piece of one, comes from, for whom it was, and until when.

    Exit code 0: it may still be kept; 2: its last day has passed, or it was withdrawn or destroyed; 1: not known here.

    Example: wangge export check found-in-a-chat-group.csv
    """
    now = timezone.now()
    with as_system("exports"):
        found, is_same = read.of_file(file)
        rows = [_said(one, now) | {"is_the_very_file": is_same} for one in found]
    if not rows:
        raise NotOurs(NOT_OURS, file=file)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            _tell(row)
    if any(row["is_over"] for row in rows):
        raise SystemExit(OVER)


def _tell(row: dict[str, Any]) -> None:
    click.echo(f"{row['mark']}: export {row['number']}, {row['kind']}, {row['state']}")
    click.echo("  the very file that was made" if row["is_the_very_file"] else "  bears the mark, but was changed")
    click.echo(f"  for {row['for']}, to be destroyed after {row['until']}" + ("  — OVER" if row["is_over"] else ""))
    click.echo(f"  asked by {row['asked_by']}, approved by {row['approved_by'] or '—'}")


def _said(export: Export, now: datetime) -> dict[str, Any]:
    """An export for programs: the people named are staff, in office."""
    return {
        "number": export.pk, "mark": export.mark, "kind": export.kind, "state": export.state, "rows": export.rows,
        "purpose": export.purpose, "for": f"{export.for_organisation}, {export.for_person}",
        "until": export.until.isoformat(), "is_over": export.state != ExportState.MADE or read.is_over(export, now),
        "asked_by": export.by.username, "approved_by": export.decided_by.username if export.decided_by else "",
        "digest": export.digest, "downloads": export.downloads,
    }  # fmt: skip
