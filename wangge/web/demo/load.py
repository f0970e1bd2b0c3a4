"""Load a generated town into the database, in the system's own name and in one transaction."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.db.models import Model
from pypinyin import lazy_pinyin

from wangge.access.models import Post
from wangge.places import models as places
from wangge.places.words import Level
from wangge.teams.models import Account, Organisation
from wangge.web.demo import town as t

M = TypeVar("M", bound=Model)
SINCE = date(2026, 1, 1)
HOURS = "8:00–20:00"
DEMO_PASSWORD = "demo-wangge-2026"  # noqa: S105 - printed by the demo, refused by a real installation
BATCH = 2000


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


def _keep(rows: list[M]) -> list[M]:
    """Insert many rows and return them with their ids."""
    if not rows:
        return []
    manager = type(rows[0])._meta.default_manager
    assert manager is not None
    return list(manager.bulk_create(rows, batch_size=BATCH))


@dataclass
class Loaded:
    """Database ids by the keys of the town."""

    areas: dict[str, int] = field(default_factory=dict)
    compounds: dict[str, int] = field(default_factory=dict)
    buildings: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)


def load(town: t.Town, *, now: datetime) -> Loaded:
    """Load areas, grids, homes, organisations and staff. The cases are played afterwards, through the actions."""
    made = Loaded()
    _areas(town, made)
    _grids(town, made)
    _homes(town, made)
    _map(town)
    _organisations(town, made)
    _staff(town, made, now)
    return made


def _areas(town: t.Town, made: Loaded) -> None:
    for area in town.areas:  # parents come first, and each needs its parent's id
        if area.level not in Level.values:  # the province above the tree's five levels
            continue
        row = places.Area.objects.create(
            parent_id=made.areas.get(area.parent or ""), level=area.level, name=area.name,
            official=area.official, sort_key=sort_key(area.name), duty_phone=area.duty_phone,
            supervision_phone=area.supervision_phone, valid_from=SINCE, outline=outline(area.polygon),
        )  # fmt: skip
        made.areas[area.key] = row.pk
        places.AreaCode.objects.create(area=row, scheme=area.scheme, year=area.year, code=area.code)


def _grids(town: t.Town, made: Loaded) -> None:
    workers = {key: person for person in town.staff for key in person.grids}
    for grid in town.grids:
        area = places.Area.objects.create(
            parent_id=made.areas[grid.area], level="grid", name=grid.name, sort_key=grid.code, valid_from=SINCE,
            outline=outline(grid.polygon),
        )  # fmt: skip
        made.areas[grid.key] = area.pk
        worker = workers.get(grid.key)
        places.Grid.objects.create(
            area=area, kind=grid.kind, number=grid.code, token=token_of(town, grid.key), households=grid.dwellings,
            worker_name=worker.card_name if worker else "", worker_phone=worker.phone if worker else "",
            hours=HOURS, card_valid_from=SINCE,
        )  # fmt: skip


def _homes(town: t.Town, made: Loaded) -> None:
    compounds = _keep([
        places.Compound(
            community_id=made.areas[c.area], name=c.name, sort_key=sort_key(c.name), kind=c.kind,
            token=token_of(town, c.key), lon=c.centre[0], lat=c.centre[1],
        )
        for c in town.compounds
    ])  # fmt: skip
    made.compounds.update(zip((c.key for c in town.compounds), (row.pk for row in compounds), strict=True))
    buildings = _keep([
        places.Building(
            compound_id=made.compounds[b.compound], grid_id=made.areas[b.grid], name=b.name, order=order,
            token=token_of(town, b.key), floors=b.floors, lift=b.lift, lon=b.centre[0], lat=b.centre[1],
            footprint=[[round(x, 6), round(y, 6)] for x, y in b.footprint],
        )
        for order, b in enumerate(town.buildings)
    ])  # fmt: skip
    made.buildings.update(zip((b.key for b in town.buildings), (row.pk for row in buildings), strict=True))
    _keep([
        places.Dwelling(
            area_id=made.areas[d.grid], building_id=made.buildings[d.building], unit=str(d.unit or ""),
            floor=d.floor, room=d.room,
        )
        for d in town.dwellings
    ])  # fmt: skip
    _keep([
        places.Address(
            building_id=made.buildings.get(a.target), compound_id=made.compounds.get(a.target), text=a.text,
            standard=a.standard, source=a.source, valid_from=SINCE,
        )
        for a in town.addresses
        if a.target in made.buildings or a.target in made.compounds
    ])  # fmt: skip


def _map(town: t.Town) -> None:
    _keep([
        places.BaseMap(
            kind=f.kind, name=f.name,
            geometry={
                "type": "Polygon" if f.closed else "LineString",
                "coordinates": [[list(p) for p in f.points]] if f.closed else [list(p) for p in f.points],
            },
        )
        for f in town.features
    ])  # fmt: skip


def _organisations(town: t.Town, made: Loaded) -> None:
    for each in town.organisations:
        made.organisations[each.key] = Organisation.objects.create(
            code=each.key, name=each.name, sort_key=sort_key(each.name), functions=list(each.functions),
            area_id=made.areas[each.area], phone=each.phone,
        ).pk  # fmt: skip


def _staff(town: t.Town, made: Loaded, now: datetime) -> None:
    password = make_password(DEMO_PASSWORD)
    accounts = _keep([
        Account(
            username=person.login, name=person.name, organisation_id=made.organisations[person.organisation],
            password="!" if person.role == "grid_worker" else password, created_at=now,
        )
        for person in town.staff
    ])  # fmt: skip
    made.accounts.update(zip((p.login for p in town.staff), (row.pk for row in accounts), strict=True))
    _keep([
        Post(
            account_id=made.accounts[person.login], role_id=person.role,
            area_id=made.areas[area] if area else None,
            organisation_id=made.organisations[person.organisation] if person.role == "handler" else None,
            valid_from=now,
        )
        for person in town.staff
        for area in _where(person)
    ])  # fmt: skip


def _where(person: t.Staff) -> tuple[str | None, ...]:
    """The areas of a person's posts: workers their grids, handlers none (they have their unit), others their area."""
    if person.grids:
        return person.grids
    return (None,) if person.role in ("handler", "system_admin", "security_admin", "auditor") else (person.area,)
