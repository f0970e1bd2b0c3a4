"""Accounts and posts: opened by one administrator, given rights by another."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.models import Post
from wangge.access.posts import give
from wangge.access.sessions import close_all
from wangge.teams.models import Account, Organisation
from wangge.teams.queries import asks_second_factor, may_post, posts_open
from wangge.teams.rules import APART, SIGN_IN_TRIES, may_end, may_give, may_manage_accounts, only_oneself


@action("account.add", needs=may_manage_accounts)
def add_account(
    username: str, name: str, password: str, *, by: Actor, now: datetime, organisation: Organisation | None = None
) -> Account:
    """Open an account for one person; it has no rights until somebody else gives it a post.

    Without a password it is reached by a bound phone only.
    """
    account = Account(username=username, name=name, organisation=organisation, created_at=now)
    if password:
        validate_password(password, account)
        account.set_password(password)
    else:
        account.set_unusable_password()
    account.save()
    note(username=username, by_phone_only=not password)
    return account


@action("account.set_password", needs=may_manage_accounts)
def set_password(account: Account, password: str, *, by: Actor) -> Account:
    """Set a new password for somebody; every open session of the account ends (in the database), a lock is lifted."""
    if account.pk == by.account_id:
        raise Refused(_("Your own password is changed on your own page."))
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    SIGN_IN_TRIES.refund(account.username.lower())
    return account


@action("account.change_password", needs=only_oneself)
def change_password(account: Account, old: str, new: str, *, by: Actor) -> Account:
    """Change one's own password, knowing the old one; all other sessions of the account end."""
    if not account.check_password(old):
        raise Refused(_("This is not your present password."))
    validate_password(new, account)
    account.set_password(new)
    account.save(update_fields=["password"])
    return account


@action("account.unlock", needs=may_manage_accounts)
def unlock_account(account: Account, *, by: Actor) -> Account:
    """Lift the lock of too many wrong passwords before its half hour is over."""
    SIGN_IN_TRIES.refund(account.username.lower())
    return account


@action("account.set_active", needs=may_manage_accounts)
def set_active(account: Account, *, active: bool, by: Actor) -> Account:
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
    organisation_id: int | None = None, until: datetime | None = None, since: datetime | None = None,
) -> Account:  # fmt: skip
    """Give a role over an area (or for an organisation), from now on or from a later day.

    The three administrators stay three.
    """
    held = set(posts_open(now).filter(account=account).values_list("role", flat=True))
    if role in APART and held & APART - {role}:
        raise Refused(_("System, security and audit are three persons."))
    if not may_post(account.pk, role, area_id):
        raise Refused(_("This lies outside your area."))
    post = give(account.pk, role, now=now, area_id=area_id, organisation_id=organisation_id, until=until, since=since)
    if asks_second_factor(role):
        close_all(account.pk)  # a session opened without one, or by a phone, does not grow into this role
    note(post=post.pk, role=role, area=area_id, organisation=organisation_id)
    return account


@action("post.end", needs=may_end)
def end_post(account: Account, post_id: int, *, by: Actor, now: datetime) -> Account:
    """End a post now; what it opened is closed with the next read."""
    post = Post.objects.get(pk=post_id, account=account)
    if reason := may_give(by, account, post.role_id):
        raise Refused(reason)
    if not may_post(account.pk, post.role_id, post.area_id):
        raise Refused(_("This lies outside your area."))
    post.valid_to = max(now, post.valid_from)
    post.save(update_fields=["valid_to"])
    close_all(account.pk)
    note(post=post_id, role=post.role_id)
    return account
