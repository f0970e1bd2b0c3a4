"""What the desk proposes and a person decides: categories for a text, units for a category."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language

from wangge.cases.models import Case
from wangge.cases.queries.faces import said
from wangge.catalogue import queries as catalogue
from wangge.catalogue.schema import Category
from wangge.catalogue.search import find
from wangge.places.queries import ancestors
from wangge.teams.models import Organisation

MOST = 3


@dataclass(frozen=True)
class Choice:
    """One answer among several; `hint` says why it is proposed."""

    value: str
    label: str
    hint: str = ""


def categories(case: Case, known: Iterable[catalogue.Held[Category]], *, most: int = MOST) -> list[Category]:
    """The category the report came with first, then those whose words stand in its text."""
    entries = [each.entry for each in known]
    own = [entry for entry in entries if entry.code == case.category_code]
    found = find(f"{case.text} {case.place}", entries, limit=most)
    return [*own, *(entry for entry in found if entry not in own)][:most]


def best(case: Case, known: Iterable[catalogue.Held[Category]]) -> Category | None:
    """The category the report came with or the one that fits best; None when nothing fits."""
    entries = {each.code: each.entry for each in known}
    return entries.get(case.category_code) or entries.get(_fitting(f"{case.text} {case.place}", catalogue.stamp()))


@lru_cache(maxsize=4096)
def _fitting(text: str, _of: catalogue.Stamp) -> str:
    """Code of the category that fits a text best; a list asks it of the same rows again and again."""
    found = find(text, (each.entry for each in catalogue.categories()), limit=1)
    return found[0].code if found else ""


def branch_labels() -> dict[str, str]:
    return {each.code: said(each.entry.label) for each in catalogue.branches()}


def tree() -> list[tuple[str, list[tuple[str, str]]]]:
    """All categories under their branches, as a select takes them."""
    return _tree(catalogue.stamp(), get_language() or "zh-hans")


@lru_cache(maxsize=4)
def _tree(_of: catalogue.Stamp, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    names = branch_labels()
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in catalogue.categories():
        groups.setdefault(each.entry.branch, []).append((each.code, each.entry.label.text(language)))
    return [(names.get(branch, branch), leaves) for branch, leaves in groups.items()]


def units(case: Case) -> list[Organisation]:
    """Every unit: those that do the function the category needs first, the nearest area first among them."""
    owner = catalogue.category_of(case.category_id).entry.owner if case.category_id else ""
    above = ancestors(case.area_id)
    every = Organisation.objects.order_by("sort_key", "id")
    return sorted(every, key=lambda each: (owner not in each.functions, each.area_id not in above))


def fitting(case: Case, every: Iterable[Organisation]) -> list[Organisation]:
    """The units that do what the category needs and lie over the case's area."""
    owner = catalogue.category_of(case.category_id).entry.owner if case.category_id else ""
    above = ancestors(case.area_id)
    return [each for each in every if owner in each.functions and each.area_id in above][:MOST]
