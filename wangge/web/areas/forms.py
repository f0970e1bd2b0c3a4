"""Forms by which a document becomes a plan: one for each kind of change, about one area that was chosen before."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.core.areas import LEVELS, Forest, children, merged_code
from wangge.places.models import Area, AreaCode
from wangge.places.queries import plans
from wangge.places.queries.plans import Line, Plan, Title
from wangge.places.words import ChangeKind, Level, PostsGo

NEW = "new"
ORDER = (
    "areas", "heir", "parent", "leaving", "level", "name", "official", "posts", "effective_on", "late", "basis", "note",
    "code", "scheme",
)  # fmt: skip
OWN = "own"


def choices(areas: Iterable[Area]) -> list[Any]:
    """Areas for a select, grouped by where they lie."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for area in areas:
        groups.setdefault(area.parent.name if area.parent else "", []).append((str(area.pk), area.name))
    return [("", "—"), *groups.items()]


def living(*levels: str) -> list[Area]:
    """Areas of some levels, in the order in which people look for them."""
    found = Area.objects.filter(valid_to__isnull=True, level__in=levels).select_related("parent")
    return sorted(found, key=lambda each: (each.parent.sort_key if each.parent else "", each.sort_key, each.pk))


def schemes() -> list[tuple[str, str]]:
    """The schemes of codes in use, and one of our own."""
    known = AreaCode.objects.order_by("scheme").values_list("scheme", flat=True).distinct()
    return [(code, code) for code in dict.fromkeys([*known, OWN])]


class DraftForm(forms.Form):
    """What every change says: from when, by which document."""

    effective_on = forms.DateField(
        label=_("Takes effect on"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("At midnight, when this day begins."),
    )  # fmt: skip
    late = forms.BooleanField(
        label=_("The date has passed: it holds from then and is only entered now"), required=False,
        help_text=_("Figures count from the date; who sees what changes when it is approved."),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("Document that decides it"), max_length=120, help_text=_("Its number, as it stands in its head.")
    )
    note = forms.CharField(
        label=_("Remark"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    kind = ""

    def __init__(self, data: Any, *, area: Area, tree: Forest) -> None:
        super().__init__(data)
        self.area, self.tree = area, tree
        self.order_fields(ORDER)

    def lines(self) -> tuple[Line, ...]:
        """What becomes of which area."""
        raise NotImplementedError

    def plan(self) -> Plan:
        """The plan the form stands for."""
        given = self.cleaned_data
        return Plan(
            self.kind, given["effective_on"], given["basis"], self.lines(), given["note"], late=given["late"],
            posts=given.get("posts") or PostsGo.END,
        )  # fmt: skip

    def title(self) -> Title:
        given = self.cleaned_data
        code = given.get("code", "")
        return Title(given.get("name", ""), given.get("official", ""), given.get("scheme", OWN) if code else "", code)

    def offer(self, name: str, areas: Iterable[Area]) -> None:
        """Fill a field with areas to choose from."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices(areas)

    def parts(self) -> list[tuple[str, str]]:
        """What lies directly in the area, for ticks."""
        inside = Area.objects.filter(pk__in=children(self.tree, self.area.pk)).order_by("sort_key", "pk")
        return [(str(pk), name) for pk, name in inside.values_list("pk", "name")]


class Coded(forms.Form):
    """A new code, when the document gives one."""

    code = forms.CharField(label=_("New code"), max_length=24, required=False)
    scheme = forms.ChoiceField(label=_("Scheme of the code"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scheme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = schemes()


class Named(Coded):
    """What an area is called from the date on."""

    name = forms.CharField(label=_("Name"), max_length=80)
    official = forms.CharField(label=_("Official name"), max_length=120, required=False)


class RenameForm(DraftForm, Named):
    kind = ChangeKind.RENAME

    def lines(self) -> tuple[Line, ...]:
        return plans.rename(self.area.pk, self.title())


class MoveForm(DraftForm, Coded):
    kind = ChangeKind.MOVE
    parent = forms.TypedChoiceField(label=_("Moves to"), coerce=int)

    def __init__(self, data: Any, *, area: Area, tree: Forest) -> None:
        super().__init__(data, area=area, tree=tree)
        above = Level.values[: Level.values.index(area.level)]
        self.offer("parent", (each for each in living(*above) if each.pk != area.parent_id))

    def lines(self) -> tuple[Line, ...]:
        return plans.move(self.area.pk, self.cleaned_data["parent"], self.title())


class Followed(forms.Form):
    """What becomes of the posts where something ends."""

    posts = forms.ChoiceField(
        label=_("Posts at what ends"), choices=PostsGo.choices, widget=forms.RadioSelect, initial=PostsGo.END
    )


class EndForm(DraftForm, Followed):
    kind = ChangeKind.END
    heir = forms.TypedChoiceField(label=_("Who takes over"), coerce=int)

    def __init__(self, data: Any, *, area: Area, tree: Forest) -> None:
        super().__init__(data, area=area, tree=tree)
        self.offer("heir", (each for each in living(area.level) if each.pk != area.pk))

    def lines(self) -> tuple[Line, ...]:
        return plans.merge(self.tree, [self.area.pk], self.cleaned_data["heir"])


class MergeForm(DraftForm, Named, Followed):
    """Areas that lie in the chosen one become one of them, or a new one."""

    kind = ChangeKind.MERGE
    areas = forms.TypedMultipleChoiceField(label=_("These become one"), coerce=int, widget=forms.CheckboxSelectMultiple)
    heir = forms.ChoiceField(label=_("Which one stays"))
    name = forms.CharField(label=_("Name of the new one"), max_length=80, required=False)

    def __init__(self, data: Any, *, area: Area, tree: Forest) -> None:
        super().__init__(data, area=area, tree=tree)
        inside = self.parts()
        for field, offered in (("areas", inside), ("heir", [(NEW, _("a new one begins")), *inside])):
            chosen = self.fields[field]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = offered
        if proposed := _proposed(area):
            self.fields["code"].help_text = _("For a new one: %(code)s is free.") % {"code": proposed}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("heir") == NEW and not given.get("name"):
            self.add_error("name", _("A new area needs a name."))
        if len(given.get("areas") or []) < 2:
            self.add_error("areas", _("Tick at least two."))
        return given

    def lines(self) -> tuple[Line, ...]:
        given = self.cleaned_data
        if given["heir"] == NEW:
            return plans.merge_into_new(self.tree, given["areas"], self.title())
        return plans.merge(self.tree, given["areas"], int(given["heir"]))


def _proposed(town: Area) -> str:
    """The next number for a merged community of this town, when its codes are official ones."""
    held = town.codes.order_by("-year").first() if town.level == Level.TOWN else None
    taken = AreaCode.objects.filter(scheme=held.scheme).values_list("code", flat=True) if held else []
    return merged_code(held.code[:9], taken) if held else ""


class SplitForm(DraftForm, Named):
    """Some of what lies in the chosen area begins as an area of its own."""

    kind = ChangeKind.SPLIT
    leaving = forms.TypedMultipleChoiceField(
        label=_("These leave and form the new one"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(label=_("Name of the new one"), max_length=80)

    def __init__(self, data: Any, *, area: Area, tree: Forest) -> None:
        super().__init__(data, area=area, tree=tree)
        field = self.fields["leaving"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = self.parts()

    def lines(self) -> tuple[Line, ...]:
        return plans.split(self.tree, self.area.pk, self.cleaned_data["leaving"], self.title())


class OpenForm(DraftForm, Named):
    """An area that begins inside the chosen one, empty until a grid plan fills it."""

    kind = ChangeKind.OPEN
    level = forms.ChoiceField(label=_("Level"))

    def __init__(self, data: Any, *, area: Area, tree: Forest) -> None:
        super().__init__(data, area=area, tree=tree)
        below = LEVELS[LEVELS.index(area.level) + 1 : -1]
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(level, Level(level).label) for level in reversed(below)]

    def lines(self) -> tuple[Line, ...]:
        return plans.begin(self.cleaned_data["level"], self.area.pk, self.title())


FORMS: dict[str, type[DraftForm]] = {
    form.kind: form for form in (RenameForm, MoveForm, MergeForm, SplitForm, OpenForm, EndForm)
}
