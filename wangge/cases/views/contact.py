"""The reporter's number: opened for one purpose, shown for ten minutes, written into the book."""

from datetime import date, timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.access.pages import Request, needs
from wangge.cases import actions
from wangge.cases.queries import case as read
from wangge.cases.queries.faces import said
from wangge.cases.rules import may_open_contact, may_see_desk
from wangge.cases.views.pane import about, found
from wangge.catalogue import queries as catalogue
from wangge.catalogue.purposes import offered
from wangge.core.identifiers import grouped_phone

SHOWN_FOR = timedelta(minutes=10)


class PurposeForm(forms.Form):
    """Why the number is opened: one purpose of the closed list."""

    purpose = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: object, actor: Actor, on: date) -> None:
        super().__init__(*args)  # type: ignore[arg-type] # handed on
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)
        field.label = _("What for?")
        field.error_messages["required"] = _("Choose a purpose.")
        field.choices = [(held.code, said(held.entry.label)) for held in offered("contact", actor=actor, on=on)]


@needs(may_see_desk)
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: Request, number: str) -> HttpResponse:
    """Ask for the purpose; after it the number in clear, on a page that leaves by itself."""
    case = found(number)
    if reason := may_open_contact(request.actor, case):
        raise Refused(reason)
    sent = request.POST if request.method == "POST" else None
    form = PurposeForm(sent, actor=request.actor, on=localdate(request.now))
    context = about(request, case) | {"form": form, "reporter": read.reporter(case, request.actor)}
    if context["reporter"].is_destroyed:
        raise Refused(_("This number was destroyed and cannot be opened again, by anybody."))
    if not context["reporter"].masked and not context["reporter"].has_original:
        raise Refused(_("The reporter left no number."))
    if form.is_valid():
        opened = actions.open_contact(case, purpose=form.cleaned_data["purpose"], by=request.actor, now=request.now)
        context |= {
            "opened": opened, "phone": grouped_phone(opened.phone) if opened.phone else "",
            "purpose": said(catalogue.purpose(opened.purpose).entry.label), "until": request.now + SHOWN_FOR,
            "seconds": int(SHOWN_FOR.total_seconds()),
        }  # fmt: skip
    response = render(request, "cases/contact.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
