"""A firm's side of the daily sheet: handing it in, adding a line, withdrawing, answering, objecting."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.bulk import ids
from wangge.core.daily_sheet import Line, part
from wangge.core.redaction import find
from wangge.core.states import ForbiddenMove
from wangge.people.models import Managing, Sheet, SheetLine
from wangge.people.queries.sheets import doors_of
from wangge.people.rules import may_answer, may_hand_in
from wangge.people.sheet_words import LINE_MOVES, LineKind, LineReason, LineState
from wangge.people.words import COMPARTMENT
from wangge.places.models import Building
from wangge.vault import actions as vault

LONGEST = 200
DoorKey = tuple[int, str, str]


@action("sheet.hand_in", needs=may_hand_in)
def hand_in(held: Managing, *, lines: Sequence[Line], by: Actor, now: datetime) -> Sheet:
    """Hand in the whole sheet of today; no line says that nothing is new.

    Handed in again, it takes the place of what nobody has worked on; a line that was worked on stays as it is, and the
    new line of the same door is left out.
    """
    sheet = _sheet(held, by, now)
    replaced, _by_table = SheetLine.objects.filter(sheet=sheet, state=LineState.WAITING).delete()
    worked_on = _doors(SheetLine.objects.filter(sheet=sheet))
    fresh = [line for line in lines if _key(line) not in worked_on]
    _keep(sheet, fresh)
    note(lines=len(fresh), replaced=replaced, left_out=len(lines) - len(fresh))
    return sheet


@action("sheet.add_line", needs=may_hand_in)
def add_line(held: Managing, *, line: Line, by: Actor, now: datetime) -> Sheet:
    """Add one line to the sheet of today."""
    sheet = _sheet(held, by, now)
    if _key(line) in _doors(SheetLine.objects.filter(sheet=sheet).exclude(state=LineState.WITHDRAWN)):
        raise Refused(_("This door stands on today's sheet already."))
    _keep(sheet, [line])
    note(kind=line.what.value)
    return sheet


@action("sheet_line.withdraw", needs=may_answer)
def withdraw_line(line: SheetLine, *, by: Actor, now: datetime) -> SheetLine:
    """The firm says that its line was not so; what it had said of persons goes."""
    held = turned(line, "withdraw")
    held.name = held.phone = held.said = held.answer = None
    held.save(update_fields=["state", "name", "phone", "said", "answer"])
    return held


@action("sheet_line.answer", needs=may_answer)
def answer(
    line: SheetLine, *, kind: LineKind, people: int | None, text: str = "", by: Actor, now: datetime
) -> SheetLine:
    """The firm puts a line right that came back, or says that it is so."""
    held = turned(line, "answer")
    if held.inside_id is not None and kind is not LineKind.UNREGISTERED:
        raise Refused(_("The register knows no such door: only “lived in, not registered” can be said of it."))
    comes = kind in (LineKind.MOVED_IN, LineKind.UNREGISTERED)
    if not comes:
        held.name = held.phone = None
    held.kind, held.people = kind, people if comes else None
    held.answer = sealed_words(held.pk, "answer", text)
    held.save(update_fields=["state", "kind", "people", "name", "phone", "answer"])
    note(kind=kind.value)
    return held


@action("sheet_line.object", needs=may_answer)
def object_to(line: SheetLine, *, reason: LineReason, text: str = "", by: Actor, now: datetime) -> SheetLine:
    """The firm says that what the community wrote down from its line is not so."""
    held = turned(line, "object")
    held.reason, held.answer = reason, sealed_words(held.pk, "answer", text)
    held.save(update_fields=["state", "reason", "answer"])
    note(reason=reason.value)
    return held


def turned(line: SheetLine, verb: str) -> SheetLine:
    """Return the line, locked, in the state after the verb; the caller saves it. Raises Refused when it cannot be."""
    held = SheetLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    try:
        held.state = LINE_MOVES.after(held.state, verb)
    except ForbiddenMove as forbidden:
        raise Refused(_("This line has gone on meanwhile: %(state)s.") % {"state": held.get_state_display()}) from (
            forbidden
        )
    return held


def sealed_words(pk: int, column: str, text: str) -> bytes | None:
    """Seal what one side writes to the other of a door; nothing said, nothing kept."""
    plain = " ".join(text.split())
    if len(plain) > LONGEST:
        raise Refused(_("A note has at most 200 characters."))
    if find(plain):
        raise Refused(_("The note holds a number of a person. Take it out."))
    return vault.seal(COMPARTMENT, plain, **place_of(pk, column)) if plain else None


def place_of(pk: int, column: str) -> dict[str, str]:
    """Where a value of a line is bound to."""
    return {"table": SheetLine._meta.db_table, "column": column, "row": str(pk)}


def _sheet(held: Managing, by: Actor, now: datetime) -> Sheet:
    """The sheet of today, locked; made when it is the first of the day."""
    today = localdate(now)
    if held.until is not None and held.until < today:
        raise Refused(_("Your firm manages this compound no longer."))
    said = {"area_id": held.area_id, "handed_in_at": now, "by_id": by.account_id}
    sheet, is_new = Sheet.objects.select_for_update(no_key=True).get_or_create(
        firm_id=held.firm_id, compound_id=held.compound_id, day=today, defaults=said
    )
    if not is_new:
        sheet.handed_in_at, sheet.by_id = now, by.account_id
        sheet.save(update_fields=["handed_in_at", "by"])
    return sheet


def _keep(sheet: Sheet, lines: Sequence[Line]) -> None:
    """Write the lines with their sealed fields, all at once."""
    if not lines:
        return
    grids = dict(Building.objects.filter(pk__in={line.building for line in lines}).values_list("pk", "grid_id"))
    known = {door.dwelling: door.area for door in doors_of(sheet.compound_id)}
    areas = [known[line.dwelling] if line.dwelling else grids[line.building] for line in lines]
    numbers = ids(SheetLine, len(lines))
    SheetLine.objects.bulk_create(
        SheetLine(
            pk=pk, sheet=sheet, firm_id=sheet.firm_id, area_id=area, building_id=line.building,
            dwelling_id=line.dwelling, inside_id=None if line.dwelling else line.building, unit=line.unit,
            room=line.room, kind=line.what.value, people=line.people, tenure=line.tenure,
            **{
                column: vault.seal(COMPARTMENT, value, **place_of(pk, column))
                for column, value in (("name", line.name), ("phone", line.phone)) if value
            },
        )
        for pk, line, area in zip(numbers, lines, areas, strict=True)
    )  # fmt: skip


def _key(line: Line) -> DoorKey:
    return line.building, part(line.unit), part(line.room)


def _doors(lines: Iterable[SheetLine]) -> set[DoorKey]:
    return {(line.building_id, part(line.unit), part(line.room)) for line in lines}
