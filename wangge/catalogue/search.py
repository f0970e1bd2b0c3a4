"""Finds categories by what somebody has typed: labels and keywords that occur in it, the longest first."""

from collections.abc import Iterable

from wangge.catalogue.schema import Category

LABEL_WEIGHT = 3


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
    labels = (category.label, category.spoken)
    score = sum(LABEL_WEIGHT * _fit(wanted, term) for term in {t for each in labels for t in (each.zh_hans, each.en)})
    return score + sum(_fit(wanted, term) for term in (*category.keywords.zh_hans, *category.keywords.en))


def _fit(wanted: str, term: str) -> int:
    term = term.casefold()
    weight = len(term.encode()) if term in wanted else 0
    return weight or (len(wanted.encode()) if wanted in term else 0)
