"""Registering on behalf of somebody: what was told by telephone, on paper, or seen on one's own round."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wangge.cases.queries import suggest
from wangge.cases.words import Source
from wangge.catalogue.asking import Asks, For
from wangge.core import identifiers
from wangge.core.labels import Language

LONGEST = 2000
SOURCES = (Source.PHONE, Source.PAPER, Source.PROXY, Source.PATROL)


class RegisterForm(forms.Form):
    """One report written down by staff."""

    asks: ClassVar[Asks] = {
        "text": For("report", ("words",)), "where": For("report", ("words",)), "phone": For("report", ("contact",)),
    }  # fmt: skip

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    source = forms.ChoiceField(label=_("How it came"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What is wrong"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write down what was said.")},
    )  # fmt: skip
    where = forms.CharField(label=_("Where exactly (may stay empty)"), max_length=200, required=False)
    danger = forms.BooleanField(label=_("Somebody may be in danger"), required=False)
    category = forms.ChoiceField(label=_("Category (may stay empty)"), required=False)
    phone = forms.CharField(
        label=_("Telephone of the reporter (may stay empty)"), max_length=40, required=False,
        help_text=_("Kept sealed and used only to ask back or to say what became of it."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_field: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = sorted(SOURCES, key=lambda each: is_field and each is not Source.PATROL)
        source, category = self.fields["source"], self.fields["category"]
        assert isinstance(source, forms.ChoiceField)
        assert isinstance(category, forms.ChoiceField)
        source.choices = [(each.value, each.label) for each in sources]
        source.initial = sources[0].value
        category.choices = [("", _("decide later")), *suggest.tree()]

    def clean_phone(self) -> str:
        typed = str(self.cleaned_data["phone"]).strip()
        if not typed:
            return ""
        try:
            return identifiers.phone(typed)
        except identifiers.BadIdentifier as problem:
            language: Language = "en" if (get_language() or "").startswith("en") else "zh-Hans"
            raise forms.ValidationError(identifiers.explain(problem, language)) from None
