"""Queueing a message once per key, sending it, keeping the receipt."""

from datetime import datetime

from django.utils import timezone

from wangge.access.actor import Actor
from wangge.delivery.adapters import Undelivered, adapter
from wangge.delivery.models import Message, MessageState
from wangge.jobs.task import task
from wangge.vault import actions as vault
from wangge.vault.queries import open_sealed

COMPARTMENT = "reporters"
TABLE = Message._meta.db_table


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
def send(_actor: Actor, *, message_id: int) -> None:
    """Send one message; a failure is counted and tried again by the queue."""
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != MessageState.QUEUED:
        return
    recipient = open_sealed(
        message.compartment, bytes(message.recipient), table=TABLE, column="recipient", row=message.key
    )
    message.tries += 1
    try:
        message.receipt = adapter(message.channel).send(recipient, message.text, key=message.key)
        message.state, message.sent_at = MessageState.SENT, timezone.now()
    except Undelivered as problem:
        message.receipt = str(problem)
        if message.tries >= 5:
            message.state = MessageState.FAILED
        else:
            send.defer(_actor, message_id=message_id, after=30 * message.tries)
    message.save()
