"""Forms of layers: the list a department gave, drawing along layers, and who serves which grid of ours."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.places.models import Area, Layer, LayerGrid
from wangge.web.grids.forms import DrawForm

DEGREES = (
    ("wgs84", _("WGS84: GPS, OpenStreetMap")),
    ("gcj02", _("GCJ-02: AMap, Tencent (火星坐标)")),
    ("bd09", _("BD-09: Baidu (百度坐标)")),
    ("cgcs2000", _("CGCS2000 in degrees (国家大地 2000)")),
)
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class LayForm(forms.Form):
    """Whose grids, as of which day, where they stand written, and the list or map itself."""

    over = forms.TypedChoiceField(label=_("What it divides"), coerce=int, widget=forms.RadioSelect)
    organisation = forms.CharField(
        label=_("Department or office"), max_length=80, help_text=_("Such as the police station or the fire brigade.")
    )
    name = forms.CharField(
        label=_("What its grids are called"), max_length=80, help_text=_("Such as police districts or fire grids.")
    )
    as_of = forms.DateField(label=_("As of"), widget=DAY)
    source = forms.CharField(
        label=_("Where it is written"), max_length=160, help_text=_("The document or letter, with its number.")
    )
    file = forms.FileField(
        label=_("The list or map"),
        help_text=_(
            "CSV or XLSX: in each row a grid number and a compound, building or address. Or GeoJSON: a polygon for each"
            " grid. Contact posts and numbers of offices only, nobody's own."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.geojson,.json"}),
    )  # fmt: skip
    system = forms.ChoiceField(label=_("Coordinates of the map"), choices=DEGREES, initial="wgs84")

    def __init__(self, *args: Any, areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["over"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices, field.initial = [(one.pk, one.name) for one in areas], areas[0].pk


class AlongForm(DrawForm):
    """The limits of a draft, and the layers along whose borders it is drawn."""

    along = forms.TypedMultipleChoiceField(
        label=_("Along the borders of"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("along",)

    def __init__(self, *args: Any, layers: Sequence[Layer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["wish"]
        field = self.fields["along"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices, field.initial = [(one.pk, str(one)) for one in layers], [one.pk for one in layers]


class AdoptForm(forms.Form):
    """From which day, and for each general grid of ours the grid of the department that serves it."""

    valid_from = forms.DateField(label=_("From this day on"), widget=DAY)

    def __init__(self, *args: Any, own: dict[int, str], theirs: Sequence[LayerGrid], best: dict[int, int],
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choices = [("", _("nobody")), *((one.pk, str(one)) for one in theirs)]
        for grid, name in own.items():
            self.fields[f"grid_{grid}"] = forms.TypedChoiceField(
                label=name,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=best.get(grid),
                widget=forms.Select(attrs={"class": "wg-bench-select"}),
            )

    def servers(self) -> dict[int, int]:
        """By our grid the grid of the department; those that nobody serves are left out."""
        given = {name: value for name, value in self.cleaned_data.items() if name.startswith("grid_") and value}
        return {int(name.removeprefix("grid_")): value for name, value in given.items()}
