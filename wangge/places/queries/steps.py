"""What somebody does to a draft of grids by hand, before anything is worked out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """One step by hand: a verb of `wangge.core.drafting` and what it is about; `version` is what was seen then."""

    verb: str
    version: int
    pieces: tuple[int, ...] = ()
    to: int = -1
    grids: tuple[int, ...] = ()
    line: tuple[tuple[float, float], ...] = ()
    name: str = ""
