"""What a person decided of doubtful rows comes true; what a page may show of them, opened and masked for it."""

from collections.abc import Sequence
from typing import Any

from wangge.core.masking import masked_name
from wangge.exchange.sealed_list import Decided
from wangge.people.models import Arrival, Person
from wangge.people.words import COMPARTMENT, Fate, Kept
from wangge.vault import actions as vault
from wangge.vault import queries as opened

TABLE = Person._meta.db_table


def settle(of: int, decided: Sequence[Decided]) -> None:
    """Rows left out, rows that are somebody known, rows that are one."""
    rows = {row.number: row for row in Arrival.objects.filter(of_id=of, number__in={each.number for each in decided})}
    for each in decided:
        row = rows.get(each.number)
        if row is None:
            continue
        if each.decision == "same" and each.other_row is not None:
            row.fate = Fate.OUT
        elif each.decision == "same" and each.other_record is not None:
            _join(row, each.other_record)
        elif each.decision == "out" or row.moves:
            row.fate = Fate.OUT
        row.save()


def _join(row: Arrival, record: int) -> None:
    """The row is this person: its values are sealed anew for the row of the person, who may have to move here."""
    known = Person.objects.select_related("home").get(pk=record)
    held = {kept: getattr(row, kept.value) for kept in Kept if getattr(row, kept.value) is not None}
    place = row.record_id or row.pk
    clear = opened.open_many(COMPARTMENT, [(bytes(v), TABLE, kept.value, str(place)) for kept, v in held.items()])
    places = [(value or "", TABLE, kept.value, str(record)) for kept, value in zip(held, clear, strict=True)]
    for kept, sealed in zip(held, vault.seal_many(COMPARTMENT, places), strict=True):
        setattr(row, kept.value, sealed)
    row.record = known
    row.fills = ",".join(kept for kept in held if getattr(known, kept.value) is None)
    row.moves = known.home is None or known.home.dwelling_id != row.dwelling_id
    row.fate = Fate.CHANGED if row.fills or row.moves else Fate.SAME


def shown(of: int, doubts: Sequence[Any]) -> dict[int, tuple[str, str]]:
    """Both names of each doubt, masked; nothing where the reader sees neither row nor person."""
    numbers = {n for each in doubts for n in (each.number, each.other_row) if n is not None}
    rows = {row.number: row for row in Arrival.objects.filter(of_id=of, number__in=numbers)}
    persons = Person.objects.in_bulk([each.other_record for each in doubts if each.other_record is not None])
    sealed: dict[tuple[str, int], tuple[bytes, str, str, str]] = {
        ("row", n): (bytes(row.name), TABLE, "name", str(row.record_id or row.pk)) for n, row in rows.items()
    }
    sealed |= {("person", pk): (bytes(one.name), TABLE, "name", str(pk)) for pk, one in persons.items()}
    masks = opened.open_masked(COMPARTMENT, list(sealed.values()), {"name": masked_name})
    names = dict(zip(sealed, masks, strict=True))
    return {
        each.pk: (
            names.get(("row", each.number)) or "",
            names.get(("row", each.other_row or 0)) or names.get(("person", each.other_record or 0)) or "",
        )
        for each in doubts
    }
