"""One press: confirmed, withdrawn, ended; and a carer without an account opened for a purpose."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.core.identifiers import grouped_phone
from wangge.people import actions
from wangge.people.queries import care as read
from wangge.people.rules import KEEPERS, may_see_charges, may_see_residents
from wangge.people.words import CareEnd, Hand
from wangge.web.care.forms import EndForm, WithdrawForm
from wangge.web.care.mine import need_of
from wangge.web.care.recording import page
from wangge.web.homes.forms import PurposeForm, SourceForm, purposes
from wangge.web.homes.persons import SHOWN_FOR


@needs(may_see_residents)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """As it was, and still agreed to."""
    need, form = need_of(request, pk), SourceForm(request.POST)
    if form.is_valid():
        source = form.source(request.actor.account_id)
        actions.confirm_need(need, source=source, by=request.actor, now=request.now)
        messages.success(request, _("Confirmed today."))
    return redirect("care-need", pk)


@needs(may_see_charges)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Consent is withdrawn: at once, and without a reason."""
    need, form = need_of(request, pk), WithdrawForm(request.POST)
    if not form.is_valid():
        return redirect("care-need", pk)
    actions.withdraw(need, source=form.source(request.actor.account_id), by=request.actor, now=request.now)
    messages.success(request, _("Withdrawn. Nothing of it is kept; help can be asked for as before."))
    return redirect("care" if request.actor.has(*KEEPERS) else "care-mine")


@needs(may_see_residents)
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Needed no longer, or written down by mistake."""
    need, form = need_of(request, pk), EndForm(request.POST)
    if not form.is_valid():
        return redirect("care-need", pk)
    actions.end_need(need, why=CareEnd(form.cleaned_data["why"]), by=request.actor, now=request.now)
    messages.success(request, _("Taken out of the register."))
    return redirect("care")


@needs(may_see_residents)
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: Request, pk: int, hand: str) -> HttpResponse:
    """Ask for the purpose; after it the neighbour or relative in clear, on a page that leaves by itself."""
    if hand not in Hand.values:
        raise Http404
    need, which = need_of(request, pk), Hand(hand)
    (one,) = read.shown([need])
    choices = purposes("carer", request.actor, localdate(request.now))
    form = PurposeForm(request.POST if request.method == "POST" else None, choices=choices)
    context: dict[str, Any] = {"one": one, "hand": which, "shown": getattr(one, hand)}
    if form.is_valid():
        try:
            opened = actions.open_carer(need, hand=which, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            context |= {
                "name": opened.name, "phone": grouped_phone(opened.phone) if opened.phone else "",
                "purpose": dict(choices)[opened.purpose], "until": request.now + SHOWN_FOR,
                "seconds": int(SHOWN_FOR.total_seconds()),
            }  # fmt: skip
    return page(request, "care/reveal.html", form, context)
