"""From a told report to the rows of its case: what the actions would have left, had they been done then."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from wangge.cases.actions.moves import STAGE_OF
from wangge.cases.words import MOVES, VERBS, Ask
from wangge.catalogue.words import Stage
from wangge.core.deadlines import Limit
from wangge.core.due_table import DueTable
from wangge.web.demo.town import Report, Step

Limits = Callable[[Stage, str, bool], tuple[Limit, ...]]
OVER = (*MOVES.final, "closed", "self_handled", "not_accepted")
MARGIN = 1800  # seconds before a deadline at which more time is asked for at the latest
HOUR = 3600


class Done(NamedTuple):
    """One step as it was done; `by` and `unit` are keys of the town."""

    verb: str
    origin: str
    target: str
    at: int
    by: str
    unit: str
    reason: str
    note: str
    until: int | None


@dataclass(slots=True)
class Walk:
    """A case on its way; moments are seconds since 1970. Fields are those of the table of cases."""

    state: str = ""
    urgent: bool = False
    category: str = ""
    reported_at: int = 0
    stage_at: int = 0
    due_at: int = 0
    clock: str = ""
    handle_due_at: int | None = None
    lead: str = ""
    dispatched_at: int | None = None
    handled_by: str = ""
    done_at: int | None = None
    verification: str = ""
    rating: str = ""
    returns: int = 0
    reworks: int = 0
    reopens: int = 0
    void_asked_by: str = ""
    is_wound: bool = True
    steps: list[Done] = field(default_factory=list)


@dataclass(frozen=True)
class Past:
    """What the fold needs to know: the limits of the catalogue, the table of the calendar, who handles for whom."""

    limits: Limits
    table: DueTable
    units: dict[str, str]  # organisation of each handler

    def walk(self, report: Report, begun: int) -> Walk:
        """Walk the report's steps as the actions would, at their times; what the rules refuse takes no time either."""
        walk, spared = Walk(urgent=report.danger, reported_at=begun), 0
        for step in report.steps:
            planned = begun + step.minute * 60 - spared
            at = self._moment(walk, step, planned)
            if at is None:
                spared += planned - walk.steps[-1].at
            else:
                self._step(walk, step, at)
        self._wind(walk)
        return walk

    def _moment(self, walk: Walk, step: Step, at: int) -> int | None:
        """When the step was possible: more time is asked for before the deadline, a return has a limit of its own."""
        if not walk.state:
            return at
        if step.verb == "return_case":
            assert walk.dispatched_at is not None
            return min(at, self.table.due(walk.dispatched_at, self.limits(Stage.RETURN, "", walk.urgent)[0]))
        if step.verb == "ask_extension":
            self._wind(walk)
            at = min(at, walk.due_at - MARGIN)
            return at if at > walk.steps[-1].at else None
        return at if (walk.state, step.verb) in ALLOWED else None

    def _step(self, walk: Walk, step: Step, at: int) -> None:
        origin, target = walk.state, MOVES.after(walk.state, step.verb)
        if target not in STAGE_OF or Ask.UNTIL in VERBS[step.verb].asks:
            self._wind(walk)  # what has no limit of its own keeps the last
        walk.state = target
        until = max(at + int(step.value) * 60, walk.due_at + HOUR) if Ask.UNTIL in VERBS[step.verb].asks else None
        self._change(walk, step, at, until)
        if walk.state != origin:
            self._set_clock(walk, at)
        if until is not None and step.verb != "ask_extension":
            walk.due_at = until
        if walk.state in OVER:
            walk.done_at = at
        reason = step.value if Ask.REASON in VERBS[step.verb].required else ""
        unit = walk.lead if walk.lead and self.units.get(step.by) == walk.lead else ""
        walk.steps.append(Done(step.verb, origin, walk.state, at, step.by, unit, reason, step.note, until))

    def _change(self, walk: Walk, step: Step, at: int, until: int | None) -> None:
        verb = step.verb
        if name := SETS.get(verb):
            setattr(walk, name, step.value or step.by)
        if name := COUNTS.get(verb):
            setattr(walk, name, getattr(walk, name) + 1)
        if verb == "dispatch":
            walk.dispatched_at = at
        elif verb in ("return_case", "grant_extension"):
            walk.handle_due_at = until
        elif verb == "resume" and walk.handle_due_at is not None:
            walk.handle_due_at += at - walk.stage_at
        elif verb == "reopen":
            walk.done_at = None
        elif verb.startswith("rate_"):
            walk.rating = verb.removeprefix("rate_")

    def _set_clock(self, walk: Walk, at: int) -> None:
        walk.stage_at = at
        walk.is_wound = walk.state not in STAGE_OF
        if walk.state == "dispatched":
            self._wind(walk)
            walk.handle_due_at = walk.due_at
        elif walk.state in ("in_progress", "rework", "extension") and walk.handle_due_at is not None:
            walk.due_at = walk.handle_due_at

    def _wind(self, walk: Walk) -> None:
        """Set the deadline of the stage that began last: most stages are over before anybody asks for it."""
        if not walk.is_wound:
            limits = self.limits(STAGE_OF[walk.state], walk.category, walk.urgent)
            ends = ((self.table.due(walk.stage_at, limit), limit.kind.value) for limit in limits)
            walk.due_at, walk.clock = min(ends)
            walk.is_wound = True


SETS = {
    "verify": "verification", "accept": "category", "dispatch": "lead", "handle": "handled_by",
    "self_handle": "handled_by", "ask_void": "void_asked_by",
}  # fmt: skip
COUNTS = {
    "return_case": "returns", "fail_check": "reworks", "rate_partly": "reopens", "rate_unsolved": "reopens",
    "reopen": "reopens",
}  # fmt: skip
ALLOWED = {(state, move.verb) for move in MOVES.moves for state in move.origins}
