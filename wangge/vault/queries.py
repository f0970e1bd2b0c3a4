"""Opening sealed values: the key comes from the store, a destroyed one says so."""

from functools import lru_cache
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import connection

from wangge.vault import cipher
from wangge.vault.cipher import Unreadable
from wangge.vault.keys import KeyDestroyed, KeyMissing, KeyStore
from wangge.vault.models import Compartment


def store() -> KeyStore:
    """The installation's key store; the list of the destroyed stands outside the keys and the backups."""
    return _store(settings.WANGGE.home, tuple(settings.WANGGE.key_copies))


@lru_cache(maxsize=4)
def _store(home: Path, copies: tuple[Path, ...]) -> KeyStore:
    return KeyStore(home / "keys", copies or (home / "keys-copy",), home / "destroyed" / "keys.jsonl")


def key_of(compartment: str) -> cipher.Key:
    """The key of a compartment. Raises KeyDestroyed when it was destroyed."""
    return _key(*_named(str(connection.settings_dict["NAME"]), compartment, int(monotonic())))


@lru_cache(maxsize=16)
def _named(_database: str, compartment: str, _second: int) -> tuple[str, str]:
    """Id and suite of a compartment's key: they never change, so one read a second is more than enough."""
    held = Compartment.objects.get(code=compartment)
    return held.key_id, held.suite


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
    """Return the value in clear. Callers are actions that state a purpose and leave an entry in the book."""
    return cipher.open_(key_of(compartment), sealed, table=table, column=column, row=row)


def blind_indexes(compartment: str, value: str, *, area: int | None = None) -> list[bytes]:
    """Every index under which rows of this value may stand: one for each living key of the compartment."""
    return [cipher.blind_index(key_of(compartment), value, area=area)]


def check_ciphers() -> None:
    """Compare both suites with published answers; raises RuntimeError when this machine computes wrongly."""
    cipher.self_test()


__all__ = [
    "KeyDestroyed",
    "KeyMissing",
    "Unreadable",
    "blind_indexes",
    "check_ciphers",
    "key_of",
    "open_sealed",
    "store",
]
