"""One's own page: sessions, phones, password, second factor."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.access.sessions import my_sessions
from wangge.teams import actions, queries
from wangge.teams.models import Account, Device
from wangge.teams.rules import anybody_signed_in
from wangge.web.signin.forms import OwnPasswordForm
from wangge.web.signin.home import DESKS


def frame(request: Request) -> dict[str, Any]:
    """The frame of one's own pages: the phone's for who only works outside, else the desk's."""
    roles = request.actor.role_codes
    if ("grid_worker" in roles and not roles & DESKS) or request.session.get("wg_kind") == "device":
        return {"layout": "layout_worker.html"}
    return {"layout": "layout_console.html"}


def _myself(request: Request) -> Account:
    return Account.objects.get(pk=request.actor.account_id)


@needs(anybody_signed_in)
@require_GET
def me(request: Request) -> HttpResponse:
    """Who I am here, where I am signed in, and what keeps my account mine."""
    account = _myself(request)
    posts = queries.posts_of([account], request.now, get_language() or "zh-hans")[account.pk]
    has_factor = get_adapter().is_mfa_enabled(account, ["totp"])
    return render(request, "account/me.html", frame(request) | {
        "account": account, "posts": posts, "sessions": my_sessions(), "devices": queries.my_devices(account.pk),
        "has_factor": has_factor, "has_password": account.has_usable_password(), "now": request.now,
    })  # fmt: skip


@needs(anybody_signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Request) -> HttpResponse:
    """Change one's own password; the other sessions end."""
    account = _myself(request)
    mine = request.user == account  # looked up before the change, which the session's own digest does not outlive
    form = OwnPasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_password(account, form.cleaned_data["old"], form.cleaned_data["new"], by=request.actor)
        except Refused as refused:
            form.add_error("old", refused.reason)
        else:
            if mine:
                update_session_auth_hash(request, account)
            messages.success(request, _("The new password holds; your other sessions have ended."))
            return redirect("me")
    return render(request, "account/password.html", frame(request) | {"form": form})


@needs(anybody_signed_in)
@require_POST
def end_session(request: Request, handle: str) -> HttpResponse:
    """End one session."""
    actions.end_session(_myself(request), handle, by=request.actor)
    messages.success(request, _("That session has ended."))
    return redirect("me")


@needs(anybody_signed_in)
@require_POST
def end_others(request: Request) -> HttpResponse:
    """End all sessions but this one."""
    actions.end_other_sessions(_myself(request), by=request.actor)
    messages.success(request, _("All your other sessions have ended."))
    return redirect("me")


@needs(anybody_signed_in)
@require_POST
def lose_phone(request: Request, pk: int) -> HttpResponse:
    """Take one's own lost phone out."""
    phone = get_object_or_404(Device.objects.filter(account_id=request.actor.account_id), pk=pk)
    actions.revoke_device(phone, by=request.actor, now=request.now)
    messages.success(request, _("The phone is out. Your secretary can bind a new one."))
    return redirect("me")
