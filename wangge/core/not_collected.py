"""Which columns of a sheet are never collected, by their titles and by what stands in their cells."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from wangge.core.simplified import simplified

SHARE = 0.5
"""So much of the filled cells of the sample must say it, before a column with a harmless title is dropped."""

_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_ALL_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_WORDS = re.compile(r"[a-z0-9]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PARTS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Barred:
    """What is not collected: words that betray a title, words that make it harmless, values that betray a column.

    A Chinese word counts anywhere in a title, an English one as whole words. `harmless` words are taken out of a title
    and of a cell first: 民族路 is a street, 宗教局 an office.
    """

    code: str
    titles: tuple[str, ...]
    harmless: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column not to be collected: its place from 0, what it is, and the word in its title or its cells."""

    at: int
    title: str
    code: str
    by: Literal["title", "cells"]
    word: str


def dropped(titles: Sequence[str], rows: Iterable[Sequence[str]], barred: Sequence[Barred]) -> tuple[Dropped, ...]:
    """Return the columns that are not collected, in their order, each once: by title before by cells.

    `rows` is a sample; short rows are filled up in thought. At least half of the cells that hold anything must betray a
    column with a harmless title, so that one strange remark in a column of notes does not drop it.
    """
    sample = [tuple(row) for row in rows]
    found = []
    for at, title in enumerate(titles):
        cells = [row[at] for row in sample if at < len(row)]
        if (one := _of_title(at, title, barred) or _of_cells(at, title, cells, barred)) is not None:
            found.append(one)
    return tuple(found)


class Cells:
    """Looks at single cells for values that are not collected.

    A value in Latin letters counts as a whole cell only, since 韩梅 may be written Han Mei.
    """

    def __init__(self, barred: Sequence[Barred]) -> None:
        self._held = [(each, {squeezed(value): value for value in each.cells}) for each in barred if each.cells]
        words = {value for _each, values in self._held for value in values}
        self._any = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True)))) if words else None

    def code(self, cell: str) -> str:
        """Return the code of what the cell says and nobody collects, or nothing."""
        if self._any is None or not (text := _quick(cell)) or not self._any.search(text):
            return ""
        for each, values in self._held:
            if found := _said(cell, values, each):
                whole = _without(squeezed(cell), each)
                if _CHINESE.search(found) or whole == squeezed(found):
                    return each.code
        return ""


def _quick(cell: str) -> str:
    """The cell as it is compared; nothing when it holds no letter. Cells of Chinese characters alone take no detour."""
    if cell.isascii():
        return squeezed(cell) if not cell.isdigit() and any(map(str.isalpha, cell)) else ""
    return simplified(cell) if cell.isalnum() and _ALL_CHINESE.fullmatch(cell) else squeezed(cell)


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence gives away: what it is, and the word."""

    code: str
    word: str


def told_in(text: str, barred: Sequence[Barred]) -> Told | None:
    """Return the first thing that is not collected in a sentence people wrote, or None.

    Words of titles and of cells count alike. A single Chinese character says nothing in a sentence, and is passed over.
    """
    for each in barred:
        running = Barred(each.code, (*each.titles, *(cell for cell in each.cells if len(cell) > 1)), each.harmless)
        if word := next(_words_in(text, running), ""):
            return Told(each.code, word)
    return None


def _of_title(at: int, title: str, barred: Sequence[Barred]) -> Dropped | None:
    for each in barred:
        if word := next(_words_in(title, each), ""):
            return Dropped(at, title, each.code, "title", word)
    return None


def _words_in(title: str, barred: Barred) -> Iterator[str]:
    together, apart = _without(squeezed(title), barred), f" {' '.join(_english(title))} "
    for word in barred.harmless:
        apart = apart.replace(f" {' '.join(_english(word))} ", " / ")
    for word in barred.titles:
        if _CHINESE.search(word):
            if squeezed(word) in together:
                yield word
        elif f" {' '.join(_english(word))} " in apart or together == squeezed(word):
            yield word


def _of_cells(at: int, title: str, cells: Sequence[str], barred: Sequence[Barred]) -> Dropped | None:
    filled = [cell for cell in cells if squeezed(cell)]
    for each in barred:
        values = {squeezed(value): value for value in each.cells}
        said = [found for cell in filled if (found := _said(cell, values, each))]
        if said and len(said) >= SHARE * len(filled):
            return Dropped(at, title, each.code, "cells", said[0])
    return None


def _said(cell: str, values: dict[str, str], barred: Barred) -> str:
    """The barred value that a part of the cell is, or nothing."""
    whole = _without(squeezed(cell), barred)
    parts = (whole, *(_without(squeezed(part), barred) for part in _PARTS.split(unicodedata.normalize("NFKC", cell))))
    return next((values[part] for part in parts if part in values), "")


def _without(text: str, barred: Barred) -> str:
    for word in barred.harmless:
        text = text.replace(squeezed(word), "\n")
    return text


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """Return the text as it is compared: one width, small letters, simplified, no marks, spaces or hidden signs."""
    folded = simplified(unicodedata.normalize("NFKC", text).casefold())
    return "".join(char for char in folded if char.isalnum())


@lru_cache(maxsize=4096)
def _english(text: str) -> tuple[str, ...]:
    """The words in Latin letters, small and in the singular: "idPhotos_2" is id, photo, 2."""
    apart = _HUMP.sub(" ", unicodedata.normalize("NFKC", text)).casefold().replace("_", " ")
    return tuple(word if len(word) < 5 else word.removesuffix("s") for word in _WORDS.findall(apart))
