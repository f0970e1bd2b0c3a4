"""Loading organisations, accounts and posts in one go, in the system's own name."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model

from wangge.access.action import action, by_the_system
from wangge.access.actor import Actor
from wangge.access.bulk import Kept, keep_rows
from wangge.access.models import Post

M = TypeVar("M", bound=Model)


@action("teams.keep", needs=by_the_system)
def keep(rows: Sequence[M], *, by: Actor) -> Kept[M]:
    """Keep many organisations or accounts, with count and digest in the book."""
    return keep_rows(rows, app="teams")


@action("posts.keep", needs=by_the_system)
def keep_posts(rows: Sequence[Post], *, by: Actor) -> Kept[Post]:
    """Keep many posts, with count and digest in the book."""
    return keep_rows(rows, app="access")
