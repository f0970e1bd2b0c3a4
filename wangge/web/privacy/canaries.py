"""Canaries: invented records that nobody has a reason to open, for the security administrator alone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.people.actions.canaries import MOST, end_canary, make_canaries
from wangge.people.models import Canary
from wangge.people.rules import may_plant
from wangge.places.models import Area
from wangge.web.privacy.words import ways

PAGE = 50


class CanaryForm(forms.Form):
    """How many in which community, and the telephone that stands in them."""

    community = forms.ModelChoiceField(Area.objects.none(), label=gettext_lazy("Community"))
    number = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=MOST, initial=3)
    phone = forms.CharField(
        label=gettext_lazy("A telephone of your own office"), max_length=40,
        help_text=gettext_lazy("One that the staff does not know: whoever calls it has it from here."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["community"]
        assert isinstance(chosen, forms.ModelChoiceField)
        those = Area.objects.filter(level="community", valid_to__isnull=True)
        chosen.queryset = those.defer("outline").order_by("sort_key", "pk")


@needs(may_plant)
@require_http_methods(["GET", "HEAD", "POST"])
def canaries(request: Request) -> HttpResponse:
    """All of them, the newest first, and new ones."""
    form = CanaryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            given = form.cleaned_data | {"community": form.cleaned_data["community"].pk}
            make_canaries(**given, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Written down."))
            return redirect("canaries")
    found = Canary.objects.select_related("community").order_by("-pk")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: PAGE + 1])
    context: dict[str, Any] = {
        "ways": ways(request, "canaries"), "rows": rows[:PAGE], "form": form, "shown": len(rows[:PAGE]),
        "more_url": f"{reverse('canaries')}?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
    }  # fmt: skip
    response = render(request, "privacy/canaries.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@needs(may_plant)
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Keep one no longer."""
    try:
        end_canary(get_object_or_404(Canary, pk=pk), by=request.actor, now=request.now)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("It is kept no longer."))
    return redirect("canaries")
