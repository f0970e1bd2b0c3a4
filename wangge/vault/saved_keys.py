"""A short-lived backup of the keys alone: one file, closed with a passphrase, that says when its life is over."""

import json
import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from wangge.vault.keys import KeyMissing, KeyStore, write_durably

SUFFIX = ".wgkeys"
FORMAT = 1
SHORTEST = 20
"""Characters of a passphrase: the file may be tried at leisure by whoever finds it."""
COST = {"n": 2**15, "r": 8, "p": 1}  # 32 MiB, a tenth of a second


class NoBackup(ValueError):
    """The file is no backup of keys, or one of another release."""


class TooOld(ValueError):
    """The life of this backup is over."""


class NotOpened(ValueError):
    """Wrong passphrase, or the file was changed."""


@dataclass(frozen=True)
class Saved:
    """What stands outside, readable without the passphrase: of which keys, when it was made, until when it is kept."""

    path: Path
    made_at: datetime
    ends_at: datetime
    ids: frozenset[str]

    def is_over(self, now: datetime) -> bool:
        return now >= self.ends_at


def save(store: KeyStore, folder: Path, *, passphrase: bytes, now: datetime, lasts: timedelta) -> Saved:
    """Write every living key that opens into a new file of the folder; nothing is overwritten: FileExistsError."""
    held = {}
    for key_id in sorted(store.living()):
        with suppress(KeyMissing):
            held[key_id] = store.read(key_id).hex()
    salt, nonce = os.urandom(16), os.urandom(12)
    head = {
        "format": FORMAT, "made_at": now.isoformat(), "ends_at": (now + lasts).isoformat(), "ids": sorted(held),
        "salt": salt.hex(), "nonce": nonce.hex(),
    }  # fmt: skip
    bound = json.dumps(head, sort_keys=True)
    closed = AESGCM(_key(passphrase, salt)).encrypt(nonce, json.dumps(held).encode(), bound.encode())
    path = folder / f"keys-{now:%Y%m%dT%H%M%S}{SUFFIX}"
    if path.exists():
        raise FileExistsError(path)
    write_durably(path, f"{bound}\n{closed.hex()}\n".encode())
    return look(path)


def look(path: Path) -> Saved:
    """Read the head of a file. Raises NoBackup when it is none."""
    return _told(path, _head(path))


def listed(folder: Path) -> list[Saved]:
    """The backups of a folder, oldest first. Raises NoBackup when a file only has the name of one."""
    return sorted((look(path) for path in folder.glob(f"*{SUFFIX}")), key=lambda saved: saved.made_at)


def remove_spent(folder: Path, fresh: Saved, *, dead: Collection[str], now: datetime) -> list[Path]:
    """Remove backups whose life is over, and those with a destroyed key of whose living keys none is missing here."""
    gone = []
    for old in listed(folder):
        is_replaced = bool(old.ids & frozenset(dead)) and old.ids - frozenset(dead) <= fresh.ids
        if old.path != fresh.path and (old.is_over(now) or is_replaced):
            old.path.unlink()
            gone.append(old.path)
    return gone


def bring_back(
    store: KeyStore, path: Path, *, passphrase: bytes, dead: Collection[str], now: datetime
) -> tuple[list[str], list[str]]:
    """Put the keys of a file into every place that lacks them; the destroyed stay dead. Returns brought, left out.

    What `dead` names, a list kept outside, is dead here from now on as well. Raises NoBackup, TooOld or NotOpened,
    and nothing has changed then.
    """
    head = _head(path)
    outside, _, closed = path.read_text(encoding="utf-8").partition("\n")
    if _told(path, head).is_over(now):
        raise TooOld(path)
    try:
        opener = AESGCM(_key(passphrase, bytes.fromhex(head["salt"])))
        clear = opener.decrypt(bytes.fromhex(head["nonce"]), bytes.fromhex(closed.strip()), outside.encode())
    except (InvalidTag, ValueError):
        raise NotOpened(path) from None
    held = {key_id: bytes.fromhex(key) for key_id, key in json.loads(clear).items()}
    for key_id in sorted(frozenset(dead) - store.destroyed()):
        store.destroy(key_id, now=now)
    gone = store.destroyed()
    brought = [key_id for key_id in sorted(held) if key_id not in gone]
    store.take_back({key_id: held[key_id] for key_id in brought})
    return brought, sorted(held.keys() & gone)


def _told(path: Path, head: dict[str, Any]) -> Saved:
    return Saved(
        path, datetime.fromisoformat(head["made_at"]), datetime.fromisoformat(head["ends_at"]), frozenset(head["ids"])
    )


def _head(path: Path) -> dict[str, Any]:
    try:
        head: dict[str, Any] = json.loads(path.read_text(encoding="utf-8").partition("\n")[0])
        if int(head["format"]) == FORMAT and head.keys() >= {"made_at", "ends_at", "ids", "salt", "nonce"}:
            return head
    except (KeyError, TypeError, ValueError):
        pass
    raise NoBackup(path)


def _key(passphrase: bytes, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **COST).derive(passphrase)
