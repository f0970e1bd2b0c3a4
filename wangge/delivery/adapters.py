"""Ways out of the house: each takes a recipient and a text and returns a receipt."""

import http.client
import json
import urllib.error
import urllib.request
from smtplib import SMTPRecipientsRefused
from typing import Any, NoReturn, Protocol
from urllib.parse import unquote, urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from wangge.delivery.models import Channel

log = structlog.get_logger()
SECONDS = 10
LONGEST_RECEIPT = 120
NEVER = {400, 404, 410, 422}


class Undelivered(RuntimeError):
    """The other side did not take it; it is tried again."""


class Rejected(Undelivered):
    """The other side will never take it: there is no such number or address."""


class Adapter(Protocol):
    """One way out. `send` returns the other side's receipt or raises Undelivered. The same key has one effect."""

    def send(self, recipient: str, text: str, *, key: str) -> str: ...


class Console:
    """Says that something would go out, without recipient or text."""

    def send(self, recipient: str, text: str, *, key: str) -> str:
        log.info("message", key=key, characters=len(text), recipient_characters=len(recipient))
        return f"console:{key}"


class Email:
    """By the mail server of WANGGE_EMAIL_URL; smtp means STARTTLS, smtps TLS from the first byte."""

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)

    def send(self, recipient: str, text: str, *, key: str) -> str:
        title = text.splitlines()[0][:60]
        message = EmailMessage(title, text, None, [recipient], headers={"Message-ID": f"<{key}@wangge>"})
        try:
            self._server().send_messages([message])
        except SMTPRecipientsRefused as problem:
            raise Rejected(type(problem).__name__) from None
        except OSError as problem:
            raise Undelivered(type(problem).__name__) from None
        return f"email:{key}"

    def _server(self) -> EmailBackend:
        secure = self.parts.scheme == "smtps"
        host = self.parts.hostname or ""
        return EmailBackend(
            host=host, port=self.parts.port or (465 if secure else 587), username=unquote(self.parts.username or ""),
            password=unquote(self.parts.password or ""), use_ssl=secure, timeout=SECONDS,
            use_tls=not secure and host not in {"localhost", "127.0.0.1"},
        )  # fmt: skip


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A gateway that sends us elsewhere is not followed: telephone numbers go to the configured host alone."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise Undelivered("redirected")


class HttpSms:
    """A provider's HTTP gateway: POST {"to", "text", "key"}, answered with {"receipt"}; only the configured host."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token
        self.opener = urllib.request.OpenerDirector()
        for way in (
            urllib.request.HTTPHandler, urllib.request.HTTPSHandler, urllib.request.HTTPDefaultErrorHandler,
            urllib.request.HTTPErrorProcessor, _NoRedirect,
        ):  # fmt: skip
            self.opener.add_handler(way())

    def send(self, recipient: str, text: str, *, key: str) -> str:
        body = json.dumps({"to": recipient, "text": text, "key": key}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        request = urllib.request.Request(self.url, body, headers)  # noqa: S310 - the settings take https and http only
        try:
            with self.opener.open(request, timeout=SECONDS) as answer:
                return str(json.loads(answer.read(10_000))["receipt"])[:LONGEST_RECEIPT]
        except urllib.error.HTTPError as problem:
            problem.close()
            raise (Rejected if problem.code in NEVER else Undelivered)(f"HTTP {problem.code}") from None
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as problem:
            raise Undelivered(type(problem).__name__) from None


def adapter(channel: str) -> Adapter:
    """The adapter of a channel as the settings have it; without a server or gateway the console stands in."""
    given = settings.WANGGE
    if channel == Channel.EMAIL and given.email_url:
        return Email(given.email_url)
    if channel == Channel.SMS and given.sms == "http":
        return HttpSms(given.sms_url, given.sms_token)
    return Console()
