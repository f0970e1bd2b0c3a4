"""A chunk of a registered table: its rows are opened and sealed with the newest key."""

from collections.abc import Iterable, Sequence

from wangge.vault import cipher
from wangge.vault.queries import forget, indexing_key_of, key_named_in
from wangge.vault.queries.rows import Row
from wangge.vault.sealed import Sealed


def sealed_anew(code: str, spec: Sealed, rows: Iterable[Row], old: Sequence[str]) -> tuple[list[Row], int]:
    """The rows under the newest key, and how many do not open: those stay as they are, and so does their key."""
    ring = _Ring(code, old)
    fresh, unreadable = [], 0
    for row in rows:
        try:
            fresh.append(_row(spec, row, ring))
        except ValueError:  # Unreadable, or no normal form to index
            unreadable += 1
    return fresh, unreadable


class _Ring:
    """The keys of one chunk, each fetched once."""

    def __init__(self, code: str, old: Sequence[str]) -> None:
        self.code = code
        self.old = frozenset(bytes.fromhex(key_id) for key_id in old)
        self.newest = indexing_key_of(code)
        if self.newest.id in self.old:  # remembered since before the exchange began, less than a second ago
            forget()
            self.newest = indexing_key_of(code)
        self.keys: dict[bytes, cipher.Key] = {}

    def anew(self, sealed: bytes, spec: Sealed, column: str, name: str) -> tuple[bytes, str | None]:
        """The value under the newest key, and in clear; what is under no old key is left alone and stays closed."""
        named = cipher.key_id(sealed)
        if named not in self.old:
            return sealed, None
        if named not in self.keys:
            self.keys[named] = key_named_in(self.code, sealed)
        value = cipher.open_(self.keys[named], sealed, table=spec.place, column=column, row=name)
        return cipher.seal(self.newest, value, table=spec.place, column=column, row=name), value


def _row(spec: Sealed, row: Row, ring: _Ring) -> Row:
    if row.name is None:
        raise cipher.Unreadable("the row has no name")
    cells, clear = [], {}
    for column, cell in zip(spec.columns, row.cells, strict=True):
        held = [] if cell is None else spec.holding.read(cell)
        fresh = [ring.anew(sealed, spec, column, row.name) for sealed in held]
        cells.append(spec.holding.written([sealed for sealed, _ in fresh], cell) if held else cell)
        clear[column] = next((value for _, value in fresh if value is not None), None)
    indexes = []
    for index, cell, area in zip(spec.indexes, row.indexes, row.areas, strict=True):
        value = clear[index.of]
        is_due = bool(cell) and value is not None
        indexes.append(cipher.blind_index(ring.newest, index.normal(value or ""), area=area) if is_due else cell)
    return Row(row.key, row.name, tuple(cells), tuple(indexes), row.areas)
