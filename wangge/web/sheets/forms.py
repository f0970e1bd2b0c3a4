"""Forms of the daily sheet: one line by page, a file, what either side answers."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.catalogue.asking import Asks, For
from wangge.core.daily_sheet import MOST_PEOPLE
from wangge.people.models import Household, SheetLine
from wangge.people.sheet_words import SHEET_FIELDS, LineKind, LineOutcome, LineReason
from wangge.people.words import Tenure
from wangge.web.homes.forms import NO_MEMORY

ANY_TENURE = [("", "—"), *Tenure.choices]


class LineForm(forms.Form):
    """One door; a name and number only with consent."""

    asks: ClassVar[Asks] = {"name": For("register", ("name",)), "phone": For("register", ("phone",))}

    what = forms.ChoiceField(label=SHEET_FIELDS["what"], choices=LineKind.choices, widget=forms.RadioSelect)
    building = forms.ChoiceField(label=SHEET_FIELDS["building"])
    unit = forms.CharField(label=SHEET_FIELDS["unit"], max_length=20, required=False)
    room = forms.CharField(label=SHEET_FIELDS["room"], max_length=20)
    people = forms.CharField(
        label=SHEET_FIELDS["people"],
        max_length=8,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    tenure = forms.ChoiceField(label=SHEET_FIELDS["tenure"], choices=ANY_TENURE, required=False)
    agreed = forms.BooleanField(label=SHEET_FIELDS["agreed"], required=False)
    name = forms.CharField(
        label=SHEET_FIELDS["name"], max_length=80, required=False, widget=forms.TextInput(attrs=NO_MEMORY)
    )
    phone = forms.CharField(
        label=SHEET_FIELDS["phone"], max_length=40, required=False,
        widget=forms.TextInput(attrs={**NO_MEMORY, "inputmode": "tel"}),
    )  # fmt: skip
    personal = ("agreed", "name", "phone")

    def __init__(self, *args: Any, buildings: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["building"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((name, name) for name in buildings.values())]

    def given(self) -> dict[str, str]:
        """The line as a row of a file would give it."""
        return {**self.cleaned_data, "agreed": "是" if self.cleaned_data["agreed"] else ""}

    @property
    def of_door(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.personal]

    @property
    def of_person(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in self.personal]


class FileForm(forms.Form):
    """A sheet as a file."""

    asks: ClassVar[Asks] = {"file": For("register", ("name", "phone", "home"))}

    file = forms.FileField(
        label=_("The sheet as CSV or XLSX"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"})
    )


class ReasonForm(forms.Form):
    """It is not so, and why."""

    asks: ClassVar[Asks] = {"text": For("register", ("home",))}

    reason = forms.ChoiceField(label=_("What is not so?"), choices=LineReason.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In your own words, without names and numbers"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The firm's line put right, or said again."""

    asks: ClassVar[Asks] = {"text": For("register", ("home",))}

    kind = forms.ChoiceField(label=_("So it is"), choices=LineKind.choices, widget=forms.RadioSelect)
    people = forms.IntegerField(label=SHEET_FIELDS["people"], min_value=1, max_value=MOST_PEOPLE, required=False)
    text = forms.CharField(
        label=_("In your own words, without names and numbers"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class TakeForm(forms.Form):
    """What becomes of a line in the registry."""

    asks: ClassVar[Asks] = {"name": For("register", ("name",)), "phone": For("register", ("phone",))}

    outcome = forms.ChoiceField(label=_("Write into the registry"), widget=forms.RadioSelect)
    household = forms.ModelChoiceField(Household.objects.none(), label=_("Which household?"), required=False)
    tenure = forms.ChoiceField(label=_("Lives here as"), choices=ANY_TENURE, required=False)
    name = forms.CharField(label=_("Name"), max_length=80, required=False, widget=forms.TextInput(attrs=NO_MEMORY))
    phone = forms.CharField(
        label=_("Telephone (if they like)"), max_length=40, required=False,
        widget=forms.TextInput(attrs={**NO_MEMORY, "inputmode": "tel"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, line: SheetLine, outcomes: tuple[LineOutcome, ...], households: list[Household], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        outcome, household = self.fields["outcome"], self.fields["household"]
        assert isinstance(outcome, forms.ChoiceField)
        assert isinstance(household, forms.ModelChoiceField)
        outcome.choices = [(one.value, one.label) for one in outcomes]
        outcome.initial = outcomes[0].value
        self.fields["tenure"].initial = line.tenure
        if LineOutcome.LEFT in outcomes and len(households) > 1:
            household.queryset = Household.objects.filter(pk__in=[one.pk for one in households]).order_by("pk")
            household.label_from_instance = _numbered(households)  # type: ignore[method-assign] # Django's own way
        else:
            del self.fields["household"]
        if LineOutcome.HOUSEHOLD not in outcomes:
            for name in ("tenure", "name", "phone"):
                del self.fields[name]
        elif line.name is not None:
            self.fields["name"].help_text = _("Left empty, the name that the household let the firm pass on.")

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        said = dict(self.cleaned_data)
        said["outcome"] = LineOutcome(said["outcome"])
        if "tenure" in said:
            said["tenure"] = Tenure(said["tenure"]) if said["tenure"] else None
        return said


def _numbered(households: list[Household]) -> Any:
    """Households of one door told apart without a name: by when they came and how many they are."""

    def label(one: Household) -> str:
        members = next(getattr(held, "members", 0) for held in households if held.pk == one.pk)
        since = one.since.isoformat() if one.since else "—"
        return _("since %(since)s, %(n)d people") % {"since": since, "n": members}

    return label
