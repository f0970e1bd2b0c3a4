"""Cutting a large compound into provisional grids: straight cuts through the gaps between its buildings."""

from collections.abc import Iterator
from dataclasses import dataclass

from wangge.web.demo.ground import Shape, Spot, keep, turned
from wangge.web.demo.kinds import A_GRID
from wangge.web.demo.sites import Built, Site

UNCUT = 1.5 * A_GRID
NARROWEST = 2.0  # metres between two buildings through which a border may run
AXES: tuple[Spot, Spot] = ((1.0, 0.0), (0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Piece:
    """A grid's part of a compound."""

    shape: Shape
    built: tuple[Built, ...]

    @property
    def homes(self) -> int:
        return sum(one.homes for one in self.built)


@dataclass(frozen=True, slots=True)
class _Box:
    """A building in the frame of its row: from where to where along each axis."""

    built: Built
    homes: int
    along: tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Cut:
    axis: int
    limit: float
    missed: float  # how far the share below the cut is from the one wanted


def pieces(site: Site) -> list[Piece]:
    """Cut the compound into grids of about the wanted number of homes; a small one stays whole."""
    whole = Piece(site.shape, site.built)
    if whole.homes <= UNCUT:
        return [whole]
    boxes = [_box(one, turned(one.shape, -site.angle)) for one in site.built]
    return [
        Piece(turned(shape, site.angle), tuple(box.built for box in part))
        for shape, part in _parted(turned(site.shape, -site.angle), boxes, round(whole.homes / A_GRID))
    ]


def _box(one: Built, shape: Shape) -> _Box:
    xs, ys = zip(*shape, strict=True)
    return _Box(one, one.homes, ((min(xs), max(xs)), (min(ys), max(ys))))


def _parted(shape: Shape, boxes: list[_Box], parts: int) -> Iterator[tuple[Shape, list[_Box]]]:
    cut = _best(boxes, parts // 2 / parts) if parts > 1 else None
    if cut is None:
        yield shape, boxes
        return
    x, y = AXES[cut.axis]
    below = [box for box in boxes if box.along[cut.axis][1] <= cut.limit]
    above = [box for box in boxes if box.along[cut.axis][1] > cut.limit]
    yield from _parted(keep(shape, (x, y), cut.limit), below, parts // 2)
    yield from _parted(keep(shape, (-x, -y), -cut.limit), above, parts - parts // 2)


def _best(boxes: list[_Box], share: float) -> _Cut | None:
    """The gap, along a row or across it, that comes nearest to the wanted share of the homes."""
    cuts = (cut for axis in (1, 0) for cut in _gaps(boxes, axis, share))
    return min(cuts, key=lambda cut: cut.missed, default=None)


def _gaps(boxes: list[_Box], axis: int, share: float) -> Iterator[_Cut]:
    reaches = sorted((*box.along[axis], box.homes) for box in boxes)
    total = sum(homes for _, _, homes in reaches)
    _, top, held = reaches[0]
    for low, high, homes in reaches[1:]:
        if low - top >= NARROWEST:
            yield _Cut(axis, (low + top) / 2, abs(held / total - share))
        top, held = max(top, high), held + homes
