"""The form of one verb, made from what the table says it asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from wangge.cases.models import Case
from wangge.cases.queries import suggest
from wangge.cases.queries.faces import said
from wangge.cases.words import VERBS, Ask, Outcome
from wangge.catalogue import queries as catalogue
from wangge.catalogue.words import ReasonList
from wangge.teams.models import Organisation

LONGEST = 2000
REASONS = {
    "not_accept": ReasonList.NOT_ACCEPTED,
    "return_case": ReasonList.RETURNED,
    "close_case": ReasonList.CLOSED,
    "reopen": ReasonList.REOPENED,
}
MISSING = {
    Ask.NOTE: _("Write a sentence."),
    Ask.REASON: _("Choose a reason."),
    Ask.CATEGORY: _("Choose a category."),
    Ask.ORGANISATION: _("Choose a unit."),
    Ask.OUTCOME: _("Say what is there."),
    Ask.UNTIL: _("Give a date."),
}


@dataclass(frozen=True)
class Suggested:
    """Answers offered as large cards before the whole list."""

    field: str
    choices: list[suggest.Choice]
    chosen: str


def _merged(data: QueryDict | None) -> QueryDict | None:
    """What was chosen from the whole list goes before the suggested card that is still marked."""
    if data is None:
        return None
    given = data.copy()
    for name in ("category", "organisation"):
        if other := given.get(f"{name}_other"):
            given[name] = other
    return given


class MoveForm(forms.Form):
    """One verb on one case. Fields exist as far as the verb asks for them."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    next = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, case: Case, verb: str, now: datetime, **kwargs: Any) -> None:
        super().__init__(_merged(data), **kwargs)
        self.case, self.verb = case, VERBS[verb]
        self.suggested: list[Suggested] = []
        for ask in self.verb.asks:
            if ask is Ask.REASON and verb not in REASONS:
                continue
            getattr(self, f"_ask_{ask.value}")(now)
        for ask in self.verb.required:
            if ask.value in self.fields:
                self.fields[ask.value].required = True
                self.fields[ask.value].error_messages["required"] = MISSING[ask]

    def _ask_note(self, _now: datetime) -> None:
        is_needed = Ask.NOTE in self.verb.required
        self.fields["note"] = forms.CharField(
            label=_("What to say") if is_needed else _("Note (may stay empty)"), max_length=LONGEST, required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Numbers of persons are masked when this is kept."),
        )  # fmt: skip

    def _ask_reason(self, _now: datetime) -> None:
        held = catalogue.reasons(REASONS[self.verb.code])
        self.fields["reason"] = forms.ChoiceField(
            label=_("Reason"), choices=[("", _("choose")), *((each.code, said(each.entry.label)) for each in held)],
            required=False,
        )  # fmt: skip

    def _ask_category(self, _now: datetime) -> None:
        known = catalogue.categories()
        offered = suggest.categories(self.case, known)
        names = suggest.branch_labels()
        choices = [suggest.Choice(e.code, said(e.label), names.get(e.branch, "")) for e in offered]
        self._offer("category", choices)
        self.fields["category"] = forms.ChoiceField(
            label=_("Category"), choices=[("", _("choose")), *suggest.tree()], required=False,
            initial=choices[0].value if choices else "",
        )  # fmt: skip

    def _ask_organisation(self, _now: datetime) -> None:
        every = suggest.units(self.case)
        self._offer("organisation", [
            suggest.Choice(str(each.pk), each.name, each.phone) for each in suggest.fitting(self.case, every)
        ])  # fmt: skip
        self.fields["organisation"] = forms.ModelChoiceField(
            label=_("Unit"), queryset=Organisation.objects.order_by("sort_key"), required=False,
            initial=int(self.suggested[-1].choices[0].value) if self.suggested else None,
        )  # fmt: skip

    def _ask_outcome(self, _now: datetime) -> None:
        self.fields["outcome"] = forms.ChoiceField(
            label=_("What is there"), choices=Outcome.choices, widget=forms.RadioSelect, required=False
        )

    def _ask_until(self, now: datetime) -> None:
        later = localtime(max(self.case.due_at, now)) + timedelta(days=1)
        self.fields["until"] = forms.DateTimeField(
            label=_("Until"), required=False, initial=later.strftime("%Y-%m-%dT%H:%M"),
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        )  # fmt: skip

    def _ask_photos(self, _now: datetime) -> None:
        """Photos are read from the request by the view; the form only shows the field."""

    def _offer(self, name: str, choices: list[suggest.Choice]) -> None:
        if choices:
            given = self.data.get(name) if self.is_bound else choices[0].value
            self.suggested.append(Suggested(name, choices, str(given or "")))

    @property
    def cards(self) -> set[str]:
        """Fields drawn as cards of proposals, with the whole list behind them."""
        return {each.field for each in self.suggested}

    @property
    def takes_photos(self) -> bool:
        return Ask.PHOTOS in self.verb.asks

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        code = given.get("reason")
        if code and catalogue.reason(code).entry.needs_text and not given.get("note"):
            self.add_error("note", ValidationError(_("This reason needs a sentence.")))
        return given

    def arguments(self) -> dict[str, Any]:
        """What the action takes besides the case, the note and the photos."""
        names = ("reason", "category", "organisation", "outcome", "until")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}
