"""Asking for an export: the filters of its kind, why, for whom, until when."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.catalogue.asking import Asks, For
from wangge.exchange.actions.exporting import Wish, last_day
from wangge.exchange.export_words import LONGEST, SHORTEST_WHY, Form, Purpose
from wangge.exchange.exporter import Exporter

DAY = timedelta(days=1)
YEARS = range(1949, 2200)
USUAL = 7  # days a file is kept where nobody says


def thinkable(day: date) -> None:
    """Days of any register; the ends of the calendar cannot be counted with."""
    if day.year not in YEARS:
        raise ValidationError(_("This day cannot be meant."))


class FilterForm(forms.Form):
    """Which rows: the filters that the kind offers to the actor."""

    def __init__(self, data: Mapping[str, Any] | None, *, kind: Exporter, actor: Actor, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        own: dict[str, forms.Field] = {}
        for one in kind.filters:
            if one.kind == "day":
                day = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
                own[one.code] = forms.DateField(
                    label=str(one.label), required=one.required, widget=day, validators=[thinkable]
                )
            else:
                offered = kind.choices(one.code, actor)
                any_one = [] if one.required and offered else [("", _("any"))]
                own[one.code] = forms.ChoiceField(
                    label=str(one.label), required=one.required, choices=[*any_one, *offered]
                )
        self.codes = tuple(own)
        self.fields = own | self.fields

    @property
    def given(self) -> dict[str, str]:
        """What was chosen, as it is kept."""
        held = {code: self.cleaned_data.get(code) for code in self.codes}
        return {code: str(value) for code, value in held.items() if value}

    @property
    def first(self) -> dict[str, str]:
        """What stands first in each select, as a browser would send it."""
        offered: dict[str, Any] = {code: getattr(self.fields[code], "choices", None) for code in self.codes}
        return {code: str(choices[0][0]) for code, choices in offered.items() if choices}

    @property
    def chosen(self) -> list[Any]:
        return [self[code] for code in self.codes]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            raise ValidationError(_("The first day lies after the last."))
        return given


class AskForm(FilterForm):
    """Which rows, and why, for whom, until when, as what."""

    asks: ClassVar[Asks] = {"for_person": For("partners", ("office",)), "recipient": For("staff", ("office",))}

    purpose = forms.ChoiceField(label=_("For what"), choices=Purpose.choices)
    why = forms.CharField(
        label=_("Why these rows are needed"), min_length=SHORTEST_WHY, max_length=400,
        help_text=_("A sentence: who decides sees it, and it stands in the file."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    for_organisation = forms.CharField(label=_("For which organisation"), max_length=80)
    for_person = forms.CharField(
        label=_("For whom there, in office"), max_length=60, help_text=_("Name and office, such as: Wang, statistics.")
    )
    recipient = forms.CharField(
        label=_("Sign-in name, if that person has an account here"), required=False, max_length=40,
        help_text=_("With it the person may fetch the file too."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )  # fmt: skip
    last = forms.DateField(
        label=_("To be destroyed after"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    form = forms.ChoiceField(label=_("Kind of file"), choices=Form.choices, widget=forms.RadioSelect, initial=Form.XLSX)

    def __init__(self, data: Mapping[str, Any] | None, *, now: datetime, language: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.now, self.language = now, language
        today = localtime(now).date()
        self.fields["last"].initial = today + USUAL * DAY
        self.fields["last"].widget.attrs |= {
            "min": (today + DAY).isoformat(), "max": (today + max(LONGEST.values()) * DAY).isoformat(),
        }  # fmt: skip

    @property
    def reasons(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in self.codes]

    def clean_recipient(self) -> int | None:
        name = self.cleaned_data["recipient"].strip()
        if not name:
            return None
        found = (
            get_user_model().objects.filter(username=name, is_active=True, kind="person").values_list("pk", flat=True)
        )
        if not found:
            raise ValidationError(_("Nobody here signs in with this name. Leave it empty for somebody outside."))
        return int(found[0])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        purpose, last = given.get("purpose"), given.get("last")
        if purpose and last and not localtime(self.now).date() < last <= last_day(purpose, self.now):
            most = last_day(purpose, self.now).isoformat()
            text = _("For this purpose the file may be kept from tomorrow until %(day)s at most.")
            self.add_error("last", text % {"day": most})
        return given

    @cached_property
    def wish(self) -> Wish:
        held = self.cleaned_data
        return Wish(
            self.given, held["purpose"], held["why"], held["for_organisation"], held["for_person"], held["last"],
            held["form"], self.language, held["recipient"],
        )  # fmt: skip
