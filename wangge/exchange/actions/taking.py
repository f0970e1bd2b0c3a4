"""Writing the rows in chunks: each chunk whole or not at all, and what it wrote noted beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.exchange import reading
from wangge.exchange.actions.checking import JOINABLE
from wangge.exchange.actions.lists import take_some
from wangge.exchange.actions.moving import move
from wangge.exchange.importer import Importer, Taking, Written, importer
from wangge.exchange.models import Import, Row
from wangge.exchange.queries import constraints, staging
from wangge.exchange.rules import may_work_on
from wangge.exchange.sealed_list import SealedList
from wangge.exchange.words import Fate, Outcome

CHUNK = 5_000


@dataclass
class Chunk:
    """A chunk on its way: what to write first, what to join afterwards, and what becomes of each row."""

    first: list[Taking] = field(default_factory=list)
    joins: list[tuple[int, dict[str, Any], int | None, int | None]] = field(default_factory=list)
    outcomes: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    said: dict[int, tuple[str, str]] = field(default_factory=dict)  # row: key and digest


def take_rows(held: Import, *, by: Actor, now: datetime) -> bool:
    """Write the next chunk and note where it ended; False when none is left. The transaction is the caller's."""
    kind = importer(held.kind)
    if isinstance(kind, SealedList):
        return take_some(held, by=by, now=now)
    rows = staging.next_rows(held.pk, held.rank, held.position, CHUNK)
    rows = [row for row in rows if row[1] == rows[0][1]]  # parents first: one rank at a time
    if not rows:
        return False
    chunk = sorted_out(rows, known_by_now(held, rows))
    options = held.chosen.get("options", {})
    written = _take(kind, chunk.first, options, chunk, by=by, now=now, of=held.pk)
    written += _take(kind, _joined(held, chunk), options, chunk, by=by, now=now, of=held.pk)
    staging.add_changes(held.pk, sorted(written, key=lambda one: one.number))
    staging.set_outcomes(held.pk, [(n, outcome, record) for n, (outcome, record) in chunk.outcomes.items()])
    staging.remember(held.source_id, held.kind, held.pk, [
        (*chunk.said[number][:1], record, chunk.said[number][1])
        for number, (outcome, record) in chunk.outcomes.items()
        if record and outcome in (Outcome.TAKEN, Outcome.MERGED) and chunk.said[number][0]
    ])  # fmt: skip
    held.position, held.rank = rows[-1][0], rows[-1][1]
    held.counts = {**held.counts, "done": held.counts.get("done", 0) + len(rows)}
    held.save(update_fields=["position", "rank", "counts"])
    return True


def known_by_now(held: Import, rows: Sequence[staging.Next]) -> dict[str, int]:
    """Records of rows that were new when they were checked: another file of the source may have been quicker."""
    keys = [row[4] for row in rows if row[4] and row[3] is None]
    found = staging.known(held.source_id, held.kind, keys)
    return {key: record for key, (record, _digest) in found.items()}


def sorted_out(rows: Sequence[staging.Next], known: Mapping[str, int]) -> Chunk:
    """Which rows are written, which joined, which left: by their fate and by what a person decided."""
    chunk = Chunk()
    for number, _rank, values, record, key, digest, fate, faults, decision, other_row, other_record in rows:
        chunk.said[number] = (key, digest)
        joins = decision == "same"
        if fate == Fate.SAME:
            chunk.outcomes[number] = (Outcome.UNCHANGED, record)
        elif decision == "out" or (fate == Fate.FAULTY and (not joins or {f["rule"] for f in faults} - JOINABLE)):
            chunk.outcomes[number] = (Outcome.LEFT_OUT, None)
        elif joins:
            chunk.joins.append((number, values, other_row, other_record))
        else:
            chunk.first.append(Taking(number, values, record or known.get(key)))
    return chunk


def _joined(held: Import, chunk: Chunk) -> list[Taking]:
    """Rows a person joined with others: the other row comes earlier in the file, so it has its record by now."""
    earlier = staging.records_of(held.pk, [row for _, _, row, _ in chunk.joins if row is not None])
    takings = []
    for number, values, other_row, other_record in sorted(chunk.joins, key=lambda one: one[0]):
        record = other_record
        if other_row is not None:
            record = chunk.outcomes.get(other_row, ("", None))[1] or earlier.get(other_row)
        if record is None and "lon" not in values:
            chunk.outcomes[number] = (Outcome.LEFT_OUT, None)
            continue
        chunk.outcomes[number] = (Outcome.MERGED if record else Outcome.TAKEN, record)
        takings.append(Taking(number, values, record, is_joined=record is not None))
    return takings


def _take(
    kind: Importer, rows: Sequence[Taking], options: dict[str, Any], chunk: Chunk, *, by: Actor, now: datetime, of: int
) -> list[Written]:
    """Write rows; when the database or a rule refuses one of them, find it by halving and write the others."""
    if not rows:
        return []
    try:
        with transaction.atomic():
            written = kind.take(rows, options, by=by, now=now, of=of)
            constraints.check_now()
    except (IntegrityError, Refused):
        if kind.may(by) is not None:
            raise
        if len(rows) == 1:
            chunk.outcomes[rows[0].number] = (Outcome.FAILED, None)
            return []
        half = len(rows) // 2
        return [
            one
            for part in (rows[:half], rows[half:])
            for one in _take(kind, part, options, chunk, by=by, now=now, of=of)
        ]
    first: dict[int, int] = {}
    for one in written:
        first.setdefault(one.number, one.record)
    for row in rows:
        if row.is_joined:
            continue
        chunk.outcomes[row.number] = (Outcome.TAKEN, first.get(row.number, row.record))
    return written


@action("import.finish_taking", needs=may_work_on)
def finish_taking(held: Import, *, by: Actor, now: datetime) -> Import:
    """All rows are where they belong; the file is no longer needed."""
    move(held, "finish_taking")
    kind = importer(held.kind)
    if isinstance(kind, SealedList):
        Row.objects.filter(of=held).update(
            outcome=Case(When(fate=Fate.FAULTY, then=Value(Outcome.LEFT_OUT)), default=Value(Outcome.TAKEN))
        )
        outcomes = kind.outcomes(held.pk)
        outcomes[Outcome.LEFT_OUT] = outcomes.get(Outcome.LEFT_OUT, 0) + held.counts.get("faulty", 0)
        kind.forget(held.pk)
    else:
        outcomes = staging.outcomes(held.pk)
    held.counts = {**held.counts, "outcomes": {name: number for name, number in outcomes.items() if number}}
    held.finished_at = now
    held.save()
    reading.remove(held.stored)
    note(**{name or "waiting": number for name, number in held.counts["outcomes"].items()})
    return held
