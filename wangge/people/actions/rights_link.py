"""The link by which somebody sees what is held about them: handed over in person, with a code said by word of mouth."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.context import hold
from wangge.catalogue import queries as catalogue
from wangge.catalogue.words import Term
from wangge.core.deadlines import Limit
from wangge.core.numbers import token_digest
from wangge.people.models import Person, RightsLink
from wangge.people.rules import may_keep

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that are not taken for one another; 20 of them are 99 bits that nobody guesses."""

LENGTH, DIGITS = 20, 6


@dataclass(frozen=True)
class Handed:
    """A link just made: its address part and its code are known now and never again."""

    link: RightsLink
    token: str
    code: str

    @property
    def ledger_subject(self) -> str:
        return self.link.ledger_subject

    @property
    def ledger_area(self) -> int | None:
        return self.link.area_id


@action("rights.hand_link", needs=may_keep)
def hand_link(person: Person, *, seen: bool, by: Actor, now: datetime) -> Handed:
    """Make a link for somebody who stands there, and end those before it. Without having seen them there is none."""
    if not seen:
        raise Refused(_("A link is handed over to the person, or to family who may speak for them, in person only."))
    held = RightsLink.objects.filter(person=person, ended_at__isnull=True)
    ended = held.update(ended_at=now)
    token = "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    link = RightsLink.objects.create(
        area_id=person.area_id, person=person, digest=token_digest(bearer(token, code)), handed_by_id=by.account_id,
        handed_at=now, ends_at=now + _lasts(catalogue.limit(Term.RIGHTS_LINK)),
        most=settings.WANGGE.rights_link_uses,
    )  # fmt: skip
    note(link=link.pk, ended=ended)
    return Handed(link, token, code)


@action("rights.end_link", needs=may_keep)
def end_links(person: Person, *, by: Actor, now: datetime) -> Person:
    """End every link of a person: the paper was lost, or they want none."""
    note(ended=RightsLink.objects.filter(person=person, ended_at__isnull=True).update(ended_at=now))
    return person


def _anybody(_actor: Actor, _token: str, _code: str) -> str | None:
    return None


@dataclass(frozen=True)
class Entered:
    """A link that was opened: what its bearer presents from now on."""

    link: RightsLink
    presented: str

    @property
    def ledger_subject(self) -> str:
        return self.link.ledger_subject

    @property
    def ledger_area(self) -> int | None:
        return self.link.area_id


@action("rights.enter", needs=_anybody)
def enter(token: str, code: str, *, by: Actor, now: datetime) -> Entered:
    """Use a link once more. Raises Refused, alike for a wrong code, a link that ended and one there never was.

    The caller counts the tries beforehand.
    """
    presented = bearer(token, code)
    link = holding(presented, now=now)
    if link is None or not RightsLink.objects.filter(pk=link.pk, used__lt=link.most).update(used=F("used") + 1):
        raise Refused(_("Address and code do not open anything. Read both once more, or ask for a new link."))
    note(link=link.pk)
    return Entered(link, presented)


def holding(presented: str, *, now: datetime) -> RightsLink | None:
    """The link that is presented, while it lasts; from here on this transaction sees its person."""
    hold(presented)
    return RightsLink.objects.filter(digest=token_digest(presented), ended_at__isnull=True, ends_at__gt=now).first()


def bearer(token: str, code: str) -> str:
    """What address and code make together under a key outside the database."""
    plain = "".join(letter for letter in token.lower() if letter in LETTERS)
    given = f"rights|{plain}|{code}".encode("utf-8", "surrogatepass")
    return hmac.new(settings.CODE_KEY, given, hashlib.sha256).hexdigest()


def _lasts(limit: Limit) -> timedelta:
    """The life of a link is natural time: somebody reads a day on the paper."""
    return timedelta(**{f"{limit.kind.unit}s": float(limit.amount)})
