"""Finds categories by what somebody has typed: labels and keywords that occur in it, the longest first."""

from collections.abc import Iterable

from wangge.catalogue.schema import Category


def find(text: str, categories: Iterable[Category], *, limit: int = 8) -> list[Category]:
    """Return the categories that fit the text best, at most `limit`, none when nothing fits.

    A label or keyword counts by its length when it stands in the text, or when the text is a part of it: so a search
    box of two characters and a whole report both work, in either language.
    """
    wanted = text.casefold().strip()
    if not wanted:
        return []
    scored = [(_score(wanted, category), category) for category in categories]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1].code))
    return [category for _, category in best[:limit]]


def _score(wanted: str, category: Category) -> int:
    size = len(wanted.encode())
    return sum(weight for term, _times, weight in category.terms if term in wanted) + sum(
        size * times for term, times, _weight in category.terms if wanted in term and term != wanted
    )
