"""Answering requests about one's own data: what is granted is done in the same moment, a refusal names the law."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.catalogue import queries as catalogue
from wangge.catalogue.lawful_words import ground
from wangge.catalogue.purposes import laws
from wangge.catalogue.queries import UnknownCode
from wangge.catalogue.schema import Reason
from wangge.catalogue.words import ReasonList
from wangge.people.actions.recording import correct, put_right, put_wishes, wish
from wangge.people.actions.rights import LONGEST, lock, moved, sealed
from wangge.people.models import Person, RightsRequest
from wangge.people.models.rights_words import VERBS, WITHDRAWABLE, Asker, Outcome, Right, Way
from wangge.people.rules import may_answer_request, may_follow
from wangge.people.words import Kept, Source


@action("rights.answer", needs=may_answer_request)
def answer(
    request: RightsRequest, *, outcome: Outcome, text: str, by: Actor, now: datetime, reason: str = "",
    field: str = "", value: str = "",
) -> RightsRequest:  # fmt: skip
    """Answer a request. What is granted is done at once; what is not, in whole or in part, names reason and law.

    `field` and `value` say what a granted correction puts in place of what; raises Refused when anything is missing.
    """
    held = lock(request)
    held.state = moved(held, VERBS[outcome])
    if not text.strip():
        raise Refused(_("Write the answer: it is what the person reads."))
    if len(text) > LONGEST:
        raise Refused(_("This is longer than %(most)s characters.") % {"most": LONGEST})
    if outcome != Outcome.GRANTED:
        text = _give_reason(held, reason, text, now)
    if outcome != Outcome.REFUSED:
        _do(held, field or held.field, value, by=by, now=now)
    _answered(held, outcome, text, now)
    note(kind=held.kind, outcome=outcome, reason=held.reason, law=held.law, article=held.article, field=held.field)
    return held


@action("rights.withdraw", needs=may_follow)
def withdraw(request: RightsRequest, *, by: Actor, now: datetime) -> RightsRequest:
    """Act on withdrawn consent the moment it is known to be the person who withdraws; nobody has to decide it."""
    held = lock(request)
    if held.kind != Right.WITHDRAW:
        raise Refused(_("Nothing is withdrawn by this request."))
    held.state = moved(held, "grant")
    _do(held, held.field, "", by=by, now=now)
    said = _("Your consent is withdrawn. What rested on it was taken out at once. You are served all the same.")
    _answered(held, Outcome.GRANTED, said, now)
    note(kind=held.kind, outcome=held.outcome, field=held.field)
    return held


def _answered(held: RightsRequest, outcome: Outcome, text: str, now: datetime) -> None:
    held.outcome, held.answered_at, held.reply = outcome, now, sealed(held.pk, "reply", text)
    held.save(
        update_fields=["state", "outcome", "answered_at", "reply", "reason", "law", "article", "field"]
    )  # fmt: skip


def _give_reason(held: RightsRequest, code: str, text: str, now: datetime) -> str:
    """Note reason and law, and add to the answer what the law asks for: the article, and where to complain."""
    try:
        reason = catalogue.reason(code).entry if code else None
    except UnknownCode:
        reason = None
    if reason is None or reason.group is not ReasonList.RIGHTS_REFUSED or reason.basis is None:
        raise Refused(_("Name the reason: whoever is refused has a right to know it (PIPL Art. 50)."))
    law = laws().get(reason.basis.law)
    if law is None or not law.is_in_force(localdate(now)):
        raise Refused(_("The law this reason stands on is not in force today. Choose another one."))
    held.reason, held.law, held.article = code, reason.basis.law, reason.basis.article or ""
    return f"{text.strip()}\n\n{grounds(reason)}"


def grounds(reason: Reason) -> str:
    """Reason, article and where to complain, as the person reads them."""
    language = get_language() or "zh-hans"
    label, channel = reason.public_label or reason.label, reason.channel
    said = _("Reason: %(reason)s. By law: %(law)s. If you do not agree: %(channel)s.")
    return said % {
        "reason": label.text(language), "law": ground(reason.basis, laws(), language) if reason.basis else "",
        "channel": channel.text(language) if channel is not None else "",
    }  # fmt: skip


def _do(held: RightsRequest, field: str, value: str, *, by: Actor, now: datetime) -> None:
    """Do what was granted, through the actions that write the register."""
    person = held.person
    if person is None:
        raise Refused(_("First find the person whom it is about."))
    source = _source(held, by)
    match held.kind:
        case Right.CORRECT if field in Kept.values:
            if not value:
                raise Refused(_("Write down how it should read."))
            held.field = field
            correct(person, field=Kept(field), value=value, source=source, by=by, now=now)
        case Right.WITHDRAW:
            _take_out(person, held, field, source=source, by=by, now=now)
        case Right.DELETE:
            note(erases=person.pk)  # the house removes them once they have been told: `erasing_asked`


def _take_out(person: Person, held: RightsRequest, field: str, *, source: str, by: Actor, now: datetime) -> None:
    if field not in WITHDRAWABLE:
        raise Refused(_("Say what consent is withdrawn for: telephone, identity document, or how to be reached."))
    held.field = field
    if getattr(person, field) is None:
        return
    match field, by.is_public:  # by the link it is the person, who is no keeper: this action's entry says it
        case "wishes", True:
            put_wishes(person, {}, source=source, today=localdate(now))
        case "wishes", False:
            wish(person, wishes={}, source=source, by=by, now=now)
        case _, True:
            put_right(person, Kept(field), "", source=source, today=localdate(now))
        case _:
            correct(person, field=Kept(field), value="", source=source, by=by, now=now)


def _source(held: RightsRequest, by: Actor) -> str:
    """Who said so: the person, or family for them; with the account that wrote it down."""
    told = (
        Source.RESIDENT
        if held.asker == Asker.ONESELF or held.way == Way.LINK
        else (Source.WORKER if held.asker == Asker.WORKER else Source.FAMILY)
    )
    return f"{told}:{by.account_id}"
