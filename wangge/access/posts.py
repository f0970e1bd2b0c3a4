"""Giving a post: the one place that writes rights; who may is checked by the database too (`wg_may_post`)."""

from datetime import datetime

from django.db.models import F, Q
from django.db.models.functions import Greatest

from wangge.access.models import Post


def give(
    account_id: int,
    role: str,
    *,
    now: datetime,
    area_id: int | None,
    organisation_id: int | None,
    until: datetime | None = None,
    since: datetime | None = None,
) -> Post:
    """Write the post; it never begins before it is given.

    Called by the action `post.give`, which leaves the entry in the book.
    """
    return Post.objects.create(
        account_id=account_id,
        role_id=role,
        area_id=area_id,
        organisation_id=organisation_id,
        valid_from=max(now, since or now),
        valid_to=until,
    )


def leave(area_id: int, *, heir_id: int | None, now: datetime) -> tuple[int, int]:
    """End every post at an area that ended; with an heir, give the same there. Says how many ended and were given.

    Called by the action that puts a change of areas in force, which leaves the entry in the book.
    """
    held = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now), area_id=area_id)
    posts, given = list(held.order_by("pk")), 0
    held.update(valid_to=Greatest(now, F("valid_from")))
    for post in posts if heir_id is not None else ():
        there = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now), area_id=heir_id)
        if not there.filter(account_id=post.account_id, role_id=post.role_id).exists():
            Post.objects.create(
                account_id=post.account_id, role_id=post.role_id, area_id=heir_id,
                organisation_id=post.organisation_id, valid_from=max(now, post.valid_from), valid_to=post.valid_to,
            )  # fmt: skip
            given += 1
    return len(posts), given
