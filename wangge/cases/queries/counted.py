"""Which cases a figure counts, said once more as filters of a list: each number opens exactly its rows."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localtime

from wangge.access.models import Reach
from wangge.cases.models import Case, Step
from wangge.places.queries.trees import spans

SAME_PENDING = "not_accepted.same_pending"
ENDED = ("closed", "self_handled")
ANSWERS = ("rate_solved", "rate_partly", "rate_unsolved")
DAY = timedelta(days=1)
LATER = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))


def counted(found: QuerySet[Case]) -> QuerySet[Case]:
    """Without the voided and without what was not accepted because the same was being handled already."""
    refusals = Step.objects.filter(case=OuterRef("pk"), verb="not_accept").order_by("-at", "-pk")
    found = found.exclude(state="voided").alias(why=Subquery(refusals.values("reason")[:1]))
    return found.exclude(state="not_accepted", why=SAME_PENDING)


def asked(since: datetime | None, until: datetime | None, answer: str) -> Q:
    """Whose reporter was last asked in that time; with an answer to that asking, or with the answer “solved”."""
    asking = Step.objects.filter(verb="pass_check", **_range("at", since, until))
    later = Step.objects.filter(LATER, case_id=OuterRef("case_id"))
    asking = asking.filter(~Exists(later.filter(verb="pass_check")))
    if answer:
        first = later.filter(verb__in=ANSWERS).order_by("at", "pk").values("verb")[:1]
        asking = asking.alias(said=Subquery(first)).filter(said__in=("rate_solved",) if answer == "solved" else ANSWERS)
    return Q(pk__in=asking.values("case_id")) & ~Q(state="voided")


def in_days(by: str, since: datetime | None, until: datetime | None, answer: str = "") -> Q:
    """Cases of a time by the day of their report, of their end, or of the last asking."""
    if by == "asked":
        return asked(since, until, answer)
    if by == "ended":
        return Q(state__in=ENDED, done_at__isnull=False, **_range("done_at", since, until))
    return Q(**_range("reported_at", since, until))


def in_area(
    area: int, by: str, since: datetime | None, until: datetime | None, answer: str = "",
    *, then: bool = False, within: int | None = None,
) -> Q:  # fmt: skip
    """Cases of a time in an area and all below it: as it is today, or as it was on the day that counts.

    `within` takes only the days on which the area lay in that other one.
    """
    if not then or since is None or until is None:
        inside = Reach.objects.filter(ancestor_id=area).values("descendant_id")
        return in_days(by, since, until, answer) & Q(area_id__in=inside)
    first, last = localtime(since).date(), localtime(until).date() - DAY
    found = Q(pk__in=[])
    for span in spans(first, max(first, last)):
        begin, end = (since + (day - first) for day in (span.first, span.last + DAY))
        if within is None or within in span.tree.way(area):
            found |= in_days(by, begin, end, answer) & Q(area_id__in=span.tree.inside(area))
    return found


def _range(field: str, since: datetime | None, until: datetime | None) -> dict[str, datetime]:
    bounds = {f"{field}__gte": since, f"{field}__lt": until}
    return {name: value for name, value in bounds.items() if value is not None}
