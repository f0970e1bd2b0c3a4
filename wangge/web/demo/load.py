"""Load a generated town into the database, in the system's own name and in one transaction."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from wangge.access.actor import Actor
from wangge.access.bulk import chunks
from wangge.core.spelling import sort_key
from wangge.places import models as places
from wangge.places.actions import keep_dwellings
from wangge.places.words import Level
from wangge.web.demo import town as t
from wangge.web.demo.chunked import ahead, every, kept
from wangge.web.demo.staffing import load_organisations, load_staff

CARDS_SINCE = date(2026, 1, 1)
HOURS = "8:00–20:00"
DWELLING = ("area_id", "building_id", "unit", "floor", "room")


def token_of(town: t.Town, key: str) -> str:
    """The short address on a door plate: random to whoever does not know the seed."""
    return hashlib.sha256(f"{town.plan}|{town.seed}|{key}".encode()).hexdigest()[:12]


def outline(surface: t.Surface) -> dict[str, Any] | None:
    """The surface as GeoJSON; None where there is none."""
    parts = [[t.registered(ring) for ring in part] for part in surface]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts} if parts else None


@dataclass
class Loaded:
    """Database ids by the keys of the town."""

    areas: dict[str, int] = field(default_factory=dict)
    compounds: dict[str, int] = field(default_factory=dict)
    buildings: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)


def load(town: t.Town, *, by: Actor, now: datetime) -> Loaded:
    """Load areas, grids, homes, organisations and staff. The cases are played afterwards, through the actions."""
    made = Loaded()
    _areas(town, made, by)
    _grids(town, made, by)
    _homes(town, made, by)
    _micro_grids(town, made, by)
    _map(town, by)
    made.organisations = load_organisations(town, made.areas, by)
    made.accounts = load_staff(town, made.areas, made.organisations, since=since(town), by=by, now=now)
    return made


def since(town: t.Town) -> date:
    """The day from which the tree of areas holds: the first of the year in which it was written down."""
    return date(town.areas[0].year, 1, 1)


def _areas(town: t.Town, made: Loaded, by: Actor) -> None:
    for level in Level.values:  # from the top, since each needs its parent's id; a province is above our five levels
        areas = [area for area in town.areas if area.level == level]
        rows = (
            places.Area(
                parent_id=made.areas.get(a.parent or ""), level=a.level, name=a.name, official=a.official,
                sort_key=sort_key(a.name), duty_phone=a.duty_phone, supervision_phone=a.supervision_phone,
                valid_from=since(town), outline=outline(((a.polygon,),) if a.polygon else ()),
            )
            for a in areas
        )  # fmt: skip
        made.areas |= dict(zip((a.key for a in areas), list(kept(rows, by)), strict=True))
    codes = (
        places.AreaCode(area_id=made.areas[a.key], scheme=a.scheme, year=a.year, code=a.code)
        for a in town.areas
        if a.key in made.areas
    )
    every(codes, by)


def _grids(town: t.Town, made: Loaded, by: Actor) -> None:
    workers: dict[str, t.Staff | t.Steward] = {key: person for person in town.staff for key in person.grids}
    workers |= {one.grid: one for one in town.stewards}
    rows = (
        places.Area(
            parent_id=made.areas[g.area], level="grid", name=g.name, sort_key=g.code, valid_from=since(town),
            outline=outline(g.surface),
        )
        for g in town.grids
    )  # fmt: skip
    made.areas |= dict(zip((g.key for g in town.grids), list(kept(rows, by)), strict=True))
    cards = (
        places.Grid(
            area_id=made.areas[g.key], kind=g.kind, number=g.code, token=token_of(town, g.key), households=g.dwellings,
            provisional=g.provisional,
            worker_name=workers[g.key].card_name if g.key in workers else "",
            worker_phone=workers[g.key].phone if g.key in workers else "", hours=HOURS, card_valid_from=CARDS_SINCE,
        )
        for g in town.grids
    )  # fmt: skip
    every(cards, by)


def _homes(town: t.Town, made: Loaded, by: Actor) -> None:
    compounds = (
        places.Compound(
            community_id=made.areas[c.area], name=c.name, sort_key=sort_key(c.name), kind=c.kind,
            token=token_of(town, c.key), lon=c.centre[0], lat=c.centre[1],
        )
        for c in town.compounds
    )  # fmt: skip
    made.compounds = dict(zip((c.key for c in town.compounds), kept(compounds, by), strict=True))
    buildings = (
        places.Building(
            compound_id=made.compounds[b.compound], grid_id=made.areas[b.grid], name=b.name, order=order,
            token=token_of(town, b.key), floors=b.floors, lift=b.lift, lon=b.centre[0], lat=b.centre[1],
            footprint=t.registered(b.footprint),
        )
        for order, b in enumerate(town.buildings)
    )  # fmt: skip
    made.buildings = dict(zip((b.key for b in town.buildings), kept(buildings, by), strict=True))
    dwellings = (
        (made.areas[d.grid], made.buildings[d.building], str(d.unit or ""), d.floor, d.room) for d in town.dwellings
    )
    for columns in ahead(dict(zip(DWELLING, zip(*chunk, strict=True), strict=True)) for chunk in chunks(dwellings)):
        keep_dwellings(columns, by=by)
    addresses = (
        places.Address(
            building_id=made.buildings.get(a.target), compound_id=made.compounds.get(a.target), text=a.text,
            standard=a.standard, source=a.source, valid_from=since(town),
        )
        for a in town.addresses
        if a.target in made.buildings or a.target in made.compounds
    )  # fmt: skip
    every(addresses, by)


def _micro_grids(town: t.Town, made: Loaded, by: Actor) -> None:
    """The rounds of each general grid, as a plan of grids writes them at its midnight."""
    rounds = (
        places.MicroGrid(
            grid_id=made.areas[m.grid], number=m.number, households=m.households, minutes=m.minutes, tour_m=m.tour_m,
            outline=outline(m.surface), valid_from=since(town),
        )
        for m in town.micro_grids
    )  # fmt: skip
    ids = list(kept(rounds, by))
    units = (
        places.MicroUnit(
            micro_id=micro, building_id=made.buildings[u.building], unit=str(u.unit or ""), low=u.low, high=u.high,
            households=u.households, order=order,
        )
        for micro, m in zip(ids, town.micro_grids, strict=True)
        for order, u in enumerate(m.units)
    )  # fmt: skip
    every(units, by)


def _map(town: t.Town, by: Actor) -> None:
    rows = (
        places.BaseMap(
            kind=f.kind, name=f.name,
            geometry={
                "type": "Polygon" if f.closed else "LineString",
                "coordinates": [[list(p) for p in f.points]] if f.closed else [list(p) for p in f.points],
            },
        )
        for f in town.features
    )  # fmt: skip
    every(rows, by)
