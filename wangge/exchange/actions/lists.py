"""Lists of persons piece by piece, several at a time where there are: one here, the next ones beside it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from wangge.access.action import action, note
from wangge.access.actor import Actor
from wangge.core.sheets import Unreadable
from wangge.exchange import reading
from wangge.exchange.importer import Checked, importer
from wangge.exchange.lanes import MOST, Piece, asked, close
from wangge.exchange.models import Doubt, Import
from wangge.exchange.parsing import parser
from wangge.exchange.queries import staging
from wangge.exchange.rules import may_work_on
from wangge.exchange.sealed_list import Decided, SealedList
from wangge.exchange.words import Decision, Fate

CHUNK = 5_000


def check_some(held: Import, *, by: Actor, now: datetime) -> bool:
    """Stage the next piece, and whole ones after it beside; False when none is left."""
    others, left, place = list[int](), held.rows - held.counts.get("checked", 0), held.position
    while len(others) < MOST and left >= CHUNK * (len(others) + 2):
        place = reading.place_after(held.stored, place, CHUNK)
        others.append(place)
    return _some(check_piece, "checked", others, held, by=by, now=now)


def take_some(held: Import, *, by: Actor, now: datetime) -> bool:
    """Write the next piece, and others after it beside; before the first, what a person decided comes true."""
    kind, others = _kind(held), list[int]()
    if not held.position and not held.counts.get("done"):
        said = Doubt.objects.filter(of=held).exclude(decision=Decision.OPEN).order_by("decided_at", "pk")
        kind.settle(held.pk, [Decided(d.number, d.decision, d.other_row, d.other_record) for d in said], now=now)
        return _some(take_piece, "done", (), held, by=by, now=now)
    following = kind.piece_end(held.pk, held.position)
    while following is not None and len(others) < MOST:
        place, following = following, kind.piece_end(held.pk, following)
        others += [place] if following is not None else []
    if _some(take_piece, "done", others, held, by=by, now=now):
        return True
    close(held.pk)
    return False


def _some(
    work: Callable[..., Piece | None], counted: str, others: Sequence[int], held: Import, *, by: Actor, now: datetime
) -> bool:
    with asked(work, held.pk, others, by=by, now=now) as answered:
        own = work(held, held.position, by=by, now=now)
        pieces = [own, *answered()] if own else []
    for rows, held.position in pieces:
        held.counts = {**held.counts, counted: held.counts.get(counted, 0) + rows}
    held.save(update_fields=["position", "counts"])
    return own is not None


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
