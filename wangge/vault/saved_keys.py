"""A short-lived backup of the keys alone: one file, closed with a passphrase, that says when its life is over."""

import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from wangge.vault.keys import KeyStore, write_durably

SUFFIX = ".wgkeys"
FORMAT = 1
SHORTEST = 20
"""Characters of a passphrase: the file may be tried at leisure by whoever finds it."""
COST = {"n": 2**15, "r": 8, "p": 1}  # 32 MiB, a tenth of a second


class NotOpened(ValueError):
    """Wrong passphrase, or the file was changed."""


@dataclass(frozen=True)
class Saved:
    """What stands outside, readable without the passphrase: when it was made and until when it may be kept."""

    path: Path
    made_at: datetime
    ends_at: datetime
    keys: int

    def is_over(self, now: datetime) -> bool:
        return now >= self.ends_at


def save(store: KeyStore, folder: Path, *, passphrase: bytes, now: datetime, lasts: timedelta) -> Saved:
    """Write every living key into a new file of the folder; nothing is overwritten. Raises FileExistsError."""
    held = {key_id: store.read(key_id).hex() for key_id in sorted(store.ids() - store.destroyed())}
    salt, nonce = os.urandom(16), os.urandom(12)
    head = {
        "format": FORMAT, "made_at": now.isoformat(), "ends_at": (now + lasts).isoformat(), "keys": len(held),
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
    """Read the head of a file. Raises ValueError when it is none."""
    head = _head(path.read_text(encoding="utf-8").partition("\n")[0])
    return Saved(
        path, datetime.fromisoformat(head["made_at"]), datetime.fromisoformat(head["ends_at"]), int(head["keys"])
    )


def listed(folder: Path) -> list[Saved]:
    """The backups of a folder, oldest first."""
    return sorted((look(path) for path in folder.glob(f"*{SUFFIX}")), key=lambda saved: saved.made_at)


def bring_back(store: KeyStore, path: Path, *, passphrase: bytes, dead: Collection[str]) -> tuple[list[str], list[str]]:
    """Put the keys of a file into every place that lacks them; the destroyed stay dead. Returns brought, left out.

    Raises NotOpened, or ValueError when the file is none.
    """
    outside, _, closed = path.read_text(encoding="utf-8").partition("\n")
    head = _head(outside)
    try:
        opener = AESGCM(_key(passphrase, bytes.fromhex(head["salt"])))
        clear = opener.decrypt(bytes.fromhex(head["nonce"]), bytes.fromhex(closed.strip()), outside.encode())
    except (InvalidTag, ValueError):
        raise NotOpened(path) from None
    held = {key_id: bytes.fromhex(key) for key_id, key in json.loads(clear).items()}
    gone = store.destroyed() | frozenset(dead)
    brought = [key_id for key_id in sorted(held) if key_id not in gone]
    store.take_back({key_id: held[key_id] for key_id in brought})
    return brought, sorted(held.keys() & gone)


def _head(line: str) -> dict[str, str]:
    try:
        head: dict[str, str] = json.loads(line)
        if int(head["format"]) == FORMAT and head.keys() >= {"made_at", "ends_at", "keys", "salt", "nonce"}:
            return head
    except (KeyError, TypeError, json.JSONDecodeError):
        pass
    raise ValueError("not a backup of keys")


def _key(passphrase: bytes, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **COST).derive(passphrase)
