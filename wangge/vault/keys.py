"""The key store: one wrapped file per key, in two places before first use, and a list of the dead outside backups.

Every step may be the last before a power cut. Files are replaced as a whole, never written into; while the keys of a
place are wrapped anew, the old master and the next one stand beside each other, and each key opens under one of them.
`mend` finishes what was broken off.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES, NONCE_BYTES = 32, 12
MASTER, NEXT = "master.bin", "master.next"
TRIES = 5


class KeyDestroyed(LookupError):
    """The key was destroyed: what it sealed cannot be opened again, by anybody."""


class KeyMissing(LookupError):
    """The key is in no place of the store, or damaged in all of them, and not on the list of the destroyed."""


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, content: bytes) -> None:
    """Write durably: a temporary file, flushed to the disk, renamed over the old one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync(path.parent)


def _overwrite(path: Path) -> None:
    """Put zeros where the secret was; what magnetic or flash remains keep is not promised."""
    with path.open("r+b") as file:
        file.write(b"\0" * path.stat().st_size)
        file.flush()
        os.fsync(file.fileno())


def _wipe(path: Path) -> None:
    with suppress(FileNotFoundError):
        _overwrite(path)
        path.unlink()
        _sync(path.parent)


def _wrap(master: bytes, key_id: str, key: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(master).encrypt(nonce, key, key_id.encode())


def _unwrap(masters: Iterable[bytes], key_id: str, wrapped: bytes) -> bytes | None:
    for master in masters:
        with suppress(InvalidTag, ValueError):
            return AESGCM(master).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], key_id.encode())
    return None


@dataclass(frozen=True)
class Place:
    """One folder of wrapped keys with its own master."""

    folder: Path

    def ids(self) -> frozenset[str]:
        return frozenset(path.stem for path in self.folder.glob("*.key"))

    def get(self, key_id: str) -> bytes | None:
        """The key, or None when it is not here or damaged. A rotation may run meanwhile: look again then."""
        for _ in range(TRIES):
            try:
                wrapped = self._key(key_id).read_bytes()
            except FileNotFoundError:
                return None
            if (key := _unwrap(self._masters(), key_id, wrapped)) is not None:
                return key
        return None

    def put(self, key_id: str, key: bytes) -> None:
        if not (self.folder / MASTER).exists():
            write_durably(self.folder / MASTER, secrets.token_bytes(KEY_BYTES))
        if (self.folder / NEXT).exists():
            self._rewrap()
        write_durably(self._key(key_id), _wrap((self.folder / MASTER).read_bytes(), key_id, key))

    def forget(self, dead: Iterable[str]) -> None:
        """Remove the dead keys and wrap the living under a new master: the old one opened the dead in any copy."""
        if not (self.folder / MASTER).exists():
            return
        if not (self.folder / NEXT).exists():
            write_durably(self.folder / NEXT, secrets.token_bytes(KEY_BYTES))
        for draft in self.folder.glob("*.new"):
            _wipe(draft)
        for key_id in dead:
            _wipe(self._key(key_id))
        self._rewrap()

    def is_broken_off(self) -> bool:
        """Say whether a removal was begun here and not finished."""
        return (self.folder / NEXT).exists() or any(self.folder.glob("*.new"))

    def _rewrap(self) -> None:
        fresh = (self.folder / NEXT).read_bytes()
        for key_id in sorted(self.ids()):
            wrapped = self._key(key_id).read_bytes()
            if _unwrap([fresh], key_id, wrapped) is None and (key := _unwrap(self._masters(), key_id, wrapped)):
                write_durably(self._key(key_id), _wrap(fresh, key_id, key))
        _overwrite(self.folder / MASTER)
        (self.folder / NEXT).replace(self.folder / MASTER)
        _sync(self.folder)

    def _masters(self) -> Iterator[bytes]:
        for name in (MASTER, NEXT):
            with suppress(FileNotFoundError):
                yield (self.folder / name).read_bytes()

    def _key(self, key_id: str) -> Path:
        return self.folder / f"{key_id}.key"


@dataclass(frozen=True)
class KeyStore:
    """Keys in `folder`, each also in every folder of `copies`; `tombstones` lists destroyed key ids for ever."""

    folder: Path
    copies: tuple[Path, ...]
    tombstones: Path

    def create(self) -> str:
        """Make a key and return its id (32 hex digits); it is durable everywhere before this returns."""
        key_id, key = secrets.token_hex(16), secrets.token_bytes(KEY_BYTES)
        with self._alone():
            for place in self.places:
                place.put(key_id, key)
        return key_id

    def take_back(self, keys: Mapping[str, bytes]) -> None:
        """Put keys of a backup where they are missing; none of them may be on the list of the destroyed."""
        with self._alone():
            for key_id, key in keys.items():
                if key_id in self.destroyed():
                    raise KeyDestroyed(key_id)
                for place in self.places:
                    if place.get(key_id) is None:
                        place.put(key_id, key)

    def read(self, key_id: str) -> bytes:
        """The key, from the first place that has it whole. Raises KeyDestroyed or KeyMissing."""
        if key_id in self.destroyed():
            raise KeyDestroyed(key_id)
        for place in self.places:
            if (key := place.get(key_id)) is not None:
                return key
        raise KeyMissing(key_id)

    def destroy(self, key_id: str, *, now: datetime) -> None:
        """Note the death first, then remove the key and rewrap the others under a new master, in every place."""
        with self._alone():
            if key_id not in self.destroyed():
                line = json.dumps({"key": key_id, "at": now.isoformat()}) + "\n"
                before = self.tombstones.read_bytes() if self.tombstones.exists() else b""
                write_durably(self.tombstones, before + line.encode())
            for place in self.places:
                place.forget([key_id])

    def destroyed(self) -> frozenset[str]:
        if not self.tombstones.exists():
            return frozenset()
        return frozenset(json.loads(line)["key"] for line in self.tombstones.read_text().splitlines() if line)

    def ids(self) -> frozenset[str]:
        return self.places[0].ids()

    def living(self) -> frozenset[str]:
        """Keys that some place has and no list of the dead names."""
        return frozenset[str]().union(*(place.ids() for place in self.places)) - self.destroyed()

    def lacking(self) -> dict[Path, frozenset[str]]:
        """Living keys that a place does not have, or has damaged: one more loss there, and they are gone."""
        living = self.living()
        gone = {place.folder: frozenset(k for k in living if place.get(k) is None) for place in self.places}
        return {folder: keys for folder, keys in gone.items() if keys}

    def obey(self, dead: Iterable[str], *, now: datetime) -> tuple[str, ...]:
        """Destroy every key of the list that a restored backup brought back, and return which."""
        back = tuple(sorted(frozenset(dead) & frozenset[str]().union(*(place.ids() for place in self.places))))
        for key_id in back:
            self.destroy(key_id, now=now)
        return back

    def mend(self) -> None:
        """Finish what a power cut broke off: dead keys leave every place, living ones stand in each."""
        with self._alone():
            dead = self.destroyed()
            for place in self.places:
                if place.is_broken_off() or place.ids() & dead:
                    place.forget(place.ids() & dead)
            for folder, keys in self.lacking().items():
                for key_id in keys:
                    with suppress(KeyMissing):
                        Place(folder).put(key_id, self.read(key_id))

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(Place(folder) for folder in (self.folder, *self.copies))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time changes the store; readers need no lock."""
        lock = self.tombstones.with_suffix(".lock")
        lock.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
