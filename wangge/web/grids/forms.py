"""Forms of the workbench: the limits a division is drawn for, one step by hand, the submission."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wangge.places.queries.divisions import Limits
from wangge.places.queries.steps import Edit
from wangge.places.words import Wish
from wangge.web.grids.decided import day_field, document_field

DEFAULT = Limits()
MOST_PIECES, MOST_POINTS = 20_000, 50
VERBS = ("move", "move_micro", "cut", "merge", "split", "lock", "unlock", "solve", "name", "number", "undo", "redo")


class DrawForm(forms.Form):
    """What a division begins with, and its limits."""

    wish = forms.ChoiceField(label=_("Begin with"), choices=Wish.choices, widget=forms.RadioSelect, initial=Wish.REPAIR)
    low = forms.IntegerField(label=_("Homes of a general grid: from"), min_value=1, max_value=5000, initial=DEFAULT.low)
    high = forms.IntegerField(label=_("to"), min_value=1, max_value=5000, initial=DEFAULT.high)
    micro_max = forms.IntegerField(
        label=_("Homes of a micro-grid at most"), min_value=1, max_value=1000, initial=DEFAULT.micro_max
    )
    minutes = forms.IntegerField(
        label=_("Minutes of its round at most"), min_value=10, max_value=1440, initial=DEFAULT.minutes
    )
    service_minutes = forms.FloatField(
        label=_("Minutes at each home"), min_value=0.1, max_value=120, initial=DEFAULT.service_minutes
    )
    crew = forms.IntegerField(label=_("Who walk a round together"), min_value=1, max_value=20, initial=DEFAULT.crew)
    mode = forms.ChoiceField(
        label=_("How many grids"), choices=[("balanced", _("grids of like size")), ("fewest", _("as few as can be"))],
        initial=DEFAULT.mode,
    )  # fmt: skip
    seed = forms.IntegerField(
        label=_("Attempt no."), min_value=1, max_value=9999, initial=DEFAULT.seed,
        help_text=_("The same number gives the same grids again; it stands in the report."),
    )  # fmt: skip
    note_text = forms.CharField(label=_("Why"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("low") and given.get("high") and given["low"] > given["high"]:
            self.add_error("high", _("The upper limit lies below the lower one."))
        return given

    def limits(self) -> dict[str, Any]:
        """The limits as the draft keeps them."""
        return {name: self.cleaned_data[name] for name in vars(DEFAULT)}


class SubmitForm(forms.Form):
    """From when the new grids hold, and by which document."""

    effective_on = day_field(_("Takes effect on"))
    basis = document_field()
    note_text = forms.CharField(
        label=_("Remark"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class EditForm(forms.Form):
    """One step by hand as the page sends it."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in VERBS])
    version = forms.IntegerField(min_value=0)
    pieces = forms.CharField(required=False, max_length=200_000)
    to = forms.IntegerField(required=False)
    to_micro = forms.IntegerField(required=False)
    grid = forms.IntegerField(required=False)
    named = forms.IntegerField(required=False)
    grids = forms.CharField(required=False, max_length=2_000)
    line = forms.CharField(required=False, max_length=4_000)
    name = forms.CharField(required=False, max_length=200)

    def clean_pieces(self) -> tuple[int, ...]:
        return numbers(self._all("pieces"), MOST_PIECES)

    def clean_grids(self) -> tuple[int, ...]:
        return numbers(self._all("grids"), 1_000)

    def _all(self, name: str) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else [str(self.data.get(name, ""))]

    def clean_line(self) -> tuple[tuple[float, float], ...]:
        try:
            points = [tuple(float(part) for part in spot.split(",")) for spot in self.cleaned_data["line"].split()]
        except ValueError:
            raise forms.ValidationError(_("A line is given as x,y x,y in metres.")) from None
        if len(points) > MOST_POINTS or any(len(spot) != 2 or not all(abs(v) < 1e7 for v in spot) for spot in points):
            raise forms.ValidationError(_("A line is given as x,y x,y in metres."))
        return tuple((spot[0], spot[1]) for spot in points)

    def edit(self) -> Edit:
        """The step."""
        given = self.cleaned_data
        one = given["named" if given["verb"] == "name" else "grid"]
        grids = (given["grids"] if given["verb"] != "name" else ()) or (() if one is None else (one,))
        targets = (given["to_micro"], given["to"]) if given["verb"] == "move_micro" else (given["to"],)
        to = next((target for target in targets if target is not None), -1)
        return Edit(given["verb"], given["version"], given["pieces"], to, grids, given["line"], given["name"])


def numbers(texts: Sequence[str], most: int) -> tuple[int, ...]:
    """Whole numbers from fields that hold one or several with commas. Raises ValidationError."""
    parts = [part.strip() for text in texts for part in text.split(",") if part.strip()]
    if len(parts) > most or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts):
        raise forms.ValidationError(_("Numbers with commas between them."))
    return tuple(dict.fromkeys(int(part) for part in parts))
