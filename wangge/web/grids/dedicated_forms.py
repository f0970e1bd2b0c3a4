"""Forms of dedicated grids: what it holds, who manages it, who takes it over at its end."""

import json
from typing import Any, ClassVar

import shapely
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely.geometry import shape

from wangge.access.models import Reach
from wangge.catalogue.asking import Asks, For
from wangge.places.actions.dedicating import Firm, Opening
from wangge.places.models import Area, Building, Grid
from wangge.places.queries import premises
from wangge.places.queries.outlines import Outline
from wangge.places.queries.premises import Surface
from wangge.places.words import GridKind, Premises
from wangge.teams.models import Organisation
from wangge.web.grids.decided import day_field, document_field

MOST_HOUSES, MOST_UNITS, LONGEST = 300, 300, 200_000
PHONE = r"^[0-9+() -]{3,24}$"
SURFACES = {
    "park": gettext_lazy("Public park"), "green": gettext_lazy("Green"), "square": gettext_lazy("Square"),
    "market": gettext_lazy("Market"), "school": gettext_lazy("School"), "works": gettext_lazy("Works"),
}  # fmt: skip


def units(community: Area) -> list[Organisation]:
    """Organisations that work here: of the community, of what lies in it, of what it lies in; firms first."""
    above = Reach.objects.filter(descendant_id=community.pk).values("ancestor_id")
    below = Reach.objects.filter(ancestor_id=community.pk).values("descendant_id")
    found = Organisation.objects.filter(area_id__in=above) | Organisation.objects.filter(area_id__in=below)
    held = list(found.order_by("sort_key", "pk")[:MOST_UNITS])
    return sorted(held, key=lambda one: one.kind != "firm")


class ManagerForm(forms.Form):
    """Who manages the premises: an organisation of the house, or a firm by its name and public telephone."""

    asks: ClassVar[Asks] = {"manager": For("partners", ("office",)), "phone": For("partners", ("office",))}

    unit = forms.ChoiceField(label=gettext_lazy("Manager, where it is an organisation here"), required=False)
    manager = forms.CharField(
        label=gettext_lazy("Or the firm by its name"), max_length=40, required=False,
        help_text=gettext_lazy("Name of the firm or body, no person: it stands on the public card."),
    )  # fmt: skip
    phone = forms.RegexField(
        PHONE, label=gettext_lazy("Its public telephone"), required=False,
        help_text=gettext_lazy("The office or the guard, not somebody's own number."),
        error_messages={"invalid": gettext_lazy("Digits, spaces, dashes and brackets, 3 to 24 of them.")},
    )  # fmt: skip

    def __init__(self, *args: Any, community: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in units(community)}
        self.fields["unit"].choices = [("", "—"), *((pk, one.name) for pk, one in self.known.items())]  # type: ignore[attr-defined] # a choice field

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("unit") and not given.get("manager"):
            self.add_error("manager", _("Name the manager: choose an organisation, or write the firm."))
        return given

    def named(self) -> Firm:
        """The manager; of an organisation its own name and telephone where nothing else is written."""
        given, unit = self.cleaned_data, self.known.get(self.cleaned_data["unit"])
        name, phone = (unit.name[:40], unit.phone) if unit else ("", "")
        return Firm(given["manager"] or name, given["phone"] or phone, unit.pk if unit else None)


class OpenForm(ManagerForm):
    """A new dedicated grid."""

    name = forms.CharField(label=gettext_lazy("Name of the grid"), max_length=60)
    sort = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Premises.choices)
    buildings = forms.MultipleChoiceField(
        label=gettext_lazy("Houses without homes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    surface = forms.ChoiceField(label=gettext_lazy("Or a place of the base map"), required=False)
    outline = forms.CharField(
        label=gettext_lazy("Or an outline as GeoJSON"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Polygon in degrees (WGS84), for instance from the design office."),
    )  # fmt: skip
    effective_on = day_field(gettext_lazy("Takes effect on"))
    basis = document_field()
    note = forms.CharField(
        label=gettext_lazy("Remark"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = (
        "name", "sort", "buildings", "surface", "outline", "unit", "manager", "phone", "effective_on", "basis", "note",
    )  # fmt: skip

    def __init__(self, *args: Any, community: Area, **kwargs: Any) -> None:
        super().__init__(*args, community=community, **kwargs)
        self.surfaces = {str(one.id): one for one in premises.surfaces(community)}
        homes = premises.households(community.pk)
        bare = [one for one in premises.houses(community.pk) if not homes.get(one.pk)]
        self.more = max(0, len(bare) - MOST_HOUSES)
        self.fields["buildings"].choices = [(str(one.pk), called(one)) for one in bare[:MOST_HOUSES]]  # type: ignore[attr-defined] # a choice field
        self.fields["surface"].choices = [("", "—"), *((pk, _surface(one)) for pk, one in self.surfaces.items())]  # type: ignore[attr-defined] # a choice field

    def clean_outline(self) -> Outline | None:
        text = self.cleaned_data["outline"].strip()
        return _outline(text) if text else None

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors.get("outline") and not any(given.get(key) for key in ("buildings", "surface", "outline")):
            self.add_error("buildings", _("Choose houses, a place of the base map, or give an outline."))
        return given

    def wish(self) -> Opening:
        given = self.cleaned_data
        surface = self.surfaces.get(given["surface"])
        return Opening(
            given["name"], given["sort"], tuple(int(pk) for pk in given["buildings"]),
            given["outline"] or (surface.outline if surface else None), self.named(), given["effective_on"],
            given["basis"], given["note"],
        )  # fmt: skip


def called(one: Building) -> str:
    return f"{one.compound.name} {one.name}" if one.compound else one.name


def _surface(one: Surface) -> str:
    return f"{one.name or '—'} ({SURFACES[one.kind]})"


def _outline(text: str) -> Outline:
    """The surfaces of a GeoJSON text. Raises ValidationError."""
    try:
        held = json.loads(text)
        parts = [one["geometry"] for one in held["features"]] if held.get("type") == "FeatureCollection" else None
        found = shapely.union_all([shape(one) for one in parts or [held.get("geometry", held)]])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, shapely.errors.ShapelyError):
        raise forms.ValidationError(_("This is no GeoJSON of a surface. Copy the whole text of the file.")) from None
    west, south, east, north = found.bounds if not found.is_empty else (181.0, 0.0, 0.0, 0.0)
    if not found.geom_type.endswith("Polygon") or not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise forms.ValidationError(_("The outline has to be a surface in degrees, longitude before latitude."))
    return {"type": found.geom_type, "coordinates": json.loads(shapely.to_geojson(found))["coordinates"]}


class EndForm(forms.Form):
    """Who takes over a dedicated grid, from when."""

    heir = forms.ModelChoiceField(
        Area.objects.none(), label=gettext_lazy("Who takes over its ground and houses"), empty_label="—"
    )
    effective_on = day_field(gettext_lazy("Ends on"))
    basis = document_field()

    def __init__(self, *args: Any, grid: Grid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heirs = Area.objects.filter(parent_id=grid.area.parent_id, valid_to__isnull=True).exclude(pk=grid.pk)
        kinds = (GridKind.GENERAL, GridKind.DEDICATED)
        self.fields["heir"].queryset = heirs.filter(grid__kind__in=kinds).order_by("grid__number")  # type: ignore[attr-defined] # a choice of areas
