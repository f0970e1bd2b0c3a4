"""A general grid is given its class by a person, with a written reason; nothing derives one."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.catalogue import queries as catalogue
from wangge.catalogue.queries import UnknownCode
from wangge.places.models import Grid, GridClass
from wangge.places.rules import may_classify


@action("grid.classify", needs=may_classify)
def classify_grid(grid: Grid, *, care: str, reason: str, by: Actor, now: datetime) -> GridClass:
    """Give a general grid a class of the catalogue, or with an empty code none; the one before stays in the history.

    Refused without a reason, and when nothing would change.
    """
    if not reason.strip():
        raise Refused(_("Write the reason: what it is about the place that asks for this class."))
    try:
        version = catalogue.care(care).version_id if care else None
    except UnknownCode:
        raise Refused(_("The catalogue has no such class. Choose one of the list.")) from None
    before = GridClass.objects.select_for_update(of=("self",)).filter(grid_id=grid.pk, until__isnull=True).first()
    if (before.care if before else "") == care and (before is None or before.reason == reason.strip()):
        raise Refused(_("This would change nothing: choose another class, or write another reason."))
    if before is not None:
        before.until = max(now, before.since)
        before.save(update_fields=["until"])
    note(care=care, before=before.care if before else "", version=version)
    made = GridClass(
        grid_id=grid.pk, care=care, version_id=version, reason=reason.strip(), set_by_id=by.account_id, since=now
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("Somebody else has just set it. Open the page again.")) from None
    return made
