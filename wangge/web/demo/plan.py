"""The plan of a demo town: its division tree and its pools of names, read from `towns/*.toml`."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from itertools import product
from types import MappingProxyType
from typing import Any, Literal, get_args

Size = Literal["small", "town", "city"]
SIZES: tuple[Size, ...] = ("small", "town", "city")


Grids = Literal["divided", "compound"]


class BadPlan(ValueError):
    """A town file contradicts itself; the message names the place."""


@dataclass(frozen=True, slots=True)
class AreaPlan:
    """One area of the division tree; `parent` is the code of another area or empty."""

    code: str
    level: str
    name: str
    official: str
    parent: str
    kind: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the tree of areas comes from, and the scheme and year which make its codes mean something."""

    package: str
    version: str
    registry: str
    licence: str
    scheme: str
    year: int


@dataclass(frozen=True, slots=True)
class Words:
    """How this town counts and calls its buildings, stairwells, rooms, groups, houses and grids."""

    building: str
    unit: str
    room: str
    group: str
    house: str
    grid: str
    river: str
    riverside: str
    centre: str
    office: str


@dataclass(frozen=True, slots=True)
class TownPlan:
    """All that is known of a town before the seed: `whole` is the area whose communities are all drawn.

    `serves` are the sizes for which this plan is the one to show when nobody names another. `grids` says whether the
    communities are divided by the engine, or are as on the day before: each compound its own grid, decided by nobody.
    """

    key: str
    title: str
    notice: str
    whole: str
    lon: float
    lat: float
    tilt: float
    phone_prefix: str
    grids: Grids
    serves: tuple[str, ...]
    small: tuple[str, ...]
    areas: tuple[AreaPlan, ...]
    source: Source
    words: Words
    names: MappingProxyType[str, tuple[str, ...]]

    def of_size(self, size: Size) -> tuple[AreaPlan, ...]:
        """Return the areas drawn in this size: all, or the few communities of the small one and what holds them."""
        if size != "small":
            return self.areas
        parents = {area.code: area.parent for area in self.areas}
        kept: set[str] = set()
        waiting = list(self.small)
        while waiting:
            code = waiting.pop()
            if code and code not in kept:
                kept.add(code)
                waiting.append(parents[code])
        return tuple(area for area in self.areas if area.code in kept)


def plans() -> tuple[str, ...]:
    """Return the keys of the shipped plans."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in files(__package__).joinpath("towns").iterdir()))


def load_plan(key: str) -> TownPlan:
    """Read the shipped plan of this key. Raises BadPlan when its tree has holes."""
    text = files(__package__).joinpath("towns", f"{key}.toml").read_text(encoding="utf-8")
    return plan_of(tomllib.loads(text))


def plan_for(size: Size) -> TownPlan:
    """Return the plan that is shown in this size."""
    return next(plan for plan in map(load_plan, plans()) if size in plan.serves)


def plan_of(table: dict[str, Any]) -> TownPlan:
    """Build a plan from a parsed town file. Raises BadPlan when its tree has holes."""
    plan = TownPlan(
        areas=tuple(AreaPlan(**row) for row in table["areas"]),
        source=Source(**table["source"]),
        words=Words(**table["words"]),
        names=MappingProxyType(_names(table)),
        grids=table.get("grids", "divided"),
        serves=tuple(table.get("serves", ())),
        small=tuple(table["small"]),
        **{name: table[name] for name in ("key", "title", "notice", "whole", "lon", "lat", "tilt", "phone_prefix")},
    )
    _check(plan)
    return plan


def _names(table: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Pools of names: written out, or every first part with every second part."""
    combined = {kind: tuple(map("".join, product(*parts))) for kind, parts in table.get("combined", {}).items()}
    return {kind: tuple(names) for kind, names in table["names"].items()} | combined


def _check(plan: TownPlan) -> None:
    if plan.grids not in get_args(Grids):
        raise BadPlan(f"{plan.key}: no such grids: {plan.grids!r}")
    seen: set[str] = set()
    for area in plan.areas:
        if area.code in seen:
            raise BadPlan(f"{plan.key}: area {area.code} occurs twice")
        if area.parent not in seen and (area.parent or seen):
            raise BadPlan(f"{plan.key}: area {area.code} stands before its parent {area.parent!r}")
        seen.add(area.code)
    if lost := {plan.whole, *plan.small} - seen:
        raise BadPlan(f"{plan.key}: no such area: {', '.join(sorted(lost))}")
    for kind, names in plan.names.items():
        if len(set(names)) != len(names):
            raise BadPlan(f"{plan.key}: a name of {kind} occurs twice")
