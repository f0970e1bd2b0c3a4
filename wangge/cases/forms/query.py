"""The query of an address, changed in some parts: what filters and links lead to."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict


def changed(data: QueryDict, without: Iterable[str], more: Mapping[str, str]) -> QueryDict:
    """The query with some fields left out and others set; what is empty is left out."""
    kept = data.copy()
    for name in (*without, *more):
        kept.pop(name, None)
    for name, value in more.items():
        kept[name] = value
    for name in [name for name, value in kept.items() if not value]:
        del kept[name]
    return kept
