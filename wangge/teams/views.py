"""The team page: who works here, with which posts and phones, and what the one who looks may change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.access.pages import Request, needs
from wangge.teams import actions, queries
from wangge.teams.forms import AccountForm, PasswordForm, PostForm
from wangge.teams.models import Account, Device
from wangge.teams.rules import may_guard, may_manage_accounts, may_offer_device, may_see_team

page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Button:
    """A verb without a form of its own."""

    verb: str
    label: str
    icon: str
    hint: str


def _language() -> str:
    return get_language() or "zh-hans"


def _account(request: Request, pk: int) -> Account:
    """Somebody of the team of whoever looks; 404 alike for a stranger and for nobody."""
    return get_object_or_404(queries.people(request.actor, request.now), pk=pk)


def _said(request: Request, pk: int, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("team-person", pk=pk)


@needs(may_see_team)
@require_GET
def team(request: Request) -> HttpResponse:
    """The list, by page; searched by name."""
    text, after = request.GET.get("q", "")[:80], request.GET.get("after", "")[:40]
    found = queries.page_of(queries.people(request.actor, request.now), text=text, after=after)
    rows, more = found[: queries.PAGE], found[queries.PAGE :]
    posts = queries.posts_of(rows, request.now, _language())
    devices = queries.devices_of(rows)
    more_url = f"{reverse('team')}?{urlencode({'q': text, 'after': rows[-1].username})}" if more else ""
    return render(request, "teams/team.html", {
        "rows": [(row, posts[row.pk], devices[row.pk]) for row in rows], "text": text, "more_url": more_url,
        "shown": len(rows), "may_add": may_manage_accounts(request.actor) is None,
    })  # fmt: skip


@needs(may_see_team)
@require_GET
def person(request: Request, pk: int) -> HttpResponse:
    """One account: posts, phones, and the verbs of whoever looks."""
    account = _account(request, pk)
    actor = request.actor
    posts = queries.posts_of([account], request.now, _language())[pk]
    return render(request, "teams/person.html", {
        "account": account,
        "posts": [(held, queries.may_post(pk, held.role, held.area_id)) for held in posts],
        "devices": queries.devices_of([account])[pk],
        "may_give": pk != actor.account_id and bool(queries.roles_to_give(actor, _language())),
        "may_bind": may_offer_device(actor, account) is None and queries.may_bind(pk),
        "may_revoke": actor.has("secretary", "town_staff", "security_admin"),
        "may_set_password": may_manage_accounts(actor) is None and pk != actor.account_id,
        "buttons": _buttons(actor, account), "now": request.now,
    })  # fmt: skip


@needs(may_manage_accounts)
@page_or_form
def new_account(request: Request) -> HttpResponse:
    """Open an account; it has no rights until another administrator gives it a post."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        account = actions.add_account(
            given["username"], given["name"], given["password"], by=request.actor, now=request.now,
            organisation=given["organisation"],
        )  # fmt: skip
        return _said(request, account.pk, _("The account is open. The security administrator gives it its post."))
    return render(request, "teams/new_account.html", {"form": form})


@needs(may_manage_accounts)
@page_or_form
def password(request: Request, pk: int) -> HttpResponse:
    """Set a new password for somebody else."""
    account = _account(request, pk)
    form = PasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_password(account, form.cleaned_data["password"], by=request.actor)
        except Refused as refused:
            form.add_error("password", refused.reason)
        else:
            return _said(request, pk, _("The new password holds; all sessions of the account have ended."))
    return render(request, "teams/password.html", {"form": form, "account": account})


@needs(may_see_team)
@page_or_form
def give(request: Request, pk: int) -> HttpResponse:
    """Give a post: a role over an area or for a unit."""
    account = _account(request, pk)
    text = request.GET.get("q", "")[:80]
    form = PostForm(
        request.POST or None, roles=queries.roles_to_give(request.actor, _language()),
        areas=queries.areas_to_give(request.actor, text), now=request.now,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        unit = given.get("organisation")
        try:
            actions.give_post(
                account, given["role"], by=request.actor, now=request.now, until=given["until"],
                area_id=int(given["area"]) if given["area"] else None, organisation_id=unit.pk if unit else None,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            return _said(request, pk, _("The post is given and holds from now on."))
    return render(request, "teams/give.html", {"form": form, "account": account, "text": text})


@needs(may_see_team)
@require_POST
def end(request: Request, pk: int, post: int) -> HttpResponse:
    """End a post now."""
    account = _account(request, pk)
    actions.end_post(account, post, by=request.actor, now=request.now)
    return _said(request, pk, _("The post has ended."))


@needs(may_see_team)
@page_or_form
def offer(request: Request, pk: int) -> HttpResponse:
    """Make the code a worker's phone scans; it is on this answer and nowhere else."""
    account = _account(request, pk)
    context: dict[str, Any] = {"account": account}
    if request.method == "POST":
        area = queries.first_area(account, request.now)
        if area is None:
            raise Refused(_("Phones are bound for grid workers of your own area only."))
        given = actions.offer_device(account, area_id=area, by=request.actor, now=request.now)
        path = reverse("device-bind", args=[given.secret])
        context |= {"url": request.build_absolute_uri(path), "ends_at": given.device.offer_ends_at}
    return render(request, "teams/offer.html", context)


@needs(may_see_team)
@require_POST
def revoke(request: Request, pk: int, device: int) -> HttpResponse:
    """Take a phone's access away."""
    phone = get_object_or_404(Device.objects.select_related("account"), pk=device, account_id=pk)
    actions.revoke_device(phone, by=request.actor, now=request.now)
    return _said(request, pk, _("The phone is out. It can be bound again with a new code."))


def _close(account: Account, by: Actor) -> str:
    actions.set_active(account, active=False, by=by)
    return _("The account is closed.")


def _reopen(account: Account, by: Actor) -> str:
    actions.set_active(account, active=True, by=by)
    return _("The account is open again.")


def _unlock(account: Account, by: Actor) -> str:
    actions.unlock_account(account, by=by)
    return _("The lock is lifted.")


def _end_sessions(account: Account, by: Actor) -> str:
    actions.end_sessions_of(account, by=by)
    return _("All sessions of the account have ended.")


def _reset(account: Account, by: Actor) -> str:
    actions.reset_second_factor(account, by=by)
    return _("The second factor is taken away. The owner sets up a new one at the next sign-in.")


VERBS: dict[str, Callable[[Account, Actor], str]] = {
    "close": _close, "reopen": _reopen, "unlock": _unlock, "sessions": _end_sessions, "second-factor": _reset,
}  # fmt: skip


def _buttons(actor: Actor, account: Account) -> list[Button]:
    found: list[Button] = []
    if account.pk == actor.account_id:
        return found
    if may_manage_accounts(actor) is None:
        found.append(Button("unlock", _("Lift the lock"), "lock", _("After too many wrong passwords.")))
        if account.is_active:
            found.append(Button("close", _("Close the account"), "ban", _("All its sessions end at once.")))
        else:
            found.append(Button("reopen", _("Open the account again"), "refresh", ""))
    if may_guard(actor) is None:
        found.append(Button("sessions", _("End all sessions"), "logout", _("On every machine and phone.")))
        hint = _("When the authenticator and the recovery codes are lost. It stands in the book.")
        found.append(Button("second-factor", _("Reset the second factor"), "shield", hint))
    return found


@needs(may_see_team)
@require_POST
def simple(request: Request, pk: int, verb: str) -> HttpResponse:
    """The verbs that are one button; their actions name who may."""
    if verb not in VERBS:
        raise Http404
    return _said(request, pk, VERBS[verb](_account(request, pk), request.actor))
