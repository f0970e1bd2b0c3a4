"""The people of the bench, signed in: as a client within this process, and as a cookie for the load."""

import time

from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.test import Client

from wangge.jobs.system import as_system
from wangge.teams.models import Account


def signed_in(who: str) -> Client:
    """A client in a session of the person's own, past the question for a second factor."""
    with as_system("bench"):
        account = Account.objects.get(username=f"bench_{who}")
    client = Client()
    with transaction.atomic():
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    client.get("/me/")
    assert SESSION_KEY in client.session
    return client


def cookie_of(client: Client) -> str:
    """What a browser would send."""
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def timed(client: Client, address: str) -> float:
    """Milliseconds of one page, the database's share included."""
    begun = time.perf_counter()
    response = client.get(address)
    taken = 1000 * (time.perf_counter() - begun)
    assert response.status_code == 200, (address, response.status_code)
    return taken
