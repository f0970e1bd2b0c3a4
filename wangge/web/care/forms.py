"""Forms of the care register: which help, on what it rests, who gives it; nothing asks what somebody has."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wangge.catalogue import queries as catalogue
from wangge.catalogue.asking import Asks, For
from wangge.people.actions import Carers, Grounds, Outside
from wangge.people.words import Basis, CareEnd, Consent, Hand, Source
from wangge.web.homes.forms import NO_MEMORY, SourceForm

OUTSIDE = "outside"
WITHDRAWN_BY = [
    (Source.RESIDENT.value, Source.RESIDENT.label), (Source.FAMILY.value, Source.FAMILY.label),
    (Source.WORKER.value, Source.WORKER.label), ("paper", _("A letter or note")),
]  # fmt: skip
ENDED_BY_HAND = [(why.value, why.label) for why in (CareEnd.NOT_NEEDED, CareEnd.MISTAKE)]


class HowToHelp(forms.Form):
    """How to help, in words: sealed, and refused where it names an illness."""

    asks: ClassVar[Asks] = {"note": For("care", ("need",))}

    note = forms.CharField(
        label=_("How to help (if it helps to know)"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2, **NO_MEMORY}),
        help_text=_(
            "Which door, who has the key, how to speak with them. Not what somebody has: no illness, no medicine."
        ),
    )  # fmt: skip


class NoteForm(HowToHelp, SourceForm):
    """How to help, said anew."""

    asks: ClassVar[Asks] = {"note": For("care", ("need",))}

    field_order = ("note", "told_by")


class AgreedForm(forms.Form):
    """How consent was given."""

    asks: ClassVar[Asks] = {"heard_by": For("care", ("name",))}

    consent = forms.ChoiceField(label=_("How consent was given"), choices=[("", "—"), *Consent.choices], required=False)
    consent_on = forms.DateField(
        label=_("On which day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    heard_by = forms.CharField(
        label=_("Who heard it, or who keeps the paper"), max_length=80, required=False,
        widget=forms.TextInput(attrs=NO_MEMORY),
    )  # fmt: skip

    def grounds(self) -> Grounds:
        """Consent, as it was written in the form."""
        given = self.cleaned_data
        return Grounds(Basis.CONSENT, given["consent"], heard_by=given["heard_by"], on=given["consent_on"])


class ConsentForm(AgreedForm, SourceForm):
    """Consent that follows."""

    asks: ClassVar[Asks] = {"heard_by": For("care", ("name",))}


class CarersForm(forms.Form):
    """Who looks after somebody, who stands in: somebody with a post there, or a neighbour or relative."""

    asks: ClassVar[Asks] = {
        "carer_name": For("care", ("carer",)),
        "carer_phone": For("care", ("carer",)),
        "deputy_name": For("care", ("carer",)),
        "deputy_phone": For("care", ("carer",)),
    }

    carer = forms.ChoiceField(label=Hand.CARER.label)
    carer_name = forms.CharField(label=_("Their name"), max_length=80, required=False)
    carer_phone = forms.CharField(label=_("Telephone (if they like)"), max_length=40, required=False)
    deputy = forms.ChoiceField(label=Hand.DEPUTY.label, required=False)
    deputy_name = forms.CharField(label=_("Their name"), max_length=80, required=False)
    deputy_phone = forms.CharField(label=_("Telephone (if they like)"), max_length=40, required=False)

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(account), name) for account, name in choices]
        outside = (OUTSIDE, _("A neighbour or relative"))
        self.fields["carer"].choices = [*known, outside]  # type: ignore[attr-defined] # a choice field
        self.fields["deputy"].choices = [("", _("nobody yet")), *known, outside]  # type: ignore[attr-defined] # likewise
        for name in ("carer_name", "carer_phone", "deputy_name", "deputy_phone"):
            self.fields[name].widget.attrs.update(NO_MEMORY)

    @property
    def hands(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Carer and deputy, each with the fields for somebody outside."""
        return [(self[hand.value], self[f"{hand.value}_name"], self[f"{hand.value}_phone"]) for hand in Hand]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for hand in Hand:
            if given.get(hand.value) == OUTSIDE and not given.get(f"{hand.value}_name"):
                self.add_error(f"{hand.value}_name", _now("Say who it is."))
        return given

    def carers(self) -> Carers:
        """Carer and deputy, as they were chosen."""
        carer = self._chosen(Hand.CARER)
        assert carer is not None  # the field is required
        return Carers(carer, self._chosen(Hand.DEPUTY))

    def _chosen(self, hand: Hand) -> int | Outside | None:
        given = self.cleaned_data
        chosen = given[hand.value]
        if chosen == OUTSIDE:
            return Outside(given[f"{hand.value}_name"], given[f"{hand.value}_phone"])
        return int(chosen) if chosen else None


class NeedForm(CarersForm, AgreedForm, HowToHelp, SourceForm):
    """A need, whole: which, how to help, how often, on what it rests, who looks after it."""

    asks: ClassVar[Asks] = {
        "note": For("care", ("need",)),
        "why": For("care", ("need",)),
        "heard_by": For("care", ("name",)),
        "carer_name": For("care", ("carer",)),
        "carer_phone": For("care", ("carer",)),
        "deputy_name": For("care", ("carer",)),
        "deputy_phone": For("care", ("carer",)),
    }

    need = forms.ChoiceField(label=_("Which help is needed?"))
    days = forms.IntegerField(
        label=_("Days between two visits (empty: as usual)"), min_value=1, max_value=183, required=False
    )
    basis = forms.ChoiceField(
        label=_("It rests on"), choices=Basis.choices, initial=Basis.CONSENT, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Why it cannot wait for consent"), max_length=300, required=False,
        widget=forms.TextInput(attrs=NO_MEMORY),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [(card["value"], card["label"]) for card in self.cards()]  # type: ignore[attr-defined] # a choice field

    @property
    def helping(self) -> list[forms.BoundField]:
        """How to help and how often."""
        return [self["note"], self["days"]]

    @property
    def agreeing(self) -> list[forms.BoundField]:
        """What it rests on, and who said so."""
        return [self[name] for name in ("basis", "consent", "consent_on", "heard_by", "why", "told_by")]

    def cards(self) -> list[dict[str, Any]]:
        """The needs of the catalogue as answers to choose from, each with the words that are read out."""
        language, chosen = get_language() or "", self["need"].value()
        return [
            {"value": held.code, "label": held.entry.label.text(language), "hint": held.entry.consent.text(language),
             "is_checked": held.code == chosen}
            for held in catalogue.needs()
        ]  # fmt: skip

    def grounds(self) -> Grounds:
        """What it rests on, as it was written in the form."""
        if self.cleaned_data["basis"] == Basis.URGENT:
            return Grounds(Basis.URGENT, why=self.cleaned_data["why"])
        return super().grounds()


class WithdrawForm(forms.Form):
    """In whose name, and in which way, consent is withdrawn; nobody has to say why."""

    told_by = forms.ChoiceField(label=_("Who said so?"), choices=WITHDRAWN_BY, initial=Source.RESIDENT)

    def source(self, account: int) -> str:
        """The source as it is kept: who told, and the account that wrote it down."""
        return f"{self.cleaned_data['told_by']}:{account}"


class EndForm(forms.Form):
    """Why a need is none any more."""

    why = forms.ChoiceField(label=_("Why it ends"), choices=ENDED_BY_HAND, initial=CareEnd.NOT_NEEDED)


class ListForm(forms.Form):
    """Which needs a list shows."""

    grid = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    need = forms.SlugField(required=False, max_length=40)
    only = forms.ChoiceField(
        required=False,
        choices=[
            ("due", _("To be confirmed")), ("alone", _("Without somebody who stands in")),
            ("urgent", _("Still without consent")),
        ],
    )  # fmt: skip
    day = forms.DateField(required=False)
    after = forms.IntegerField(required=False, min_value=0, max_value=2**62)

    def last(self) -> tuple[date, int] | None:
        """After which row the page begins."""
        given = self.cleaned_data
        day, after = given.get("day"), given.get("after")
        return (day, after) if day and after is not None else None
