"""Property firms: the compounds they manage, what was held with them, whose account reports, reminders."""

from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access import posts
from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.access.models import Post
from wangge.core.redaction import find
from wangge.people.firm_words import FirmKind, RecordKind, RecordResult
from wangge.people.models import Firm, FirmRecord, FirmStaff, Managing, Sheet
from wangge.people.rules import may_end_staff, may_give_staff, may_keep, may_keep_firm
from wangge.places.models import Compound

ROLE = "property_staff"


class _In:
    def __init__(self, compound: Compound) -> None:
        self.area_id = compound.community_id


@action("managing.begin", needs=lambda actor, firm, compound, **_given: may_keep(actor, _In(compound)))
def begin_managing(firm: Firm, compound: Compound, *, since: date, by: Actor, now: datetime) -> Managing:
    """A property firm takes over a compound; one compound has one firm."""
    if firm.kind != FirmKind.PROPERTY:
        raise Refused(_("Only a property firm manages a compound."))
    held = Managing.objects.select_related("firm").filter(compound=compound, until__isnull=True).first()
    if held is not None:
        raise Refused(_("%(firm)s manages this compound. End that first.") % {"firm": held.firm.name})
    note(firm=firm.pk, compound=compound.pk)
    return Managing.objects.create(firm=firm, compound=compound, area_id=compound.community_id, since=since)


@action("managing.end", needs=may_keep)
def end_managing(held: Managing, *, by: Actor, now: datetime) -> Managing:
    """A property firm leaves a compound; its sheets and open lines stay."""
    if held.until is not None:
        raise Refused(_("This has ended already."))
    held.until = max(localdate(now), held.since)
    held.save(update_fields=["until"])
    return held


@action("managing.remind", needs=may_keep)
def remind(held: Managing, *, by: Actor, now: datetime) -> Managing:
    """Tell a firm that today's sheet of a compound is missing: once a day, counted, shown on the firm's page."""
    today = localdate(now)
    if Sheet.objects.filter(firm=held.firm_id, compound=held.compound_id, day=today).exists():
        raise Refused(_("Today's sheet is there already."))
    now_told = Managing.objects.filter(Q(reminded_on__isnull=True) | Q(reminded_on__lt=today), pk=held.pk)
    if not now_told.update(reminded=F("reminded") + 1, reminded_on=today):
        raise Refused(_("This firm was reminded today already."))
    held.refresh_from_db()
    note(times=held.reminded)
    return held


@action("firm.note", needs=may_keep_firm)
def keep_record(
    firm: Firm, *, kind: RecordKind, on: date, result: RecordResult, text: str, by: Actor, now: datetime
) -> FirmRecord:
    """Keep a training or an inspection; the note is of the firm's work and holds no data of a person."""
    plain = " ".join(text.split())
    if len(plain) > 200:
        raise Refused(_("A note has at most 200 characters."))
    if find(plain):
        raise Refused(_("The note holds a number of a person. Take it out."))
    if on > localdate(now):
        raise Refused(_("This day has not come yet."))
    note(kind=kind.value, result=result.value)
    return FirmRecord.objects.create(firm=firm, kind=kind, on=on, result=result, note=plain, by_id=by.account_id)


@action("firm_staff.give", needs=may_give_staff)
def give_staff(firm: Firm, *, username: str, by: Actor, now: datetime) -> FirmStaff:
    """Let an account hand in the sheets of a firm: its line in the firm's list and the post that goes with it."""
    account = get_user_model().objects.filter(username=username.strip(), is_active=True).first()
    if account is None:
        raise Refused(_("There is no open account with this sign-in name."))
    if account.pk == by.account_id:
        raise Refused(_("Nobody gives a post to himself."))
    if FirmStaff.objects.filter(account=account, firm=firm, until__isnull=True).exists():
        raise Refused(_("This account works for the firm already."))
    held = FirmStaff.objects.create(account=account, firm=firm, since=now)
    if not _posts(account.pk, now).exists():
        posts.give(account.pk, ROLE, now=now, area_id=_where(by, firm), organisation_id=None)
    note(firm=firm.pk)
    return held


@action("firm_staff.end", needs=may_end_staff)
def end_staff(held: FirmStaff, *, by: Actor, now: datetime) -> FirmStaff:
    """An account hands in sheets of the firm no longer; a post without a firm opens nothing."""
    if held.until is not None:
        raise Refused(_("This has ended already."))
    held.until = max(now, held.since)
    held.save(update_fields=["until"])
    note(firm=held.firm_id)
    return held


def _posts(account: int, now: datetime) -> QuerySet[Post]:
    return Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now), account=account, role=ROLE)


def _where(by: Actor, firm: Firm) -> int:
    """The area of the post: the giver's community, or where the firm was written down."""
    mine = by.areas_of(("secretary",))
    return min(mine) if mine else firm.area_id
