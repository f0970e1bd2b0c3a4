"""Rules and counts of retention in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.catalogue import queries as catalogue
from wangge.catalogue.keeping import RetentionRule
from wangge.catalogue.lawful_words import ground
from wangge.catalogue.purposes import laws
from wangge.catalogue.queries import Held
from wangge.core.retention import Start, Way
from wangge.people.models import RetentionCount
from wangge.web.templatetags.wg import language

STARTS: Mapping[Start, str | Promise] = {
    Start.LEFT: _("after moving away"),
    Start.ENDED: _("after it ended"),
    Start.WITHDRAWN: _("after it was taken back"),
    Start.CLOSED: _("after closing"),
    Start.EXPIRED: _("after it was over"),
    Start.SENT: _("after sending"),
}
WAYS: Mapping[Way, str | Promise] = {
    Way.ROW: pgettext_lazy("retention", "row removed"),
    Way.FIELD: pgettext_lazy("retention", "field emptied"),
    Way.FILE: pgettext_lazy("retention", "file and row removed"),
}


@dataclass(frozen=True)
class Rule:
    """A rule as it is read: what, how long after what, what is done, why and by which article."""

    code: str
    label: str
    days: int
    after: str | Promise
    way: str | Promise
    reason: str
    grounds: str
    version: int
    is_held: bool


@dataclass
class Counted:
    """How many of one category, from which rule, the oldest of them."""

    label: str
    version: int
    days: int
    rows: int
    oldest: date


def rule_in_words(held: Held[RetentionRule], stays: Iterable[str]) -> Rule:
    """Return a rule in the language of the page."""
    entry, speaks = held.entry, language()
    grounds = (", " if speaks == "en" else "、").join(ground(basis, laws(), speaks) for basis in entry.bases)
    return Rule(
        held.code, entry.label.text(speaks), entry.days, STARTS[entry.start], WAYS[entry.way],
        entry.reason.text(speaks), grounds, held.number, held.code in stays,
    )  # fmt: skip


def label_of(category: str) -> str:
    """What a category is called today; its code when no rule speaks of it any more."""
    return next(
        (held.entry.label.text(language()) for held in catalogue.retention() if held.code == category), category
    )


def by_category(counts: Iterable[RetentionCount]) -> list[Counted]:
    """Add the areas of each category up, in the order of the rules."""
    grouped: dict[tuple[str, int], list[RetentionCount]] = defaultdict(list)
    for one in counts:
        grouped[one.category, one.rule_id].append(one)
    found = []
    for (_category, rule), ones in grouped.items():
        held = catalogue.retention_of(rule)
        shown = Counted(
            held.entry.label.text(language()), held.number, held.entry.days, sum(one.rows for one in ones),
            min(one.oldest for one in ones),
        )  # fmt: skip
        found.append((held.entry.order, shown))
    return [shown for _order, shown in sorted(found, key=lambda pair: pair[0])]
