"""Whether somebody may open a field for a purpose: the register names field and role, and the law is in force."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.catalogue import queries
from wangge.catalogue.lawful import Law, Purpose
from wangge.catalogue.parts import Label
from wangge.catalogue.queries import Held, UnknownCode


def stated(code: str, *, field: str, actor: Actor, on: date) -> Purpose:
    """Return the purpose somebody states for opening a field on a day (PIPL Art. 6).

    Raises Refused with a sentence that says what to do instead.
    """
    try:
        purpose = queries.purpose(code).entry
    except UnknownCode as unknown:
        raise Refused(_("Say what it is needed for, in one of the purposes of the register.")) from unknown
    if reason := why_not(purpose, field=field, actor=actor, on=on):
        raise Refused(reason)
    return purpose


def why_not(purpose: Purpose, *, field: str, actor: Actor, on: date) -> str | None:
    """Return why the actor may not open the field for the purpose on a day; None when nothing speaks against it."""
    said = {"purpose": _in_words(purpose.label)}
    if not purpose.opens or field not in purpose.fields:
        said["field"] = _field(field)
        return _("“%(purpose)s” does not need this: %(field)s. Choose a purpose that does, or do without it.") % said
    if not role_of(purpose, actor):
        said["roles"] = _(", ").join(_roles(purpose))
        return _("“%(purpose)s” is for other posts than yours: %(roles)s. Ask one of them.") % said
    if not purpose.is_lawful(laws(), on):
        said["day"] = on.isoformat()
        return _(
            "No law that “%(purpose)s” stands on is in force on %(day)s. Tell the security administrator: the register"
            " of purposes is out of date."
        ) % said  # fmt: skip
    return None


def role_of(purpose: Purpose, actor: Actor) -> str:
    """Return the role in which the actor acts for the purpose, the first the purpose names; else nothing."""
    return next((role for role in purpose.roles if actor.has(role)), "")


def offered(field: str, *, actor: Actor, on: date) -> list[Held[Purpose]]:
    """Return the purposes for which the actor may open a field on a day, in the order of the register."""
    return [each for each in in_order() if why_not(each.entry, field=field, actor=actor, on=on) is None]


def in_order() -> list[Held[Purpose]]:
    """Return the register of purposes in its order."""
    return sorted(queries.purposes().values(), key=lambda each: (each.entry.order, each.code))


def laws() -> dict[str, Law]:
    """Return the laws of the register by code."""
    return {code: held.entry for code, held in queries.laws().items()}


def _in_words(label: Label) -> str:
    return label.text(get_language() or "zh-hans")


def _field(code: str) -> str:
    return next((_in_words(held.entry.label) for held in queries.fields() if held.code == code), code)


def _roles(purpose: Purpose) -> list[str]:
    known = queries.roles()
    return [_in_words(known[role].entry.label) for role in purpose.roles if role in known]
