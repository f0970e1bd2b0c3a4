"""Accounts and posts: opened by one administrator, given rights by another."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.models import Post
from wangge.access.sessions import close_all
from wangge.teams.models import Account, Organisation
from wangge.teams.rules import APART, may_give, may_manage_accounts


@action("account.add", needs=may_manage_accounts)
def add_account(
    username: str, name: str, password: str, *, by: Actor, now: datetime, organisation: Organisation | None = None
) -> Account:
    """Open an account for one person; it has no rights until somebody else gives it a post."""
    account = Account(username=username, name=name, organisation=organisation, created_at=now)
    validate_password(password, account)
    account.set_password(password)
    account.save()
    note(username=username)
    return account


@action("account.set_password", needs=may_manage_accounts)
def set_password(account: Account, password: str, *, by: Actor) -> Account:
    """Set a new password for somebody; every open session of the account ends."""
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    return account


@action("account.set_active", needs=may_manage_accounts)
def set_active(account: Account, active: bool, *, by: Actor) -> Account:  # noqa: FBT001 - reads well at the call
    """Close or reopen an account; closing ends its sessions at once."""
    if account.pk == by.account_id:
        raise Refused(_("Nobody closes his own account."))
    account.is_active = active
    account.save(update_fields=["is_active"])
    note(active=active)
    return account


@action("post.give", needs=may_give)
def give_post(
    account: Account, role: str, *, by: Actor, now: datetime, area_id: int | None = None,
    organisation_id: int | None = None, until: datetime | None = None,
) -> Account:  # fmt: skip
    """Give a role over an area (or for an organisation) from now on. The three administrators stay three."""
    held = set(Post.objects.filter(account=account, valid_to__isnull=True).values_list("role", flat=True))
    if role in APART and held & APART - {role}:
        raise Refused(_("System, security and audit are three persons."))
    post = Post.objects.create(
        account=account, role_id=role, area_id=area_id, organisation_id=organisation_id, valid_from=now, valid_to=until
    )
    note(post=post.pk, role=role, area=area_id, organisation=organisation_id)
    return account


@action("post.end", needs=may_give)
def end_post(account: Account, post_id: int, *, by: Actor, now: datetime) -> Account:
    """End a post now; what it opened is closed with the next read."""
    post = Post.objects.get(pk=post_id, account=account)
    if reason := may_give(by, account, post.role_id):
        raise Refused(reason)
    post.valid_to = now
    post.save(update_fields=["valid_to"])
    close_all(account.pk)
    note(post=post_id, role=post.role_id)
    return account
