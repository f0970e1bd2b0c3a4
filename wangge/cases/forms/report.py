"""What residents send: a report, a word more, an answer, a number with its code; mistakes are said in sentences."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from wangge.cases.queries.faces import said
from wangge.catalogue import queries as catalogue
from wangge.catalogue.asking import Asks, For
from wangge.catalogue.words import ReasonList
from wangge.core.identifiers import BadIdentifier, explain, phone
from wangge.core.numbers import BadNumber, read_case_number
from wangge.files.actions import MOST_BYTES

LONGEST_TEXT, LONGEST_WHERE, MOST_PHOTOS = 2000, 80, 5
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
KEY = re.compile(r"[\w-]{16,64}", re.ASCII)
NOT_FOR_RESIDENTS = ("reopened.supervision",)


def new_key() -> str:
    """A key that tells one sending of a form from another."""
    return secrets.token_urlsafe(16)


class PlainText(forms.CharField):
    """Words as people write them, in any script; control characters and hidden direction marks are dropped."""

    def __init__(self, *, longest: int, **given: Any) -> None:
        self.longest = longest
        super().__init__(**given)

    def to_python(self, value: Any) -> str:
        return UNSEEN.sub("", str(value or "").replace("\r\n", "\n")).strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.longest:
            words = _("This has %(n)s characters; %(most)s fit. Shorten it; nothing was lost.")
            raise forms.ValidationError(words % {"n": len(value), "most": self.longest})


class Several(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True

    def value_from_datadict(self, _data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else []


class Photos(forms.Field):
    """Up to five pictures; whether they are pictures is found out when they are kept."""

    widget = Several

    def clean(self, value: list[UploadedFile]) -> list[UploadedFile]:
        if len(value) > MOST_PHOTOS:
            raise forms.ValidationError(_("Five photos at most. Take some away."))
        wrong = [
            forms.ValidationError(
                photo_said(at, _("larger than %(most)s MB. Take a smaller one.") % {"most": MOST_BYTES >> 20})
            )
            for at, photo in enumerate(value, 1)
            if (photo.size or 0) > MOST_BYTES
        ]
        if wrong:
            raise forms.ValidationError(wrong)
        return value


def photo_said(at: int, why: str) -> str:
    """The sentence about one photo of several."""
    return _("Photo %(n)s: %(why)s") % {"n": at, "why": why}


class SentOnce(forms.Form):
    """A form with a hidden key, so that a double click and a replay have one effect."""

    key = PlainText(longest=1_000_000, required=False, widget=forms.HiddenInput)

    def clean_key(self) -> str:
        given = str(self.cleaned_data.get("key") or "")
        return given if KEY.fullmatch(given) else new_key()


class ReportForm(SentOnce):
    """What is wrong, and whether we may call."""

    asks: ClassVar[Asks] = {
        "text": For("report", ("words",)), "where": For("report", ("words",)), "photos": For("report", ("photo",)),
        "phone": For("report", ("contact",)),
    }  # fmt: skip

    text = PlainText(
        longest=LONGEST_TEXT,
        label=gettext_lazy("Tell us in a few words"),
        error_messages={"required": gettext_lazy("Write one sentence about what is wrong")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    where = PlainText(longest=LONGEST_WHERE, required=False, label=gettext_lazy("Where exactly?"))
    danger = forms.BooleanField(required=False, label=gettext_lazy("Somebody could get hurt"))
    category = forms.ChoiceField(
        required=False,
        choices=lambda: kinds(),  # noqa: PLW0108 - asked only where the list is shown or a category was sent
        label=gettext_lazy("What kind of thing?"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the list, or none")},
    )
    photos = Photos(required=False, label=gettext_lazy("Photos"))
    contact = forms.ChoiceField(
        required=False,
        choices=[("none", ""), ("phone", ""), ("proxy", "")],
        label=gettext_lazy("May we contact you?"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the three")},
    )
    phone = PlainText(
        longest=40,
        required=False,
        label=gettext_lazy("Telephone number"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    via = PlainText(longest=1_000_000, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        given["contact"] = given.get("contact") or "none"
        typed = given.get("phone") or ""
        if given["contact"] == "none" and typed:
            self.add_error("phone", _("You wrote a number but chose to leave none: choose one of the two"))
        elif given["contact"] == "phone" or typed:
            self._clean_phone(typed)
        return given

    def _clean_phone(self, typed: str) -> None:
        try:
            self.cleaned_data["phone"] = phone(typed)
        except BadIdentifier as problem:
            self.add_error("phone", explain(problem, "en" if (get_language() or "").startswith("en") else "zh-Hans"))


class Shared(dict[str, forms.Field]):
    """Fields that no form changes: each form has the very same ones instead of copies made for it."""

    def __deepcopy__(self, _memo: Any) -> dict[str, forms.Field]:
        return dict(self)


ReportForm.base_fields = Shared(ReportForm.base_fields)


def kinds() -> list[tuple[str, Any]]:
    """The categories in residents' words under the headings of the tree, none of them first."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in catalogue.categories():
        groups.setdefault(each.entry.branch, []).append((each.code, said(each.entry.spoken)))
    heads = {each.code: said(each.entry.public_label or each.entry.label) for each in catalogue.branches()}
    return [("", _("I leave this open")), *((heads.get(code, code), group) for code, group in groups.items())]


class WordForm(SentOnce):
    """A word more about one's own report, with photos."""

    asks: ClassVar[Asks] = {"note": For("report", ("words",)), "photos": For("report", ("photo",))}

    note = PlainText(
        longest=LONGEST_TEXT,
        label=gettext_lazy("In a few words"),
        error_messages={"required": gettext_lazy("Write one sentence")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = Photos(required=False, label=gettext_lazy("Photos"))


class SolvedForm(WordForm):
    """Solved: nothing has to be added."""

    note = PlainText(
        longest=LONGEST_TEXT,
        required=False,
        label=gettext_lazy("Anything to add? (you may leave this empty)"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopenForm(WordForm):
    """Why it is not over."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        error_messages={
            "required": gettext_lazy("Choose what it is"), "invalid_choice": gettext_lazy("Choose what it is"),
        },
    )  # fmt: skip
    field_order = ("reason", "note", "photos")

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.reasons = dict(_reasons_to_reopen())
        self.fields["reason"].choices = list(self.reasons.items())  # type: ignore[attr-defined] # a ChoiceField


def _reasons_to_reopen() -> Iterable[tuple[str, str]]:
    for each in catalogue.reasons(ReasonList.REOPENED):
        if each.code not in NOT_FOR_RESIDENTS:
            yield each.code, said(each.entry.public_label or each.entry.label)


class CodeForm(forms.Form):
    """A case number and its six digits, as somebody reads them from paper."""

    number = PlainText(
        longest=40, label=pgettext_lazy("receipt", "Number"),
        error_messages={"required": gettext_lazy("Write the number, twelve digits")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    code = PlainText(
        longest=40, label=pgettext_lazy("receipt", "Code"),
        error_messages={"required": gettext_lazy("Write the code, six digits")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_number(self) -> str:
        try:
            return read_case_number(str(self.cleaned_data["number"]))
        except BadNumber:
            raise forms.ValidationError(_("A number has twelve digits, such as 261124 004217")) from None

    def clean_code(self) -> str:
        digits = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", str(self.cleaned_data["code"])))
        if re.fullmatch(r"[0-9]{6}", digits) is None:
            raise forms.ValidationError(_("A code has six digits"))
        return digits
