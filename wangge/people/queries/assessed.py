"""Impact assessments: which still count, which are overdue, which purposes have none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from wangge.catalogue import queries as catalogue
from wangge.catalogue.purposes import in_order
from wangge.people.models import Assessment, AssessmentReview, LookReview
from wangge.people.words import COMPARTMENT, Conclusion
from wangge.vault import queries as vault


@dataclass(frozen=True)
class Unassessed:
    """A purpose without an assessment that counts today; `is_sensitive` when the law asks for one (PIPL Art. 55)."""

    code: str
    is_sensitive: bool


def assessments() -> Any:
    """Return a query set of assessments with `until`, the last day on which each counts, and `holds`, what it says now.

    Both come from the last review when there is one.
    """
    last = AssessmentReview.objects.filter(assessment=OuterRef("pk")).order_by("-id")
    return Assessment.objects.annotate(
        until=Coalesce(Subquery(last.values("review_by")[:1]), F("review_by"), output_field=DateField()),
        holds=Coalesce(Subquery(last.values("conclusion")[:1]), F("conclusion")),
    )


def page_of(*, today: date, is_overdue: bool, before: int | None, size: int) -> list[Any]:
    """Return one page, the latest first, and one more when there are more."""
    found = assessments().order_by("-id")
    if is_overdue:
        found = found.filter(until__lt=today)
    if before is not None:
        found = found.filter(id__lt=before)
    return list(found[: size + 1])


def overdue(today: date) -> int:
    """Return how many have to be looked at again."""
    return int(assessments().filter(until__lt=today).count())


def unassessed(today: date) -> list[Unassessed]:
    """Return the purposes in use that no assessment covers today, in the order of the register."""
    counts = assessments().filter(until__gte=today).exclude(holds=Conclusion.STOP)
    covered = {code for codes in counts.values_list("purposes", flat=True) for code in codes}
    sensitive = {held.code for held in catalogue.fields() if held.entry.is_sensitive}
    return [
        Unassessed(held.code, bool(sensitive & set(held.entry.fields)))
        for held in in_order()
        if held.code not in covered
    ]


def said_of(reviews: Sequence[LookReview]) -> dict[int, str]:
    """Return what was written down about looks, by review, opened in one go for who watches."""
    table = LookReview._meta.db_table
    places = [(bytes(one.note) if one.note else None, table, "note", str(one.pk)) for one in reviews]
    return {one.pk: text or "" for one, text in zip(reviews, vault.open_many(COMPARTMENT, places), strict=True)}
