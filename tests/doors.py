"""Doors for tests: a browser's client signed in as somebody, with the second factor her role asks for."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client

from tests.cast import Person


def client_of(person: Person) -> Client:
    """A client in a session of the person's own."""
    client = Client()
    with person.acting():
        Authenticator.objects.get_or_create(user_id=person.account_id, type="totp", defaults={"data": {}})
        account = person.account
    with transaction.atomic():
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client
