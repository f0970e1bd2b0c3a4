"""Browsers of the cast: Django's client, signed in as somebody, with a second factor where the house asks for one."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from tests.cast import Person


def signed_in(person: Person, language: str = "en") -> Client:
    """A client in which the person has signed in and shown the second factor."""
    client = Client()
    client.cookies["wg_language"] = language
    with person.acting() as actor:
        account = person.account
        TOTP.activate(account, generate_totp_secret())
        assert actor.account_id == account.pk
    client.force_login(account)
    return client
