"""What the generator returns: plain frozen values with stable keys, coordinates in WGS84 degrees."""

from dataclasses import dataclass

from wangge.web.demo.plan import Size

Point = tuple[float, float]  # longitude, latitude
Ring = tuple[Point, ...]  # closed: the last point is the first
Surface = tuple[tuple[Ring, ...], ...]  # polygons, each by its outer ring and those of its holes


def registered(ring: Ring) -> list[list[float]]:
    """The ring as the register keeps it, to about ten centimetres: what the engine sees is what the desk will see."""
    return [[round(x, 6), round(y, 6)] for x, y in ring]


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the tree; the polygon is None above the area which the town file draws whole."""

    key: str
    level: str
    name: str
    official: str
    parent: str | None
    kind: str
    scheme: str
    year: int
    code: str
    duty_phone: str
    supervision_phone: str
    polygon: Ring | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid: "total_grid" is a whole community, "dedicated_grid" a park, market or school.

    A "general_grid" is what the engine drew, or one compound or hamlet where nobody has divided yet (`provisional`).
    """

    key: str
    code: str
    kind: str
    name: str
    area: str
    buildings: int
    dwellings: int
    surface: Surface
    provisional: bool


@dataclass(frozen=True, slots=True)
class MicroUnit:
    """A stairwell in a micro-grid, or its floors from `low` to `high` where others hold the rest (None: to the end)."""

    building: str
    unit: int
    low: int | None
    high: int | None
    households: int


@dataclass(frozen=True, slots=True)
class MicroGrid:
    """A micro-grid of a general grid: its stairwells in walking order, the minutes and metres of one round."""

    number: str
    grid: str
    households: int
    minutes: int
    tour_m: int
    units: tuple[MicroUnit, ...]
    surface: Surface


@dataclass(frozen=True, slots=True)
class Steward:
    """Who looks after a dedicated grid, as its card prints it."""

    grid: str
    card_name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound or hamlet; `kind` is walk_up, towers, old, dormitory or village."""

    key: str
    name: str
    kind: str
    area: str
    grid: str
    road: str
    road_number: str
    gate: Point
    centre: Point
    polygon: Ring


@dataclass(frozen=True, slots=True)
class Building:
    """A building with its footprint; `number` is "12" or, in hamlets, group and house "4-18"."""

    key: str
    compound: str
    grid: str
    number: str
    name: str
    kind: str
    floors: int
    lift: bool
    units: int
    dwellings: int
    centre: Point
    footprint: Ring


@dataclass(frozen=True, slots=True)
class Dwelling:
    """A home; a village house has unit 0 and room ""."""

    key: str
    building: str
    grid: str
    unit: int
    floor: int
    room: str
    name: str


@dataclass(frozen=True, slots=True)
class Address:
    """A way to write a place; `target` is the key of a building or compound."""

    target: str
    text: str
    standard: bool
    source: str


@dataclass(frozen=True, slots=True)
class Feature:
    """Something of the base map: road, lane, river, park, market, school; a line or a closed ring."""

    key: str
    kind: str
    name: str
    area: str
    points: tuple[Point, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """A department and the functions it owns, the centre, the office of a town, or a community's committee."""

    key: str
    kind: str
    name: str
    functions: tuple[str, ...]
    area: str
    phone: str


@dataclass(frozen=True, slots=True)
class Staff:
    """An invented member of staff; `card_name` is what the grid card prints."""

    login: str
    name: str
    card_name: str
    role: str
    area: str
    organisation: str
    grids: tuple[str, ...]
    phone: str


@dataclass(frozen=True, slots=True)
class Step:
    """One move to replay, so many minutes after the report, by a login ("" is the reporter).

    `value` is what the verb asks beside the note: a category, an organisation's key, a reason, an outcome, or the
    minutes of a new limit counted from this step ("2880").
    """

    minute: int
    verb: str
    role: str
    by: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Report:
    """An invented report; `minutes_ago` counts back from 09:45 of the day on which the demo is loaded."""

    key: str
    minutes_ago: int
    source: str
    category: str
    function: str
    danger: bool
    text: str
    contact: str
    place: str
    point: Point
    area: str
    grid: str
    compound: str | None
    building: str | None
    dwelling: str | None
    reporter: str
    story: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """The whole demo town."""

    plan: str
    title: str
    notice: str
    seed: int
    size: Size
    areas: tuple[Area, ...]
    grids: tuple[Grid, ...]
    micro_grids: tuple[MicroGrid, ...]
    compounds: tuple[Compound, ...]
    buildings: tuple[Building, ...]
    dwellings: tuple[Dwelling, ...]
    addresses: tuple[Address, ...]
    features: tuple[Feature, ...]
    organisations: tuple[Organisation, ...]
    staff: tuple[Staff, ...]
    stewards: tuple[Steward, ...]
    reports: tuple[Report, ...]
