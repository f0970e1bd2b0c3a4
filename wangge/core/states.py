"""Workflow as a table: which verb leads from which state to which, and nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

CREATION = ""
SAME = "="
_WORD = re.compile(r"[a-z][a-z0-9_]*")


class ForbiddenMove(ValueError):
    """The table has no such verb in this state."""

    def __init__(self, state: str, verb: str) -> None:
        super().__init__(f"no move {verb!r} from {state or 'creation'!r}")
        self.state = state
        self.verb = verb


class BadTable(ValueError):
    """The table contradicts itself; the message names the row."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row: `verb` leads from each of `origins` to `to`; "" is creation, "=" keeps the state."""

    verb: str
    origins: tuple[str, ...]
    to: str

    def target(self, origin: str) -> str:
        """Return the state this move leads to from `origin`."""
        return origin if self.to == SAME else self.to


@dataclass(frozen=True, init=False)
class Table:
    """The moves of one kind of thing.

    `Table("reported", ("report", "", "reported"), ("accept", "reported | reopened", "accepted"), ...)`: a row is
    (verb, origins joined by "|", target). Origin "" stands for creation; target "=" keeps the state. The table is
    refused with BadTable when a word is misspelt, a (state, verb) pair occurs twice, or a state cannot be reached
    from `start` or a creation row.
    """

    start: str
    moves: tuple[Move, ...]
    _steps: Mapping[tuple[str, str], str] = field(repr=False, compare=False)

    def __init__(self, start: str, *rows: tuple[str, str, str]) -> None:
        _check_word(start)
        moves = tuple(_move(*row) for row in rows)
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "moves", moves)
        object.__setattr__(self, "_steps", MappingProxyType(_steps(moves)))
        self._check_reachable()

    @property
    def states(self) -> tuple[str, ...]:
        """All states, the start first, then in the order in which the rows name them."""
        named = [self.start]
        for move in self.moves:
            named += [*move.origins, move.to]
        return tuple(state for state in dict.fromkeys(named) if state not in (CREATION, SAME))

    @property
    def final(self) -> frozenset[str]:
        """States which no verb leaves (a verb that keeps the state does not leave it)."""
        left = {origin for (origin, _), to in self._steps.items() if origin != to}
        return frozenset(self.states) - left

    def after(self, state: str, verb: str) -> str:
        """Return the state after `verb` in `state`; state "" means creation. Raises ForbiddenMove."""
        try:
            return self._steps[state, verb]
        except KeyError:
            raise ForbiddenMove(state, verb) from None

    def verbs(self, state: str) -> tuple[str, ...]:
        """Return the verbs open in `state`, in the order of the rows; none for an unknown state."""
        return tuple(move.verb for move in self.moves if state in move.origins)

    def dot(self, name: str = "moves") -> str:
        """Return the table as Graphviz text: one arrow per state and verb, final states with a double border."""
        nodes = [f'  "{state}"{" [peripheries=2]" if state in self.final else ""};' for state in self.states]
        arrows = [f'  "{a or "·"}" -> "{b}" [label="{verb}"];' for (a, verb), b in self._steps.items()]
        return "\n".join([f'digraph "{name}" {{', *nodes, *arrows, "}", ""])

    def mermaid(self) -> str:
        """Return the table as a Mermaid state diagram, which code hosts draw inside Markdown."""
        arrows = [f"  {a or '[*]'} --> {b}: {verb}" for (a, verb), b in self._steps.items()]
        ends = [f"  {state} --> [*]" for state in self.states if state in self.final]
        return "\n".join(["stateDiagram-v2", *arrows, *ends, ""])

    def _check_reachable(self) -> None:
        reached = {self.start} | {to for (origin, _), to in self._steps.items() if origin == CREATION}
        fresh = set(reached)
        while fresh:
            fresh = {to for (origin, _), to in self._steps.items() if origin in fresh} - reached
            reached |= fresh
        if lost := [state for state in self.states if state not in reached]:
            raise BadTable(f"cannot be reached: {', '.join(lost)}")


def _move(verb: str, origins: str, to: str) -> Move:
    parts = tuple(part.strip() for part in origins.split("|"))
    for word in (verb, *parts, to):
        if word not in (CREATION, SAME):
            _check_word(word)
    if verb in (CREATION, SAME) or to == CREATION or SAME in parts or (to == SAME and CREATION in parts):
        raise BadTable(f"row {verb!r}, {origins!r}, {to!r}: a verb, its origins and its target must be words")
    return Move(verb, parts, to)


def _check_word(word: str) -> None:
    if not _WORD.fullmatch(word):
        raise BadTable(f"{word!r} is not a plain word (a-z, 0-9, _)")


def _steps(moves: tuple[Move, ...]) -> dict[tuple[str, str], str]:
    steps: dict[tuple[str, str], str] = {}
    for move in moves:
        for origin in move.origins:
            if (origin, move.verb) in steps:
                raise BadTable(f"{move.verb!r} from {origin or 'creation'!r} occurs twice")
            steps[origin, move.verb] = move.target(origin)
    return steps
