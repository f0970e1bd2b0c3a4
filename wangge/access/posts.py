"""Giving a post: the one place that writes rights; who may is checked by the database too (`wg_may_post`)."""

from datetime import datetime

from wangge.access.models import Post


def give(
    account_id: int,
    role: str,
    *,
    now: datetime,
    area_id: int | None,
    organisation_id: int | None,
    until: datetime | None = None,
) -> Post:
    """Write the post. Called by the action `post.give`, which leaves the entry in the book."""
    return Post.objects.create(
        account_id=account_id,
        role_id=role,
        area_id=area_id,
        organisation_id=organisation_id,
        valid_from=now,
        valid_to=until,
    )
