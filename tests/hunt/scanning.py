"""One pass over many gigabytes for a million traces: windows of fixed length, a sieve of bits, then the truth.

Of each trace the last twelve bytes (six of a short one) are its window. Two sieves of bits say of nearly every
place in the data that no window ends there; what is left is looked up and compared whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numba
import numpy as np

from tests.hunt.forms import Trace

SHORT, LONG = 6, 12
COARSE, FINE = 23, 28
"""Bits of the two sieves: a small one that stays near the processor, a large one that is right nearly always."""
FIRST, SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
LOW = np.uint64((1 << 48) - 1)
MOST = 1 << 16
ALNUM = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


@numba.njit(cache=True, nogil=True, boundscheck=False)
def sieved(data: Any, coarse: Any, fine: Any, found: Any, start: int) -> tuple[int, int]:
    """Note where a window may end, from `start` on; how many were noted, and where to go on."""
    byte, seven, three = np.uint64(8), np.uint64(7), np.uint64(3)
    window, before, count, room = np.uint64(0), np.uint64(0), 0, found.size
    for at in range(max(0, start - 11), data.size):
        before = ((before << byte) | (window >> np.uint64(40))) & LOW
        window = ((window << byte) | np.uint64(data[at])) & LOW
        one = window * FIRST
        two = one ^ (before * SECOND)
        place = one >> np.uint64(64 - COARSE)
        hit = coarse[place >> three] >> (place & seven) & 1
        if hit:
            place = one >> np.uint64(64 - FINE)
            hit = fine[place >> three] >> (place & seven) & 1
        if not hit:
            place = two >> np.uint64(64 - COARSE)
            if coarse[place >> three] >> (place & seven) & 1:
                place = two >> np.uint64(64 - FINE)
                hit = fine[place >> three] >> (place & seven) & 1
        if hit and at >= start:
            found[count] = at
            count += 1
            if count == room:
                return count, at + 1
    return count, data.size


@dataclass
class Found:
    """A trace, and where it lay."""

    trace: Trace
    label: str
    at: int
    around: bytes


@dataclass
class Scanner:
    """Looks for all traces at once; counts what it read."""

    windows: dict[bytes, list[Trace]]
    coarse: Any
    fine: Any
    traces: int = 0
    read: int = 0
    places: int = 0
    by_sort: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, wanted: Iterable[Trace]) -> "Scanner":
        windows: dict[bytes, list[Trace]] = defaultdict(list)
        for trace in wanted:
            if len(trace.pattern) < SHORT:
                raise ValueError(f"too short to be told from chance: {trace}")
            windows[trace.pattern[-(LONG if len(trace.pattern) >= LONG else SHORT) :]].append(trace)
        coarse, fine = (np.zeros(1 << (bits - 3), dtype=np.uint8) for bits in (COARSE, FINE))
        for length in (SHORT, LONG):
            mixed = _mixed([one for one in windows if len(one) == length], length)
            for bits, sieve in ((COARSE, coarse), (FINE, fine)):
                places = mixed >> np.uint64(64 - bits)
                np.bitwise_or.at(sieve, places >> np.uint64(3), (1 << (places & np.uint64(7))).astype(np.uint8))
        return cls(dict(windows), coarse, fine, sum(len(held) for held in windows.values()))

    def scan(self, data: bytes, label: str) -> Iterator[Found]:
        """Every trace in the data."""
        self.read += len(data)
        self.places += 1
        self.by_sort[label.partition(":")[0]] += 1
        if len(data) < SHORT:
            return
        view, found, start = np.frombuffer(data, dtype=np.uint8), np.empty(MOST, dtype=np.int64), 0
        while start < len(data):
            count, start = sieved(view, self.coarse, self.fine, found, start)
            for place in found[:count].tolist():
                yield from self._true(data, place + 1, label)

    def _true(self, data: bytes, end: int, label: str) -> Iterator[Found]:
        for length in (SHORT, LONG):
            for trace in self.windows.get(data[max(0, end - length) : end], ()):
                begin = end - len(trace.pattern)
                if begin < 0 or data[begin:end] != trace.pattern:
                    continue
                if trace.stands_alone and _inside(data, begin, end, trace):
                    continue
                yield Found(trace, label, begin, data[max(0, begin - 40) : end + 40])


def _inside(data: bytes, begin: int, end: int, trace: Trace) -> bool:
    """Is the number a part of a longer one, or the six letters of a longer word?"""
    before, after = data[begin - 1 : begin], data[end : end + 1]
    if trace.form.startswith("last six"):
        return bool(before and before[0] in ALNUM) or bool(after and after[0] in ALNUM)
    return before.isdigit() or after.isdigit()


def _mixed(ends: list[bytes], length: int) -> Any:
    if not ends:
        return np.zeros(0, dtype=np.uint64)
    columns = np.frombuffer(b"".join(ends), dtype=np.uint8).reshape(len(ends), length).astype(np.uint64)
    last, first = np.zeros(len(ends), dtype=np.uint64), np.zeros(len(ends), dtype=np.uint64)
    for at in range(SHORT):
        last = (last << np.uint64(8)) | columns[:, length - SHORT + at]
        if length == LONG:
            first = (first << np.uint64(8)) | columns[:, at]
    return last * FIRST ^ first * SECOND if length == LONG else last * FIRST
