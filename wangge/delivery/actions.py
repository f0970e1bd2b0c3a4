"""Queueing a message once per key, sending it, keeping the receipt."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import structlog
from django.db.models.functions import Now

from wangge.access.actor import Actor
from wangge.delivery.adapters import Rejected, Undelivered, adapter
from wangge.delivery.models import Message, MessageState
from wangge.jobs.task import task
from wangge.vault import actions as vault
from wangge.vault.queries import KeyDestroyed, Unreadable, open_sealed

COMPARTMENT = "reporters"
TABLE = Message._meta.db_table
MOST_TRIES, FIRST_WAIT = 5, 30

log = structlog.get_logger()


def queue(
    recipient: str, text: str, *, channel: str, subject: str, area_id: int | None, key: str, by: Actor, now: datetime
) -> Message | None:
    """Queue a message in the present transaction; a second one under the same key is not made."""
    sealed = vault.seal(COMPARTMENT, recipient, table=TABLE, column="recipient", row=key)
    message, made = Message.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel, "subject": subject, "area_id": area_id, "compartment": COMPARTMENT,
            "recipient": sealed, "text": text, "queued_at": now,
        },
    )  # fmt: skip
    if made:
        send.defer(by, message_id=message.pk)
    return message if made else None


@task("delivery.send")
def send(actor: Actor, *, message_id: int) -> None:
    """Send one message; a failure is counted and tried again later, five times in all.

    A crash between the other side's answer and our commit sends it again under the same key: the receipt is one.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != MessageState.QUEUED:
        return
    message.tries += 1
    try:
        message.receipt = adapter(message.channel).send(_recipient(message), message.text, key=message.key)
        message.state, message.sent_at = MessageState.SENT, Now()
    except (Rejected, KeyDestroyed, Unreadable) as problem:
        message.receipt, message.state = _short(problem), MessageState.FAILED
    except Undelivered as problem:
        message.receipt = _short(problem)
        if message.tries >= MOST_TRIES:
            message.state = MessageState.FAILED
        else:
            send.defer(actor, message_id=message_id, after=FIRST_WAIT * message.tries)
    if message.state == MessageState.FAILED:
        log.warning("message not delivered", key=message.key, why=message.receipt, tries=message.tries)
    message.save()


def remove_messages(ids: Sequence[int], _newest: date) -> Mapping[str, int]:
    """Remove them with the sealed recipient."""
    Message.objects.filter(pk__in=ids).delete()
    return {}


def _recipient(message: Message) -> str:
    sealed = bytes(message.recipient)
    return open_sealed(message.compartment, sealed, table=TABLE, column="recipient", row=message.key)


def _short(problem: Exception) -> str:
    """What is kept of a failure: our own words for it, never the other side's."""
    return str(problem)[:60] if isinstance(problem, Undelivered) else type(problem).__name__
