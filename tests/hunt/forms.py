"""In how many shapes a value may lie about: the bytes by which it would be found in a file, a page or a log."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product
from urllib.parse import quote_from_bytes

from pypinyin import Style, lazy_pinyin

TEXTUAL = "text"
RAW = "raw"
"""A raw shape is no text in UTF-8: it can lie in a file or a byte column, not in a text column."""

Shape = Callable[[str], bytes]


def base64_from(value: str, skipped: int) -> bytes:
    """The letters of base64 that depend on the value alone when it begins `skipped` bytes into a group of three."""
    held = value.encode()
    coded = base64.b64encode(b"\0" * skipped + held)
    first = -(-skipped * 8 // 6)
    whole = (skipped + len(held)) * 8 // 6
    return coded[first:whole]


def base64_of_urls(value: str, skipped: int) -> bytes:
    """The same in the alphabet that links use."""
    return base64_from(value, skipped).translate(bytes.maketrans(b"+/", b"-_"))


def json_escaped(value: str, *, upper: bool) -> bytes:
    text = json.dumps(value)[1:-1]
    return (text.upper().replace("\\U", "\\u") if upper else text).encode()


def percent(value: str, encoding: str, *, upper: bool) -> bytes:
    text = quote_from_bytes(value.encode(encoding), safe="")
    return (text if upper else text.lower()).encode()


def spelled(value: str, between: str = "", *, title: bool = False, style: Style = Style.NORMAL) -> bytes:
    """Pinyin of a name without tones."""
    parts = lazy_pinyin(value, style=style)
    return between.join(part.title() if title else part for part in parts).encode()


def grouped(value: str, between: str, sizes: tuple[int, ...] = (3, 4, 4)) -> bytes:
    """A telephone number as people write it."""
    parts, at = [], 0
    for size in sizes:
        parts.append(value[at : at + size])
        at += size
    return between.join(parts).encode()


def words(value: str, encoding: str = "utf-8") -> bytes:
    return value.encode(encoding)


EVERYWHERE: dict[str, tuple[str, Shape]] = {
    "UTF-8": (TEXTUAL, words),
    "UTF-16LE": (RAW, partial(words, encoding="utf-16-le")),
    "UTF-16BE": (RAW, partial(words, encoding="utf-16-be")),
    **{f"base64 +{skipped}": (TEXTUAL, partial(base64_from, skipped=skipped)) for skipped in range(3)},
    "hex": (TEXTUAL, lambda value: value.encode().hex().encode()),
}
IN_CHINESE: dict[str, tuple[str, Shape]] = {
    "GB18030": (RAW, partial(words, encoding="gb18030")),
    **{f"base64 of links +{skipped}": (TEXTUAL, partial(base64_of_urls, skipped=skipped)) for skipped in range(3)},
    "HEX": (TEXTUAL, lambda value: value.encode().hex().upper().encode()),
    "hex of UTF-16LE": (TEXTUAL, lambda value: value.encode("utf-16-le").hex().encode()),
    **{
        f"{'URL' if upper else 'url'} of {encoding}": (TEXTUAL, partial(percent, encoding=encoding, upper=upper))
        for encoding, upper in product(("UTF-8", "GB18030"), (True, False))
    },
    "JSON": (TEXTUAL, partial(json_escaped, upper=False)),
    "JSON in capitals": (TEXTUAL, partial(json_escaped, upper=True)),
}
SOUNDS: dict[str, tuple[str, Shape]] = {
    "pinyin": (TEXTUAL, spelled),
    "pinyin spaced": (TEXTUAL, partial(spelled, between=" ")),
    "Pinyin": (TEXTUAL, partial(spelled, title=True)),
    "initials": (TEXTUAL, partial(spelled, style=Style.FIRST_LETTER)),
    "INITIALS": (TEXTUAL, lambda value: spelled(value, style=Style.FIRST_LETTER).upper()),
}
OF_A_DOCUMENT: dict[str, tuple[str, Shape]] = {"last six": (TEXTUAL, lambda value: value[-6:].encode())}
OF_A_PHONE: dict[str, tuple[str, Shape]] = {
    "in groups": (TEXTUAL, partial(grouped, between=" ")),
    "with dashes": (TEXTUAL, partial(grouped, between="-")),
    "groups in UTF-16LE": (RAW, lambda value: grouped(value, " ").decode().encode("utf-16-le")),
    "groups in a URL": (TEXTUAL, partial(grouped, between="%20")),
    "groups in a form": (TEXTUAL, partial(grouped, between="+")),
}
BY_KIND: Mapping[str, dict[str, tuple[str, Shape]]] = {
    "name": EVERYWHERE | IN_CHINESE | SOUNDS,
    "text": EVERYWHERE | IN_CHINESE,
    "document": EVERYWHERE | OF_A_DOCUMENT,
    "phone": EVERYWHERE | OF_A_PHONE,
}
DIGITS = {"document", "phone"}
"""Such a value found inside a longer number is not found."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One shape of one value of one invented person."""

    person: int
    kind: str
    form: str
    sort: str
    pattern: bytes

    @property
    def stands_alone(self) -> bool:
        return self.kind in DIGITS and self.form in {"UTF-8", "last six"}


def traces(person: int, values: Mapping[str, str]) -> Iterator[Trace]:
    """All shapes of a person's values; the key of a value is its kind, or `kind of what`."""
    for name, value in values.items():
        kind = name.partition(" ")[0]
        for form, (sort, shape) in BY_KIND[kind].items():
            yield Trace(person, kind, form if name == kind else f"{form} ({name})", sort, shape(value))
