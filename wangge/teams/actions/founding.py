"""The three first administrators of an installation in which nobody is yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, by_the_system, note
from wangge.access.actor import Actor
from wangge.access.posts import give
from wangge.teams.models import Account
from wangge.teams.rules import APART
from wangge.teams.words import SIGN_IN_NAME, SIGN_IN_NAME_RULE


class Founder(NamedTuple):
    """Who is to be the first in a role, and with which first password."""

    username: str
    name: str
    password: str


class Founded(list[Account]):
    """The accounts that were opened, in the order of their roles."""

    ledger_subject = "team:first"
    ledger_area = None


@action("team.found", needs=by_the_system)
def found(people: Mapping[str, Founder], *, by: Actor, now: datetime) -> Founded:
    """Open the accounts of the first three administrators and give each the post.

    `people` is keyed by role. Only where no person has an account: afterwards the three open and post everybody
    else, so that the machine's operator cannot make himself one of them unseen.
    """
    if set(people) != APART or len({one.username for one in people.values()}) != len(APART):
        raise Refused(_("System, security and audit are three persons."))
    if Account.objects.filter(kind="person").exists():
        raise Refused(_("There are accounts already. The system administrator opens more of them."))
    made = Founded(_opened(role, one, now) for role, one in sorted(people.items()))
    note(roles=sorted(people), accounts=[one.pk for one in made])
    return made


def _opened(role: str, one: Founder, now: datetime) -> Account:
    RegexValidator(SIGN_IN_NAME, SIGN_IN_NAME_RULE)(one.username)
    account = Account(username=one.username, name=one.name, created_at=now)
    account.clean_fields(exclude=["password", "organisation"])
    validate_password(one.password, account)
    account.set_password(one.password)
    account.save()
    give(account.pk, role, now=now, area_id=None, organisation_id=None)
    return account
