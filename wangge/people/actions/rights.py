"""Taking in what people ask about their own data: by themselves, by family, through the grid worker, on paper."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.bulk import ids
from wangge.catalogue import queries as catalogue
from wangge.catalogue.words import Term
from wangge.clocks import queries as clocks
from wangge.core.deadlines import due
from wangge.core.states import ForbiddenMove
from wangge.people.models import Person, RightsRequest
from wangge.people.models.rights_words import (
    FACTS,
    MOVES,
    PROXIES,
    WITHDRAWABLE,
    Asker,
    Identity,
    Outcome,
    Right,
    State,
    Way,
)
from wangge.people.rules import is_keeper, may_ask, may_follow
from wangge.people.words import COMPARTMENT
from wangge.vault import actions as vault

LONGEST = 2000
PAPER = re.compile(r"[\w./-]{1,24}", re.ASCII)


@dataclass(frozen=True)
class Asking:
    """What somebody asks, as it was said. `value` is how a fact should read, `sought` whom to look for."""

    kind: Right
    asker: Asker = Asker.ONESELF
    way: Way = Way.DESK
    field: str = ""
    words: str = ""
    value: str = ""
    authority: str = ""
    sought: str = ""
    paper: str = ""
    seen: bool = False


@action("rights.ask", needs=may_ask)
def ask(about: Person | None, area: int | None = None, *, asking: Asking, by: Actor, now: datetime) -> RightsRequest:
    """Take in a request about a person, or in an area about somebody still to be found; its clock runs from now.

    Consent withdrawn by somebody known to be the person takes effect at once (PIPL Art. 15).
    """
    if reason := _why_not(asking, about, by):
        raise Refused(reason)
    (pk,) = ids(RightsRequest, 1)
    where = about.area_id if about is not None else area
    assert where is not None  # by the rule
    said = {"words": asking.words, "value": asking.value}
    request = RightsRequest(
        pk=pk, person=about, area_id=where, kind=asking.kind,
        field=asking.field, asker=asking.asker, way=asking.way, paper=asking.paper, state=State.RECEIVED,
        received_at=now, due_at=_due(now), received_by_id=by.account_id,
        words=sealed(pk, "words", json.dumps(said, ensure_ascii=False) if any(said.values()) else ""),
        authority=sealed(pk, "authority", asking.authority), sought=sealed(pk, "sought", asking.sought),
    )  # fmt: skip
    if identity := Identity.LINK if by.is_public else Identity.SEEN if asking.seen else None:
        request.identity, request.state = identity, moved(request, "check_identity")
    request.save(force_insert=True)
    note(kind=asking.kind, field=asking.field, asker=asking.asker, way=asking.way, person=about.pk if about else None)
    return request


def _why_not(asking: Asking, about: Person | None, by: Actor) -> str | None:
    """What is missing, in a sentence."""
    if reason := _why_not_told(asking):
        return reason
    if about is None and not asking.sought:
        return _("Say whom it is about, so that they can be found.")
    if (asking.way == Way.LINK) != by.is_public:
        return _("Only the person's own link is “by link”.")
    if asking.kind == Right.WITHDRAW and asking.field not in WITHDRAWABLE:
        return _("Say what consent is withdrawn for: telephone, identity document, or how to be reached.")
    return _("There is no such fact.") if asking.field and asking.field not in dict(FACTS) else None


def _why_not_told(asking: Asking) -> str | None:
    """What a proxy or a paper lacks, and what is too long."""
    if asking.asker in PROXIES and not asking.authority:
        return _("Write down how they showed that they may speak for the person. No card is copied.")
    if (asking.way == Way.PAPER) != bool(asking.paper) or (asking.paper and not PAPER.fullmatch(asking.paper)):
        return _("A request on paper has the number that stands on the paper, in letters and digits; others have none.")
    if max(map(len, (asking.words, asking.value, asking.authority, asking.sought))) > LONGEST:
        return _("This is longer than %(most)s characters.") % {"most": LONGEST}
    return None


@action("rights.check_identity", needs=may_follow)
def check_identity(request: RightsRequest, *, by: Actor, now: datetime) -> RightsRequest:
    """Say that it is the person, seen by a member of staff; nothing is copied or collected for it."""
    held = lock(request)
    if by.is_public:
        raise Refused(_("This is done by staff."))
    if held.person_id is None:
        raise Refused(_("First find the person whom it is about."))
    held.state, held.identity = moved(held, "check_identity"), Identity.SEEN
    held.save(update_fields=["state", "identity"])
    note(identity=held.identity)
    return held


@action("rights.find", needs=may_follow)
def find(request: RightsRequest, person: Person, *, by: Actor, now: datetime) -> RightsRequest:
    """Say whom a request is about that came without a registered person; from then on it lies where they live."""
    held = lock(request)
    if by.is_public or held.person_id is not None or held.state != State.RECEIVED:
        raise Refused(_("It is known whom this is about."))
    if not is_keeper(by, (person.area_id,)):
        raise Refused(_("The person lives outside your area: their own community takes the request in."))
    held.person, held.area_id = person, person.area_id
    held.save(update_fields=["person", "area"])
    note(person=person.pk)
    return held


@action("rights.take_back", needs=may_follow)
def take_back(request: RightsRequest, *, by: Actor, now: datetime) -> RightsRequest:
    """End a request because whoever made it wants it no longer; it can be made again at any time."""
    held = lock(request)
    held.state = moved(held, "take_back")
    held.save(update_fields=["state"])
    return held


@action("rights.tell", needs=may_follow)
def tell(request: RightsRequest, *, way: Way, by: Actor, now: datetime) -> RightsRequest:
    """Say that the answer has reached the person, and how."""
    held = lock(request)
    if (way == Way.LINK) != by.is_public:
        raise Refused(_("Only the person's own link is “by link”."))
    held.state, held.told_at, held.told_by = moved(held, "tell"), now, way
    held.save(update_fields=["state", "told_at", "told_by"])
    note(way=way, outcome=held.outcome)
    return held


def lock(request: RightsRequest) -> RightsRequest:
    """The request as it stands now, held until the end of the action."""
    return RightsRequest.objects.select_for_update(no_key=True).get(pk=request.pk)


def moved(request: RightsRequest, verb: str) -> str:
    """The state after a verb. Raises Refused when the table has no such move."""
    try:
        return MOVES.after(request.state, verb)
    except ForbiddenMove as forbidden:
        said = {"state": State(request.state).label}
        raise Refused(_("This is not possible now: the request is “%(state)s”.") % said) from forbidden


def sealed(pk: int, column: str, text: str) -> bytes | None:
    """Seal one text of a request for its place; nothing said, nothing kept."""
    if not text:
        return None
    return vault.seal(COMPARTMENT, text, table=RightsRequest._meta.db_table, column=column, row=str(pk))


def _due(now: datetime) -> datetime:
    return due(now, catalogue.limit(Term.RIGHTS_ANSWER), clocks.calendar(get_default_timezone()))


__all__ = ["Asking", "Outcome", "ask", "check_identity", "find", "lock", "moved", "sealed", "take_back", "tell"]
