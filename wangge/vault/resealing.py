"""A chunk of a registered table, column by column: its values are opened and sealed with the newest key."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wangge.vault import cipher
from wangge.vault.queries import forget, indexing_key_of, key_named_in
from wangge.vault.queries.rows import Chunk
from wangge.vault.sealed import Index, Sealed


def sealed_anew(code: str, spec: Sealed, chunk: Chunk, old: Sequence[str]) -> tuple[Chunk, int]:
    """The rows under the newest key, and how many do not open: those stay as they are, and so does their key."""
    ring = _Ring(code, old)
    try:
        return _anew(spec, chunk, ring), 0
    except ValueError:  # Unreadable, or no normal form to index: all the others, then
        good = [at for at in range(len(chunk)) if _opens(spec, chunk.only([at]), ring)]
        return _anew(spec, chunk.only(good), ring), len(chunk) - len(good)


def _opens(spec: Sealed, row: Chunk, ring: "_Ring") -> bool:
    try:
        _anew(spec, row, ring)
    except ValueError:
        return False
    return True


def _anew(spec: Sealed, chunk: Chunk, ring: "_Ring") -> Chunk:
    if None in chunk.names:
        raise cipher.Unreadable("a row has no name")
    columns = [
        ring.column(spec, column, cells, chunk.names) for column, cells in zip(spec.columns, chunk.cells, strict=True)
    ]
    clear = dict(zip(spec.columns, (said for _, said in columns), strict=True))
    indexes = [
        ring.index(index, cells, clear[index.of], areas)
        for index, cells, areas in zip(spec.indexes, chunk.indexes, chunk.areas, strict=True)
    ]
    return replace(chunk, cells=tuple(cells for cells, _ in columns), indexes=tuple(indexes))


class _Ring:
    """The keys of one chunk."""

    def __init__(self, code: str, old: Sequence[str]) -> None:
        self.code = code
        self.old = frozenset(bytes.fromhex(key_id) for key_id in old)
        self.newest = indexing_key_of(code)
        if self.newest.id in self.old:  # remembered since before the exchange began, less than a second ago
            forget()
            self.newest = indexing_key_of(code)

    def key_of(self, sealed: bytes) -> cipher.Key:
        return key_named_in(self.code, sealed)

    def column(
        self, spec: Sealed, column: str, cells: list[Any], names: list[str]
    ) -> tuple[list[Any], list[str | None]]:
        """The cells of a column sealed anew, and what each says; what no old key sealed is left alone, closed."""
        held = [[] if cell is None else spec.holding.read(cell) for cell in cells]
        due = [
            (sealed, spec.place, column, name)
            for name, values in zip(names, held, strict=True)
            for sealed in values
            if cipher.key_id(sealed) in self.old
        ]
        clear = [value or "" for value in cipher.open_many(self.key_of, due)]
        again = cipher.seal_many(self.newest, [(said, *each[1:]) for said, each in zip(clear, due, strict=True)])
        fresh = {sealed: (new, said) for (sealed, *_), new, said in zip(due, again, clear, strict=True)}
        written = [
            spec.holding.written([fresh.get(sealed, (sealed,))[0] for sealed in values], cell) if values else cell
            for values, cell in zip(held, cells, strict=True)
        ]
        return written, [next((fresh[sealed][1] for sealed in values if sealed in fresh), None) for values in held]

    def index(self, index: Index, cells: list[Any], clear: list[str | None], areas: list[Any]) -> list[Any]:
        """The cells of an index made with the newest key, wherever there was one and its value was sealed anew."""
        due = [bool(cell) and said is not None for cell, said in zip(cells, clear, strict=True)]
        asked = [
            (index.normal(said or ""), area) for said, area, is_due in zip(clear, areas, due, strict=True) if is_due
        ]
        made = iter(cipher.blind_index_many(self.newest, asked))
        return [next(made) if is_due else cell for cell, is_due in zip(cells, due, strict=True)]
