"""On which side of a drawn line places lie."""

from collections.abc import Sequence

import numpy as np

from wangge.core.partition.problem import Flags, Reals


def left_of(x: Reals, y: Reals, line: Sequence[tuple[float, float]]) -> Flags:
    """Say which places lie to the left of a line whose first and last stretch go on for ever; none when it is a point.

    The nearest stretch decides. Where two are equally near, at a bend, it is the one that is seen less askew.
    """
    points = np.asarray(line, np.float64).reshape(-1, 2)
    points = points[np.r_[True, (np.diff(points, axis=0) != 0).any(axis=1)]] if len(points) else points
    if len(points) < 2 or not np.isfinite(points).all():
        return np.zeros(len(x), np.bool_)
    begin, way = points[:-1], np.diff(points, axis=0)
    length = np.hypot(*way.T)
    east, north = x[:, None] - begin[:, 0], y[:, None] - begin[:, 1]
    along = (east * way[:, 0] + north * way[:, 1]) / length**2
    is_open_behind, is_open_ahead = np.arange(len(way)) == 0, np.arange(len(way)) == len(way) - 1
    along = np.where(is_open_behind, along, np.maximum(along, 0.0))
    along = np.where(is_open_ahead, along, np.minimum(along, 1.0))
    # At its end a stretch is measured to the very point at which the next begins, so that the two are equally near.
    is_end = (along == 1.0)[..., None]
    nearest = np.where(is_end, points[1:], begin + along[..., None] * way)
    apart = np.hypot(x[:, None] - nearest[..., 0], y[:, None] - nearest[..., 1])
    aside = (way[:, 0] * north - way[:, 1] * east) / length
    is_nearest = apart == apart.min(axis=1, keepdims=True)
    chosen = np.argmax(np.where(is_nearest, np.abs(aside), -1.0), axis=1)
    is_left: Flags = aside[np.arange(len(x)), chosen] > 0
    return is_left
