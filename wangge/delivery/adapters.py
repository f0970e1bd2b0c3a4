"""Ways out of the house: each takes a recipient and a text and returns a receipt."""

import json
import urllib.request
from typing import Protocol

import structlog
from django.conf import settings
from django.core.mail import send_mail

from wangge.delivery.models import Channel

log = structlog.get_logger()


class Undelivered(RuntimeError):
    """The other side did not take it; it is tried again."""


class Adapter(Protocol):
    """One way out. `send` returns the other side's receipt or raises Undelivered."""

    def send(self, recipient: str, text: str, *, key: str) -> str: ...


class Console:
    """Says that something would go out, without recipient or text."""

    def send(self, recipient: str, text: str, *, key: str) -> str:
        log.info("message", key=key, characters=len(text), recipient_characters=len(recipient))
        return f"console:{key}"


class Email:
    """By the mail server of the settings."""

    def send(self, recipient: str, text: str, *, key: str) -> str:
        title = text.splitlines()[0][:60]
        try:
            send_mail(title, text, None, [recipient])
        except OSError as problem:
            raise Undelivered(type(problem).__name__) from problem
        return f"email:{key}"


class HttpSms:
    """A provider's HTTP gateway: POST {"to", "text", "key"}, answered with {"receipt"}; only the configured host."""

    def send(self, recipient: str, text: str, *, key: str) -> str:
        body = json.dumps({"to": recipient, "text": text, "key": key}).encode()
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked at start
            settings.WANGGE.sms_url,
            data=body,
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.WANGGE.sms_token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
                return str(json.loads(answer.read(10_000))["receipt"])
        except (OSError, ValueError, KeyError) as problem:
            raise Undelivered(type(problem).__name__) from problem


def adapter(channel: str) -> Adapter:
    """The adapter of a channel as the settings have it."""
    if channel == Channel.EMAIL:
        return Email()
    if channel == Channel.SMS and settings.WANGGE.sms == "http":
        return HttpSms()
    return Console()
