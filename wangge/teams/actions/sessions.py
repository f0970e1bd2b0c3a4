"""Sessions and second factors: their beginning and end stand in the book like every other write."""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.models import Post
from wangge.access.sessions import close_all, close_mine
from wangge.teams.models import Account
from wangge.teams.rules import may_guard, only_oneself


@action("session.open", needs=only_oneself)
def begin_session(account: Account, *, kind: str, by: Actor) -> Account:
    """Note that somebody signed in: at a desk (`web`) or on a bound phone (`device`)."""
    note(kind=kind)
    return account


@action("session.close", needs=only_oneself)
def leave_session(account: Account, *, by: Actor) -> Account:
    """Note that somebody signed out; the session itself ends after the entry is written."""
    return account


@action("session.end", needs=only_oneself)
def end_session(account: Account, handle: str, *, by: Actor) -> Account:
    """End one of one's own sessions, on whatever machine it runs."""
    if not close_mine(handle):
        raise Refused(_("This session has ended already."))
    note(session=handle)
    return account


@action("session.end_others", needs=only_oneself)
def end_other_sessions(account: Account, *, by: Actor) -> Account:
    """End all one's sessions but this one."""
    note(ended=close_all(account.pk, but=by.token))
    return account


@action("session.end_all", needs=may_guard)
def end_sessions_of(account: Account, *, by: Actor) -> Account:
    """End every session of somebody else's account."""
    note(ended=_close(account))
    return account


@action("account.reset_second_factor", needs=may_guard)
def reset_second_factor(account: Account, *, by: Actor) -> Account:
    """Take away a lost second factor: the owner sets up a new one at the next sign-in.

    The way past a second factor takes two administrators, since the password is set by the system administrator.
    """
    gone, _of_which = Authenticator.objects.filter(user_id=account.pk).delete()
    note(ended=_close(account), factors=gone)
    return account


def _close(account: Account) -> int:
    return close_all(account.pk) if Post.objects.filter(account=account).exists() else 0
