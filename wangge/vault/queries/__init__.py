"""Opening sealed values: the key comes from the store, a destroyed one says so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Now

from wangge.vault import cipher
from wangge.vault.cipher import Unreadable
from wangge.vault.keys import KeyDestroyed, KeyMissing, KeyStore
from wangge.vault.models import Compartment, Generation


def store() -> KeyStore:
    """The installation's key store; the list of the destroyed stands outside the keys and the backups."""
    return _store(settings.WANGGE.home, tuple(settings.WANGGE.key_copies))


@lru_cache(maxsize=4)
def _store(home: Path, copies: tuple[Path, ...]) -> KeyStore:
    return KeyStore(home / "keys", copies or (home / "keys-copy",), home / "destroyed" / "keys.jsonl")


@dataclass(frozen=True)
class Held:
    """A generation of a compartment's key, as the database has it."""

    key_id: str
    suite: str
    is_ripe: bool
    is_emptied: bool


OVERTURE = timedelta(seconds=60)
"""A new generation indexes at once and seals only then: whoever seals with it has long been indexing with it, so a row
with a new seal and an old index, which nobody would find again, is never written. Processes remember for a second."""


def generations(compartment: str) -> tuple[Held, ...]:
    """The generations of the compartment's key, newest first, as of this second."""
    return _held(str(connection.settings_dict["NAME"]), compartment, int(monotonic()))


@lru_cache(maxsize=64)
def _held(_database: str, compartment: str, _second: int) -> tuple[Held, ...]:
    ripe = ExpressionWrapper(Q(begun_at__lte=Now() - OVERTURE), BooleanField())
    rows = Generation.objects.filter(compartment__code=compartment).annotate(is_ripe=ripe).order_by("-pk")
    found = tuple(Held(row.key_id, row.suite, row.is_ripe, row.emptied_at is not None) for row in rows)
    if not found:
        raise Compartment.DoesNotExist(compartment)
    return found


def key_of(compartment: str) -> cipher.Key:
    """The key that seals for a compartment now. Raises KeyDestroyed when it was destroyed."""
    held = generations(compartment)
    seals = next((each for each in held if each.is_ripe), held[-1])
    return _key(seals.key_id, seals.suite)


def indexing_key_of(compartment: str) -> cipher.Key:
    """The key under which blind indexes are made now. Raises KeyDestroyed."""
    newest = generations(compartment)[0]
    return _key(newest.key_id, newest.suite)


def blind_indexes(compartment: str, value: str, *, area: int | None = None) -> list[bytes]:
    """What to look for: the value's index under each generation that still has rows, newest first.

    Raises KeyDestroyed.
    """
    living = [held for held in generations(compartment) if not held.is_emptied]
    return [cipher.blind_index(_key(held.key_id, held.suite), value, area=area) for held in living]


def blind_indexes_many(compartment: str, values: Sequence[tuple[str, int | None]]) -> list[list[bytes]]:
    """For each generation that still has rows, the newest first, the index of each (value, area). Raises KeyDestroyed.

    The first list is what is stored; equal values may stand under any of them.
    """
    living = [held for held in generations(compartment) if not held.is_emptied]
    keys = [_key(held.key_id, held.suite) for held in living]
    return [cipher.blind_index_many(key, values) for key in keys]


def key_named_in(compartment: str, sealed: bytes) -> cipher.Key:
    """The key these bytes were sealed with, if it is one of the compartment's. Raises KeyDestroyed or Unreadable."""
    wanted = cipher.key_id(sealed).hex()
    for held in generations(compartment):
        if held.key_id == wanted:
            return _key(held.key_id, held.suite)
    _held.cache_clear()  # begun within this second, by another process
    for held in generations(compartment):
        if held.key_id == wanted:
            return _key(held.key_id, held.suite)
    raise Unreadable("sealed with no key of this compartment")


@lru_cache(maxsize=64)
def _kept(key_id: str, suite: str, folder: Path) -> cipher.Key:
    return cipher.Key(bytes.fromhex(key_id), cipher.SUITES[suite], store().read(key_id))


class _Remembered:
    """Keys stay in memory until the list of the destroyed changes; then every process forgets them all."""

    stamp: tuple[int, int] = (0, 0)


def _key(key_id: str, suite: str) -> cipher.Key:
    held = store()
    try:
        seen = held.tombstones.stat()
        stamp = (seen.st_mtime_ns, seen.st_size)
    except FileNotFoundError:
        stamp = (0, 0)
    if stamp != _Remembered.stamp:
        _kept.cache_clear()
        _Remembered.stamp = stamp
    return _kept(key_id, suite, held.folder)


def open_sealed(compartment: str, sealed: bytes, *, table: str, column: str, row: str) -> str:
    """Return the value in clear. Callers are actions that state a purpose and leave an entry in the book.

    Raises KeyDestroyed or Unreadable.
    """
    return cipher.open_(key_named_in(compartment, sealed), sealed, table=table, column=column, row=row)


def open_bytes(compartment: str, sealed: bytes, *, table: str, column: str, row: str) -> bytes:
    """As `open_sealed`, for bytes. Raises KeyDestroyed or Unreadable."""
    return cipher.open_bytes(key_named_in(compartment, sealed), sealed, table=table, column=column, row=row)


Place = tuple[bytes | None, str, str, str]
"""Sealed bytes or nothing, table, column, row."""


def open_many(compartment: str, places: Sequence[Place]) -> list[str | None]:
    """Open the values of a page in one go; nothing stays nothing. Raises KeyDestroyed once, or Unreadable."""
    return cipher.open_many(partial(key_named_in, compartment), places)


Mask = Callable[[str], str]


def open_masked(compartment: str, places: Sequence[Place], masks: Mapping[str, Mask]) -> list[str | None]:
    """Open and mask the values of a page, each by the mask of its column; nothing in clear leaves this function.

    A column without a mask is refused with KeyError before anything is opened. Raises KeyDestroyed once, or Unreadable.
    """
    chosen = [masks[column] for _sealed, _table, column, _row in places]
    opened = open_many(compartment, places)
    return [None if value is None else mask(value) for value, mask in zip(opened, chosen, strict=True)]


def forget() -> None:
    """Remember no keys and no generations any more: another database or another store follows."""
    _kept.cache_clear()
    _held.cache_clear()


def check_ciphers() -> None:
    """Compare both suites with published answers; raises RuntimeError when this machine computes wrongly."""
    cipher.self_test()


__all__ = [
    "KeyDestroyed", "KeyMissing", "Unreadable", "blind_indexes", "blind_indexes_many", "check_ciphers", "forget",
    "key_of", "open_bytes", "open_many", "open_masked", "open_sealed", "store",
]  # fmt: skip
