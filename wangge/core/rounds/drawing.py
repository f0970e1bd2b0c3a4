"""A drawing of a round for paper: buildings, stops numbered in walking order, the way, north and a scale, as SVG.

Black on white alone, so that the cheapest printer will do. It needs no style sheet and no script.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from wangge.core.rounds.labels import Label, placed
from wangge.core.rounds.stops import Round, Visit
from wangge.core.rounds.words import Words, name_of, words_of

Spot = tuple[float, float]
Ring = Sequence[Spot]
WIDE = 1000.0
LOWEST, HIGHEST = 450.0, 1150.0
EDGE = 70.0
SIDE = 10.0
"""Metres of the square that stands for a house without a footprint."""
NEAREST = 40.0
"""Metres a drawing shows at least, however near the stops lie to each other."""
SAME = 12.0
"""Units of the drawing within which two stops share one number plate."""
NICE = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Frame:
    """From metres to the units of the drawing."""

    west: float
    north: float
    scale: float
    height: float

    def spot(self, x: float, y: float) -> Spot:
        """Return where a place is drawn."""
        return round(EDGE + (x - self.west) * self.scale, 1), round(EDGE + (self.north - y) * self.scale, 1)


def draw(
    found: Round, footprints: Mapping[str, Sequence[Ring]] | None = None, language: str = "zh-Hans", key: str = "round"
) -> str:
    """Return the drawing. `footprints` are rings in metres by stop or building.

    `key` begins the names of its title and description, so that several drawings can stand in one page.
    """
    words = words_of(language)
    shapes = _shapes(found, footprints or {})
    frame = _frame(found, shapes)
    stops = "，" if language.startswith("zh") else "; "
    told = stops.join(
        words.stop_says.format(number=at, name=_name(visit, words), households=visit.stop.households)
        for at, visit in enumerate(found.visits, 1)
    )
    title = words.drawing.format(households=found.households, minutes=math.ceil(found.minutes - 1e-9))
    tag = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:g} {frame.height:g}" role="img"'
        f' aria-labelledby="{escape(key)}-title {escape(key)}-desc"'
        ' font-family="sans-serif" fill="none" stroke="#000">'
    )
    parts = [
        tag,
        f'<title id="{escape(key)}-title">{escape(title)}</title>',
        f'<desc id="{escape(key)}-desc">{escape(words.drawing_says.format(stops=told))}</desc>',
        f'<path fill="#fff" stroke="none" d="M0 0h{WIDE:g}v{frame.height:g}H0z"/>',
        *(_shape(rings, frame) for rings in shapes),
        *_way(found, frame),
        *_plates(found, frame, words),
        _north(words),
        _scale(frame, words),
        "</svg>",
    ]
    return "\n".join(parts)


def _name(visit: Visit, words: Words) -> str:
    return name_of(visit.stop.building, visit.stop.id, visit.stop.part, visit.stop.parts, words)


def _shapes(found: Round, footprints: Mapping[str, Sequence[Ring]]) -> list[Sequence[Ring]]:
    """The rings of each house once; a square where nothing is known of its shape."""
    shapes: dict[str, Sequence[Ring]] = {}
    half = SIDE / 2
    for visit in found.visits:
        stop = visit.stop
        known = next((one for one in (stop.id, stop.building) if one in footprints), None)
        x, y = stop.x_m, stop.y_m
        square = ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))
        shapes[known if known is not None else f"{x} {y}"] = footprints[known] if known is not None else (square,)
    return list(shapes.values())


def _frame(found: Round, shapes: Sequence[Sequence[Ring]]) -> Frame:
    spots = [spot for rings in shapes for ring in rings for spot in ring]
    spots += [(visit.stop.x_m, visit.stop.y_m) for visit in found.visits] + ([found.start] if found.start else [])
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    wide, high = max(max(xs) - min(xs), NEAREST), max(max(ys) - min(ys), NEAREST)
    scale = min((WIDE - 2 * EDGE) / wide, (HIGHEST - 2 * EDGE) / high)
    height = min(max(high * scale + 2 * EDGE, LOWEST), HIGHEST)
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Frame(middle_x - (WIDE / 2 - EDGE) / scale, middle_y + (height / 2 - EDGE) / scale, scale, math.ceil(height))


def _line(spots: Sequence[Spot]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in spots)


def _shape(rings: Sequence[Ring], frame: Frame) -> str:
    lines = "".join(_line([frame.spot(x, y) for x, y in ring]) + "z" for ring in rings)
    return f'<path fill="#ddd" stroke="#555" stroke-width="1.5" fill-rule="evenodd" d="{lines}"/>'


def _way(found: Round, frame: Frame) -> Iterator[str]:
    """The way from stop to stop with an arrow on each longer leg; the way back is dashed."""
    spots = [frame.spot(visit.stop.x_m, visit.stop.y_m) for visit in found.visits]
    home = frame.spot(*found.start) if found.start else spots[0]
    there = [home, *spots] if found.start else spots
    if len(there) > 1:
        yield f'<path stroke-width="3" stroke-linejoin="round" d="{_line(there)}"/>'
    if spots[-1] != home:
        yield f'<path stroke-width="2" stroke-dasharray="9 7" d="{_line([spots[-1], home])}"/>'
    for (x, y), (to_x, to_y) in pairwise(there):
        if math.dist((x, y), (to_x, to_y)) > 70:
            turn = math.degrees(math.atan2(to_y - y, to_x - x))
            middle = f"translate({(x + to_x) / 2:.1f} {(y + to_y) / 2:.1f}) rotate({turn:.1f})"
            yield f'<path fill="#000" stroke="#fff" d="M12 0-8-8-8 8z" transform="{middle}"/>'


def _plates(found: Round, frame: Frame, words: Words) -> Iterator[str]:
    """Number plates; stops at one place share one, and a plate that stands aside is tied to its place by a line."""
    at: dict[Spot, list[int]] = {}
    for number, visit in enumerate(found.visits, 1):
        spot = frame.spot(visit.stop.x_m, visit.stop.y_m)
        near = next((one for one in at if math.dist(one, spot) < SAME), spot)
        at.setdefault(near, []).append(number)
    labels = [Label(spot, _numbers(numbers)) for spot, numbers in at.items()]
    if found.start:
        labels.append(Label(frame.spot(*found.start), words.start))
    plates = list(zip(labels, placed(labels, WIDE, frame.height), strict=True))
    for label, (x, y) in plates:
        if (x, y) != label.spot:
            yield f'<path stroke-width="1.5" d="{_line([label.spot, (x, y)])}"/>'
    for label, (x, y) in plates:
        left, top = x - label.width / 2, y - label.height / 2
        yield (
            f'<rect x="{left:g}" y="{top:g}" width="{label.width:g}" height="{label.height:g}" rx="15" fill="#fff"'
            f' stroke-width="2.5"/><text x="{x:g}" y="{y + 8:g}" font-size="22" font-weight="700" text-anchor="middle"'
            f' fill="#000" stroke="none">{escape(label.text)}</text>'
        )


def _numbers(numbers: Sequence[int]) -> str:
    """1 2 3 5 as 1–3, 5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _north(words: Words) -> str:
    return (
        f'<g transform="translate({WIDE - 40:g} 20)"><path fill="#000" d="M0 0 12 34 0 27-12 34z"/><text y="56"'
        f' font-size="20" text-anchor="middle" fill="#000" stroke="none">{escape(words.north)}</text></g>'
    )


def _scale(frame: Frame, words: Words) -> str:
    """A bar of a round number of metres, about a fifth of the width."""
    wished = WIDE / 5 / frame.scale
    power = 10.0 ** math.floor(math.log10(wished))
    metres = max(step * power for step in NICE if step * power <= wished * 1.0001)
    long, low = round(metres * frame.scale, 1), frame.height - 18
    return (
        f'<path stroke-width="3" d="M24 {low - 8:g}v8h{long:g}v-8"/><text x="{24 + long + 10:g}" y="{low + 4:g}"'
        f' font-size="20" fill="#000" stroke="none">{escape(words.metres.format(count=round(metres)))}</text>'
    )
