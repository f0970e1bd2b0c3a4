"""Why a general grid of a draft is out of its band where no drawing could help: the numbers or the ways forbid it."""

import numpy as np

from wangge.core.drafting.drawn import Drawn
from wangge.core.drafting.land import Land
from wangge.core.partition.problem import NONE, Band, Options, Reason


def shortfalls(drawn: Drawn, options: Options) -> dict[int, Reason]:
    """Return the reason by key of each general grid out of the band that no grid drawn otherwise would mend.

    The connected parts of the community are looked at each for itself, as the engine divides them. A grid that lies in
    a part whose households would fill grids of the band has no reason here: it can be drawn better.
    """
    land = Land.of(drawn.units, drawn.pieces, options)
    part, label = land.ground.level.parts()[land.ground.node], land.taken(drawn.general)
    of_part = np.bincount(part, land.households)
    many, found = len(of_part), dict[int, Reason]()
    for key in np.unique(label[label != NONE]).tolist():
        own = label == key
        if not options.band.low <= land.households[own].sum() <= options.band.high:
            reasons = [_reason(int(of_part[at]), many, options.band) for at in np.unique(part[own]).tolist()]
            if reasons[0] is not None and None not in reasons:
                found[key] = reasons[0]
    return found


def _reason(households: int, many: int, band: Band) -> Reason | None:
    """Why so many households in one of so many parts cannot all be within the band; None where they can."""
    if band.allows(households):
        return None
    if many > 1:
        return Reason.CUT_OFF
    return Reason.TOO_FEW if households < band.low else Reason.BETWEEN
