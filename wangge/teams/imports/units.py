"""Lists of organisations: departments, offices, community bodies and firms that take cases."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.catalogue import queries as catalogue
from wangge.core.likeness import Named
from wangge.core.spelling import sort_key
from wangge.exchange.importer import Checked, Fault, Field, Importer, Label, Taking, Values, Written
from wangge.exchange.queries.records import new_ids
from wangge.places.queries.lookup import Areas, Unclear, plain
from wangge.teams import actions
from wangge.teams.models import Organisation
from wangge.teams.rules import may_import_units

KINDS = {
    "department": ("部门", "机关", "行政机关", "党政机关", "局", "委办局"),
    "town": ("镇街", "镇政府", "街道办", "街道办事处", "乡政府"),
    "community": ("社区组织", "居委会", "村委会", "社区", "村"),
    "public": ("事业单位", "中心", "学校", "医院"),
    "firm": ("企业", "公司", "国企", "物业公司"),
    "society": ("社会组织", "协会", "社团"),
}
BETWEEN = re.compile(r"[、；;,，|/\s]+")
SAID = ("name", "kind", "uscc", "phone", "functions", "area_id", "parent_id")
"""What a list says of an organisation that is there already."""
RULES: dict[str, Label] = {
    "unknown_area": _("No area of this name or code is in the register."),
    "ambiguous_area": _("Several areas have this name: use the code."),
    "no_area": _("Neither an area is named nor an organisation above it."),
    "unknown_function": _("No function of this name is in the catalogue: %(detail)s"),
    "unknown_unit": _("No organisation of this name or code is in this file or in the register."),
    "ambiguous_unit": _("Several organisations have this name: use the code."),
    "above_itself": _("The organisation stands above itself: %(detail)s"),
    "parent_faulty": _("The organisation above it (%(detail)s) is faulty, so this one has no place."),
}


class Units(Importer):
    """Organisations with their function and area, by which cases find them."""

    kind = "organisations"
    label = _("Organisations")
    icon = "building"
    role = "system_admin"
    compares = True
    crosses = True
    apart = _("Two organisations")
    rules = RULES
    fields = (
        Field("code", _("Number in the list"), names=("单位编号", "编号", "单位代码"), longest=40,
              examples=("D-01", "D-02")),
        Field("name", _("Name of the organisation"), names=("单位名称", "名称", "单位全称", "承办单位"), required=True,
              examples=("桂花县水务局", "桂花自来水公司")),
        Field("uscc", _("Unified social credit code"), "firm",
              ("统一社会信用代码", "信用代码", "社会信用代码"), examples=("11990001MB00000014", "")),
        Field("kind", _("Kind"), "choice", ("单位类型", "类型", "性质"), choices=KINDS, examples=("部门", "企业")),
        Field("functions", _("Functions"), names=("职能", "承办职能", "职责"), longest=400, examples=("", "")),
        Field("parent", _("Organisation above it"), names=("上级单位", "主管单位", "上级"),
              examples=("", "桂花县水务局")),
        Field("area", _("Area: name or code"), names=("所在区域", "区域", "所属区域", "镇街", "地区"),
              examples=("桂花县", "")),
        Field("phone", _("Telephone of the office"), "phone", ("办公电话", "单位电话", "联系电话", "电话"),
              examples=("0512-00000001", "")),
    )  # fmt: skip

    def may(self, actor: Actor) -> str | None:
        return may_import_units(actor)

    def check(self, rows: Sequence[Checked], options: Values) -> None:
        """Area, functions and the organisation above; and which one it is already, by code, credit code or name."""
        areas, functions = Areas.read(), _functions()
        units = Directory([one.values.get("name", "") for one in rows] + [one.values.get("parent", "") for one in rows])
        for one in rows:
            values = one.values
            values["functions"] = _functions_of(one, functions)
            above = units.found(values["parent"]) if "parent" in values else []
            one.rank = int("parent" in values)
            if len(above) == 1:
                values["parent_id"] = above[0].pk
            elif above:
                one.fault("parent", "ambiguous_unit")
            _area(one, areas, above)
            if "name" not in values:
                continue
            held = units.same(values)
            one.key = _key(values)
            if held is not None:
                one.record = held.pk
                one.differs = any(getattr(held, name) != value for name, value in _said(values).items())

    def cross(self, rows: Iterator[Checked], options: Values) -> Iterator[tuple[int, Fault]]:
        """Organisations above that are nowhere, that are faulty, or that stand above themselves."""
        every = [one for one in rows if "name" in one.values]
        named = {plain(name): one for one in every for name in (one.values.get("code", ""), one.values["name"]) if name}
        wrong: set[int] = {one.number for one in every if one.faults}
        for one in sorted(every, key=lambda one: (one.rank, one.number)):
            parent = one.values.get("parent")
            if parent is None or "parent_id" in one.values:
                continue
            above = named.get(plain(parent))
            fault = {"field": "parent", "rule": "unknown_unit", "detail": ""} if above is None else None
            if circle := _circle(one, named):
                fault = {"field": "parent", "rule": "above_itself", "detail": circle}
            elif above is not None and above.number in wrong:
                fault = {"field": "parent", "rule": "parent_faulty", "detail": parent}
            if fault is not None:
                wrong.add(one.number)
                yield one.number, fault

    def named(self, number: int, values: Values) -> Named | None:
        return Named(f"row {number}", values["name"], town=values.get("area_name", "")) if "name" in values else None

    def known(self) -> list[Named]:
        held = Organisation.objects.order_by("id").values_list("id", "name", "area__name")
        return [Named(f"record {pk}", name, town=area) for pk, name, area in held]

    def towns(self) -> tuple[str, ...]:
        held = Areas.read().held.values()
        return tuple(area.name for area in held if area.level in ("city", "county", "town"))

    def take(self, rows: Sequence[Taking], options: Values, *, by: Actor, now: datetime, of: int) -> list[Written]:
        """New organisations; of known ones what the list says otherwise."""
        units = Directory([row.values.get("parent", "") for row in rows])
        known = Organisation.objects.in_bulk([row.record for row in rows if row.record])
        fresh = [row for row in rows if row.record not in known]
        ids = dict(zip((row.number for row in fresh), new_ids(Organisation, len(fresh)), strict=True))
        here = {
            plain(row.values[name]): ids[row.number] for row in fresh for name in ("code", "name") if name in row.values
        }
        made: list[tuple[int, Organisation]] = []
        changed: list[tuple[int, Organisation, Values]] = []
        for row in rows:
            _set_parent(row.values, units, here)
            held = known.get(row.record or 0)
            if held is None:
                made.append((row.number, _unit(ids[row.number], row.values, units, made)))
            elif not row.is_joined and (old := _new_values(held, row.values)):
                changed.append((row.number, held, old))
        actions.take_units([one for _n, one in made], [(one, tuple(old)) for _n, one, old in changed], by=by, of=of)
        written = [Written(number, Organisation, one.pk) for number, one in made]
        return written + [Written(number, Organisation, one.pk, old) for number, one, old in changed]

    def give_back(self, changes: Sequence[Any], *, by: Actor, now: datetime, of: int) -> dict[int, str]:
        if changes:
            actions.give_back_units(changes, by=by, of=of)
        return {}


class Directory:
    """Organisations by name, code and credit code."""

    def __init__(self, said: Sequence[str]) -> None:
        self.all = list(Organisation.objects.select_related("area").order_by("id")) if any(said) else []
        self.by_name: dict[str, list[Organisation]] = {}
        for one in self.all:
            for name in {plain(one.name), one.code, one.uscc} - {""}:
                self.by_name.setdefault(name, []).append(one)

    def found(self, said: str) -> list[Organisation]:
        return self.by_name.get(plain(said), [])

    def same(self, values: Values) -> Organisation | None:
        """The one with this code or credit code; else of this name in the same area."""
        for code in (values.get("code"), values.get("uscc")):
            held = self.by_name.get(code or "", [])
            if len(held) == 1:
                return held[0]
        held = [one for one in self.found(values["name"]) if one.area_id == values.get("area_id")]
        return held[0] if len(held) == 1 else None


def _functions() -> dict[str, str]:
    """Codes of functions by code and by label in either language."""
    return {
        plain(name): code
        for code, held in catalogue.functions().items()
        for name in (code, held.entry.label.text("zh-hans"), held.entry.label.text("en"))
    }


def _functions_of(one: Checked, known: dict[str, str]) -> list[str]:
    said = [part for part in BETWEEN.split(one.values.get("functions", "")) if part]
    if strange := [part for part in said if plain(part) not in known]:
        one.fault("functions", "unknown_function", "、".join(strange)[:80])
    return [known[plain(part)] for part in said if plain(part) in known]


def _area(one: Checked, areas: Areas, above: list[Organisation]) -> None:
    """The area that is named, else that of the organisation above."""
    values = one.values
    try:
        if "area" in values:
            area = areas.find(values["area"])
            values["area_id"], values["area_name"] = area.pk, area.name
        elif len(above) == 1:
            values["area_id"], values["area_name"] = above[0].area_id, above[0].area.name
        elif "parent" not in values:
            one.fault("area", "no_area")
    except Unclear as unclear:
        one.fault("area", unclear.rule)


def _key(values: Values) -> str:
    code = values.get("code") or values.get("uscc")
    return f"code {code}" if code else f"{plain(values['name'])}@{values.get('area_id', values.get('parent', ''))}"


def _circle(one: Checked, named: dict[str, Checked]) -> str:
    seen, at = [one.values["name"]], named.get(plain(one.values.get("parent", "")))
    while at is not None and len(seen) < len(named) + 2:
        seen.append(at.values["name"])
        if at is one:
            return " → ".join(seen)[:80]
        at = named.get(plain(at.values.get("parent", "")))
    return ""


def _said(values: Values) -> Values:
    """What the list says; an empty cell says nothing."""
    return {name: values[name] for name in SAID if values.get(name)}


def _set_parent(values: Values, units: Directory, here: dict[str, int]) -> None:
    """The organisation above, written by now or in this chunk. Raises IntegrityError when it was left out."""
    if "parent" not in values or "parent_id" in values:
        return
    held = units.found(values["parent"])
    values["parent_id"] = held[0].pk if len(held) == 1 else here.get(plain(values["parent"]))
    if values["parent_id"] is None:
        raise IntegrityError("the organisation above was not taken")


def _unit(pk: int, values: Values, units: Directory, made: Sequence[tuple[int, Organisation]]) -> Organisation:
    areas = {one.pk: one.area_id for one in (*units.all, *(one for _n, one in made))}
    area_id = values.get("area_id") or areas.get(values.get("parent_id", 0))
    if area_id is None:
        raise IntegrityError("the organisation above has no area yet")
    return Organisation(
        id=pk, code=values.get("code") or values.get("uscc") or f"unit-{pk}", name=values["name"],
        sort_key=sort_key(values["name"]), functions=values["functions"], area_id=area_id,
        phone=values.get("phone", ""), kind=values.get("kind", ""), uscc=values.get("uscc", ""),
        parent_id=values.get("parent_id"),
    )  # fmt: skip


def _new_values(held: Organisation, values: Values) -> Values:
    """Set what the list says otherwise; return what stood there before."""
    old = {name: getattr(held, name) for name, value in _said(values).items() if getattr(held, name) != value}
    for name in old:
        setattr(held, name, values[name])
    if "name" in old:
        old["sort_key"], held.sort_key = held.sort_key, sort_key(values["name"])
    return old
