"""Reads of the catalogue: typed entries, kept in memory until a newer version is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from time import monotonic
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from wangge.catalogue.keeping import RetentionRule
from wangge.catalogue.lawful import Datum, Law, Purpose
from wangge.catalogue.models import Version
from wangge.catalogue.needs import barred_in_texts
from wangge.catalogue.parts import Entry
from wangge.catalogue.reading import entry_of
from wangge.catalogue.schema import (
    AnyEntry,
    Branch,
    Category,
    Function,
    GridCare,
    Need,
    Reason,
    Role,
    StageLimit,
    Uncollected,
    Word,
)
from wangge.catalogue.words import Kind, ReasonList, Stage, Term
from wangge.core.deadlines import Limit
from wangge.core.not_collected import Told, told_in

E_co = TypeVar("E_co", bound=Entry, covariant=True)
E = TypeVar("E", bound=Entry)


_one_reads = Lock()


class UnknownCode(LookupError):
    """No entry of this kind has the code, or it is no longer in use."""


@dataclass(frozen=True)
class Held(Generic[E_co]):
    """An entry with the version it stands in."""

    version_id: int
    number: int
    code: str
    entry: E_co


class Stamp(NamedTuple):
    """Changes whenever a version is written: one indexed read a second tells whether the memory is fresh."""

    database: str
    newest: int
    digest: str


def stamp() -> Stamp:
    return _stamp(str(connection.settings_dict["NAME"]), int(monotonic()))


@lru_cache(maxsize=1)
def _stamp(database: str, _second: int) -> Stamp:
    return Stamp(database, *(Version.objects.order_by("-id").values_list("id", "digest").first() or (0, "")))


def newest() -> QuerySet[Version]:
    """Return the versions in force, entries no longer in use among them."""
    later = Version.objects.filter(kind=OuterRef("kind"), code=OuterRef("code"), number__gt=OuterRef("number"))
    return Version.objects.filter(~Exists(later))


def kept() -> dict[tuple[str, str], dict[str, Any]]:
    """Return the bodies in force, as `compare.changes` takes them."""
    return {(kind, code): body for kind, code, body in newest().values_list("kind", "code", "body")}


def category(code: str) -> Held[Category]:
    """Return the category in force. Raises UnknownCode."""
    return _one(Category, code)


def categories() -> tuple[Held[Category], ...]:
    """Return the categories in use, in the order of the tree."""
    return _categories(stamp())


@lru_cache(maxsize=2)
def _categories(of: Stamp) -> tuple[Held[Category], ...]:
    order = {each.code: (each.entry.order, each.code) for each in _by_code(of, Branch).values()}
    held = _by_code(of, Category).values()
    return tuple(sorted(held, key=lambda each: (order.get(each.entry.branch, (0, "")), each.version_id)))


def category_of(version_id: int) -> Held[Category]:
    """Return the category as it was worded in a version: what a running case goes by. Raises UnknownCode."""
    held = _version(str(connection.settings_dict["NAME"]), version_id)
    if not isinstance(held.entry, Category):
        raise UnknownCode(version_id)
    return Held(held.version_id, held.number, held.code, held.entry)


def care_of(version_id: int) -> Held[GridCare]:
    """Return the class of grids as it was worded in a version. Raises UnknownCode."""
    held = _version(str(connection.settings_dict["NAME"]), version_id)
    if not isinstance(held.entry, GridCare):
        raise UnknownCode(version_id)
    return Held(held.version_id, held.number, held.code, held.entry)


def branches() -> tuple[Held[Branch], ...]:
    """Return the branches of the tree of categories, in their order."""
    return tuple(sorted(_all(Branch).values(), key=lambda each: (each.entry.order, each.code)))


def reasons(group: ReasonList) -> tuple[Held[Reason], ...]:
    """Return a closed list of reasons, in its order."""
    held = [each for each in _all(Reason).values() if each.entry.group is group]
    return tuple(sorted(held, key=lambda each: (each.entry.order, each.code)))


def reason(code: str) -> Held[Reason]:
    """Return a reason in use. Raises UnknownCode."""
    return _one(Reason, code)


def functions() -> Mapping[str, Held[Function]]:
    """Return the owner functions in use, by code."""
    return _all(Function)


def roles() -> Mapping[str, Held[Role]]:
    """Return the roles in use, by code."""
    return _all(Role)


def purposes() -> Mapping[str, Held[Purpose]]:
    """Return the purposes in use, by code."""
    return _all(Purpose)


def purpose(code: str) -> Held[Purpose]:
    """Return a purpose in use. Raises UnknownCode."""
    return _one(Purpose, code)


def laws() -> Mapping[str, Held[Law]]:
    """Return the laws the register knows, by code, those no longer in force among them."""
    return _all(Law)


def fields() -> tuple[Held[Datum], ...]:
    """Return the data about people that there are, in their order."""
    return tuple(sorted(_all(Datum).values(), key=lambda each: (each.entry.order, each.code)))


def cares() -> tuple[Held[GridCare], ...]:
    """Return the classes of general grids in use, in their order."""
    return tuple(sorted(_all(GridCare).values(), key=lambda each: (each.entry.order, each.code)))


def care(code: str) -> Held[GridCare]:
    """Return a class of general grids in use. Raises UnknownCode."""
    return _one(GridCare, code)


def uncollected() -> tuple[Held[Uncollected], ...]:
    """Return what is never collected about people, in its order; `entry.barred()` goes to `core.not_collected`."""
    return tuple(sorted(_all(Uncollected).values(), key=lambda each: (each.entry.order, each.code)))


def told_too_much(text: str) -> Told | None:
    """Return the illness, suspicion or other thing never collected that a text about a person names, or None."""
    return told_in(text, barred_in_texts(each.entry for each in uncollected()))


def needs() -> tuple[Held[Need], ...]:
    """Return the needs in use, in their order."""
    return tuple(sorted(_all(Need).values(), key=lambda each: (each.entry.order, each.code)))


def need(code: str) -> Held[Need]:
    """Return a need in use. Raises UnknownCode."""
    return _one(Need, code)


def need_of(version_id: int) -> Held[Need]:
    """Return the need as it was worded when it was agreed to. Raises UnknownCode."""
    held = _version(str(connection.settings_dict["NAME"]), version_id)
    if not isinstance(held.entry, Need):
        raise UnknownCode(version_id)
    return Held(held.version_id, held.number, held.code, held.entry)


def retention() -> tuple[Held[RetentionRule], ...]:
    """Return the rules of retention in use, in their order."""
    return tuple(sorted(_all(RetentionRule).values(), key=lambda each: (each.entry.order, each.code)))


def retention_of(version_id: int) -> Held[RetentionRule]:
    """Return the rule as it was worded when something was removed by it. Raises UnknownCode."""
    held = _version(str(connection.settings_dict["NAME"]), version_id)
    if not isinstance(held.entry, RetentionRule):
        raise UnknownCode(version_id)
    return Held(held.version_id, held.number, held.code, held.entry)


def words() -> Mapping[str, Held[Word]]:
    """Return the glossary, by code."""
    return _all(Word)


def _one(model: type[E], code: str) -> Held[E]:
    try:
        return _all(model)[code]
    except KeyError:
        raise UnknownCode(f"{model.kind} {code}") from None


def _all(model: type[E]) -> Mapping[str, Held[E]]:
    return _by_code(stamp(), model)


def _by_code(of: Stamp, model: type[E]) -> Mapping[str, Held[E]]:
    found: Mapping[str, Held[E]] = _typed(of, model)
    return found


@lru_cache(maxsize=32)
def _typed(of: Stamp, model: type[E]) -> Mapping[str, Held[E]]:
    held: dict[str, Held[E]] = {}
    with _one_reads:  # the others wait for it instead of doing the same work beside it
        snapshot = _snapshot(of)
    for each in snapshot[model.kind]:
        assert isinstance(each.entry, model)
        held[each.code] = Held(each.version_id, each.number, each.code, each.entry)
    return MappingProxyType(held)


@lru_cache(maxsize=2)
def _snapshot(_: Stamp) -> Mapping[Kind, tuple[Held[AnyEntry], ...]]:
    held: dict[Kind, list[Held[AnyEntry]]] = {kind: [] for kind in Kind}
    for version in newest().order_by("kind", "code"):
        if (each := _held(version)).entry.active:
            held[Kind(version.kind)].append(each)
    return {kind: tuple(each) for kind, each in held.items()}


@lru_cache(maxsize=4096)
def _version(_: str, version_id: int) -> Held[AnyEntry]:
    try:
        return _held(Version.objects.get(id=version_id))
    except Version.DoesNotExist:
        raise UnknownCode(version_id) from None


def _held(version: Version) -> Held[AnyEntry]:
    return Held(version.id, version.number, version.code, entry_of(version.kind, version.body))


def limit(stage: Stage | Term, *, urgent: bool = False) -> Limit:
    """Return the limit of a stage for a case whose category is not known yet, or a term. Raises UnknownCode."""
    entry = _one(StageLimit, stage.value).entry
    return ((entry.urgent if urgent else None) or entry.ordinary).limit()


def forget() -> None:
    """Drop what is kept in memory: for a process that turns to another database under the same name."""
    for kept_in_memory in (_stamp, _snapshot, _typed, _categories, _version):
        kept_in_memory.cache_clear()


def look_again() -> None:
    """Ask the database for the newest version at the next read: for the one that has just written it."""
    _stamp.cache_clear()
