"""`wangge areas`: the changes of the area tree, and drafting one from a file; people approve on the page."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from wangge.access.action import Refused
from wangge.cases.queries.handover import open_work
from wangge.jobs.system import as_system
from wangge.places.actions import draft
from wangge.places.models import Area, AreaCode, Change
from wangge.places.queries import plans
from wangge.places.queries.extent import Preview
from wangge.places.queries.extent import preview as preview_of
from wangge.places.queries.plans import Line, Plan, Title
from wangge.places.words import ChangeKind, PostsGo
from wangge.web.trouble import Trouble, gettext_noop

BLOCKED = 2
UNKNOWN = gettext_noop("“%(name)s” is no area of today, or several are called so: write its number.")
REASON = gettext_noop("The file is no plan: %(reason)s")


class NoSuchArea(Trouble):
    """A name or code in the file is nobody's, or several areas bear it."""


class NoPlan(Trouble):
    """The file says too little to be a plan, or the plan is refused."""


@click.group()
def areas() -> None:
    """Changes of the area tree: list them, look what one would do, draft one from a file.

    Example: wangge areas preview merge.toml
    """


@areas.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(*, as_json: bool) -> None:
    """List all changes, the newest first.

    Example: wangge areas list --json
    """
    with as_system("areas"):
        rows = [
            {"number": each.pk, "on": each.effective_on.isoformat(), "kind": each.kind, "state": each.state,
             "basis": each.basis}
            for each in Change.objects.order_by("-pk")
        ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['number']:>5}  {row['on']}  {row['kind']:<7} {row['state']:<10} {row['basis']}")
    if not rows:
        click.echo("No area has changed yet. Draft a change with: wangge areas draft FILE")


@areas.command()
@click.argument("what")
@click.option("--json", "as_json", is_flag=True)
def preview(what: str, *, as_json: bool) -> None:
    """Show what a change does: WHAT is its number or a file. Nothing is written. Exit code 2: it would be refused.

    Example: wangge areas preview 12
    """
    now = timezone.now()
    with as_system("areas"):
        change = Change.objects.get(pk=int(what)) if what.isdecimal() else None
        plan = plans.plan_of(change) if change else read(Path(what))
        found = preview_of(plan, now, but=change)
        cases = open_work(found.extent.areas, now).total
    say(plan, found, cases, as_json=as_json)
    raise SystemExit(BLOCKED if found.is_blocked else 0)


@areas.command("draft")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def draft_(file: Path) -> None:
    r"""Keep the plan of a TOML file as a draft; the duty chief approves it on its page.

    \b
    kind = "move"             # rename, move, merge, split, open, end
    effective_on = 2027-01-01
    basis = "document number"
    area = "North Gate"       # name, official code or number
    into = "East Town"        # move, end, merge into one that stays
    # merge: areas = ["A", "B"]; split: leaving = ["grid 1"]; end, merge: posts = "follow"
    # rename, split, open, merge into a new one: new = { name = "…", official = "…", code = "…", scheme = "…" }

    Example: wangge areas draft merge.toml
    """
    now = timezone.now()
    with as_system("areas") as system:
        try:
            change = draft(read(file), by=system, now=now)
        except Refused as refused:
            raise NoPlan(REASON, reason=refused.reason) from None
    click.echo(f"Draft {change.pk} is kept: wangge areas preview {change.pk}")


def read(file: Path) -> Plan:
    """The plan a file stands for."""
    try:
        held = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        day = held["effective_on"]
        if (
            held["kind"] not in ChangeKind.values
            or type(day) is not date
            or held.get("posts", "end") not in PostsGo.values
        ):
            raise KeyError("kind, effective_on")  # noqa: TRY301 - said below like every other
        return Plan(
            held["kind"], day, str(held["basis"]), lines_of(held), str(held.get("note", "")),
            late=bool(held.get("late")), posts=held.get("posts", PostsGo.END),
        )  # fmt: skip
    except (KeyError, TypeError, OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise NoPlan(REASON, reason=str(problem)) from None


def lines_of(held: dict[str, Any]) -> tuple[Line, ...]:
    """What becomes of which area, by kind."""
    tree, kind = plans.forest(), held["kind"]
    title = Title(**{"scheme": "own", **held["new"]}) if "new" in held else Title()
    if kind == ChangeKind.MERGE:
        merged = [found(each) for each in held["areas"]]
        return (
            plans.merge(tree, merged, found(held["into"]))
            if "into" in held
            else plans.merge_into_new(tree, merged, title)
        )
    area = found(held["area"])
    if kind == ChangeKind.SPLIT:
        return plans.split(tree, area, [found(each, within=area) for each in held["leaving"]], title)
    if kind == ChangeKind.OPEN:
        return plans.begin(held["level"], area, title)
    if kind == ChangeKind.RENAME:
        return plans.rename(area, title)
    into = found(held["into"])
    return plans.move(area, into, title) if kind == ChangeKind.MOVE else plans.merge(tree, [area], into)


def found(named: str | int, *, within: int | None = None) -> int:
    """The living area of this number, code or name; a grid by its name within its community."""
    living = Area.objects.filter(valid_to__isnull=True)
    if within is not None:
        living = living.filter(parent_id=within)
    if isinstance(named, int):
        rows = list(living.filter(pk=named))
    else:
        rows = list(living.filter(name=named)) or list(
            living.filter(pk__in=AreaCode.objects.filter(code=named).values("area_id"))
        )
    if len(rows) != 1:
        raise NoSuchArea(UNKNOWN, name=str(named))
    return rows[0].pk


def say(plan: Plan, found: Preview, cases: int, *, as_json: bool) -> None:
    """The preview on the terminal."""
    extent = found.extent
    numbers = {
        "communities": extent.communities, "grids": extent.grids, "compounds": extent.compounds,
        "buildings": extent.buildings, "dwellings": extent.dwellings, "households": extent.households,
        "open_cases": cases,
    }  # fmt: skip
    if as_json:
        told = [{"text": each.text, "warning": each.is_warning} for each in found.problems]
        click.echo(
            json.dumps({"on": plan.effective_on.isoformat(), "touches": numbers, "problems": told}, ensure_ascii=False)
        )
        return
    click.echo(f"{plan.kind} on {plan.effective_on}, by {plan.basis}")
    for fate in extent.fates:
        click.echo(
            f"  {fate.line.part.deed:<7} {fate.name}  {fate.lies_in or '-'} -> {fate.goes_to or fate.line.title.name}"
        )
    click.echo("  ".join(f"{name} {n}" for name, n in numbers.items()))
    for each in found.problems:
        click.secho(f"  {each.text}", fg="yellow" if each.is_warning else "red")
