"""What has an end: apps say once what they keep, what starts its time and how it goes. Nothing is removed by surprise.

A category is registered in AppConfig.ready; how many days it has is a rule of the catalogue under the same code. What
hangs on a person or a household is registered too, so that removing one never leaves a row that points to nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, Protocol

from django.db.models import Count, Min, QuerySet
from django.utils.timezone import make_aware

from wangge.core.retention import Start, Way

Key = int | str


class Over(NamedTuple):
    """Something whose time is over: its key, the area it lies in, the day its time started."""

    key: Key
    area: int | None
    since: date


class Summed(NamedTuple):
    """How many in one area are over, and the oldest of their days."""

    area: int | None
    rows: int
    oldest: date


class Category(Protocol):
    """Things of one kind that go. `newest` is the newest day that is over; what started later stays.

    `held` is a query of the ids of persons whose rows stay for now. `remove` returns how many rows of other tables went
    along, by table.
    """

    @property
    def code(self) -> str: ...
    @property
    def table(self) -> str: ...
    @property
    def start(self) -> Start: ...
    @property
    def way(self) -> Way: ...

    def summed(self, newest: date, held: QuerySet[Any, Any]) -> list[Summed]: ...
    def taken(self, newest: date, held: QuerySet[Any, Any], most: int) -> list[Over]: ...
    def remove(self, keys: Sequence[Key], newest: date) -> Mapping[str, int]: ...


@dataclass(frozen=True)
class OfRows:
    """A category of rows. `due` finds those over, annotated with `lies_in` and `begun`; it never finds what is open.

    `locks` names what `due` holds while rows go (as `of` of select_for_update), so that nobody opens it meanwhile; rows
    that somebody works on are left for the next night. `person` is the path to the person whose rows they are.
    """

    code: str
    table: str
    start: Start
    way: Way
    due: Callable[[date], QuerySet[Any]]
    removes: Callable[[Sequence[Any], date], Mapping[str, int]]
    locks: tuple[str, ...] = ()
    person: str = ""

    def _due(self, newest: date, held: QuerySet[Any, Any]) -> QuerySet[Any]:
        found = self.due(newest).order_by()
        return found.exclude(**{f"{self.person}__in": held}) if self.person else found

    def summed(self, newest: date, held: QuerySet[Any, Any]) -> list[Summed]:
        counted = self._due(newest, held).values_list("lies_in").annotate(Count("pk"), Min("begun")).order_by("lies_in")
        return [Summed(*row) for row in counted if row[1]]  # what lies nowhere is one sum, also of nothing

    def taken(self, newest: date, held: QuerySet[Any, Any], most: int) -> list[Over]:
        found = self._due(newest, held).order_by("pk")
        if self.locks:
            found = found.select_for_update(skip_locked=True, no_key=True, of=self.locks)
        return [Over(row.pk, row.lies_in, row.begun) for row in found[:most]]

    def remove(self, keys: Sequence[Key], newest: date) -> Mapping[str, int]:
        return self.removes(keys, newest)


@dataclass(frozen=True)
class Hanging:
    """Rows of `table` that hang on rows of `on`. `remove` takes them away with the given ids and returns how many.

    `keeps` is a query of the ids that must stay as long as something is open, such as a request under way.
    """

    on: str
    table: str
    remove: Callable[[Sequence[int]], int]
    keeps: Callable[[], QuerySet[Any, Any]] | None = None


_categories: dict[str, Category] = {}
_hanging: dict[tuple[str, str], Hanging] = {}


def register(*categories: Category) -> None:
    """Say what has an end. The same twice is harmless; two of one code are a mistake."""
    for each in categories:
        if _categories.setdefault(each.code, each).table != each.table:
            raise ValueError(f"{each.code} was registered with another table before")


def hangs(hanging: Hanging) -> None:
    """Say what goes with a person or a household."""
    _hanging[hanging.on, hanging.table] = hanging


def categories() -> Mapping[str, Category]:
    """The registered categories by code."""
    return dict(_categories)


def hanging_on(table: str) -> Iterator[Hanging]:
    """What goes with rows of a table, in the order it was said."""
    yield from (each for (on, _), each in _hanging.items() if on == table)


def end_of(day: date) -> datetime:
    """The first moment after a day here: what happened before it happened on that day or earlier."""
    return make_aware(datetime.combine(day + timedelta(days=1), time.min))
