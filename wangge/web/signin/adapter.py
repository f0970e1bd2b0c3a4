"""How allauth meets our house: lock-out, no self sign-up, sealed second factors, own paths only."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.access.budgets import Budget
from wangge.access.nets import net_of
from wangge.teams.rules import SIGN_IN_TRIES
from wangge.vault import actions as vault
from wangge.vault.queries import open_sealed
from wangge.web.errors import too_often
from wangge.web.signin.home import home_of
from wangge.web.signin.marks import OPENED

JUST_NOW = 5 * 60  # seconds
PER_ACCOUNT = SIGN_IN_TRIES
PER_NET = Budget("sign-in net", 50, 30 * 60)
FACTORS = {"compartment": "accounts", "table": "mfa_authenticator", "column": "data"}


def is_own_path(url: str) -> bool:
    """A path of this installation, never another host."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, None)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Sign-in with a budget per account and per net; accounts are opened by an administrator."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy("Name and password do not go together."),
        "incorrect_password": gettext_lazy("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        return is_own_path(url)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(request.actor)  # type: ignore[attr-defined] # set by in_somebodys_name and open_ours

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at, so that many at once do not slip past the lock."""
        name = str(credentials.get("username", "")).lower()
        if not PER_NET.has_left(net_of(request)) or not PER_ACCOUNT.spend(name):
            raise ImmediateHttpResponse(
                too_often(request, _("Too many wrong passwords. Try again in half an hour, or ask the administrator."))
            )

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        PER_NET.spend(net_of(request))

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:
        """Who has just signed in, with every factor the account has, is not asked again at once."""
        opened = context.request.session.get(OPENED, 0)
        return bool(timezone.now().timestamp() - opened > JUST_NOW)

    def reauthenticate(self, user: Any, password: str) -> bool:
        good = bool(super().reauthenticate(user, password))
        if good:
            PER_ACCOUNT.refund(user.username.lower())
        return good

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Pages say what happened; allauth's own notices stay silent."""

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Notices go out through delivery, not through allauth."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """Secrets of second factors lie sealed in the table."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code does not fit. Codes change every 30 seconds and work once."),
    }

    def encrypt(self, text: str) -> str:
        sealed = vault.seal(
            FACTORS["compartment"], text, table=FACTORS["table"], column=FACTORS["column"], row="secret"
        )
        return sealed.hex()

    def decrypt(self, encrypted_text: str) -> str:
        return open_sealed(
            FACTORS["compartment"], bytes.fromhex(encrypted_text),
            table=FACTORS["table"], column=FACTORS["column"], row="secret",
        )  # fmt: skip

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def build_totp_svg(self, url: str) -> str:
        """The page draws the code itself."""
        return ""
