"""Reading the file, checking its rows in chunks, and comparing them with each other and with what is there."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from django.db import transaction

from wangge.access.action import action, note
from wangge.access.actor import Actor
from wangge.core.columns import propose
from wangge.core.coordinates import metres
from wangge.core.likeness import Likeness, Named, Outlier, alike, outliers
from wangge.core.redaction import redact
from wangge.core.sheets import Unreadable
from wangge.exchange import reading
from wangge.exchange.actions.lists import check_some
from wangge.exchange.actions.moving import move
from wangge.exchange.importer import Checked, Importer, importer
from wangge.exchange.lanes import warm
from wangge.exchange.models import Doubt, Import, Row
from wangge.exchange.parsing import parser, said
from wangge.exchange.queries import staging
from wangge.exchange.rules import may_work_on
from wangge.exchange.sealed_list import SealedList
from wangge.exchange.sieving import sieve
from wangge.exchange.words import Decision, DoubtKind, Fate

CHUNK = 10_000
LARGE = 1 << 21
"""Bytes of a list of persons, sealed and packed, which several processes bring in."""
MOST_LIKE = 3
"""Proposals for one row: more would hide the best."""
EDGE = 3_000.0
"""Metres beyond the outermost outline: borders are drawn roughly."""
JOINABLE = frozenset({"no_place"})
"""Faults with which a row can still be joined with a known place."""


@action("import.read", needs=may_work_on)
def read_file(held: Import, *, by: Actor, now: datetime) -> Import:
    """Read the file into rows, or refuse it with the reason."""
    kind = importer(held.kind)
    if kind.seals and reading.size_of(held.stored) > LARGE:
        warm(held.pk)
    try:
        plain = reading.make_plain(held.stored, sieve(kind.never_read), seals=kind.seals)
    except Unreadable as bad:
        _give_up(held, bad, now)
        return held
    if column := kind.refused(plain.names):
        _give_up(held, Unreadable("secret_column", column), now)
        return held
    if kind.seals and not propose(plain.names, [one.wanted for one in kind.fields], None):
        _give_up(held, Unreadable("no_header"), now)  # what is no header may be somebody's name
        return held
    move(held, "finish_reading")
    held.head, held.rows = plain.as_json(), plain.rows
    held.save()
    note(rows=plain.rows, encoding=plain.encoding, dropped=len(plain.dropped))
    transaction.on_commit(partial(reading.forget_upload, held.stored))
    return held


def _give_up(held: Import, bad: Unreadable, now: datetime) -> None:
    move(held, "refuse")
    held.trouble = {"rule": bad.rule, "detail": str(bad).partition(": ")[2]}
    held.finished_at = now
    held.save()
    reading.remove(held.stored)
    note(trouble=bad.rule)


def check_rows(held: Import, *, by: Actor, now: datetime) -> bool:
    """Check the next chunk; False when none is left."""
    if isinstance(importer(held.kind), SealedList):
        return check_some(held, by=by, now=now)
    try:
        rows, after = reading.rows_from(held.stored, held.position, CHUNK)
    except Unreadable:
        return False
    if rows:
        check_chunk(held, rows, after, by=by, now=now)
    return bool(rows)


@action("import.check", needs=may_work_on)
def check_chunk(held: Import, rows: list[reading.Line], after: int, *, by: Actor, now: datetime) -> Import:
    """Stage a chunk of rows with their faults, and whether they are new, changed or the same."""
    kind = importer(held.kind)
    read = parser(kind, held.chosen, held.head["names"])
    checked = [read.row(*line) for line in rows]
    kind.check(checked, held.chosen.get("options", {}))
    if not kind.keeps_unread:
        _forget_unread(checked, set(read.columns.values()))
    staging.add_rows(held.pk, list(_judged(held, kind, checked)))
    held.position = after
    held.counts = {**held.counts, "checked": held.counts.get("checked", 0) + len(rows)}
    held.save(update_fields=["position", "counts"])
    note(rows=len(rows), first=rows[0][0], last=rows[-1][0])
    return held


def _forget_unread(checked: list[Checked], read: set[int]) -> None:
    """Of cells nobody chose nothing is kept, of the others no number of a person."""
    for one in checked:
        one.cells = [redact(cell)[0] if at in read else "" for at, cell in enumerate(one.cells)]


def _judged(held: Import, kind: Importer, checked: list[Checked]) -> Iterator[tuple[Checked, str, str]]:
    """Each row with its digest and fate; the same thing twice in one file is a fault of the later row."""
    keys = [one.key for one in checked if one.key]
    seen, known = staging.earlier(held.pk, keys), staging.known(held.source_id, held.kind, keys)
    for one in checked:
        digest = staging.digest_of(said(kind, one.values))
        if one.key and one.key in seen:
            first, other = seen[one.key]
            one.fault("", "duplicate" if other == digest else "duplicate_differs", str(first))
            one.key = ""
        elif one.key:
            seen[one.key] = (one.number, digest)
        fate = Fate.CHANGED if one.record else Fate.NEW
        if one.key in known:
            one.record, before = known[one.key]
            fate = Fate.SAME if before == digest else Fate.CHANGED
        elif one.record and not one.differs:
            fate = Fate.SAME
        yield one, digest, Fate.FAULTY if one.faults and fate is not Fate.SAME else fate


@action("import.finish_checking", needs=may_work_on)
def finish_checking(held: Import, *, by: Actor, now: datetime) -> Import:
    """Look at the file as a whole: circles, probable duplicates, places that cannot be. Then it is a person's turn."""
    kind = importer(held.kind)
    if held.counts.get("checked", 0) < held.rows:
        _give_up(held, Unreadable("gone"), now)
        return held
    if kind.crosses:
        _cross(held, kind)
    if kind.compares:
        _compare(held, kind)
    if isinstance(kind, SealedList):
        again, counts = 0, _staged(held, kind)
    else:
        again = staging.leave_out_again(held.source_id, held.kind, held.pk)
        counts = {**staging.counts(held.pk), "gone": staging.gone(held.source_id, held.kind, held.pk)}
    held.counts = {**held.counts, **counts, "doubts": Doubt.objects.filter(of=held).count()}
    move(held, "finish_checking")
    if not Doubt.objects.filter(of=held, decision=Decision.OPEN).exists():
        move(held, "settle")
    held.save()
    note(**{name: held.counts.get(name, 0) for name in (*Fate.values, "gone", "doubts")}, again=again)
    return held


def _staged(held: Import, kind: SealedList) -> dict[str, Any]:
    """Find rows that are in the file twice, and count."""
    for number, fault in kind.doubled(held.pk):
        row, is_fresh = Row.objects.get_or_create(
            of=held, number=number, defaults={"cells": [], "values": {}, "faults": [fault], "fate": Fate.FAULTY}
        )
        if not is_fresh:
            row.faults, row.fate = [*row.faults, fault], Fate.FAULTY
            row.save(update_fields=["faults", "fate"])
        Doubt.objects.filter(of=held, number=number).delete()
    counts = staging.counts(held.pk)
    return {
        "faulty": counts.get(Fate.FAULTY, 0),
        **kind.fates(held.pk),
        "faults": counts["faults"],
        "hints": counts["hints"],
    }


def _rows(held: Import) -> Iterator[Row]:
    return Row.objects.filter(of=held).order_by("number").iterator(2000)


def _cross(held: Import, kind: Importer) -> None:
    rows = (
        Checked(r.number, r.cells, r.values, r.faults, key=r.key, record=r.record, rank=r.rank) for r in _rows(held)
    )
    found = sorted(kind.cross(rows, held.chosen.get("options", {})), key=lambda pair: pair[0])
    for number, faults in groupby(found, key=lambda pair: pair[0]):
        row = Row.objects.get(of=held, number=number)
        row.faults = [*row.faults, *(fault for _, fault in faults)]
        row.fate = Fate.FAULTY
        row.save(update_fields=["faults", "fate"])


def _compare(held: Import, kind: Importer) -> None:
    fresh: list[Named] = []
    placed: list[Named] = []
    for row in _rows(held):
        named = kind.named(row.number, row.values)
        if named is None or row.fate == Fate.SAME or {f["rule"] for f in row.faults} - JOINABLE:
            continue
        if row.record is None:
            fresh.append(named)
        placed.append(named)
    known = kind.known()
    names = {one.key: one.name for one in (*placed, *known)}
    doubts = [_like(held, one, names) for one in _best(alike(fresh, known, kind.towns()))]
    doubts += [_outlier(held, one, names) for one in outliers(placed, **_county(kind))]
    doubts += [Doubt(of=held, **given) for given in kind.doubts(_rows(held))]
    Doubt.objects.bulk_create(doubts, batch_size=1000)


def _county(kind: Importer) -> dict[str, Any]:
    """A circle round the county's box, with room at its edge; nothing when the county is not drawn."""
    box = kind.box()
    if box is None:
        return {}
    west, south, east, north = box
    half = metres((west, south), (east, north)) / 2
    return {"centre": ((west + east) / 2, (south + north) / 2), "extent": half + max(half / 10, EDGE)}


def _best(found: list[Likeness]) -> Iterator[Likeness]:
    """The best few of each row."""
    for _key, likes in groupby(sorted(found, key=lambda one: (one.key, -one.score)), key=lambda one: one.key):
        yield from list(likes)[:MOST_LIKE]


def _like(held: Import, one: Likeness, names: dict[str, str]) -> Doubt:
    is_row = one.other.startswith("row ")
    number = int(one.other.split()[1])
    return Doubt(
        of=held, number=int(one.key.split()[1]), kind=DoubtKind.SAME_ROW if is_row else DoubtKind.SAME_RECORD,
        other_row=number if is_row else None, other_record=None if is_row else number, name=names[one.key][:120],
        other_name=names[one.other][:120], score=one.score, reasons=[[r.code, r.value] for r in one.reasons],
    )  # fmt: skip


def _outlier(held: Import, one: Outlier, names: dict[str, str]) -> Doubt:
    away = f"{one.metres / 1000:.1f}"
    reason = {
        "outside": ["from_centre", away], "far_from_town": ["from_town", away, one.town],
        "shared_point": ["with_others", str(one.others)],
    }[one.kind]  # fmt: skip
    return Doubt(
        of=held, number=int(one.key.split()[1]), kind=one.kind, name=names[one.key][:120], other_name=one.town,
        score=one.metres, reasons=[reason],
    )  # fmt: skip
