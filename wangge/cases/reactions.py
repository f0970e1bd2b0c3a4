"""News for the reporter, when a number was left: accepted, not ours, done and checked, opened again."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wangge.access.context import actor_now
from wangge.cases.models import Case, Contact
from wangge.delivery.actions import queue
from wangge.delivery.models import Channel
from wangge.ledger.outbox import News, react_to
from wangge.vault.queries import KeyDestroyed, open_sealed

SAID = {
    "case.accept": lambda: _("We have accepted your report %(number)s and are deciding who does it."),
    "case.not_accept": lambda: _("Report %(number)s is not ours to do. The page says who to ask."),
    "case.pass_check": lambda: _(
        "Report %(number)s is done, and somebody else has been to look. Tell us if it is solved."
    ),
    "case.suspend": lambda: _("Report %(number)s cannot be done now. The page says when we answer."),
    "case.grant_extension": lambda: _("Report %(number)s takes longer than planned. The page says until when."),
}  # fmt: skip


@react_to(*SAID)
def tell_the_reporter(news: News) -> None:
    """Send one message per entry of the book; nothing goes out where no number was left or it was destroyed."""
    case = Case.objects.get(number=news.subject.removeprefix("case:"))
    contact = Contact.objects.filter(case=case).first()
    if contact is None or case.anonymous:
        return
    table = Contact._meta.db_table
    try:
        phone = open_sealed(contact.compartment, bytes(contact.phone), table=table, column="phone", row=case.number)
    except KeyDestroyed:
        return
    with translation.override(case.language):
        text = SAID[news.verb]() % {"number": case.number}
        if settings.WANGGE.public_url:
            text += " " + _("Progress: %(url)s with your code.") % {"url": settings.WANGGE.public_url + "/t/"}
    queue(
        phone, text, channel=Channel.SMS, subject=news.subject, area_id=case.area_id, key=f"entry-{news.id}",
        by=actor_now(), now=timezone.now(),
    )  # fmt: skip
