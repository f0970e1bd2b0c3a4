"""Messages go when nobody asks any more whether they arrived."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from wangge.core.retention import Start, Way
from wangge.delivery.actions import remove_messages
from wangge.delivery.models import Message, MessageState
from wangge.jobs.keeping import OfRows, end_of, register


def messages_sent(newest: date) -> QuerySet[Any]:
    """Messages that went out or never will."""
    found = Message.objects.exclude(state=MessageState.QUEUED).annotate(at=Coalesce("sent_at", "queued_at"))
    found = found.filter(at__lt=end_of(newest))
    return found.annotate(lies_in=F("area_id"), begun=TruncDate("at")).only("pk")


def register_all() -> None:
    """Say it once, when the app is ready."""
    table = Message._meta.db_table
    register(OfRows("message_sent", table, Start.SENT, Way.ROW, messages_sent, remove_messages, locks=("self",)))
