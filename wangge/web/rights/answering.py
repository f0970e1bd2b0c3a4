"""What is done with a request: it is the person, the answer, it was told, it was taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.people.actions import rights
from wangge.people.actions.rights_answer import answer as give
from wangge.people.actions.rights_answer import withdraw
from wangge.people.models.rights_words import Right, Way
from wangge.people.queries import rights as read
from wangge.people.rules import may_answer_request, may_see_residents
from wangge.people.words import Kept
from wangge.web.rights.desk import about, request_of
from wangge.web.rights.forms import AnswerForm, ToldForm


@needs(may_see_residents)
@require_POST
def identity(request: Request, pk: int) -> HttpResponse:
    """It is the person; withdrawn consent acts in the same moment."""
    held = rights.check_identity(request_of(pk), by=request.actor, now=request.now)
    if held.kind == Right.WITHDRAW:
        withdraw(held, by=request.actor, now=request.now)
    messages.success(request, _("Written down that it is the person."))
    return redirect("rights-card", pk)


@needs(may_see_residents)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """The answer, put together from sentences and own words."""
    held = request_of(pk)
    if reason := may_answer_request(request.actor, held):
        raise Refused(reason)
    texts = read.texts(held)
    initial: dict[str, Any] = {"value": texts.value}
    initial |= {"field": held.field} if held.field in Kept.values else {}
    form = AnswerForm(request.POST if request.method == "POST" else None, kind=held.kind, initial=initial)
    if form.is_valid():
        try:
            give(held, **form.given(), by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Answered. Now it is told to the person."))
            return redirect("rights-card", pk)
    context = about(request, held) | {"form": form, "texts": texts}
    response = render(request, "rights/answer.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@needs(may_see_residents)
@require_POST
def told(request: Request, pk: int) -> HttpResponse:
    """The answer has reached the person."""
    form = ToldForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say how the answer was told."))
    rights.tell(request_of(pk), way=Way(form.cleaned_data["way"]), by=request.actor, now=request.now)
    messages.success(request, _("Written down that it was told."))
    return redirect("rights-card", pk)


@needs(may_see_residents)
@require_POST
def back(request: Request, pk: int) -> HttpResponse:
    """The person wants it no longer."""
    rights.take_back(request_of(pk), by=request.actor, now=request.now)
    messages.success(request, _("Taken back. It can be asked again at any time."))
    return redirect("rights-card", pk)
