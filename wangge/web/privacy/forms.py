"""Forms of who watches: which looks, what they were about, an assessment, its review."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wangge.catalogue.asking import Asks, For
from wangge.people.words import Conclusion, Outcome
from wangge.places.models import Grid
from wangge.web.privacy.words import Words

YEARS = range(2000, 2101)


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def thinkable(day: date) -> None:
    """The ends of the calendar cannot be counted with."""
    if day.year not in YEARS:
        raise ValidationError(_("This day cannot be meant."))


def _words(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": rows}), **more)


class LooksForm(forms.Form):
    """Which looks; each is optional."""

    since = forms.DateField(label=_("From day"), required=False, widget=_day(), validators=[thinkable])
    until = forms.DateField(label=_("To day"), required=False, widget=_day(), validators=[thinkable])
    purpose = forms.ChoiceField(label=_("What for"), required=False)
    field = forms.ChoiceField(label=_("Which field"), required=False)
    role = forms.ChoiceField(label=_("Post"), required=False)
    grid = forms.CharField(label=_("Number of the grid"), max_length=40, required=False)
    account = forms.IntegerField(label=_("Account number"), required=False, min_value=1, max_value=2**31 - 1)
    without_task = forms.BooleanField(label=_("Without a task only"), required=False)

    def __init__(self, data: Any, *, words: Words) -> None:
        super().__init__(data)
        for name, labels in (("purpose", words.purposes), ("field", words.fields), ("role", words.roles)):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = [("", _("any")), *labels.items()]

    def clean_grid(self) -> int | None:
        """The grid's area, by the number that stands at its doors."""
        number = str(self.cleaned_data["grid"]).replace("\0", "").strip()
        if not number:
            return None
        found = Grid.objects.filter(number=number).values_list("area_id", flat=True).first()
        if found is None:
            raise ValidationError(_("No grid bears this number."))
        return int(found)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            raise ValidationError(_("The first day lies after the last."))
        return given


class ReviewLooksForm(forms.Form):
    """What the looks of a day were about."""

    asks: ClassVar[Asks] = {"text": For("audit", ("look",))}

    outcome = forms.ChoiceField(label=_("What was it about?"), choices=Outcome.choices, widget=forms.RadioSelect)
    text = _words(_("In a sentence (kept sealed)"), 3, required=False)


class ConcludedForm(forms.Form):
    """What an assessment concludes, and until when it counts."""

    conclusion = forms.ChoiceField(label=_("What follows"), choices=Conclusion.choices, widget=forms.RadioSelect)
    review_by = forms.DateField(
        label=_("Looked at again by"), widget=_day(), validators=[thinkable], help_text=_("Within three years.")
    )


class AssessmentForm(ConcludedForm):
    """An impact assessment."""

    title = forms.CharField(label=_("What was assessed"), max_length=120)
    purposes = forms.MultipleChoiceField(label=_("Purposes it covers"), widget=forms.CheckboxSelectMultiple)
    done_on = forms.DateField(label=_("Done on"), widget=_day(), validators=[thinkable])
    risks = _words(_("What could happen to people"), help_text=_("About the work only: no name, no number."))
    measures = _words(_("What is done about it"))
    field_order = ("title", "purposes", "done_on", "risks", "measures", "conclusion", "review_by")

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purposes = self.fields["purposes"]
        assert isinstance(purposes, forms.MultipleChoiceField)
        purposes.choices = list(words.purposes.items())


class AssessmentReviewForm(ConcludedForm):
    """Somebody looked at an assessment again."""

    text = _words(_("What has changed"))
    field_order = ("text", "conclusion", "review_by")
