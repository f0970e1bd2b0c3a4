"""What an app registers to have its lists brought in: fields, options, checks, and how rows become records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.core.columns import Wanted
from wangge.core.coordinates import Spot
from wangge.core.likeness import Named

Label = str | Promise
Values = dict[str, Any]
Fault = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """A field of a list: its code, its label, what its cells may hold, the names people give the column."""

    code: str
    label: Label
    kind: str = "text"  # text, integer, number, day, code, firm, phone, yes_no, choice, lon, lat, geometry
    names: tuple[str, ...] = ()
    required: bool = False
    longest: int = 80
    least: float = 0
    most: float = 1_000_000
    units: str = ""
    lengths: tuple[int, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    is_said: bool = True  # part of what the source says; not so what a rule of ours works out

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.code, self.names)


@dataclass(frozen=True)
class Option:
    """Something that holds for the whole file, such as the scheme and year of its codes."""

    code: str
    label: Label
    kind: str = "text"  # text, integer, choice
    required: bool = False
    hint: Label = ""
    choices: tuple[tuple[str, Label], ...] = ()
    least: int = 0
    most: int = 0
    default: str = ""


@dataclass
class Checked:
    """A row on its way: `record` is what it stands for already, `differs` whether it says something else of it."""

    number: int
    cells: list[str]
    values: Values
    faults: list[Fault] = field(default_factory=list)
    hints: list[Fault] = field(default_factory=list)
    key: str = ""
    record: int | None = None
    differs: bool = True
    rank: int = 0

    def fault(self, code: str, rule: str, detail: str = "") -> None:
        self.faults.append({"field": code, "rule": rule, "detail": detail})

    def hint(self, code: str, rule: str, detail: str = "", column: str = "") -> None:
        """Say something of a cell that does not keep the row from being taken."""
        self.hints.append({"field": code, "rule": rule, "detail": detail, "column": column})


@dataclass(frozen=True)
class Taking:
    """A row to write: as new, over `record`, or joined with `record` which a person said it is."""

    number: int
    values: Values
    record: int | None
    is_joined: bool = False


@dataclass(frozen=True)
class Written:
    """A record a row made (`before` is None) or changed; the first of a row is what its key stands for."""

    number: int
    model: type[Model]
    record: int
    before: Values | None = None


@dataclass(frozen=True)
class Ground:
    """What lies under the points of the preview: a line or surface of the base map, in degrees."""

    kind: str  # area, water, green, road
    rings: tuple[tuple[Spot, ...], ...]
    is_closed: bool


class Importer:
    """A kind of list. Apps subclass it and register one instance of each."""

    kind: str
    label: Label
    icon: str = "list"
    role: str = "system_admin"
    seals = ""  # the compartment in which a list of persons lies sealed
    fields: tuple[Field, ...] = ()
    options: tuple[Option, ...] = ()
    rules: Mapping[str, Label] = {}
    compares = False  # the same thing may come under two names
    crosses = False  # rows refer to rows of the same file
    keeps_unread = True  # cells of columns that nobody chose stay in the report
    apart: Label = _("Two places")  # what somebody says to a likeness that is none

    def may(self, actor: Actor) -> str | None:
        """A reason why the actor may not bring in such a list."""
        raise NotImplementedError

    def role_of(self, actor: Actor) -> str:
        """The role in whose name this actor brings such a list in; who holds it sees the import."""
        return self.role

    def refused(self, names: Sequence[str]) -> str:
        """The header of a column for which the whole file is refused, such as one of passwords."""
        return ""

    def never_read(self, names: Sequence[str]) -> tuple[str, ...]:
        """Headers of columns that are emptied before anything of them is kept."""
        return ()

    @property
    def has_points(self) -> bool:
        return any(one.kind == "lon" for one in self.fields)

    def field(self, code: str) -> Field | None:
        return next((one for one in self.fields if one.code == code), None)

    def check(self, rows: Sequence[Checked], options: Values) -> None:
        """Find what the rows refer to and what they stand for already; give each its key; add faults."""
        raise NotImplementedError

    def cross(self, rows: Iterator[Checked], options: Values) -> Iterator[tuple[int, Fault]]:
        """Faults that only the whole file shows, such as a circle of parents."""
        yield from ()

    def named(self, number: int, values: Values) -> Named | None:
        """The row as a named place, for kinds in which the same thing comes under two names."""
        return None

    def known(self) -> list[Named]:
        """What is in the register already, keyed by record."""
        return []

    def doubts(self, rows: Iterable[Any]) -> Iterator[Values]:
        """Other doubts of the staged rows, as fields of a doubt."""
        yield from ()

    def towns(self) -> tuple[str, ...]:
        """Names that may stand before a place's own."""
        return ()

    def box(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north of the county, when it is known."""
        return None

    def ground(self) -> list[Ground]:
        """What the preview draws under the points."""
        return []

    def take(self, rows: Sequence[Taking], options: Values, *, by: Actor, now: datetime, of: int) -> list[Written]:
        """Write the rows by an action of the app, with one entry in the book."""
        raise NotImplementedError

    def give_back(self, changes: Sequence[Any], *, by: Actor, now: datetime, of: int) -> dict[int, str]:
        """Undo changes by an action of the app; the answer says for each change what hindered it, or nothing."""
        raise NotImplementedError

    def keep_back(self, changes: Sequence[Any], *, by: Actor, now: datetime, of: int) -> dict[int, str]:
        """What is done with changes that cannot be given back, when it is more than to leave them; by change."""
        return {}


_KNOWN: dict[str, Importer] = {}


def register(*importers: Importer) -> None:
    """Called by an app when it is ready; twice changes nothing."""
    for one in importers:
        _KNOWN[one.kind] = one


def importers() -> tuple[Importer, ...]:
    """All kinds, in the order in which a county fills its register."""
    return tuple(_KNOWN.values())


def importer(kind: str) -> Importer:
    """The importer of a kind. Raises KeyError."""
    return _KNOWN[kind]
