"""Generate a demo town from a plan and a seed: pure, deterministic, everything below the community invented."""

import hashlib
from dataclasses import dataclass

from wangge.web.demo.basemap import draw
from wangge.web.demo.grids import Laid, as_built, total_grids
from wangge.web.demo.ground import Projection
from wangge.web.demo.homes import Settled, let, settle
from wangge.web.demo.people import People, employ
from wangge.web.demo.plan import AreaPlan, Size, TownPlan
from wangge.web.demo.reports import tell
from wangge.web.demo.scenes import Scenery
from wangge.web.demo.survey import Survey, survey
from wangge.web.demo.town import Area, Feature, Ring, Town


@dataclass(frozen=True)
class Drawn:
    """A town, and what its stories are told from."""

    town: Town
    scenery: Scenery
    people: People


def generate(plan: TownPlan, seed: int, size: Size, threads: int | None = None) -> Town:
    """Return the demo town: the same plan, seed and size always give the same town, to the last letter."""
    return draw_up(plan, seed, size, threads).town


def draw_up(plan: TownPlan, seed: int, size: Size, threads: int | None = None) -> Drawn:
    """Draw the town with its scenery and its people; communities are divided by so many threads (None: all cores)."""
    projection = Projection(plan.lon, plan.lat, plan.tilt)
    found = survey(plan, seed, size)
    settled = settle(plan, seed, size, found, projection)
    features = draw(plan, found, settled, projection)
    communities = [area for area in found.areas if area.level == "community"]
    outlines = [(area, projection.ring(found.shapes[area.code])) for area in communities]
    laid = _laid(plan, settled, outlines, features, threads)
    let(settled, laid, plan.words)
    people = employ(plan, seed, size, laid.grids)
    scenery = Scenery(plan, found, settled, laid, projection)
    town = Town(
        plan=plan.key, title=plan.title, notice=plan.notice, seed=seed, size=size,
        areas=tuple(_area(plan, area, found, people, projection) for area in found.areas),
        grids=tuple(sorted(laid.grids, key=lambda grid: grid.code)),
        micro_grids=tuple(laid.micro_grids),
        compounds=tuple(settled.compounds),
        buildings=tuple(settled.buildings),
        dwellings=tuple(settled.dwellings),
        addresses=tuple(settled.addresses),
        features=features,
        organisations=tuple(people.organisations),
        staff=tuple(people.staff),
        stewards=tuple(people.stewards),
        reports=tell(plan, seed, size, scenery, people),
    )  # fmt: skip
    return Drawn(town, scenery, people)


def _laid(
    plan: TownPlan, settled: Settled, outlines: list[tuple[AreaPlan, Ring]], features: tuple[Feature, ...],
    threads: int | None,
) -> Laid:  # fmt: skip
    """The grids of all communities: divided by the engine, or as built where the plan says so."""
    if plan.grids == "compound":
        laid = as_built(plan.words, settled.compounds, settled.buildings)
    else:
        from wangge.web.demo.dividing import laid_out  # noqa: PLC0415 - slow import
        from wangge.web.demo.stairs import asked  # noqa: PLC0415 - slow import

        rings = {area.code: ring for area, ring in outlines}
        laid = laid_out(plan.words, list(asked(settled, rings, features)), features, threads)
    laid.grids += total_grids(outlines, laid.grids)
    return laid


def digest(town: Town) -> str:
    """Return a fingerprint of the whole town."""
    return hashlib.sha256(repr(town).encode()).hexdigest()


def _area(plan: TownPlan, area: AreaPlan, found: Survey, people: People, projection: Projection) -> Area:
    shape = found.shapes.get(area.code)
    duty, supervision = people.phones.get(area.code, ("", ""))
    return Area(
        key=area.code, level=area.level, name=area.name, official=area.official, parent=area.parent or None,
        kind=area.kind, scheme=plan.source.scheme, year=plan.source.year, code=area.code, duty_phone=duty,
        supervision_phone=supervision, polygon=projection.ring(shape) if shape else None,
    )  # fmt: skip
