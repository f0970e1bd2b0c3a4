"""Lists of areas with their official codes. A code means something only with its scheme and year."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.core.spelling import sort_key
from wangge.exchange.importer import Checked, Fault, Field, Label, Option, Taking, Values, Written
from wangge.exchange.queries.records import new_ids
from wangge.places.imports.places import PLACE_RULES, PlaceImporter, token
from wangge.places.models import Area, AreaCode, Grid
from wangge.places.queries.lookup import meanings, stem
from wangge.places.words import Level

LEVELS = {
    "city": ("市", "地级市", "2_city", "2"),
    "county": ("县", "区", "县级市", "3_county", "3"),
    "town": ("镇", "街道", "乡", "4_town", "4"),
    "community": ("社区", "村", "5_village", "5"),
}
ORDER = tuple(LEVELS)
KEPT = ("official", "duty_phone", "supervision_phone")
TOTAL = "000"


RULES: dict[str, Label] = {
    **PLACE_RULES,
    "unknown_parent": _("The area above it (%(detail)s) is neither in this file nor in the register."),
    "circle": _("The area lies in itself: %(detail)s"),
    "level_mismatch": _("The area above it is no higher level."),
    "parent_faulty": _("The area above it (%(detail)s) is faulty, so this one has no place."),
    "end_before_start": _("The last day lies before the first."),
    "no_parent": _("Only a city or a county may stand without an area above it."),
}


class Areas(PlaceImporter):
    """City, county, towns, communities; with each community the total grid that is the whole of it."""

    kind = "areas"
    label = _("Areas and their codes")
    icon = "map-2"
    crosses = True
    rules = RULES
    fields = (
        Field("code", _("Official code"), "code", ("代码", "区划代码", "code12", "行政区划代码"), required=True,
              lengths=(2, 4, 6, 9, 12), examples=("320000001001", "320000001002")),
        Field("name", _("Name of the place"), names=("名称", "区划名称", "地区"), required=True,
              examples=("桂花社区", "云杉社区")),
        Field("level", _("Level"), "choice", ("级别", "层级", "等级"), required=True, choices=LEVELS,
              examples=("社区", "社区")),
        Field("parent", _("Code of the area above"), "code", ("上级代码", "上级", "parent12", "父级代码"),
              lengths=(2, 4, 6, 9, 12), examples=("320000001000", "320000001000")),
        Field("official", _("Full official name"), names=("全称", "官方名称"), longest=120),
        Field("duty_phone", _("Duty telephone"), "phone", ("值班电话",), examples=("0512-00000001", "")),
        Field("supervision_phone", _("Supervision telephone"), "phone", ("监督电话",)),
        Field("valid_from", _("From"), "day", ("生效日期", "启用日期", "设立日期"), examples=("2026-01-01", "")),
        Field("valid_to", _("Until"), "day", ("失效日期", "撤销日期")),
    )  # fmt: skip
    options = (
        Option("scheme", _("Scheme of the codes"), "choice", required=True,
               hint=_("The same nine digits can mean different towns in two schemes."),
               choices=(("nbs", _("Statistics bureau (国家统计局)")), ("mca", _("Civil affairs (民政部)")),
                        ("own", _("Our own codes")))),
        Option("year", _("Year of the codes"), "integer", required=True, least=1980, most=2100),
    )  # fmt: skip

    def check(self, rows: Sequence[Checked], options: Values) -> None:
        """What each code means in its scheme already; else an area of the same name under the same parent."""
        scheme, year = str(options["scheme"]), int(options["year"])
        asked = {code for one in rows for code in (one.values.get("code"), one.values.get("parent")) if code}
        known = meanings(scheme, year, sorted(asked))
        matcher = Matcher(known, {one.values["code"]: one for one in rows if "code" in one.values})
        for one in rows:
            code, level = one.values.get("code"), one.values.get("level")
            first, last = one.values.get("valid_from"), one.values.get("valid_to")
            if first and last and last <= first:
                one.fault("valid_to", "end_before_start")
            if code is None:
                continue
            one.key = f"{scheme}:{year}:{code}"
            one.rank = ORDER.index(level) if level else 0
            area = known.get(code)
            if area is not None and stem(area.name) != stem(one.values.get("name", area.name)):
                one.values["is_called"] = area.name
            area = area or matcher.area_of(code)
            if area is not None:
                one.record = area.pk
                one.values["has_code"] = code in known
                one.differs = code not in known or any(
                    name in one.values and one.values[name] != getattr(area, name) for name in ("name", *KEPT)
                )

    def cross(self, rows: Iterator[Checked], options: Values) -> Iterator[tuple[int, Fault]]:
        """Parents that are nowhere, circles, levels upside down; and what hangs on a faulty row."""
        every = [one for one in rows if "code" in one.values]
        held = {one.values["code"]: one for one in reversed(every)}  # of two with one code the first counts
        scheme, year = str(options["scheme"]), int(options["year"])
        above = sorted({one.values["parent"] for one in every if "parent" in one.values})
        known = meanings(scheme, year, above)
        wrong: dict[str, Fault] = {}
        for one in sorted(every, key=lambda one: one.rank):
            fault = _parent_fault(one, held, known)
            parent = one.values.get("parent")
            if fault is None and parent is not None and parent in held and (parent in wrong or held[parent].faults):
                fault = _fault("parent_faulty", parent)
            if fault is not None:
                wrong[one.values["code"]] = fault
                yield one.number, fault

    def doubts(self, rows: Iterable[Any]) -> Iterator[Values]:
        """Codes that mean an area of another name here: another scheme, or a new name."""
        for row in rows:
            if called := row.values.get("is_called"):
                yield {
                    "number": row.number, "kind": "other_name", "name": row.values["name"][:120],
                    "other_name": called[:120], "other_record": row.record, "reasons": [["is_called", called]],
                }  # fmt: skip

    compares = True

    def take(self, rows: Sequence[Taking], options: Values, *, by: Actor, now: datetime, of: int) -> list[Written]:
        """New areas with their code; to known ones the code they lack, and what the list says of them."""
        scheme, year = str(options["scheme"]), int(options["year"])
        parents = meanings(scheme, year, [row.values["parent"] for row in rows if row.values.get("parent")])
        made: list[tuple[int, Model]] = []
        changed: list[tuple[int, Model, Values]] = []
        known = Area.objects.in_bulk([row.record for row in rows if row.record])
        fresh = [row for row in rows if row.record is None and self._has_place(row.values, parents)]
        ids = dict(zip((row.number for row in fresh), new_ids(Area, len(fresh)), strict=True))
        codes = iter(new_ids(AreaCode, len(rows)))
        for row in rows:
            area = known.get(row.record or 0)
            if area is not None:
                if old := _new_values(area, row.values):
                    changed.append((row.number, area, old))
            elif row.number in ids:
                area = _area(ids[row.number], row.values, parents, now.date())
                made.append((row.number, area))
            if area is not None and not row.values.get("has_code"):
                code = AreaCode(id=next(codes), area=area, scheme=scheme, year=year, code=row.values["code"])
                made.append((row.number, code))
        made += _total_grids([row for row in fresh if row.values["level"] == Level.COMMUNITY], ids, now.date())
        made.sort(key=lambda pair: ORDER_OF_WRITING.index(type(pair[1])))
        return self.write(made, changed, by=by, of=of)

    def _has_place(self, values: Values, parents: dict[str, Area]) -> bool:
        return values.get("parent") in parents or values["level"] in ("city", "county")


ORDER_OF_WRITING: tuple[type[Model], ...] = (Area, AreaCode, Grid)


class Matcher:
    """Finds areas of the same name under the same parent, when their code is not known in this scheme."""

    def __init__(self, known: dict[str, Area], rows: dict[str, Checked]) -> None:
        self.known, self.rows = known, rows
        self.found: dict[str, Area | None] = {}
        by_name = Area.objects.filter(valid_to__isnull=True).exclude(level="grid")
        self.under = {(one.parent_id, one.level, stem(one.name)): one for one in by_name.order_by("-id")}
        self.tops = {(one.level, stem(one.name)): one for one in self.under.values() if one.level in ("city", "county")}

    def area_of(self, code: str) -> Area | None:
        """The area a code of this file stands for; a circle of parents stands for nothing."""
        if code in self.known:
            return self.known[code]
        if code not in self.found:
            self.found[code] = None
            one = self.rows.get(code)
            if one is not None and {"name", "level"} <= one.values.keys():
                self.found[code] = self._by_name(one.values)
        return self.found[code]

    def _by_name(self, values: Values) -> Area | None:
        level, name = values["level"], stem(values["name"])
        parent = self.area_of(values["parent"]) if values.get("parent") else None
        if level in ("city", "county"):
            return self.tops.get((level, name))
        return self.under.get((parent.pk, level, name)) if parent is not None else None


def _fault(rule: str, detail: str = "") -> Fault:
    return {"field": "parent", "rule": rule, "detail": detail}


def _parent_fault(one: Checked, held: dict[str, Checked], known: dict[str, Area]) -> Fault | None:
    parent, level = one.values.get("parent"), one.values.get("level")
    if level is None:
        return None
    if not parent:
        return None if level in ("city", "county") else _fault("no_parent")
    if circle := _circle(one, held):
        return _fault("circle", circle)
    above = held[parent].values.get("level") if parent in held else None
    if above is None and parent in known:
        above = known[parent].level
    if above is None:
        is_top = level == "city" or (level == "county" and parent not in held)
        return None if is_top and one.record else _top_fault(level, parent)
    if ORDER.index(above) >= ORDER.index(level) if above in ORDER else True:
        return _fault("level_mismatch", parent)
    return None


def _top_fault(level: str, parent: str) -> Fault | None:
    """A city may name its province, which is above our levels; everything else needs its parent."""
    return None if level == "city" else _fault("unknown_parent", parent)


def _circle(one: Checked, held: dict[str, Checked]) -> str:
    seen, at = [one.values["code"]], one.values.get("parent")
    while at in held:
        if at in seen:
            return " → ".join([*seen, at])
        seen.append(at)
        at = held[at].values.get("parent")
    return ""


def _area(pk: int, values: Values, parents: dict[str, Area], today: date) -> Area:
    parent = parents.get(values.get("parent") or "")
    return Area(
        id=pk, parent=parent, level=values["level"], name=values["name"], official=values.get("official", ""),
        sort_key=sort_key(values["name"]), duty_phone=values.get("duty_phone", ""),
        supervision_phone=values.get("supervision_phone", ""),
        valid_from=date.fromisoformat(values["valid_from"]) if "valid_from" in values else today,
        valid_to=date.fromisoformat(values["valid_to"]) if "valid_to" in values else None,
    )  # fmt: skip


def _new_values(area: Area, values: Values) -> Values:
    """Set what the list says otherwise; return what stood there before."""
    wanted = (*KEPT, "name") if values.get("is_called") else KEPT
    old = {name: getattr(area, name) for name in wanted if name in values and values[name] != getattr(area, name)}
    if "name" in old:
        old["sort_key"], area.sort_key = area.sort_key, sort_key(values["name"])
    for name in old.keys() - {"sort_key"}:
        setattr(area, name, values[name])
    return old


def _total_grids(rows: Sequence[Taking], ids: dict[int, int], today: date) -> list[tuple[int, Model]]:
    """The total grid (总网格) of each new community: the whole of it, until it is divided."""
    numbers = [row.values["code"] + TOTAL for row in rows]
    taken = set(Grid.objects.filter(number__in=numbers).values_list("number", flat=True))
    made: list[tuple[int, Model]] = []
    for row, number, pk in zip(rows, numbers, new_ids(Area, len(rows)), strict=True):
        if number not in taken:
            name, since = row.values["name"], row.values.get("valid_from")
            made.append((row.number, Area(
                id=pk, parent_id=ids[row.number], level=Level.GRID, name=name, sort_key=number,
                valid_from=date.fromisoformat(since) if since else today,
            )))  # fmt: skip
            made.append((row.number, Grid(area_id=pk, kind="total_grid", number=number, token=token())))
    return made
