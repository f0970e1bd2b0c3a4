"""Forms about organisations; contacts give what is needed for work and no more."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.catalogue.asking import Asks, For
from wangge.people.firm_words import ContactDuty, FirmKind, RecordKind, RecordResult
from wangge.places.models import Area, Building, Compound
from wangge.web.homes.forms import NO_MEMORY

CODE = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
Choices = list[tuple[str, str]]


def day(label: Any) -> forms.DateField:
    """A day of the calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class FirmForm(forms.Form):
    """An organisation."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=80)
    uscc = forms.CharField(
        label=_("Unified social credit code"), max_length=40, widget=forms.TextInput(attrs=CODE),
        help_text=_("18 characters, on the business licence."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=FirmKind.choices, widget=forms.RadioSelect)


class NewFirmForm(FirmForm):
    """An organisation and the area whose community or grid writes it down."""

    area = forms.ChoiceField(label=_("Written down in"))

    def __init__(self, *args: Any, areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(area.pk), area.name) for area in areas]
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.widget, field.initial = forms.HiddenInput(), choices[0][0]


class PartForm(forms.Form):
    """Something that belongs to an organisation; `places` are the buildings or compounds to choose from."""

    def __init__(self, *args: Any, places: Choices = (), **kwargs: Any) -> None:  # type: ignore[assignment] # none
        super().__init__(*args, **kwargs)
        for name in ("building", "compound"):
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = places


class PremisesForm(PartForm):
    """Where an organisation is."""

    building = forms.ChoiceField(label=_("Building"))
    room = forms.CharField(label=_("Rooms or shop front"), max_length=40, required=False)
    since = day(_("There since"))


class ContactForm(PartForm):
    """Whom to call."""

    asks: ClassVar[Asks] = {"name": For("partners", ("office",)), "phone": For("partners", ("office",))}

    duty = forms.ChoiceField(label=_("Called as"), choices=ContactDuty.choices)
    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs=NO_MEMORY))
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, widget=forms.TextInput(attrs={**NO_MEMORY, "inputmode": "tel"}),
        help_text=_("The switchboard of the firm will do."),
    )  # fmt: skip


class ManagingForm(PartForm):
    """A compound that a property firm looks after."""

    compound = forms.ChoiceField(label=_("Compound"))
    since = day(_("Manages it since"))


class RecordForm(PartForm):
    """A training or an inspection."""

    kind = forms.ChoiceField(label=_("What was held"), choices=RecordKind.choices, widget=forms.RadioSelect)
    on = day(_("On"))
    result = forms.ChoiceField(label=_("How it ended"), choices=RecordResult.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Note (nothing of a person)"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class StaffForm(PartForm):
    """Whose account reports for a firm."""

    asks: ClassVar[Asks] = {"username": For("staff", ("office",))}

    username = forms.CharField(
        label=_("Sign-in name"), max_length=150, widget=forms.TextInput(attrs=NO_MEMORY),
        help_text=_("The system administrator opens the account first."),
    )  # fmt: skip


def of_buildings(found: Iterable[Building]) -> Choices:
    """Buildings to choose from, as people say them."""
    return [(str(one.pk), f"{one.compound.name} {one.name}" if one.compound else one.name) for one in found]


def of_compounds(found: Iterable[Compound]) -> Choices:
    """Compounds to choose from."""
    return [(str(one.pk), one.name) for one in found]
