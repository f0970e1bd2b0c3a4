"""Forms about residents: each says for what purpose its fields are asked; nothing but a name is required."""

from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.catalogue.asking import Asks, For
from wangge.catalogue.purposes import offered
from wangge.core.identifiers import DocumentKind
from wangge.people.actions import Member
from wangge.people.words import Channel, Document, Kept, Relation, Source, Tenure, Use

TOLD_BY = [(kind.value, kind.label) for kind in (Source.RESIDENT, Source.FAMILY, Source.WORKER)]
CODE = RegexValidator(r"\A[A-Za-z0-9.:/_-]*\Z")  # it stands in the book: a number, never a name
NO_MEMORY = {"autocomplete": "off", "spellcheck": "false"}


class SourceForm(forms.Form):
    """Who said it."""

    told_by = forms.ChoiceField(label=_("Who said so?"), choices=TOLD_BY, initial=Source.RESIDENT)

    def source(self, account: int) -> str:
        """The source as it is kept: who told, and the account that wrote it down."""
        return f"{self.cleaned_data['told_by']}:{account}"


class MemberForm(forms.Form):
    """Somebody of a household; a row left empty is nobody."""

    asks: ClassVar[Asks] = {"name": For("register", ("name",)), "phone": For("register", ("phone",))}

    name = forms.CharField(label=_("Name"), max_length=80, required=False, widget=forms.TextInput(attrs=NO_MEMORY))
    relation = forms.ChoiceField(label=_("In the household"), choices=[("", "—"), *Relation.choices], required=False)
    tenure = forms.ChoiceField(label=_("Lives here as"), choices=Tenure.choices, initial=Tenure.OWNER)
    phone = forms.CharField(
        label=_("Telephone (if they like)"), max_length=40, required=False,
        widget=forms.TextInput(attrs={**NO_MEMORY, "inputmode": "tel"}),
    )  # fmt: skip

    def member(self) -> Member | None:
        """What was written in the row, if anything was."""
        given = self.cleaned_data
        if not given.get("name"):
            return None
        return Member(given["name"], Tenure(given["tenure"]), given["relation"], phone=given["phone"])


Members = forms.formset_factory(MemberForm, extra=4, max_num=12)


class UseForm(SourceForm):
    """What a dwelling is used for."""

    use = forms.ChoiceField(label=_("Used as"), choices=Use.choices, widget=forms.RadioSelect)


def use_fields() -> str:
    """The fields of an empty form of use, alike on every card: drawn once by each process in each language."""
    return _drawn(get_language())


@lru_cache(maxsize=8)
def _drawn(_language: str | None) -> str:
    return format_html_join("\n", "{}", ((render_to_string("components/field.html", {"field": f}),) for f in UseForm()))


class LeaveForm(SourceForm):
    """When somebody moved away."""

    on = forms.DateField(label=_("Moved away on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class CorrectForm(SourceForm):
    """A field put right; left empty it is taken out."""

    asks: ClassVar[Asks] = {"value": For("correction", ("name", "phone", "document"))}

    kind = forms.ChoiceField(label=_("Kind of document"), choices=Document.choices, required=False)
    value = forms.CharField(
        label=_("As it should be"), max_length=80, required=False, widget=forms.TextInput(attrs=NO_MEMORY)
    )

    def __init__(self, *args: Any, kept: Kept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        if kept is not Kept.DOCUMENT:
            del self.fields["kind"]

    def given(self) -> str:
        """The value as the action takes it."""
        value = str(self.cleaned_data["value"]).strip()
        if self.kept is Kept.DOCUMENT and value:
            return f"{DocumentKind(self.cleaned_data['kind'])}:{value}"
        return value


class WishesForm(SourceForm):
    """How somebody wants to be reached and read to."""

    asks: ClassVar[Asks] = {"language": For("register", ("wishes",))}

    channel = forms.ChoiceField(
        label=_("How to reach them"), choices=[("", _("not said")), *Channel.choices], required=False
    )
    language = forms.CharField(
        label=_("Language or dialect"), max_length=40, required=False, widget=forms.TextInput(attrs=NO_MEMORY)
    )
    large_type = forms.BooleanField(label=_("Large type"), required=False)
    read_aloud = forms.BooleanField(label=_("Letters are read aloud to them"), required=False)


def purposes(field: str, actor: Actor, on: date) -> list[tuple[str, str]]:
    """The purposes for which the actor may open a field on a day, in the reader's language."""
    language = get_language() or ""
    return [(held.code, held.entry.label.text(language)) for held in offered(field, actor=actor, on=on)]


class PurposeForm(forms.Form):
    """Why a field is opened or a person looked for: a purpose of the register, and the work it belongs to."""

    purpose = forms.ChoiceField(label=_("What for?"), widget=forms.RadioSelect)
    task = forms.CharField(
        label=_("Number of the matter (if there is one)"), max_length=40, required=False,
        validators=[CODE],
        widget=forms.TextInput(attrs=NO_MEMORY),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)
        field.error_messages["required"] = _("Choose a purpose.")
        field.choices = choices


class FindForm(PurposeForm):
    """Whom one looks for, after saying why."""

    term = forms.CharField(
        label=_("Telephone, document number or whole name"), max_length=80, widget=forms.TextInput(attrs=NO_MEMORY)
    )
    field_order = ("purpose", "task", "term")
