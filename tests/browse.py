"""Browsers of the cast: Django's client, signed in as somebody, with a second factor where the house asks for one."""

from html.parser import HTMLParser

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.template import Template
from django.test import Client, utils

from tests.cast import Person

setattr(Template, "_render", getattr(utils, "instrumented_test_render"))  # noqa: B009, B010 - answers carry their context


def signed_in(person: Person, language: str = "en") -> Client:
    """A client in which the person has signed in and shown the second factor."""
    client = Client()
    client.cookies["wg_language"] = language
    with person.acting():
        account = person.account
        if not Authenticator.objects.filter(user=account).exists():
            TOTP.activate(account, generate_totp_secret())
    client.force_login(account)
    return client


class _Hidden(HTMLParser):
    """Collects the hidden fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "input" and held.get("type") == "hidden" and held.get("name"):
            self.found.setdefault(str(held["name"]), held.get("value") or "")


def hidden(page: str) -> dict[str, str]:
    """Names and values of the hidden fields of a page, the first of each name."""
    parser = _Hidden()
    parser.feed(page)
    return parser.found
