"""Needs are told as help: a text that names an illness or a suspicion is a fault, also in a city's own files."""

from collections.abc import Iterable, Iterator, Mapping

from wangge.catalogue.faults import Fault, Rule
from wangge.catalogue.schema import AnyEntry, Need, Uncollected
from wangge.catalogue.words import OF_SHEETS, Kind
from wangge.core.not_collected import Barred, told_in


def barred_in_texts(entries: Iterable[Uncollected]) -> tuple[Barred, ...]:
    """Return what no sentence about a person may say."""
    return tuple(entry.barred() for entry in entries if entry.active and entry.code not in OF_SHEETS)


def betraying(entries: Mapping[Kind, Mapping[str, AnyEntry]], files: Mapping[tuple[Kind, str], str]) -> Iterator[Fault]:
    """Return a fault for each text of a need that says what is not collected."""
    kept = [entry for entry in entries[Kind.UNCOLLECTED].values() if isinstance(entry, Uncollected)]
    barred = barred_in_texts(kept)
    for code, need in entries[Kind.NEED].items():
        if isinstance(need, Need):
            for key, text in need.texts:
                if found := told_in(text, barred):
                    yield Fault(files[Kind.NEED, code], f"need[{code}].{key}", Rule.TELLS_TOO_MUCH, found.word)
