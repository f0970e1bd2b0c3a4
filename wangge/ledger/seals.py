"""Sealing and verifying: the digest of each batch covers the one before, the newest leaves the machine."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class SealRow:
    """One seal as it stands in the book."""

    id: int
    below_xid: int
    entries: int
    previous: bytes
    digest: bytes


@dataclass(frozen=True)
class Anchor:
    """A seal that left the machine: what a superuser can no longer rewrite."""

    seal: int
    digest: str
    at: str


@dataclass(frozen=True)
class Verdict:
    """What verifying found; `faults` is empty when the book is whole."""

    seals: int
    entries: int
    unsealed: int
    anchors: int
    faults: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.faults


def seal() -> int | None:
    """Seal what is finished and return the number of the new seal."""
    with connection.cursor() as cursor:
        cursor.execute("select ledger_seal_batch()")
        number: int | None = cursor.fetchone()[0]
        return number


def _seals() -> list[SealRow]:
    with connection.cursor() as cursor:
        cursor.execute("select id, below_xid, entries, previous, digest from ledger_seal order by id")
        return [SealRow(i, x, n, bytes(p), bytes(d)) for i, x, n, p, d in cursor.fetchall()]


def _texts(low: int, below: int) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select ledger_text(e) from ledger_entry e where xid >= %s and xid < %s order by xid, id", [low, below]
        )
        for (text,) in cursor:
            yield text


def digest_of(previous: bytes, below_xid: int, texts: Iterable[str]) -> tuple[int, bytes]:
    """Count and digest of a batch, computed apart from the database."""
    parts = [hashlib.sha256(text.encode()).digest() for text in texts]
    head = f"{below_xid}|{len(parts)}|".encode()
    return len(parts), hashlib.sha256(previous + head + b"".join(parts)).digest()


def _faults_of(row: SealRow, number: int, previous: bytes, low: int) -> Iterator[str]:
    if row.id != number:
        yield f"seal {number} is missing"
    if row.previous != previous:
        yield f"seal {row.id} does not follow the seal before it"
    count, digest = digest_of(row.previous, row.below_xid, _texts(low, row.below_xid))
    if count != row.entries:
        yield f"seal {row.id}: {row.entries} entries were sealed, {count} are there"
    elif digest != row.digest:
        yield f"seal {row.id}: an entry was changed"


def verify(anchors: Iterable[Anchor] = ()) -> Verdict:
    """Recompute every seal and compare with what left the machine."""
    rows, previous, low, entries = _seals(), b"", 0, 0
    faults: list[str] = []
    for number, row in enumerate(rows, start=1):
        faults += _faults_of(row, number, previous, low)
        previous, low, entries = row.digest, row.below_xid, entries + row.entries
    held = list(anchors)
    by_id = {row.id: row.digest.hex() for row in rows}
    for anchor in held:
        if anchor.seal not in by_id:
            faults.append(f"seal {anchor.seal}, exported {anchor.at}, is no longer in the book")
        elif by_id[anchor.seal] != anchor.digest:
            faults.append(f"seal {anchor.seal} differs from the copy exported {anchor.at}")
    unsealed = sum(1 for _ in _texts(low, 2**62))
    return Verdict(len(rows), entries, unsealed, len(held), tuple(faults))


def faults_between(first: int, last: int) -> tuple[str, ...]:
    """Recompute the seals of a range, each with its entries and with the seal before it."""
    rows = _seals()
    faults: list[str] = []
    before = SealRow(0, 0, 0, b"", b"")
    for number, row in enumerate(rows, start=1):
        if first <= row.id <= last:
            faults += _faults_of(row, number, before.digest, before.below_xid)
        before = row
    if before.id < last:
        faults.append(f"seal {last} is missing")
    return tuple(faults)


def export(target: Path, *, now: datetime) -> Anchor | None:
    """Append the newest seal to a file of anchors and return it; None when nothing new was sealed."""
    rows = _seals()
    known = read_anchors(target)
    if not rows or (known and known[-1].seal == rows[-1].id):
        return None
    anchor = Anchor(rows[-1].id, rows[-1].digest.hex(), now.isoformat())
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as file:
        file.write(json.dumps(anchor.__dict__) + "\n")
    return anchor


def read_anchors(source: Path) -> list[Anchor]:
    """The anchors of a file, oldest first; none when the file is not there."""
    if not source.exists():
        return []
    lines = source.read_text(encoding="utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    return [Anchor(int(row["seal"]), str(row["digest"]), str(row["at"])) for row in rows]
