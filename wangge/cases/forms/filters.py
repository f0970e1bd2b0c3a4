"""The filters of a work list: read from the address, written back into it, offered as selects and chips."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.cache import cache
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.cases.forms.query import changed
from wangge.cases.forms.select import LongSelect
from wangge.cases.queries import suggest
from wangge.cases.queries.desk import Cursor, Wanted
from wangge.cases.words import DESKS, Source, State
from wangge.places.models import Area
from wangge.teams.models import Organisation

LONGEST = 100
SECONDS = 60
Group = tuple[str, list[tuple[str, str]]]
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
MOST_GRIDS = 200
DUE = (
    ("", _("any")), ("near", _("nearly due")), ("over", _("overdue")), ("calm", _("in time")),
    ("paused", _("suspended")), ("open", _("open, whatever the limit")),
)  # fmt: skip
BY = (("", _("day of the report")), ("ended", _("day it was closed")), ("asked", _("day the reporter was last asked")))
ANSWER = (("", _("any")), ("answered", _("answered")), ("solved", _("answered “solved”")))
THEN = (("", _("as today")), ("then", _("as on that day")))
SORTS = (("", _("first due first")), ("newest", _("newest first")))


def cursor_of(text: str) -> Cursor | None:
    """The cursor of an address; what is not one begins at the first row."""
    at, _dot, case_id = text.partition(".")
    if not (at.isascii() and at.isdecimal() and case_id.isascii() and case_id.isdecimal()) or len(text) > 40:
        return None
    try:
        return Cursor(BEGIN + int(at) * MICROSECOND, min(int(case_id), 2**62))
    except OverflowError:
        return None


def text_of(cursor: Cursor) -> str:
    return f"{(cursor.at - BEGIN) // MICROSECOND}.{cursor.case_id}"


class FilterForm(forms.Form):
    """What a list can be narrowed by. A value nobody offers is left out, so that an old address still shows a list."""

    q = forms.CharField(label=_("Search"), required=False, max_length=LONGEST, strip=True)
    danger = forms.BooleanField(label=_("Danger only"), required=False)
    due = forms.ChoiceField(label=_("Limit"), choices=DUE, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int, empty_value=None, required=False)
    area = forms.TypedChoiceField(label=_("Community or grid"), coerce=int, empty_value=None, required=False)
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    by = forms.ChoiceField(label=_("Days mean"), choices=BY, required=False)
    answer = forms.ChoiceField(label=_("Reporter"), choices=ANSWER, required=False, widget=forms.HiddenInput)
    counted = forms.BooleanField(label=_("Without voided and duplicates"), required=False, widget=forms.HiddenInput)
    dispatched = forms.BooleanField(label=_("Dispatched"), required=False, widget=forms.HiddenInput)
    plan = forms.ChoiceField(label=_("Division of areas"), choices=THEN, required=False, widget=forms.HiddenInput)
    within = forms.TypedChoiceField(
        label=_("While it lay in"), coerce=int, empty_value=None, required=False, widget=forms.HiddenInput
    )
    sort = forms.ChoiceField(label=_("Order"), choices=SORTS, required=False)

    def __init__(self, data: QueryDict, *, desk: str, actor: Actor) -> None:
        super().__init__(data)
        self.desk, self.actor = desk, actor
        any_one = [("", _("any"))]
        states = DESKS[desk][1] or State.values
        tree = suggest.tree()
        self._choose("state", [*any_one, *((code, State(code).label) for code in states)])
        self._choose("source", [*any_one, *Source.choices])
        self._choose("category", [*any_one, *((branch, leaves) for branch, leaves in tree)])
        self._choose("unit", [*any_one, ("0", _("no unit named")), *_units()])
        areas = areas_of(actor)
        self._choose("area", [*any_one, *areas, *_asked_for(data.get("area", ""), actor, areas)])
        self.fields["within"].choices = _asked_for(data.get("within", ""), actor, [])  # type: ignore[attr-defined] # a choice
        if not DESKS[desk][1]:
            del self.fields["sort"]

    def _choose(self, name: str, choices: list[object]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.widget = LongSelect(field.widget.attrs)
        field.choices = choices  # type: ignore[assignment] # groups within choices

    @cached_property
    def given(self) -> dict[str, object]:
        """The filters that hold something, by name."""
        self.is_valid()
        return {
            name: value for name, value in self.cleaned_data.items() if value not in ("", None) and value is not False
        }

    @property
    def wanted(self) -> Wanted:
        """What the list is asked for."""
        given = self.given
        zone = get_default_timezone()
        since, until = given.get("since"), given.get("until")
        at = {name: datetime(d.year, d.month, d.day, tzinfo=zone) for name, d in (("a", since), ("b", until)) if d}  # type: ignore[attr-defined] # dates
        category, unit, area = given.get("category"), given.get("unit"), given.get("area")
        within = given.get("within")
        return Wanted(
            search=str(given.get("q", "")), danger=bool(given.get("danger")),
            due=str(given.get("due", "")), state=str(given.get("state", "")), source=str(given.get("source", "")),
            categories=(str(category),) if category else (), unit=unit if isinstance(unit, int) else None,
            area=area if isinstance(area, int) else None, since=at.get("a"),
            until=at["b"] + DAY if "b" in at else None, newest=not DESKS[self.desk][1] or "sort" in given,
            by=str(given.get("by", "")), answer=str(given.get("answer", "")), counted=bool(given.get("counted")),
            dispatched=bool(given.get("dispatched")), then=given.get("plan") == "then",
            within=within if isinstance(within, int) else None,
        )  # fmt: skip


def _units() -> list[tuple[str, str]]:
    names = Organisation.objects.order_by("sort_key").values_list("pk", "name")
    return [(str(unit), name) for unit, name in names]


def _asked_for(text: str, actor: Actor, offered: list[Group]) -> list[tuple[str, str]]:
    """The area an address names, when it lies within reach and is no community or grid of the select: a town, say."""
    is_offered = any(text == code for _name, group in offered for code, _label in group)
    if is_offered or not (text.isascii() and text.isdecimal()) or len(text) > 9:
        return []
    roots = [held.area_id for held in actor.roles if held.area_id is not None]
    inside = Reach.objects.filter(descendant_id=int(text), ancestor_id__in=roots).values("descendant_id")
    return [(text, name) for name in Area.objects.filter(id__in=inside).values_list("name", flat=True)]


def areas_of(actor: Actor) -> list[Group]:
    """Communities with their grids inside the actor's areas, as groups of a select; none who works for a unit alone.

    A new grid is offered within a minute.
    """
    roots = frozenset(held.area_id for held in actor.roles if held.area_id is not None)
    key = f"cases.areas.{actor.reach_version}.{hash(roots)}"  # numbers hash alike in every process
    found: list[Group] | None = cache.get(key)
    if found is None:
        found = list(_areas_in(roots))
        cache.set(key, found, SECONDS)
    return found


def _areas_in(roots: Iterable[int]) -> Iterator[Group]:
    inside = Reach.objects.filter(ancestor_id__in=roots).values("descendant_id")
    grids = Area.objects.filter(id__in=inside, level="grid", valid_to__isnull=True)
    shown = grids.order_by("parent__sort_key", "sort_key").values_list("pk", "name", "parent_id", "parent__name")
    groups: dict[int | None, tuple[str, list[tuple[str, str]]]] = {}
    for grid, name, community_id, community in shown[:MOST_GRIDS]:
        groups.setdefault(community_id, (community or "", []))[1].append((str(grid), name))
    for parent_id, (name, below) in groups.items():
        yield name, [(str(parent_id), name), *below]


@dataclass(frozen=True)
class Active:
    """A filter that is on: what it says, and the address without it."""

    label: str
    url: str


def address(data: QueryDict, *, without: tuple[str, ...] = (), **more: str) -> str:
    """The query of an address with some fields left out and others set; empty when nothing is left."""
    text = changed(data, ("after", "case", *without), more).urlencode()
    return f"?{text}" if text else "."


def active(form: FilterForm, data: QueryDict) -> list[Active]:
    """The filters that are on, one by one."""
    found = []
    for name, value in form.given.items():
        if name == "sort":
            continue
        field = form.fields[name]
        shown = _shown(field, str(value))
        label = f"{field.label}: {shown}" if shown else str(field.label)
        found.append(Active(label, address(data, without=(name,))))
    return found


def _shown(field: forms.Field, value: str) -> str:
    if isinstance(field, forms.BooleanField):
        return ""
    if not isinstance(field, forms.ChoiceField):
        return value
    flat: dict[str, str] = {}
    offered: Any = field.choices
    for key, label in offered:
        pairs = label if isinstance(label, list | tuple) else [(key, label)]
        flat.update({str(code): str(words) for code, words in pairs})
    return flat.get(value, value)
