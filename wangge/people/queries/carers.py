"""Who can be named as a carer: accounts whose posts reach the grid."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from wangge.access.models import Post, Reach
from wangge.people.models import CareNeed
from wangge.people.rules import CARERS

MOST = 60


def may_care(account: int, area: int, now: datetime) -> bool:
    """Say whether a post of the account reaches the grid."""
    return _posts(area, now).filter(account_id=account).exists()


def choices(area: int, now: datetime) -> list[tuple[int, str]]:
    """The accounts that can be named in a grid with their names: those of the grid first, then of what lies above."""
    found: dict[int, str] = {}
    posts = _posts(area, now).filter(account__is_active=True).values_list("account_id", "account__name", "area_id")
    for account, name, _where in sorted(posts, key=lambda post: (post[2] != area, post[1], post[0])):
        found.setdefault(account, name)
    return list(found.items())[:MOST]


def gone(rows: Iterable[CareNeed], now: datetime) -> set[tuple[int, int]]:
    """Of those who were named, account and grid where no post of theirs reaches any more: they see nothing."""
    named = {(pk, row.area_id) for row in rows for pk in (row.carer_id, row.deputy_id) if pk is not None}
    if not named:
        return set()
    posts = _held(now).filter(account__in={pk for pk, _area in named}, account__is_active=True)
    held = list(posts.values_list("account_id", "area_id"))
    over = Reach.objects.filter(ancestor_id__in={area for _pk, area in held}, descendant_id__in={a for _pk, a in named})
    inside = set(over.values_list("ancestor_id", "descendant_id"))
    return named - {(pk, grid) for pk, area in held for above, grid in inside if above == area}


def names(accounts: Iterable[int]) -> dict[int, str]:
    """The names of accounts."""
    wanted = set(accounts)
    return dict(get_user_model().objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _posts(area: int, now: datetime) -> QuerySet[Post]:
    over = Reach.objects.filter(descendant_id=area).values("ancestor_id")
    return _held(now).filter(area_id__in=over)


def _held(now: datetime) -> QuerySet[Post]:
    held = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now), valid_from__lte=now)
    return held.filter(role_id__in=CARERS, area_id__isnull=False)
