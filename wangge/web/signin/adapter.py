"""How allauth meets our house: lock-out, no self sign-up, sealed second factors, our own session."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wangge.access.budgets import Budget
from wangge.vault import actions as vault
from wangge.vault.queries import open_sealed
from wangge.web.errors import too_often

PER_ACCOUNT = Budget("sign-in account", 5, 30 * 60)
PER_NET = Budget("sign-in net", 50, 30 * 60)
FACTORS = {"compartment": "accounts", "table": "mfa_authenticator", "column": "data"}


def net_of(request: HttpRequest) -> str:
    """The network a request comes from: /24 of IPv4, /64 of IPv6."""
    address = request.META.get("REMOTE_ADDR", "") or "local"
    return ":".join(address.split(":")[:4]) if ":" in address else ".".join(address.split(".")[:3])


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Sign-in with a budget per account and per net; accounts are opened by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        name = str(credentials.get("username", "")).lower()
        if not (PER_ACCOUNT.has_left(name) and PER_NET.has_left(net_of(request))):
            raise ImmediateHttpResponse(
                too_often(request, _("Too many wrong passwords. Try again in half an hour, or ask the administrator."))
            )

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        PER_ACCOUNT.spend(str(credentials.get("username", "")).lower())
        PER_NET.spend(net_of(request))

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Notices go out through delivery, not through allauth."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """Secrets of second factors lie sealed in the table."""

    def encrypt(self, text: str) -> str:
        sealed = vault.seal(FACTORS["compartment"], text, table=FACTORS["table"], column=FACTORS["column"], row="secret")
        return sealed.hex()

    def decrypt(self, encrypted_text: str) -> str:
        return open_sealed(
            FACTORS["compartment"], bytes.fromhex(encrypted_text),
            table=FACTORS["table"], column=FACTORS["column"], row="secret",
        )  # fmt: skip

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)
