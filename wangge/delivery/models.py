"""Outgoing messages and their receipts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Ways out of the house that exist today."""

    CONSOLE = "console", _("Console")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


class MessageState(models.TextChoices):
    """From the queue to the receipt."""

    QUEUED = "queued", _("Waiting")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Not delivered")


class Message(models.Model):
    """One message to one recipient. The recipient is sealed; the text holds no personal data."""

    channel = models.CharField(max_length=8, choices=Channel)
    subject = models.CharField(max_length=80)
    area_id = models.IntegerField(null=True)
    key = models.CharField(max_length=80, unique=True)
    compartment = models.CharField(max_length=40)
    recipient = models.BinaryField()
    text = models.TextField()
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=120, default="")
    tries = models.IntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["subject", "queued_at"], name="delivery_message_subject"),)

    @property
    def ledger_subject(self) -> str:
        return f"message:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id
