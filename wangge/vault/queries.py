"""Opening sealed values: the key comes from the store, a destroyed one says so."""

from functools import lru_cache

from django.conf import settings

from wangge.vault import cipher
from wangge.vault.keys import KeyStore
from wangge.vault.models import Compartment


def store() -> KeyStore:
    """The installation's key store; the list of the destroyed stands outside the keys and the backups."""
    home = settings.WANGGE.home
    copies = tuple(settings.WANGGE.key_copies) or (home / "keys-copy",)
    return KeyStore(home / "keys", copies, home / "destroyed" / "keys.jsonl")


def key_of(compartment: str) -> cipher.Key:
    """The key of a compartment. Raises KeyDestroyed when it was destroyed."""
    held = Compartment.objects.get(code=compartment)
    return _key(held.key_id, held.suite)


@lru_cache(maxsize=64)
def _kept(key_id: str, suite: str, _stamp: int) -> cipher.Key:
    return cipher.Key(bytes.fromhex(key_id), cipher.SUITES[suite], store().read(key_id))


def _key(key_id: str, suite: str) -> cipher.Key:
    """The key, remembered until the list of the destroyed changes."""
    tombstones = store().tombstones
    return _kept(key_id, suite, tombstones.stat().st_mtime_ns if tombstones.exists() else 0)


def open_sealed(compartment: str, sealed: bytes, *, table: str, column: str, row: str) -> str:
    """Return the value in clear. Callers are actions that state a purpose and leave an entry in the book."""
    return cipher.open_(key_of(compartment), sealed, table=table, column=column, row=row)


def check_ciphers() -> None:
    """Compare both suites with published answers; raises RuntimeError when this machine computes wrongly."""
    cipher.self_test()
