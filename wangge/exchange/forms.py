"""Forms of an import: the file and where it comes from; columns, coordinates and what holds for the whole file."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wangge.core.columns import propose
from wangge.core.coordinates import BadSystem, converter
from wangge.exchange.importer import Importer, Option
from wangge.exchange.models import Import, Source
from wangge.exchange.parsing import system_of
from wangge.exchange.queries.lists import closed

SYSTEMS = (
    ("wgs84", _("WGS84: GPS, OpenStreetMap")),
    ("gcj02", _("GCJ-02: AMap, Tencent (火星坐标)")),
    ("bd09", _("BD-09: Baidu (百度坐标)")),
    ("cgcs2000", _("CGCS2000 in degrees (国家大地 2000)")),
    ("gauss3", _("CGCS2000 in metres, 3° zones (高斯三度带)")),
    ("local", _("A local system with known points (地方坐标)")),
)


class UploadForm(forms.Form):
    """A file, what kind of list it is, and who keeps it."""

    kind = forms.ChoiceField(label=_("What the list holds"), widget=forms.RadioSelect)
    source = forms.CharField(
        label=_("Who keeps the list"), max_length=60,
        help_text=_("The office or website. Its columns and coordinates are remembered under this name."),
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("The file to bring in"),
        help_text=_("XLSX, CSV (UTF-8 or GB18030) or GeoJSON. Nothing is written before you confirm."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.geojson,.json"}),
    )  # fmt: skip

    def __init__(self, *args: Any, kinds: Sequence[Importer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.kind, one.label) for one in kinds]

    @property
    def sources(self) -> list[str]:
        return list(Source.objects.order_by("name").values_list("name", flat=True)[:200])


class MappingForm(forms.Form):
    """A column for each field, the coordinate system, and the options of the kind."""

    def __init__(self, data: Any = None, *, held: Import, kind: Importer) -> None:
        self.held, self.kind = held, kind
        memory = held.chosen or held.source.memory.get(held.kind, {})
        names = [name for name in held.head["names"] if name not in closed(held)]
        proposed = propose(names, [one.wanted for one in kind.fields], memory.get("columns"))
        self.why = {match.field: match.why for match in proposed}
        initial = {f"column-{match.field}": match.header for match in proposed}
        system = memory.get("system", {})
        initial |= {f"system-{name}": system.get(name) for name in ("kind", "meridian", "north_first", "affine")}
        initial["system-known"] = "\n".join(", ".join(map(str, point)) for point in system.get("known", ()))
        initial |= {f"option-{name}": value for name, value in memory.get("options", {}).items()}
        super().__init__(data, initial=initial)
        headers = [("", "—"), *((name, name) for name in names)]
        for one in kind.fields:
            self.fields[f"column-{one.code}"] = forms.ChoiceField(label=str(one.label), choices=headers, required=False)
        if kind.has_points:
            self._add_system()
        for option in kind.options:
            self.fields[f"option-{option.code}"] = _option(option)

    def _add_system(self) -> None:
        self.fields["system-kind"] = forms.ChoiceField(label=_("Coordinate system"), choices=SYSTEMS)
        self.fields["system-meridian"] = forms.TypedChoiceField(
            label=_("Middle meridian of the zone"), coerce=int, empty_value=None, required=False,
            choices=[("", _("It stands in the numbers")), *((m, f"{m}°") for m in range(75, 136, 3))],
        )  # fmt: skip
        self.fields["system-north_first"] = forms.BooleanField(
            label=_("The first number counts to the north (surveyors' x), or the columns are swapped"), required=False
        )
        self.fields["system-affine"] = forms.BooleanField(label=_("Skewed too (three points or more)"), required=False)
        self.fields["system-known"] = forms.CharField(
            label=_("Known points"), required=False, max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
            help_text=_("One a line: first number, second number, longitude, latitude (WGS84)."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.columns:
            raise ValidationError(_("Choose at least one column."))
        if self.kind.has_points and "system-known" in given:
            try:
                converter(system_of(self.system))
            except (BadSystem, ValueError):
                self.add_error("system-known", _("The known points do not fix the system. Look at each line again."))
        return given

    @property
    def columns(self) -> dict[str, str]:
        return {name.removeprefix("column-"): value for name, value in self._of("column-").items() if value}

    @property
    def options(self) -> dict[str, str]:
        return {name.removeprefix("option-"): str(value) for name, value in self._of("option-").items() if value}

    @property
    def system(self) -> dict[str, Any]:
        found = {name.removeprefix("system-"): value for name, value in self._of("system-").items()}
        lines = str(found.get("known") or "").splitlines()
        found["known"] = [line.replace("，", ",").split(",") for line in lines if line.strip()]
        if any(len(point) != 4 for point in found["known"]):
            raise ValueError(_("Each known point has four numbers."))
        found["known"] = [[float(part) for part in point] for point in found["known"]]
        return found

    def _of(self, prefix: str) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name.startswith(prefix)}


def _option(option: Option) -> forms.Field:
    if option.kind == "choice":
        return forms.ChoiceField(
            label=str(option.label), choices=option.choices, help_text=str(option.hint), required=option.required
        )
    if option.kind == "integer":
        return forms.IntegerField(
            label=str(option.label), min_value=option.least, max_value=option.most, help_text=str(option.hint),
            required=option.required,
        )  # fmt: skip
    return forms.CharField(label=str(option.label), max_length=80, help_text=str(option.hint), required=option.required)
