"""Forms of the rights desk: a request as it was told, the answer with its text blocks, how it was told."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wangge.catalogue import queries as catalogue
from wangge.catalogue.asking import Asks, For
from wangge.catalogue.words import ReasonList
from wangge.core.identifiers import DocumentKind
from wangge.people.actions.rights import LONGEST, Asking
from wangge.people.models.rights_words import FACTS, WITHDRAWABLE, Asker, Outcome, Right, Way
from wangge.people.words import Document, Kept
from wangge.places.models import Area
from wangge.web.rights.blocks import blocks

NO_MEMORY = {"autocomplete": "off", "spellcheck": "false"}
STAFF_WAYS = [(way.value, way.label) for way in Way if way is not Way.LINK]
BY_LINK = (Right.CORRECT, Right.WITHDRAW, Right.DELETE, Right.COPY, Right.EXPLAIN)
NOT_SAID = ("", _("not said"))


def new_key() -> str:
    """A key that tells one sending of a form from another."""
    return secrets.token_urlsafe(16)


class RequestForm(forms.Form):
    """What somebody asks: the fields that staff and the person at the link share."""

    asks: ClassVar[Asks] = {
        "value": For("correction", ("name", "phone", "document")),
        "words": For("access_request", ("name", "phone")),
    }

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What is asked?"), choices=Right, widget=forms.RadioSelect)
    field = forms.ChoiceField(
        label=_("About which fact?"), choices=[NOT_SAID, *FACTS], required=False,
        help_text=_("To withdraw consent: telephone, identity document, or how to be reached."),
    )  # fmt: skip
    value = forms.CharField(
        label=_("How should it read?"), max_length=80, required=False, widget=forms.TextInput(attrs=NO_MEMORY)
    )
    words = forms.CharField(
        label=_("In own words"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, **NO_MEMORY}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == Right.WITHDRAW and given.get("field") not in WITHDRAWABLE:
            self.add_error("field", _("Choose telephone, identity document, or how to be reached."))
        return given


class OwnForm(RequestForm):
    """What the person asks by link."""

    asks: ClassVar[Asks] = {
        "value": For("correction", ("name", "phone", "document")),
        "words": For("access_request", ("name", "phone")),
    }

    kind = forms.ChoiceField(
        label=_("What would you like?"), choices=[(right.value, right.label) for right in BY_LINK],
        widget=forms.RadioSelect,
    )  # fmt: skip

    def asking(self) -> Asking:
        given = {name: self.cleaned_data[name] for name in ("field", "value", "words")}
        return Asking(Right(self.cleaned_data["kind"]), way=Way.LINK, **given)


def kinds(chosen: object) -> list[dict[str, object]]:
    """What can be asked by link, as large cards."""
    hints = {
        Right.WITHDRAW: _("Takes effect at once"),
        Right.COPY: _("On paper, in large type; a file is on the page of what is held"),
        Right.EXPLAIN: _("A person answers, not a machine"),
    }
    return [
        {"value": right.value, "label": right.label, "hint": hints.get(right, ""), "is_checked": right.value == chosen}
        for right in BY_LINK
    ]


class TakeInForm(RequestForm):
    """What staff write down for somebody."""

    asks: ClassVar[Asks] = {
        "value": For("correction", ("name", "phone", "document")),
        "words": For("access_request", ("name", "phone")),
        "authority": For("access_request", ("name",)),
    }

    asker = forms.ChoiceField(label=_("Who asks?"), choices=Asker, initial=Asker.ONESELF, widget=forms.RadioSelect)
    authority = forms.CharField(
        label=_("How they showed that they may speak for the person"), max_length=200, required=False,
        help_text=_("In words, such as “daughter; the person nodded”. No card is copied or photographed."),
    )  # fmt: skip
    way = forms.ChoiceField(label=_("How it came"), choices=STAFF_WAYS, initial=Way.DOOR)
    paper = forms.CharField(label=_("Number on the paper (if on paper)"), max_length=24, required=False)
    seen = forms.BooleanField(
        label=_("I have seen the person, or family who may speak for them, and know them"), required=False
    )

    def __init__(self, *args: Any, grids: Iterable[Area] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if choices := [(str(area.pk), area.name) for area in grids]:
            self.fields["sought"] = forms.CharField(
                label=_("Whom is it about? Words to find them by"), max_length=200,
                widget=forms.TextInput(attrs=NO_MEMORY),
            )  # fmt: skip
            self.fields["area"] = forms.ChoiceField(label=_("In which grid?"), choices=choices)
            del self.fields["seen"]

    def asking(self) -> Asking:
        given = self.cleaned_data
        texts = {name: given.get(name, "") for name in ("field", "value", "words", "authority", "sought", "paper")}
        return Asking(
            Right(given["kind"]), Asker(given["asker"]), Way(given["way"]), seen=bool(given.get("seen")), **texts
        )


class AnswerForm(forms.Form):
    """The answer: how it ends, what is put in place of what, why not, and what the person reads."""

    asks: ClassVar[Asks] = {
        "value": For("correction", ("name", "phone", "document")),
        "text": For("access_request", ("name", "phone")),
    }

    outcome = forms.ChoiceField(label=_("How does it end?"), choices=Outcome, widget=forms.RadioSelect)
    field = forms.ChoiceField(label=_("Put right"), choices=[NOT_SAID, *Kept.choices], required=False)
    document = forms.ChoiceField(label=_("Kind of document"), choices=[NOT_SAID, *Document.choices], required=False)
    value = forms.CharField(
        label=_("How it will read"), max_length=80, required=False, widget=forms.TextInput(attrs=NO_MEMORY)
    )
    reason = forms.ChoiceField(label=_("Why not, or not all of it"), required=False)
    blocks = forms.MultipleChoiceField(
        label=_("Sentences of the answer"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=_("The answer in own words"), max_length=1500, required=False,
        widget=forms.Textarea(attrs={"rows": 5, **NO_MEMORY}),
        help_text=_("Law and where to complain are added to a refusal by themselves."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "zh-hans"
        reasons = [
            (held.code, held.entry.label.text(language)) for held in catalogue.reasons(ReasonList.RIGHTS_REFUSED)
        ]
        self._blocks = {str(n): text for n, text in enumerate(blocks(Right(kind)))}
        _choices(self, {"reason": [("", "—"), *reasons], "blocks": list(self._blocks.items())})
        if kind != Right.CORRECT:
            for name in ("field", "document", "value"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("text", "").strip() or given.get("blocks")):
            self.add_error("text", _("Write the answer: it is what the person reads."))
        if given.get("outcome") not in (None, Outcome.GRANTED) and not given.get("reason"):
            self.add_error("reason", _("Name the reason: whoever is refused has a right to know it."))
        return given

    def given(self) -> dict[str, Any]:
        """The answer as the action takes it."""
        data = self.cleaned_data
        text = "\n".join([*(self._blocks[one] for one in data["blocks"]), data["text"].strip()]).strip()
        value = str(data.get("value", "")).strip()
        if data.get("field") == Kept.DOCUMENT and value and data["document"]:
            value = f"{DocumentKind(data['document'])}:{value}"
        return {
            "outcome": Outcome(data["outcome"]), "text": text, "reason": data["reason"],
            "field": data.get("field", ""), "value": value,
        }  # fmt: skip


class ToldForm(forms.Form):
    """How the answer reached the person."""

    way = forms.ChoiceField(label=_("How it was told"), choices=STAFF_WAYS)


class SeenForm(forms.Form):
    """That somebody stands there, before a link is handed over."""

    seen = forms.BooleanField(
        label=_("The person, or family who may speak for them, stands before me"),
        error_messages={"required": _("A link is handed over in person only.")},
    )


class DoorForm(forms.Form):
    """Address and code, as they stand on the paper and as they were said."""

    token = forms.CharField(
        label=pgettext_lazy("link", "The letters on the paper"), max_length=60, widget=forms.TextInput(attrs=NO_MEMORY)
    )
    code = forms.RegexField(
        r"^\s*\d{6}\s*$", label=pgettext_lazy("link", "The code you were told"), max_length=12,
        widget=forms.TextInput(attrs={**NO_MEMORY, "inputmode": "numeric"}),
        error_messages={"invalid": _("The code has six digits.")},
    )  # fmt: skip


def _choices(form: forms.Form, given: Mapping[str, list[tuple[str, Any]]]) -> None:
    for name, choices in given.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
