"""What would change: the bodies of a reading against the newest kept ones."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from wangge.catalogue.reading import Body
from wangge.catalogue.words import Kind

Kept = Mapping[tuple[str, str], Mapping[str, Any]]
What = Literal["added", "changed", "withdrawn"]


@dataclass(frozen=True)
class Change:
    """One entry that differs: `body` is what would be kept, `keys` are (path, before, after)."""

    what: What
    kind: Kind
    code: str
    body: dict[str, Any]
    keys: tuple[tuple[str, object, object], ...] = ()


def changes(bodies: Iterable[Body], kept: Kept) -> list[Change]:
    """Return what loading the bodies would change; the bodies are the whole of every kind among them.

    An entry that is kept but no longer read is withdrawn, not deleted: cases keep the version they began under.
    """
    read = {(body.kind.value, body.code): body for body in bodies}
    kinds = {kind for kind, _ in read}
    found = [change for key, body in read.items() if (change := _of(body, kept.get(key)))]
    for (kind, code), before in kept.items():
        if kind in kinds and (kind, code) not in read and before.get("active", True):
            after = {**before, "active": False}
            found.append(Change("withdrawn", Kind(kind), code, after, (("active", True, False),)))
    return sorted(found, key=lambda change: (change.kind, change.code))


def _of(body: Body, before: Mapping[str, Any] | None) -> Change | None:
    if before is None:
        return Change("added", body.kind, body.code, body.body)
    if before == body.body:
        return None
    return Change("changed", body.kind, body.code, body.body, tuple(_keys(before, body.body)))


def _keys(before: Mapping[str, Any], after: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, object, object]]:
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            yield from _keys(old, new, f"{start}{key}.")
        elif old != new:
            yield f"{start}{key}", old, new
