"""Two entries side by side, field by field: what is equal, what only one of them has, where somebody has to choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wangge.people.models import Person
from wangge.people.queries.held import spoken
from wangge.people.queries.masked import mask
from wangge.people.words import COMPARTMENT, Kept, number_of, told_by
from wangge.vault import queries as vault

WISHES = "wishes"
FIELDS = (*(kept.value for kept in Kept), WISHES)

Values = Mapping[str, str | None]


class Verdict(StrEnum):
    """What is to be done about a field of two entries."""

    SAME = "same"
    ONE = "one"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Said:
    """A field of one entry: masked, who told it and when. Nothing kept and nothing told: nobody ever said."""

    masked: str
    source: str
    told_on: str

    @property
    def told_by(self) -> str:
        """Who told it, in words."""
        return told_by(self.source)


@dataclass(frozen=True)
class Compared:
    """One field of both. `is_newer` says whether what the entry that goes has was told later, or is alone known."""

    field: str
    verdict: Verdict
    kept: Said
    gone: Said
    is_newer: bool
    are_two_numbers: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to choose."""
        return self.verdict is Verdict.DIFFERS


def compared(kept: Person, gone: Person) -> list[Compared]:
    """Compare all fields of two entries; the values are opened for it in one batch and leave masked only."""
    values = opened([kept, gone])
    return [_compared(field, kept, gone, values[kept.pk], values[gone.pk]) for field in FIELDS]


def opened(persons: Sequence[Person]) -> dict[int, dict[str, str | None]]:
    """All fields of some persons in clear, to be compared: callers show none of it."""
    table = Person._meta.db_table
    places = [(getattr(one, field), table, field, str(one.pk)) for one in persons for field in FIELDS]
    found = iter(vault.open_many(COMPARTMENT, places))
    return {one.pk: {field: next(found) for field in FIELDS} for one in persons}


def told(person: Person, field: str) -> tuple[str, str]:
    """Who told a field and when; of what was never told, nobody."""
    source, day = person.told.get(field, ("", ""))
    if not source and getattr(person, field) is not None:
        return person.source, person.confirmed_on.isoformat()
    return source, day


def _compared(field: str, kept: Person, gone: Person, ours: Values, theirs: Values) -> Compared:
    mine, other = _said(kept, field, ours[field]), _said(gone, field, theirs[field])
    two = field == Kept.DOCUMENT and _differ(ours[field], theirs[field])
    return Compared(field, _verdict(field, mine, other, ours, theirs), mine, other, _is_newer(mine, other), two)


def _verdict(field: str, mine: Said, other: Said, ours: Values, theirs: Values) -> Verdict:
    if ours[field] == theirs[field]:
        return Verdict.SAME
    return Verdict.DIFFERS if mine.told_on and other.told_on else Verdict.ONE


def _is_newer(mine: Said, other: Said) -> bool:
    """What was taken back later counts as told: nobody's withdrawal is undone by an older entry."""
    return other.told_on > mine.told_on


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and number_of(one) != number_of(other)


def _said(person: Person, field: str, value: str | None) -> Said:
    source, day = told(person, field)
    shown = "" if value is None else spoken(field, value) if field == WISHES else mask(Kept(field), value)
    return Said(shown, source, day)
