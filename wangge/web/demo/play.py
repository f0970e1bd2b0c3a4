"""Play the invented reports through the same actions a person uses, at the times the script says."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import get_default_timezone

from wangge.access.action import Refused
from wangge.access.context import acting, without_waiting_for_the_disk
from wangge.access.sessions import open_session
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.models import Case
from wangge.cases.words import VERBS, Ask
from wangge.jobs.system import PUBLIC, account_of
from wangge.places.queries import Place, by_token
from wangge.teams.models import Organisation
from wangge.web.demo.load import Loaded, token_of
from wangge.web.demo.town import Report, Step, Town

LASTS = timedelta(hours=2)


class Player:
    """Holds one open session per person of the town while the reports are played."""

    def __init__(self, town: Town, made: Loaded, *, now: datetime, clock: Callable[[], datetime]) -> None:
        self.town, self.made, self.real_now, self.clock = town, made, now, clock
        local = now.astimezone(get_default_timezone())
        self.anchor = min(local.replace(hour=9, minute=45, second=0, microsecond=0), local - timedelta(minutes=1))
        self.tokens: dict[str, str] = {}

    def play(self, *, each: Callable[[], None] = lambda: None) -> tuple[int, int]:
        """Play every report; return how many moves were made and how many the rules refused."""
        without_waiting_for_the_disk()
        made = refused = 0
        for report in self.town.reports:
            for done in self.one(report):
                made, refused = made + done, refused + (not done)
            each()
        return made, refused

    def one(self, report: Report) -> Iterator[bool]:
        """Play one report and its steps; a step the rules refuse ends it."""
        begun = self.anchor - timedelta(minutes=report.minutes_ago)
        opening, *steps = report.steps
        received = self._begin(report, opening, begun)
        yield True
        for step in steps:
            moment = begun + timedelta(minutes=step.minute)
            if moment >= self.real_now:
                return
            try:
                self._step(received, step, moment)
            except Refused:
                yield False
                return
            yield True

    def token(self, login: str) -> str:
        """The secret of the session of somebody of the town; of everybody without an account for ""."""
        if login not in self.tokens:
            account = self.made.accounts[login] if login else account_of(PUBLIC)
            kind = "web" if login else "public"
            self.tokens[login] = open_session(account, kind=kind, purpose="duty", now=self.clock(), lasts=LASTS)
        return self.tokens[login]

    def _place(self, report: Report) -> Place:
        known = report.building or report.compound
        spot = Place("", report.place, "", self.made.areas[report.grid], *report.point)
        return (by_token(token_of(self.town, known)) if known else None) or spot

    def _begin(self, report: Report, opening: Step, begun: datetime) -> actions.Received:
        given = actions.Report(
            place=self._place(report), text=report.text, where=report.place, source=report.source,
            phone=report.contact.replace(" ", ""), danger=report.danger,
        )  # fmt: skip
        with acting(self.token(opening.by)) as actor:
            begin = actions.report if actor.is_public else actions.register
            return begin(given, by=actor, now=begun)

    def _step(self, received: actions.Received, step: Step, moment: datetime) -> None:
        with acting(self.token(step.by), "" if step.by else received.token) as actor:
            case = Case.objects.get(number=received.case.number)
            unit = self.made.organisations.get(step.value)
            asked = answers(case, step.verb, step.value, unit, moment)
            actions.BY_VERB[step.verb](case, by=actor, now=moment, said=Said(step.note), **asked)


def answers(case: Case, verb: str, value: str, unit: int | None, moment: datetime) -> dict[str, Any]:
    """What the verb asks beside the note, from the word of the script."""
    given: dict[str, Any] = {}
    for ask in VERBS[verb].asks:
        if ask is Ask.ORGANISATION and unit is not None:
            given["organisation"] = Organisation.objects.get(pk=unit)
        elif ask in (Ask.CATEGORY, Ask.REASON, Ask.OUTCOME) and value:
            given[ask.value] = value
        elif ask is Ask.UNTIL:
            given["until"] = max(moment + timedelta(minutes=int(value)), case.due_at + timedelta(hours=1))
    return given
