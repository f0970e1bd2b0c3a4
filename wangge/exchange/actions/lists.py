"""Lists of persons piece by piece, two at a time where there are two: one here, the next beside it."""

from collections.abc import Callable
from datetime import datetime

from wangge.access.action import action, note
from wangge.access.actor import Actor
from wangge.core.sheets import Unreadable
from wangge.exchange import lanes, reading
from wangge.exchange.importer import Checked, importer
from wangge.exchange.lanes import Piece
from wangge.exchange.models import Doubt, Import
from wangge.exchange.parsing import parser
from wangge.exchange.queries import staging
from wangge.exchange.rules import may_work_on
from wangge.exchange.sealed_list import Decided, SealedList
from wangge.exchange.words import Decision, Fate

CHUNK = 5_000


def check_two(held: Import, *, by: Actor, now: datetime) -> bool:
    """Stage the next piece, and the one after it if there is a whole one; False when none is left."""
    left = held.rows - held.counts.get("checked", 0)
    second = reading.place_after(held.stored, held.position, CHUNK) if left >= 2 * CHUNK else None
    return _two(check_piece, "checked", second, held, by=by, now=now)


def take_two(held: Import, *, by: Actor, now: datetime) -> bool:
    """Write the next piece and the one after it; before the first, what a person decided comes true."""
    kind, second = _kind(held), None
    if not held.position and not held.counts.get("done"):
        said = Doubt.objects.filter(of=held).exclude(decision=Decision.OPEN).order_by("decided_at", "pk")
        kind.settle(held.pk, [Decided(d.number, d.decision, d.other_row, d.other_record) for d in said], now=now)
    elif (first := kind.piece_end(held.pk, held.position)) is not None:
        second = first if kind.piece_end(held.pk, first) is not None else None
    return _two(take_piece, "done", second, held, by=by, now=now)


def _two(
    work: Callable[..., Piece | None], counted: str, second: int | None, held: Import, *, by: Actor, now: datetime
) -> bool:
    with lanes.asked(work, held.pk, second, by=by, now=now) as answer:
        pieces = [work(held, held.position, by=by, now=now), answer()]
    for rows, held.position in filter(None, pieces):
        held.counts = {**held.counts, counted: held.counts.get(counted, 0) + rows}
    held.save(update_fields=["position", "counts"])
    return pieces[0] is not None


def check_piece(held: Import, place: int, *, by: Actor, now: datetime) -> Piece | None:
    """Stage the piece that begins at a place of the file."""
    try:
        rows, after = reading.rows_from(held.stored, place, CHUNK, seals=_kind(held).seals)
    except Unreadable:
        return None
    if rows:
        check_sealed(held, rows, by=by, now=now)
    return (len(rows), after) if rows else None


@action("import.check", needs=may_work_on)
def check_sealed(held: Import, rows: list[reading.Line], *, by: Actor, now: datetime) -> Import:
    """Let the app keep what is good of some rows; of the others stay number, column and rule."""
    kind, first, last = _kind(held), rows[0][0], rows[-1][0]
    staging.alone_with(held.pk, first)
    staging.take_back(held.pk, first, last)  # what a process that was killed had kept of them
    kind.unstage(held.pk, first, last)
    read = parser(kind, held.chosen, held.head["names"])
    checked = [read.row(*line) for line in rows]
    doubts = kind.stage(checked, held.chosen.get("options", {}), by=by, now=now, of=held.pk)
    told = [one for one in checked if one.faults or one.hints]
    staging.add_rows(held.pk, [(_silenced(one), "", Fate.FAULTY if one.faults else Fate.NEW) for one in told])
    Doubt.objects.bulk_create([Doubt(of=held, **given) for given in doubts], batch_size=1000)
    note(rows=len(rows), first=first, last=last)
    return held


def _silenced(one: Checked) -> Checked:
    return Checked(one.number, [], {}, one.faults, one.hints, record=one.record, differs=one.differs, rank=one.rank)


def take_piece(held: Import, place: int, *, by: Actor, now: datetime) -> Piece | None:
    """The app writes the piece of what it staged that begins after a place."""
    staging.alone_with(held.pk, place)
    return _kind(held).take_piece(held.pk, place, by=by, now=now)


def _kind(held: Import) -> SealedList:
    kind = importer(held.kind)
    assert isinstance(kind, SealedList)
    return kind
