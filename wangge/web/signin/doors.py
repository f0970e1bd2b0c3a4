"""Allauth's pages as we use them: sign in, second step, authenticator, sign out; its other pages do not exist."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from wangge.access.pages import Request, needs, open_to_all
from wangge.teams.rules import anybody_signed_in
from wangge.web.signin.home import home_of
from wangge.web.signin.marks import DEVICE_COOKIE, ENDED

CLEARED = '"cache"'  # what was typed and not sent stays on the device (ux 1, 8)


class SignIn(account.LoginView):  # type: ignore[misc] # allauth has no types
    """Name and password; a bound phone is shown the way to its PIN first."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if DEVICE_COOKIE in request.COOKIES and "by" not in request.GET:
            return redirect(f"{reverse('device-unlock')}?{urlencode({'next': request.GET.get('next', '/my/')})}")
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "ended": self.request.session.get(ENDED, "")}


class SignOut(account.LogoutView):  # type: ignore[misc] # allauth has no types
    """By POST only; the browser forgets the pages it kept."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = CLEARED
        return response


class SetUp(totp.ActivateTOTPView):  # type: ignore[misc] # allauth has no types
    """The first code of a new authenticator; the recovery codes come next."""

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes")


class RecoveryCodes(recovery.ViewRecoveryCodesView):  # type: ignore[misc] # allauth has no types
    """The codes, shown once."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "home_url": home_of(self.request.actor)}


def to_me(_request: Request) -> HttpResponse:
    """Allauth's own index of second factors: ours stands on one's own page."""
    return redirect("me")


sign_in = open_to_all(SignIn.as_view())
sign_out = open_to_all(SignOut.as_view())
second_step = open_to_all(mfa.authenticate)
password_again = needs(anybody_signed_in)(account.reauthenticate)
code_again = needs(anybody_signed_in)(mfa.reauthenticate)
set_up = needs(anybody_signed_in)(SetUp.as_view())
recovery_codes = needs(anybody_signed_in)(RecoveryCodes.as_view())
new_recovery_codes = needs(anybody_signed_in)(recovery.generate_recovery_codes)
factors = needs(anybody_signed_in)(to_me)
