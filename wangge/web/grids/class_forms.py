"""The form that sets the class of a general grid, and a grid with class and staff as the pages show it."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wangge.catalogue import queries as catalogue
from wangge.places.queries.classes import NONE, Row, wanted


class ClassForm(forms.Form):
    """The class with its reason. Nothing is chosen beforehand but what holds already."""

    care = forms.ChoiceField(label=gettext_lazy("Class"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "About the place: how many homes, how many old people and children need care, which hazards there are."
            " Never about who somebody is: not who complains, who was in prison, who is ill, where people come from."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["care"].choices = [(each["value"], each["label"]) for each in self.cards()]  # type: ignore[attr-defined] # a choice field

    def cards(self) -> list[dict[str, Any]]:
        """The classes of the catalogue as answers to choose from, and none."""
        language, chosen = get_language() or "", self["care"].value()
        found = [
            {"value": each.code, "label": each.entry.label.text(language),
             "hint": _("%(wants)s. %(meaning)s")
                     % {"wants": wanted(each.entry), "meaning": each.entry.meaning.text(language)}}
            for each in catalogue.cares()
        ]  # fmt: skip
        none = {"value": NONE, "label": _("Without a class"), "hint": _("Nothing is held against a need here.")}
        return [{**one, "is_checked": one["value"] == chosen} for one in (*found, none)]

    def clean_care(self) -> str:
        care: str = self.cleaned_data["care"]
        return "" if care == NONE else care


def shown(row: Row) -> dict[str, Any]:
    """A line as the templates take it."""
    label = row.care.label.text(get_language() or "") if row.care else ""
    return {"grid": row.grid, "label": label, "held": row.held, "staff": row.staff, "posts": row.posts,
            "missing": row.missing, "wants": row.wants}  # fmt: skip
