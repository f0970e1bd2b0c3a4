"""Upload, columns and coordinate system, giving up."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.core.coordinates import BadSystem, converter
from wangge.core.redaction import EVERYTHING, redact
from wangge.exchange import reading
from wangge.exchange.actions.moving import locked, move
from wangge.exchange.importer import importer
from wangge.exchange.models import Change, Doubt, Import, Row, Source
from wangge.exchange.parsing import system_of
from wangge.exchange.queries import staging
from wangge.exchange.rules import may_bring, may_import, may_work_on
from wangge.exchange.sealed_list import SealedList

UNFINISHED = timedelta(days=30)


@action("import.name_source", needs=lambda actor, *_given: may_import(actor))
def source_named(name: str, *, by: Actor) -> Source:
    """The source of this name, made when it is new."""
    plain = " ".join(name.split())[:60]
    if not plain:
        raise Refused(_("Name the source of the list, such as the office that keeps it."))
    found, is_new = Source.objects.get_or_create(name=plain)
    note(new=is_new)
    return found


@action("import.upload", needs=may_bring)
def begin(source: Source, kind: str, *, file_name: str, kept: reading.Kept, by: Actor, now: datetime) -> Import:
    """Begin an import with a file that is on the disk already; it is read next.

    Nobody is named in the name that is kept; a file of persons has none of its own.
    """
    held_kind = importer(kind)
    named = f"{kind}{Path(file_name).suffix[:8]}" if held_kind.seals else redact(file_name, EVERYTHING)[0][-120:]
    held = Import.objects.create(
        source=source, kind=kind, role=held_kind.role_of(by), file_name=named, stored=kept.stored,
        digest=kept.digest, size=kept.size, by_id=by.account_id, at=now,
    )  # fmt: skip
    note(kind=kind, source=source.pk, digest=kept.digest, size=kept.size)
    return held


@action("import.map_columns", needs=may_work_on)
def map_columns(
    held: Import, *, columns: Mapping[str, str], system: Mapping[str, Any], options: Mapping[str, Any], by: Actor,
    now: datetime,
) -> Import:  # fmt: skip
    """Say which column is which field, and in which coordinates; remembered for the next file of the source.

    What was checked before is thrown away and checked anew. Nothing of the register is touched.
    """
    staging.take_time()  # what was checked before may be half a million rows
    held = locked(held.pk)
    kind, names = importer(held.kind), held.head["names"]
    chosen = {code: name for code, name in columns.items() if name in names and kind.field(code)}
    if not chosen:
        raise Refused(_("Choose at least one column."))
    try:
        converter(system_of(system))
    except BadSystem as bad:
        raise Refused(_wrong_system(bad.rule)) from None
    move(held, "map_columns")
    Doubt.objects.filter(of=held).delete()
    Row.objects.filter(of=held).delete()
    _forget(held)
    held.chosen = {"columns": chosen, "system": dict(system), "options": dict(options)}
    held.position, held.rank, held.counts = 0, 0, {}
    held.save()
    source = held.source
    source.memory = {**source.memory, held.kind: held.chosen}
    source.save(update_fields=["memory"])
    note(columns=len(chosen), system=str(system.get("kind", "wgs84")))
    return held


def _wrong_system(rule: str) -> str:
    return {
        "meridian": _("Say the middle meridian of the 3° zone: a multiple of 3 between 75 and 135."),
        "few_points": _("A local system needs two known points or more (three for an affine one)."),
        "same_points": _("The known points are all the same."),
        "one_line": _("The known points lie on one line."),
    }.get(rule, _("This coordinate system cannot be used."))


@action("import.refuse", needs=may_work_on)
def refuse(held: Import, *, by: Actor, now: datetime) -> Import:
    """Give an import up before anything was taken; the file is removed, what was found in it stays in the report."""
    held = locked(held.pk)
    move(held, "refuse")
    assert not Change.objects.filter(of=held).exists()
    held.finished_at = now
    held.save()
    _forget(held)
    reading.remove(held.stored)
    return held


def give_up_old(*, by: Actor, now: datetime) -> int:
    """Give up what nobody has gone on with for a month: its rows are not kept for the day on which somebody might."""
    old = Import.objects.filter(state__in=("read", "mapped", "checked", "decided"), at__lt=now - UNFINISHED)
    held = list(old.order_by("pk"))
    for one in held:
        refuse(one, by=by, now=now)
    return len(held)


def _forget(held: Import) -> None:
    """What an app keeps of the rows itself goes with them."""
    kind = importer(held.kind)
    if isinstance(kind, SealedList):
        kind.forget(held.pk)
