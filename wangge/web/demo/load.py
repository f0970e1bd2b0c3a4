"""Load a generated town into the database, in the system's own name and in one transaction."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from pypinyin import lazy_pinyin

from wangge.access.actor import Actor
from wangge.access.models import Post
from wangge.places import models as places
from wangge.places.actions import keep
from wangge.places.words import Level
from wangge.teams.actions import keep as keep_team
from wangge.teams.actions import keep_posts
from wangge.teams.models import Account, Organisation
from wangge.web.demo import town as t

SINCE = date(2026, 1, 1)
HOURS = "8:00–20:00"
DEMO_PASSWORD = "demo-wangge-2026"  # noqa: S105 - printed by the demo, refused by a real installation


def token_of(town: t.Town, key: str) -> str:
    """The short address on a door plate: random to whoever does not know the seed."""
    return hashlib.sha256(f"{town.plan}|{town.seed}|{key}".encode()).hexdigest()[:12]


def sort_key(name: str) -> str:
    """Pinyin of a public name; never used for persons."""
    return "".join(lazy_pinyin(name))[:200]


def outline(ring: t.Ring | None) -> dict[str, Any] | None:
    if ring is None:
        return None
    points = [[round(x, 6), round(y, 6)] for x, y in ring]
    if points[0] != points[-1]:
        points.append(points[0])
    return {"type": "Polygon", "coordinates": [points]}


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
    _map(town, by)
    _organisations(town, made, by)
    _staff(town, made, by, now)
    return made


def _areas(town: t.Town, made: Loaded, by: Actor) -> None:
    for level in Level.values:  # from the top, since each needs its parent's id; a province is above our five levels
        areas = [area for area in town.areas if area.level == level]
        rows = keep([
            places.Area(
                parent_id=made.areas.get(a.parent or ""), level=a.level, name=a.name, official=a.official,
                sort_key=sort_key(a.name), duty_phone=a.duty_phone, supervision_phone=a.supervision_phone,
                valid_from=SINCE, outline=outline(a.polygon),
            )
            for a in areas
        ], by=by).rows  # fmt: skip
        made.areas.update(zip((a.key for a in areas), (row.pk for row in rows), strict=True))
    keep([
        places.AreaCode(area_id=made.areas[a.key], scheme=a.scheme, year=a.year, code=a.code)
        for a in town.areas
        if a.key in made.areas
    ], by=by)  # fmt: skip


def _grids(town: t.Town, made: Loaded, by: Actor) -> None:
    workers = {key: person for person in town.staff for key in person.grids}
    rows = keep([
        places.Area(
            parent_id=made.areas[g.area], level="grid", name=g.name, sort_key=g.code, valid_from=SINCE,
            outline=outline(g.polygon),
        )
        for g in town.grids
    ], by=by).rows  # fmt: skip
    made.areas.update(zip((g.key for g in town.grids), (row.pk for row in rows), strict=True))
    keep([
        places.Grid(
            area_id=made.areas[g.key], kind=g.kind, number=g.code, token=token_of(town, g.key), households=g.dwellings,
            worker_name=workers[g.key].card_name if g.key in workers else "",
            worker_phone=workers[g.key].phone if g.key in workers else "", hours=HOURS, card_valid_from=SINCE,
        )
        for g in town.grids
    ], by=by)  # fmt: skip


def _homes(town: t.Town, made: Loaded, by: Actor) -> None:
    compounds = keep([
        places.Compound(
            community_id=made.areas[c.area], name=c.name, sort_key=sort_key(c.name), kind=c.kind,
            token=token_of(town, c.key), lon=c.centre[0], lat=c.centre[1],
        )
        for c in town.compounds
    ], by=by)  # fmt: skip
    made.compounds.update(zip((c.key for c in town.compounds), (row.pk for row in compounds.rows), strict=True))
    buildings = keep([
        places.Building(
            compound_id=made.compounds[b.compound], grid_id=made.areas[b.grid], name=b.name, order=order,
            token=token_of(town, b.key), floors=b.floors, lift=b.lift, lon=b.centre[0], lat=b.centre[1],
            footprint=[[round(x, 6), round(y, 6)] for x, y in b.footprint],
        )
        for order, b in enumerate(town.buildings)
    ], by=by)  # fmt: skip
    made.buildings.update(zip((b.key for b in town.buildings), (row.pk for row in buildings.rows), strict=True))
    keep([
        places.Dwelling(
            area_id=made.areas[d.grid], building_id=made.buildings[d.building], unit=str(d.unit or ""),
            floor=d.floor, room=d.room,
        )
        for d in town.dwellings
    ], by=by)  # fmt: skip
    keep([
        places.Address(
            building_id=made.buildings.get(a.target), compound_id=made.compounds.get(a.target), text=a.text,
            standard=a.standard, source=a.source, valid_from=SINCE,
        )
        for a in town.addresses
        if a.target in made.buildings or a.target in made.compounds
    ], by=by)  # fmt: skip


def _map(town: t.Town, by: Actor) -> None:
    keep([
        places.BaseMap(
            kind=f.kind, name=f.name,
            geometry={
                "type": "Polygon" if f.closed else "LineString",
                "coordinates": [[list(p) for p in f.points]] if f.closed else [list(p) for p in f.points],
            },
        )
        for f in town.features
    ], by=by)  # fmt: skip


def _organisations(town: t.Town, made: Loaded, by: Actor) -> None:
    rows = keep_team([
        Organisation(
            code=o.key, name=o.name, sort_key=sort_key(o.name), functions=list(o.functions),
            area_id=made.areas[o.area], phone=o.phone,
        )
        for o in town.organisations
    ], by=by).rows  # fmt: skip
    made.organisations.update(zip((o.key for o in town.organisations), (row.pk for row in rows), strict=True))


def _staff(town: t.Town, made: Loaded, by: Actor, now: datetime) -> None:
    password = make_password(DEMO_PASSWORD)
    accounts = keep_team([
        Account(
            username=person.login, name=person.name, organisation_id=made.organisations[person.organisation],
            password="!" if person.role == "grid_worker" else password, created_at=now,
        )
        for person in town.staff
    ], by=by)  # fmt: skip
    made.accounts.update(zip((p.login for p in town.staff), (row.pk for row in accounts.rows), strict=True))
    keep_posts([
        Post(
            account_id=made.accounts[person.login], role_id=person.role,
            area_id=made.areas[area] if area else None,
            organisation_id=made.organisations[person.organisation] if person.role == "handler" else None,
            valid_from=now,
        )
        for person in town.staff
        for area in _where(person)
    ], by=by)  # fmt: skip


def _where(person: t.Staff) -> tuple[str | None, ...]:
    """The areas of a person's posts: workers their grids, handlers none (they have their unit), others their area."""
    if person.grids:
        return person.grids
    return (None,) if person.role in ("handler", "system_admin", "security_admin", "auditor") else (person.area,)
