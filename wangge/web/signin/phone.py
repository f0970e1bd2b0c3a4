"""A worker's phone: bound by the code of the secretary, opened by its PIN."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.access.action import Refused
from wangge.access.context import hold
from wangge.access.pages import Request, open_to_all
from wangge.places.queries import line
from wangge.teams import actions, queries
from wangge.teams.actions.devices import MOST_TRIES, digest
from wangge.teams.models import Account, Device
from wangge.teams.words import DeviceState
from wangge.web.signin.adapter import is_own_path
from wangge.web.signin.forms import NewPinForm, PinForm
from wangge.web.signin.home import home_of
from wangge.web.signin.machine import label_of
from wangge.web.signin.marks import DEVICE_COOKIE, ENDED

YEAR = 365 * 24 * 3600
BACKEND = "django.contrib.auth.backends.ModelBackend"
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _whom_to_ask(device: Device | None) -> dict[str, str]:
    """The community that bound the phone, and its duty telephone."""
    if device is None:
        return {}
    for area in reversed(line(device.area_id)):
        if area.level == "community":
            return {"community": area.name, "phone": area.duty_phone}
    return {}


def _gone(request: Request, device: Device | None, why: str, status: int = 410) -> HttpResponse:
    """What went wrong and whom to ask; the address of the password page for who has one."""
    return render(request, "account/phone_gone.html", _whom_to_ask(device) | {"why": why}, status=status)


def _sign_in(request: Request, account: Account, target: str) -> HttpResponse:
    request.session_kind = "device"  # type: ignore[attr-defined] # read where our own session is opened
    login(request, account, backend=BACKEND)
    return redirect(target if is_own_path(target) else home_of(request.actor))


def _needs_more(request: Request, account: Account) -> bool:
    return queries.works_with_second_factor(account, request.now)


@open_to_all
@form_page
def bind(request: Request, offer: str) -> HttpResponse:
    """Who this phone will be for, and the PIN that opens its screen from now on."""
    hold(offer)
    device = queries.device_by_offer(digest(offer))
    if device is None or device.state != DeviceState.OFFERED or request.now > device.offer_ends_at:
        return _gone(request, device, "used")
    if not request.actor.is_public:
        return _gone(request, device, "signed_in", 409)
    if _needs_more(request, device.account):
        return _gone(request, device, "second", 409)
    form = NewPinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.bind_device(
                device, form.cleaned_data["pin"], label=label_of(request), by=request.actor, now=request.now
            )
        except Refused as refused:
            form.add_error("pin", refused.reason)
        else:
            response = _sign_in(request, device.account, reverse("my-day"))
            response.set_cookie(
                DEVICE_COOKIE, given.secret, max_age=YEAR, secure=settings.WANGGE.https, httponly=True, samesite="Lax"
            )
            return response
    posts = queries.posts_of([device.account], request.now, get_language() or "zh-hans")[device.account_id]
    return render(request, "account/phone_bind.html", {"form": form, "account": device.account, "posts": posts})


@open_to_all
@form_page
def unlock(request: Request) -> HttpResponse:
    """The PIN again, after the session ended or the screen was left alone."""
    target = request.POST.get("next") or request.GET.get("next", "")
    secret = request.COOKIES.get(DEVICE_COOKIE, "")
    if not secret:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': target or '/my/'})}")
    hold(secret)
    device = queries.device_by_secret(digest(secret))
    if device is None or not device.account.is_active:
        response = _gone(request, device, "revoked", 403)
        response.delete_cookie(DEVICE_COOKIE)
        return response
    if device.tries >= MOST_TRIES:
        return _gone(request, device, "tries", 403)
    if _needs_more(request, device.account):
        return _gone(request, device, "second", 403)
    return _ask(request, device, target)


def _ask(request: Request, device: Device, target: str) -> HttpResponse:
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if actions.unlock_device(device, form.cleaned_data["pin"]):
            return _sign_in(request, device.account, target)
        left = MOST_TRIES - queries.tries_of(device)
        if left <= 0:
            return _gone(request, device, "tries", 403)
        form.add_error("pin", _("This is not the PIN. Tries left: %(left)s.") % {"left": left})
    context: dict[str, Any] = {
        "form": form, "account": device.account, "next": target, "ended": request.session.get(ENDED, "")
    }  # fmt: skip
    return render(request, "account/phone_unlock.html", context)
