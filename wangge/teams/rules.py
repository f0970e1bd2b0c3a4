"""Three administrators: one runs the system, one gives rights, one reads the book. None is two of them."""

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.access.budgets import Budget
from wangge.access.models import Role
from wangge.teams.models import Account, Device

SIGN_IN_TRIES = Budget("sign-in account", 5, 30 * 60)
APART = frozenset({"system_admin", "security_admin", "auditor"})


def may_manage_accounts(actor: Actor, *_subject: object) -> str | None:
    """Accounts are opened by the system administrator; he gives them no rights."""
    return None if actor.has("system_admin") else _("Accounts are opened by the system administrator.")


def may_give(actor: Actor, account: Account, role: str = "", **_given: object) -> str | None:
    """Posts are given by who the catalogue names for the role, or the command line; never to oneself."""
    if account.pk == actor.account_id:
        return _("Nobody gives a post to himself.")
    if not role:
        return None
    givers = Role.objects.get(pk=role).granted_by
    if not actor.has(*givers, "system"):
        return _("This role is given by somebody else.")
    return None


def may_end(actor: Actor, account: Account, *_post: object) -> str | None:
    """Posts are ended by who may give them; of which role, the action asks once it has read the post."""
    return may_give(actor, account)


def only_oneself(actor: Actor, account: Account, *_given: object) -> str | None:
    """One's own account and nobody else's."""
    return None if account.pk == actor.account_id else _("This is for the owner of the account.")


def may_guard(actor: Actor, account: Account | None = None) -> str | None:
    """The security administrator ends sessions and resets second factors, of others."""
    if account is not None and account.pk == actor.account_id:
        return _("Nobody resets his own second factor: ask another security administrator.")
    return None if actor.has("security_admin") else _("This is done by the security administrator.")


def may_see_team(actor: Actor) -> str | None:
    """The team page is for who may give posts."""
    if actor.has("secretary", "town_staff", "system_admin", "security_admin"):
        return None
    return _("This page is for secretaries and administrators.")


def may_offer_device(actor: Actor, account: Account, **_given: object) -> str | None:
    """A secretary binds the phones of the workers of her own community."""
    if account.pk == actor.account_id:
        return _("Your own phone is bound by somebody else.")
    return None if actor.has("secretary", "town_staff") else _("Phones are bound by the community secretary.")


def may_revoke_device(actor: Actor, device: Device, **_given: object) -> str | None:
    """The owner of the phone, or who may bind phones."""
    if device.account_id == actor.account_id or actor.has("secretary", "town_staff", "security_admin"):
        return None
    return _("Phones are bound by the community secretary.")


def may_read_book(actor: Actor) -> str | None:
    """The book is read by the auditor."""
    return None if actor.has("auditor") else _("The book is read by the auditor.")


def may_run_system(actor: Actor) -> str | None:
    """The state of the machine is for the system administrator."""
    return None if actor.has("system_admin") else _("This page is for the system administrator.")


def anybody_signed_in(_actor: Actor) -> str | None:
    """One's own settings and sessions."""
    return None


def may_import_units(actor: Actor, *_subject: object, **_named: object) -> str | None:
    """Lists of organisations are brought in by the system administrator, or at the command line."""
    if actor.has("system_admin", "system"):
        return None
    return _("Lists of organisations are brought in by the system administrator.")


def may_import_staff(actor: Actor, *_subject: object, **_named: object) -> str | None:
    """Lists of staff give posts: the security administrator's. To sign in, another administrator lets them in."""
    if actor.has("security_admin", "system"):
        return None
    return _("Lists of staff are brought in by the security administrator.")
