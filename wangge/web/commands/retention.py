"""`wangge retention`: what would go, remove it, and check a certificate against the book."""

import json
import sys
from collections import defaultdict
from datetime import date
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wangge.catalogue import queries as catalogue
from wangge.jobs.system import as_system
from wangge.people.actions import retaining
from wangge.people.models import RetentionCertificate, RetentionCount, RetentionRun
from wangge.people.queries.proof import faults_of
from wangge.people.queries.retention import Faults, faults
from wangge.web.templatetags.wg import language
from wangge.web.trouble import Trouble, gettext_noop

UNRULED, NOT_CONFIRMED = 3, 2
NO_CERTIFICATE = gettext_noop("There is no certificate with this number.")
json_option = click.option("--json", "as_json", is_flag=True, help="Answer as one JSON document.")


@click.group()
def retention() -> None:
    """What has an end: count it, remove it, prove it."""


@retention.command("dry-run")
@json_option
def dry_run(*, as_json: bool) -> None:
    """Count what would go today, by category, with the oldest day. Nothing is changed, nobody is named.

    Exit code 0: counted; 3: counted, and something is kept without a rule.

    Example: wangge retention dry-run
    """
    _report(_through(dry=True), as_json=as_json)


@retention.command()
@json_option
def run(*, as_json: bool) -> None:
    """Remove what is over, chunk by chunk; broken off, the next run or the worker goes on. Leaves a certificate.

    Exit code 0: done; 3: done, and something is kept without a rule.

    Example: wangge retention run
    """
    _report(_through(dry=False), as_json=as_json)


@retention.command()
@click.argument("number")
@json_option
def certificate(*, number: str, as_json: bool) -> None:
    """Recompute a certificate from the entries and seals of the book.

    Exit code 0: confirmed; 2: not confirmed, every difference is named.

    Example: wangge retention certificate 2026-000012
    """
    with as_system("retention"):
        held = RetentionCertificate.objects.select_related("run").filter(number=number).first()
        if held is None:
            raise Trouble(NO_CERTIFICATE)
        found = faults_of(held)
    if as_json:
        click.echo(json.dumps({"number": number, "rows": held.rows, "digest": held.digest, "faults": list(found)},
                              ensure_ascii=False))  # fmt: skip
    else:
        click.echo(ngettext("%(n)d row removed", "%(n)d rows removed", held.rows) % {"n": held.rows})
        for fault in found:
            click.secho(f"  {fault}", fg="red")
        click.secho(_("The book does not confirm this certificate") if found
                    else _("The book confirms every figure of this certificate."), bold=True)  # fmt: skip
    sys.exit(NOT_CONFIRMED if found else 0)


def _through(*, dry: bool) -> RetentionRun:
    """Ask for a run, or take up the one under way, and carry it on to its end."""
    with as_system("retention") as system:
        held = RetentionRun.objects.filter(is_dry=dry, finished_at__isnull=True).first()
        held = held or retaining.ask_run(dry=dry, by=system, now=timezone.now())
    removed = 0
    for step in retaining.carry_on(clock=timezone.now, seconds=86_400):
        removed += step.rows
        if sys.stderr.isatty():
            click.echo(f"\r{step.category:<20} {removed:>12,}", nl=False, err=True)
    with as_system("retention"):
        return RetentionRun.objects.select_related("certificate").get(pk=held.pk)


def _report(run: RetentionRun, *, as_json: bool) -> None:
    with as_system("retention"):
        counts = list(RetentionCount.objects.filter(run=run))
        unruled = faults()
        labels = {held.code: held.entry.label.text(language()) for held in catalogue.retention()}
    number = getattr(getattr(run, "certificate", None), "number", "")
    lines = _by_category(counts)
    if as_json:
        said = {
            code: {"rows": rows, "areas": areas, "oldest": oldest.isoformat()} for code, rows, areas, oldest in lines
        }
        click.echo(json.dumps({"run": run.pk, "day": run.day.isoformat(), "dry": run.is_dry, "categories": said,
                               "certificate": number, "faults": unruled.__dict__}, ensure_ascii=False))  # fmt: skip
    else:
        for code, rows, areas, oldest in lines:
            click.echo(f"  {rows:>10,}  {areas:>6,}  {oldest.isoformat()}  {code:<18} {labels.get(code, '')}")
        total = sum(rows for _code, rows, *_rest in lines)
        click.echo(_total(total, dry=run.is_dry))
        if number:
            click.echo(_("Certificate %(number)s") % {"number": number})
        _warn(unruled)
    sys.exit(UNRULED if unruled else 0)


def _by_category(counts: list[RetentionCount]) -> list[tuple[str, int, int, date]]:
    """Code, rows, number of areas and oldest day of each category."""
    grouped: dict[str, list[RetentionCount]] = defaultdict(list)
    for one in counts:
        grouped[one.category].append(one)
    return [(code, sum(o.rows for o in ones), len(ones), min(o.oldest for o in ones)) for code, ones in grouped.items()]


def _total(rows: int, *, dry: bool) -> str:
    said = {"n": f"{rows:,}"}
    if dry:
        return ngettext("%(n)s row would go.", "%(n)s rows would go.", rows) % said
    return ngettext("%(n)s row went.", "%(n)s rows went.", rows) % said


def _warn(unruled: Faults) -> None:
    told: Any = (*unruled.without_rule, *unruled.without_category, *unruled.differing)
    for code in told:
        click.secho(_("%(code)s: software and catalogue do not agree; nothing of it goes.") % {"code": code}, fg="red")
