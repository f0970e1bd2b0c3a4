"""Which column of a sheet is which field: as it was last time, by its name, by what people call it, by likeness."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

LIKE_ENOUGH = 80.0
_LEFT_OUT = re.compile(r"[(（\[【].*?[)）\]】]|[\s_\-./:：*＊#、]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field that wants a column, with the names people give it; the first ones weigh most."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A column for a field and why: remembered, same, known (by another name) or alike."""

    field: str
    header: str
    why: str


def plain(name: str) -> str:
    """Return a heading without case, marks, brackets and what stands in them: "经度 (BD-09)*" gives "经度"."""
    folded = unicodedata.normalize("NFKC", name).lower()
    return _LEFT_OUT.sub("", folded) or re.sub(r"\W+", "", folded)


def propose(
    headers: Sequence[str], wanted: Sequence[Wanted], remembered: Mapping[str, str] | None = None
) -> tuple[Match, ...]:
    """Return at most one column for each field and one field for each column, the surest first."""
    free, open_fields, found = list(headers), {field.code: field for field in wanted}, []

    def take(field: str, header: str, why: str) -> None:
        found.append(Match(field, header, why))
        free.remove(header)
        del open_fields[field]

    for code, header in (remembered or {}).items():
        if code in open_fields and header in free:
            take(code, header, "remembered")
    for why in ("same", "known"):
        for field in list(open_fields.values()):
            names = (field.code, *field.names[:1]) if why == "same" else field.names
            sought = [plain(name) for name in names]
            fits = [(sought.index(plain(header)), header) for header in free if plain(header) in sought]
            if fits:
                take(field.code, min(fits, key=lambda fit: fit[0])[1], why)
    for _score, field_code, header in sorted(_alike(free, list(open_fields.values())), reverse=True):
        if field_code in open_fields and header in free:
            take(field_code, header, "alike")
    return tuple(found)


def _alike(headers: Sequence[str], fields: Sequence[Wanted]) -> list[tuple[float, str, str]]:
    scored = []
    for field in fields:
        names = [plain(name) for name in (field.code, *field.names)]
        for header in headers:
            score = max(ratio(name, plain(header)) for name in names)
            if score >= LIKE_ENOUGH:
                scored.append((score, field.code, header))
    return scored
