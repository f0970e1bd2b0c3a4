"""The key store: one wrapped file per key, in two places before first use, and a list of the dead outside backups."""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
MASTER = "master.bin"


class KeyDestroyed(LookupError):
    """The key was destroyed: what it sealed cannot be opened again, by anybody."""


class KeyMissing(LookupError):
    """The key is not in the store and not on the list of the destroyed."""


def _write(path: Path, content: bytes) -> None:
    """Write durably: a temporary file, flushed to the disk, renamed over the old one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@dataclass(frozen=True)
class KeyStore:
    """Keys in `folder`, each also in every folder of `copies`; `tombstones` lists destroyed key ids for ever."""

    folder: Path
    copies: tuple[Path, ...]
    tombstones: Path

    def create(self) -> str:
        """Make a key and return its id (32 hex digits); it is durable everywhere before this returns."""
        key_id = secrets.token_hex(16)
        key = secrets.token_bytes(KEY_BYTES)
        for place in self._places:
            self._put(place, key_id, key)
        return key_id

    def read(self, key_id: str) -> bytes:
        if key_id in self.destroyed():
            raise KeyDestroyed(key_id)
        for place in self._places:
            path = place / f"{key_id}.key"
            if path.exists():
                wrapped = path.read_bytes()
                return AESGCM(self._master(place)).decrypt(wrapped[:12], wrapped[12:], key_id.encode())
        raise KeyMissing(key_id)

    def destroy(self, key_id: str, *, now: datetime) -> None:
        """Note the death first, then remove the key and rewrap the others under a new master, in every place."""
        line = json.dumps({"key": key_id, "at": now.isoformat()}) + "\n"
        if key_id not in self.destroyed():
            before = self.tombstones.read_bytes() if self.tombstones.exists() else b""
            _write(self.tombstones, before + line.encode())
        for place in self._places:
            (place / f"{key_id}.key").unlink(missing_ok=True)
            self._rotate(place)

    def destroyed(self) -> frozenset[str]:
        if not self.tombstones.exists():
            return frozenset()
        return frozenset(json.loads(line)["key"] for line in self.tombstones.read_text().splitlines() if line)

    def ids(self) -> frozenset[str]:
        return frozenset(path.stem for path in self.folder.glob("*.key"))

    def obey(self, dead: Iterable[str], *, now: datetime) -> tuple[str, ...]:
        """Destroy every key of the list that a restored backup brought back, and return which."""
        back = tuple(sorted(self.ids() & frozenset(dead)))
        for key_id in back:
            self.destroy(key_id, now=now)
        return back

    @property
    def _places(self) -> tuple[Path, ...]:
        return (self.folder, *self.copies)

    def _master(self, place: Path) -> bytes:
        path = place / MASTER
        if not path.exists():
            _write(path, secrets.token_bytes(KEY_BYTES))
        return path.read_bytes()

    def _put(self, place: Path, key_id: str, key: bytes) -> None:
        nonce = os.urandom(12)
        _write(place / f"{key_id}.key", nonce + AESGCM(self._master(place)).encrypt(nonce, key, key_id.encode()))

    def _rotate(self, place: Path) -> None:
        """Rewrap what is left under a new master; kept beside the old one until every key is rewritten."""
        old = AESGCM(self._master(place))
        keys = {}
        for path in place.glob("*.key"):
            wrapped = path.read_bytes()
            keys[path.stem] = old.decrypt(wrapped[:12], wrapped[12:], path.stem.encode())
        fresh = place.with_name(place.name + ".rotating")
        fresh.mkdir(mode=0o700, exist_ok=True)
        _write(fresh / MASTER, secrets.token_bytes(KEY_BYTES))
        for key_id, key in keys.items():
            self._put(fresh, key_id, key)
        dying = place.with_name(place.name + ".dying")
        place.rename(dying)
        fresh.rename(place)
        for path in dying.iterdir():
            path.write_bytes(b"\0" * path.stat().st_size)
            path.unlink()
        dying.rmdir()
