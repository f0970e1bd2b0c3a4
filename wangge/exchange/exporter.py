"""What an app registers to have its lists taken out: columns of a closed set of types, filters, rows in chunks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from wangge.access.actor import Actor

Label = str | Promise
Cell = str | int | float | date | datetime | None
Given = Mapping[str, str]
CHUNK = 2_000


class Type(StrEnum):
    """What a column may hold. There is none for a person, a number to call, an identity or what residents wrote."""

    CODE = "code"  # the number or code of a thing
    PLACE = "place"  # the name of an area, a compound or a building
    UNIT = "unit"  # the name of an organisation
    WORD = "word"  # a word of a closed list
    COUNT = "count"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"


NUMERIC = frozenset({Type.COUNT, Type.NUMBER})


@dataclass(frozen=True)
class Column:
    """A column: its code, its label, its type, and the field of the model it is read from."""

    code: str
    label: Label
    type: Type
    of: str  # such as cases.Case.number; a test looks what stands there


@dataclass(frozen=True)
class Filter:
    """Something by which the list is narrowed: an area, a word of a list, a day."""

    code: str
    label: Label
    kind: str = "choice"  # choice, day
    required: bool = False


class Exporter:
    """A kind of list. Apps subclass it and register one instance of each."""

    kind: str
    label: Label
    holds: Label
    icon: str = "table"
    columns: tuple[Column, ...] = ()
    filters: tuple[Filter, ...] = ()

    def may_ask(self, actor: Actor) -> str | None:
        """A reason why the actor may not ask for such a list."""
        raise NotImplementedError

    def choices(self, code: str, actor: Actor) -> list[tuple[str, Label]]:
        """What a filter offers to the actor."""
        raise NotImplementedError

    def said(self, code: str, value: str) -> str:
        """What was chosen in a filter, in words; also for who could not have chosen it."""
        raise NotImplementedError

    def count(self, given: Given, at: datetime) -> int:
        """How many rows the actor of the present transaction would take out, as things stood at a moment."""
        raise NotImplementedError

    def rows(self, given: Given, at: datetime, now: datetime) -> Iterator[tuple[Cell, ...]]:
        """Those rows as they are now, read in chunks by key."""
        raise NotImplementedError


def by_key(found: QuerySet[Model], *fields: str) -> Iterator[tuple[Any, ...]]:
    """The fields of all rows in the order of their keys; a chunk at a time, whatever is written meanwhile."""
    last = 0
    while chunk := list(found.filter(pk__gt=last).order_by("pk").values_list("pk", *fields)[:CHUNK]):
        last = chunk[-1][0]
        yield from (row[1:] for row in chunk)


_KNOWN: dict[str, Exporter] = {}


def register(*exporters: Exporter) -> None:
    """Called by an app when it is ready; twice changes nothing."""
    for one in exporters:
        _KNOWN[one.kind] = one


def exporters() -> tuple[Exporter, ...]:
    """All kinds."""
    return tuple(_KNOWN.values())


def exporter(kind: str) -> Exporter:
    """The exporter of a kind. Raises KeyError."""
    return _KNOWN[kind]
