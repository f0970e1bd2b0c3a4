"""What has an end, by which rule, what is held back, and how past runs went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime, make_aware

from wangge.catalogue import queries as catalogue
from wangge.catalogue.keeping import RetentionRule
from wangge.catalogue.queries import Held
from wangge.jobs.keeping import Category, categories
from wangge.people.models import RetentionCertificate, RetentionHold, RetentionRun

NIGHTLY = time(3, 37)
"""When the nightly run begins, by the clock here (`people.tasks`); by then the backup of the night is made."""


@dataclass(frozen=True)
class Ruled:
    """A category with the rule it goes by."""

    category: Category
    rule: Held[RetentionRule]


@dataclass(frozen=True)
class Faults:
    """Where software and catalogue do not speak of the same: codes of categories without a rule, rules without one."""

    without_rule: tuple[str, ...]
    without_category: tuple[str, ...]
    differing: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.without_rule or self.without_category or self.differing)


def ruled() -> list[Ruled]:
    """The categories that go, in the order of their rules; one without a rule is kept and named by `faults`."""
    known = categories()
    return [Ruled(known[held.code], held) for held in catalogue.retention() if _fits(known.get(held.code), held.entry)]


def _fits(category: Category | None, rule: RetentionRule) -> bool:
    return category is not None and (category.start, category.way) == (rule.start, rule.way)


def faults() -> Faults:
    """What keeps a category from going."""
    known, rules = categories(), {held.code: held.entry for held in catalogue.retention()}
    return Faults(
        without_rule=tuple(sorted(set(known) - set(rules))),
        without_category=tuple(sorted(set(rules) - set(known))),
        differing=tuple(sorted(c for c, rule in rules.items() if c in known and not _fits(known[c], rule))),
    )


def in_force(today: date) -> QuerySet[RetentionHold]:
    """Holds that keep something back on a day, their last day included."""
    return RetentionHold.objects.filter(ended_at__isnull=True, until__gte=today)


def held_persons(today: date) -> QuerySet[Any, Any]:
    """Ids of the persons whose rows stay."""
    return in_force(today).filter(person__isnull=False).values("person_id")


def held_categories(today: date) -> frozenset[str]:
    """Codes of the categories that stay."""
    return frozenset(in_force(today).exclude(category="").values_list("category", flat=True))


def is_held(persons: Iterable[int], today: date) -> bool:
    """Say whether something of these persons has to stay."""
    return in_force(today).filter(Q(person__in=persons)).exists()


def page_of_runs(before: int | None, size: int, *, dry: bool | None = None) -> list[RetentionRun]:
    """Runs, the newest first; one more than asked when there are more."""
    found = RetentionRun.objects.select_related("asked_by", "certificate")
    if dry is not None:
        found = found.filter(is_dry=dry)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[: size + 1])


def page_of_certificates(before: int | None, size: int) -> list[RetentionCertificate]:
    """Certificates, the newest first; one more than asked when there are more."""
    found = RetentionCertificate.objects.all()
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[: size + 1])


def page_of_holds(before: int | None, size: int) -> list[RetentionHold]:
    """Holds, the newest first; one more than asked when there are more."""
    found = RetentionHold.objects.select_related("by", "ended_by")
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[: size + 1])


def next_run(now: datetime) -> datetime:
    """When the next nightly run begins."""
    here = localtime(now)
    tonight = make_aware(datetime.combine(here.date(), NIGHTLY))
    return tonight if here < tonight else make_aware(datetime.combine(here.date() + timedelta(days=1), NIGHTLY))
