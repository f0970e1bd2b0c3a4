"""Lists of compounds: the dirtiest of all, since each office and each website keeps its own."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.core.likeness import Named
from wangge.core.spelling import sort_key
from wangge.exchange.importer import Checked, Field, Option, Taking, Values, Written
from wangge.exchange.queries.records import new_ids
from wangge.places.imports.places import PlaceImporter, token
from wangge.places.models import Address, Area, Compound
from wangge.places.queries.lookup import Areas, Unclear, plain, stem

KINDS = {
    "walk_up": ("多层", "板楼", "多层住宅", "小区", "普通住宅"),
    "towers": ("高层", "塔楼", "电梯房", "塔板结合", "高层住宅"),
    "old": ("老旧小区", "老小区", "老公房"),
    "dormitory": ("宿舍", "公寓"),
    "village": ("自然村", "村庄", "别墅", "平房"),
}
APART = re.compile(r"[、；;,，|/]+")


class Compounds(PlaceImporter):
    """Compounds with the names people use for them."""

    kind = "compounds"
    label = _("Compounds")
    icon = "home"
    compares = True
    fields = (
        Field("ref", _("Number in the list"), names=("编号", "序号", "source_no", "id"), longest=40,
              examples=("1", "2")),
        Field("name", _("Name of the place"), names=("小区名称", "名称", "小区", "楼盘名称"), required=True,
              examples=("桂花小区", "梅园三村")),
        Field("aliases", _("Other names"), names=("别名", "曾用名", "又名"), longest=160,
              examples=("老机械厂宿舍", "")),
        Field("kind", _("Kind"), "choice", ("类型", "小区类型"), choices=KINDS, examples=("多层", "老旧小区")),
        Field("community", _("Community: name or code"), names=("社区", "所属社区", "村居", "居委会"),
              examples=("桂花社区", "云杉社区")),
        Field("town", _("Town, or a text that names it"), names=("镇街", "街道", "乡镇", "area_path", "区域", "板块"),
              longest=160),
        Field("address", _("Address"), names=("地址", "详细地址", "门牌"), longest=160,
              examples=("太平南路 3 号", "向阳路 18 号")),
        Field("lon", _("Longitude, or the first number"), "lon", ("经度", "lng", "longitude", "x", "bd09_lon", "x坐标"),
              examples=("121.100000", "121.110000")),
        Field("lat", _("Latitude, or the second number"), "lat", ("纬度", "latitude", "y", "bd09_lat", "y坐标"),
              examples=("31.450000", "31.460000")),
    )  # fmt: skip
    options = (
        Option("area", _("Area of rows that name none"),
               hint=_("Name or code of a community or town. Leave it empty to have such rows reported.")),
    )  # fmt: skip

    def check(self, rows: Sequence[Checked], options: Values) -> None:
        """The area of each row, and the key by which its source knows it."""
        areas = Areas.read()
        for one in rows:
            values = one.values
            if "lon" not in values and not any(f["field"] in ("lon", "lat") for f in one.faults):
                one.fault("lon", "no_place")
            try:
                area = _area_of(areas, values, str(options.get("area", "")))
                values["area_id"], values["area_name"] = area.pk, area.name
                values["town_name"] = next((a.name for a in areas.above(area) if a.level == "town"), "")
            except Unclear as unclear:
                one.fault("community" if values.get("community") else "town", unclear.rule)
            if "name" in values:
                one.key = (
                    f"ref {values['ref']}" if "ref" in values else f"{plain(values['name'])}|{values.get('area_id')}"
                )

    def named(self, number: int, values: Values) -> Named | None:
        if "name" not in values:
            return None
        spot = (values["lon"], values["lat"]) if "lon" in values else None
        return Named(
            f"row {number}",
            values["name"],
            _aliases(values),
            values.get("address", ""),
            values.get("town_name", ""),
            spot,
        )

    def known(self) -> list[Named]:
        areas = Areas.read()
        aliases: dict[int | None, list[str]] = {}
        addresses: dict[int | None, list[str]] = {}
        for pk, text, is_standard in Address.objects.filter(compound__isnull=False).values_list(
            "compound_id", "text", "standard"
        ):
            (addresses if is_standard else aliases).setdefault(pk, []).append(text)
        return [
            Named(
                f"record {one.pk}", one.name, tuple(aliases.get(one.pk, ())), " ".join(addresses.get(one.pk, ())),
                next((a.name for a in areas.above(areas.held[one.community_id]) if a.level == "town"), "")
                if one.community_id in areas.held else "",
                (one.lon, one.lat),
            )
            for one in Compound.objects.order_by("id")
        ]  # fmt: skip

    def towns(self) -> tuple[str, ...]:
        held = Areas.read().held.values()
        return tuple(area.name for area in held if area.level in ("city", "county", "town"))

    def take(self, rows: Sequence[Taking], options: Values, *, by: Actor, now: datetime, of: int) -> list[Written]:
        """New compounds; to those that a person said are the same, the name they have in this list."""
        made: list[tuple[int, Model]] = []
        changed: list[tuple[int, Model, Values]] = []
        known = Compound.objects.in_bulk([row.record for row in rows if row.record])
        fresh = [row for row in rows if row.record is None]
        ids = dict(zip((row.number for row in fresh), new_ids(Compound, len(fresh)), strict=True))
        for row in rows:
            compound = known.get(row.record or 0)
            if compound is None:
                compound = _compound(ids[row.number], row.values)
                made.append((row.number, compound))
            elif not row.is_joined and (old := _new_values(compound, row.values)):
                changed.append((row.number, compound, old))
        compounds = {row.number: row.record or ids[row.number] for row in rows}
        made += _addresses(
            rows,
            compounds,
            {pk: one.name for pk, one in known.items()} | {ids[row.number]: row.values["name"] for row in fresh},
            f"import {of}",
            now,
        )
        return self.write(made, changed, by=by, of=of)


def _area_of(areas: Areas, values: Values, default: str) -> Area:
    """The community that is named, else the town in the address or its own column, else the area of the options."""
    town = areas.town_in(plain(values.get("town", "") + " " + values.get("address", "")))
    if community := values.get("community"):
        return areas.find(community, stem(town.name) if town else values.get("town", ""))
    if town is not None:
        return town
    if default:
        return areas.find(default)
    raise Unclear("no_area")


def _aliases(values: Values) -> tuple[str, ...]:
    return tuple(part.strip() for part in APART.split(values.get("aliases", "")) if part.strip())


def _compound(pk: int, values: Values) -> Compound:
    return Compound(
        id=pk, community_id=values["area_id"], name=values["name"], sort_key=sort_key(values["name"]),
        kind=values.get("kind", "walk_up"), token=token(), lon=values["lon"], lat=values["lat"],
    )  # fmt: skip


def _new_values(compound: Compound, values: Values) -> Values:
    """Set what the same source says now; return what stood there before."""
    said = {"name": values["name"], "sort_key": sort_key(values["name"]), "community_id": values["area_id"]}
    said |= {name: values[name] for name in ("kind", "lon", "lat") if name in values}
    old = {name: getattr(compound, name) for name in said if said[name] != getattr(compound, name)}
    for name in old:
        setattr(compound, name, said[name])
    return old


def _addresses(
    rows: Sequence[Taking], compounds: dict[int, int], names: dict[int, str], source: str, now: datetime
) -> list[tuple[int, Model]]:
    """The address and the other names of each row, those that its compound does not have yet."""
    held = {
        (pk, text)
        for pk, text in Address.objects.filter(compound__in=set(compounds.values())).values_list("compound_id", "text")
    }
    wanted: list[tuple[int, str, bool]] = []
    for row in rows:
        pk, values = compounds[row.number], row.values
        standard = values.get("address", "") or values["name"]
        texts = [(standard, not row.is_joined and row.record is None)]
        texts += [(text, False) for text in (values["name"], *_aliases(values))]
        for text, is_standard in texts:
            if (pk, text) not in held and not (text == names.get(pk) and not is_standard):
                held.add((pk, text))
                wanted.append((row.number, text, is_standard))
    return [
        (number, Address(
            id=address_id, compound_id=compounds[number], text=text[:160], standard=is_standard, source=source,
            valid_from=now.date(),
        ))
        for (number, text, is_standard), address_id in zip(wanted, new_ids(Address, len(wanted)), strict=True)
    ]  # fmt: skip
