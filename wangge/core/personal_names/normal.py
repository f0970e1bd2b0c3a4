"""One form for a person's name, however it was typed or which program it came from."""

import re
import unicodedata

HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]"
_DOTS = re.compile(rf"(?<={HAN})\s*[·•・‧∙⋅᛫●.﹒]\s*(?={HAN})")
_ANY_DOT = re.compile(r"[•・‧∙⋅᛫●]")
_BETWEEN_HAN = re.compile(rf"(?<={HAN})\s+(?={HAN})")
_PLAIN = re.compile(r"[\u4e00-\u9fa5]+")
_HIDDEN = ("Cf", "Mn", "Cc")


def _private_use() -> dict[int, str]:
    """Rare characters that older programs keep in the private use area, and their own place since then.

    The table of GB 18030-2000 (row FE, as Python's codec has it); six of it stand beyond the basic plane, and eight
    more had no place before GB 18030-2022.
    """
    trails = [trail for trail in range(0x50, 0xA1) if trail != 0x7F]
    pairs = {0xE815 + at: bytes((0xFE, trail)).decode("gb18030") for at, trail in enumerate(trails)}
    beyond = {0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE}
    later = (0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864)
    return (
        pairs | {old: chr(new) for old, new in beyond.items()} | {old: chr(0x9FB4 + at) for at, old in enumerate(later)}
    )


PRIVATE_USE = _private_use()


def normal(typed: str) -> str:
    r"""Return a name in its normal form: half width, one kind of dot (·), no blanks between Chinese characters.

    Blanks inside Latin names are one space; their case stays. Invisible signs and selectors of variants go, rare
    characters from the private use area come to their own place (杜\ue863 is 杜䶮). Nothing else is changed: neither
    traditional characters nor the order of a name are ours to correct. Half-width kana become whole.
    """
    if _PLAIN.fullmatch(typed):  # nothing to change in most names of a city
        return typed
    placed = typed.translate(PRIVATE_USE)
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", placed))
    seen = "".join(" " if char.isspace() else char for char in folded if _is_seen(char))
    dotted = _ANY_DOT.sub("·", _DOTS.sub("·", " ".join(seen.split())))
    return _BETWEEN_HAN.sub("", dotted).strip(" ·")


def _is_seen(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in _HIDDEN
