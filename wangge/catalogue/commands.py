"""`wangge catalogue`: check the definition files, show what would change, load, export, make the glossary pages."""

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NoReturn

import click
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wangge.access.actor import Actor
from wangge.catalogue import actions, purposes_docs, queries, words_docs
from wangge.catalogue.compare import Change, changes
from wangge.catalogue.faults import SENTENCES, Faulty
from wangge.catalogue.reading import SHIPPED, Body, Catalogue, read
from wangge.catalogue.schema import Word
from wangge.catalogue.words import Kind
from wangge.catalogue.writing import documents, toml

DIFFERS, FAULTY, REFUSED = 1, 3, 4

ActingAs = Callable[[], AbstractContextManager[Actor]]
Calendars = Callable[..., object]

city_option = click.option(
    "--city", type=click.Path(path_type=Path), envvar="WANGGE_CATALOGUE", help="The city's folder, laid over ours."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer as one JSON document.")


def build(*, acting_as: ActingAs, load_calendars: Calendars) -> click.Group:
    """Return the group, ready to be mounted.

    `acting_as` opens the actor a loading is done by; `load_calendars(bodies, by=, now=)` takes the calendars on to
    the clocks, which this app does not know.
    """
    group = click.Group("catalogue", help=__doc__)
    for command in (validate, diff, export, docs):
        group.add_command(command)
    group.add_command(_load(acting_as, load_calendars))
    return group


@click.command()
@city_option
@json_option
def validate(*, city: Path | None, as_json: bool) -> None:
    """Check every definition file. No database is asked.

    Exit code 0: fine; 3: the files have faults.

    Example: wangge catalogue validate --city /etc/wangge/city
    """
    catalogue = _read(city, as_json=as_json)
    counts = {kind.value: len(entries) for kind, entries in catalogue.entries.items()}
    if as_json:
        _print({"valid": True, "digest": catalogue.digest, "entries": counts})
        return
    total = sum(counts.values())
    click.echo(ngettext("%(count)d entry, no fault", "%(count)d entries, no fault", total) % {"count": total})
    for kind, count in counts.items():
        click.echo(f"  {kind:<10} {count:>5}")


@click.command()
@city_option
@json_option
def diff(*, city: Path | None, as_json: bool) -> None:
    """Show what loading the files would change.

    Exit code 0: nothing; 1: something; 3: the files have faults.

    Example: wangge catalogue diff --json
    """
    found = changes(_read(city, as_json=as_json).bodies, queries.kept())
    _show(found, as_json=as_json)
    sys.exit(DIFFERS if found else 0)


def _load(acting_as: ActingAs, load_calendars: Calendars) -> click.Command:
    @click.command()
    @city_option
    @json_option
    def load(*, city: Path | None, as_json: bool) -> None:
        """Load the files: a new version of every entry that has changed. A second run changes nothing.

        Exit code 0: done; 3: the files have faults; 4: somebody else was loading.

        Example: wangge catalogue load --city /etc/wangge/city
        """
        catalogue, now = _read(city, as_json=as_json), timezone.now()
        try:
            with acting_as() as actor:
                loaded = actions.load(catalogue.bodies, by=actor, now=now)
                load_calendars(calendars(catalogue.bodies), by=actor, now=now)
        except IntegrityError:
            click.echo(_("Nothing was loaded: another loading was under way. Run it again."), err=True)
            sys.exit(REFUSED)
        _show(loaded.changes, as_json=as_json)

    return load


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@city_option
@click.option("--changed", is_flag=True, help="Only what differs from the files: ready to be a city's folder.")
@click.option("--format", "form", type=click.Choice(["toml", "json"]), default="toml", show_default=True)
@json_option
def export(*, folder: Path, city: Path | None, changed: bool, form: str, as_json: bool) -> None:
    """Write the entries in force into FOLDER, in the layout of the definition files.

    Exit code 0: written; 4: the folder is not empty.

    Example: wangge catalogue export ./city --changed
    """
    if folder.is_dir() and any(folder.iterdir()):
        click.echo(_("Nothing was written: %(folder)s is not empty.") % {"folder": folder}, err=True)
        sys.exit(REFUSED)
    bodies = [Body(Kind(kind), code, body) for (kind, code), body in sorted(queries.kept().items())]
    if changed:
        same = {(body.kind, body.code): body.body for body in _read(city, as_json=as_json).bodies}
        bodies = [body for body in bodies if same.get((body.kind, body.code)) != body.body]
    written = []
    for name, document in documents(bodies).items():
        path = folder / f"{name}.{form}"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = toml(document) if form == "toml" else json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        path.write_text(text, encoding="utf-8")
        written.append(str(path))
    if as_json:
        _print({"files": written})
    else:
        click.echo(
            ngettext("%(count)d file written", "%(count)d files written", len(written)) % {"count": len(written)}
        )


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("docs"))
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 when a page is out of date.")
@city_option
@json_option
def docs(*, folder: Path, check: bool, city: Path | None, as_json: bool) -> None:
    """Make the pages of the glossary (words.md) and of the purposes (purposes.md) in FOLDER, in both languages.

    Exit code 0: done or up to date; 1 with --check: out of date.

    Example: wangge catalogue docs docs --check
    """
    stale, catalogue = [], _read(city, as_json=as_json)
    made = words_docs.pages(catalogue.of(Word).values()) | purposes_docs.pages(catalogue)
    for name, text in made.items():
        path = folder / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(str(path))
        if not check:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if as_json:
        _print({"out_of_date" if check else "written": stale})
    else:
        for each in stale:
            click.echo((_("%(file)s is out of date") if check else _("%(file)s written")) % {"file": each})
    sys.exit(DIFFERS if check and stale else 0)


def calendars(bodies: Iterable[Body]) -> list[dict[str, Any]]:
    """Return the bodies of the calendars alone, as the clocks take them."""
    return [body.body for body in bodies if body.kind is Kind.CALENDAR]


def _read(city: Path | None, *, as_json: bool) -> Catalogue:
    try:
        return read(city, shipped=SHIPPED)
    except Faulty as faulty:
        _complain(faulty, as_json=as_json)


def _complain(faulty: Faulty, *, as_json: bool) -> NoReturn:
    said = [
        {
            "file": fault.file,
            "key": fault.key,
            "rule": fault.rule.value,
            "says": _(SENTENCES[fault.rule]) % {"detail": fault.detail},
        }
        for fault in faulty.faults
    ]
    if as_json:
        _print({"valid": False, "faults": said})
    else:
        for each in said:
            click.echo(f"{each['file']}: {each['key']}: {each['says']} [{each['rule']}]", err=True)
    sys.exit(FAULTY)


def _show(found: Iterable[Change], *, as_json: bool) -> None:
    found = list(found)
    if as_json:
        rows = [{"what": c.what, "kind": c.kind.value, "code": c.code, "keys": c.keys} for c in found]
        _print({"changes": rows})
        return
    what = {
        "added": pgettext("catalogue entry", "added"),
        "changed": pgettext("catalogue entry", "changed"),
        "withdrawn": pgettext("catalogue entry", "withdrawn"),
    }
    for change in found:
        click.echo(f"{what[change.what]} {change.kind}[{change.code}]")
        for key, before, after in change.keys:
            click.echo(f"    {key}: {_short(before)} → {_short(after)}")
    if not found:
        click.echo(_("Nothing changes."))


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "…"


def _print(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
