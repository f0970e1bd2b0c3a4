"""Fields of forms that ask from which day something holds, and by which document."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

MIDNIGHT = gettext_lazy("At midnight, when this day begins.")


def day_field(label: Any) -> forms.DateField:
    """A day at whose midnight something begins or ends."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), help_text=MIDNIGHT)


def document_field() -> forms.CharField:
    """The document that decides it."""
    return forms.CharField(
        label=gettext_lazy("Document that decides it"), max_length=120,
        help_text=gettext_lazy("Its number, as it stands in its head."),
    )  # fmt: skip
