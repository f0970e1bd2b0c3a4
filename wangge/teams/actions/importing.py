"""What lists of organisations and of staff make of the register, and how they are given back."""

from collections.abc import Sequence
from datetime import datetime

from wangge.access.action import action, note
from wangge.access.actor import Actor
from wangge.access.models import Post
from wangge.exchange import writing
from wangge.exchange.models import Change
from wangge.teams.models import Account, Organisation
from wangge.teams.queries import forget
from wangge.teams.rules import may_give, may_import_staff, may_import_units


@action("units.take", needs=may_import_units)
def take_units(
    made: Sequence[Organisation], changed: Sequence[tuple[Organisation, tuple[str, ...]]], *, by: Actor, of: int
) -> writing.Written:
    """Write a chunk of a list of organisations, with count and digest in the book."""
    return writing.write(made, changed, app="teams", of=of)


@action("units.give_back", needs=may_import_units)
def give_back_units(changes: Sequence[Change], *, by: Actor, of: int) -> writing.Written:
    """Give a chunk of organisations back: what the list made goes, what it changed is as before."""
    return writing.give_back(changes, app="teams", of=of)


@action("staff.open_accounts", needs=may_import_staff)
def open_accounts(made: Sequence[Account], *, by: Actor, of: int) -> writing.Written:
    """Open the accounts of a chunk of staff, none with a password.

    They open to nobody yet: the system administrator sets a first password, or a secretary binds a worker's phone.
    """
    for account in made:
        account.set_unusable_password()
    return writing.write(made, [], app="teams", of=of)


@action("post.set_end", needs=may_give)
def set_end(account: Account, role: str, *, post: Post, until: datetime, by: Actor) -> Account:
    """Let a post end on another day than was said before."""
    post.valid_to = until
    post.save(update_fields=["valid_to"])
    note(post=post.pk, role=role)
    return account


@action("staff.give_back", needs=may_import_staff)
def give_back_staff(changes: Sequence[Change], *, by: Actor, of: int) -> writing.Written:
    """Give a chunk of staff back: accounts and posts it made go, posts it changed end when they did before."""
    made = {table: [one.record for one in changes if one.made and one.table == table] for table in TABLES}
    forget(of, *made.values())
    for one in changes:
        if one.table == "access.post" and not one.made:
            _end_as_before(one)
    note(of=of, **{f"{table.partition('.')[2]}s": len(records) for table, records in made.items()})
    return writing.Written(f"import:{of}")


def _end_as_before(change: Change) -> None:
    post, before = Post.objects.get(pk=change.record), (change.before or {})["valid_to"]
    post.valid_to = datetime.fromisoformat(before) if before else None
    post.save(update_fields=["valid_to"])


TABLES = ("teams.account", "access.post")
