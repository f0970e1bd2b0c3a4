"""A scripted day in a running demo: people report, verify, dispatch, handle, check and rate, each in their own name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush

from wangge.access.action import Refused
from wangge.access.context import acting
from wangge.access.models import Post
from wangge.access.sessions import close_session, open_session
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.models import Case
from wangge.jobs.system import PUBLIC, account_of, as_system
from wangge.places.models import Building
from wangge.places.queries import Place, ancestors, by_token
from wangge.teams.models import Account, Organisation
from wangge.web.demo.chance import stream
from wangge.web.demo.play import answers
from wangge.web.demo.stories import PACES, RESIDENT, RESIDENT_OPENING, STORIES, Beat, Story
from wangge.web.demo.wording import Matter, filled, matters, pools

OPENS, CLOSES = 7 * 60 + 30, 19 * 60
LONGEST = 150  # minutes of the script between two steps: what takes days is told in hours
LASTS = timedelta(hours=4)
WHERE = {"building", "dwelling", "lift"}
TOLD = {"smooth", "quick", "rework", "not_solved", "returned", "urged", "extended", "on_the_spot", "nothing_there"}


@dataclass(frozen=True)
class Told:
    """One thing that happened: when in the script, by whom, what, where; `refused` is the rule's own sentence."""

    minute: int
    verb: str
    who: str
    role: str
    number: str
    place: str
    words: str
    refused: str = ""


@dataclass
class Thread:
    """One report on its way through the day."""

    matter: Matter
    story: Story
    place: Place
    number: str = ""
    token: str = ""
    unit: Organisation | None = None
    next: int = 0
    cast: dict[str, int] = field(default_factory=dict)


class Day:
    """Plays the day's reports in the order of the script; each step is one action in one person's session."""

    def __init__(self, reports: int, seed: int) -> None:
        self._chance = stream("story", seed)
        self._waiting: list[tuple[int, int, Thread]] = []
        self._sessions: dict[int, str] = {}
        with as_system("demo"):
            for order, place in enumerate(self._places(reports)):
                minute = self._chance.randint(OPENS, CLOSES)
                heappush(self._waiting, (minute, order, self._thread(place)))
        self.length = sum(1 + len(thread.story.beats) for _, _, thread in self._waiting)

    def begins(self) -> int:
        """Minute of the day at which the first report comes."""
        return self._waiting[0][0] if self._waiting else OPENS

    def play(self, clock: Callable[[int], datetime]) -> Iterator[Told]:
        """Make each step and tell it; `clock` waits for a minute of the script and says what time it really is."""
        while self._waiting:
            minute, order, thread = heappop(self._waiting)
            self._now = clock(minute)
            told = self._step(thread, minute)
            yield told
            if not told.refused and thread.next < len(thread.story.beats):
                beat = thread.story.beats[thread.next]
                pace = PACES[beat.pace]
                wait = self._chance.randint(*(pace.danger if thread.matter.danger else pace.ordinary))
                heappush(self._waiting, (minute + min(wait, LONGEST), order, thread))

    def end(self) -> None:
        """Close every session that was opened for the story."""
        for token in self._sessions.values():
            close_session(token)

    def _places(self, reports: int) -> Iterator[Place]:
        tokens = list(Building.objects.filter(floors__gte=4).order_by("id").values_list("token", flat=True))
        for token in self._chance.sample(tokens, min(reports, len(tokens))):
            if place := by_token(token):
                yield place

    def _thread(self, place: Place) -> Thread:
        told = [matter for matter in matters() if matter.weight and WHERE & set(matter.where)]
        matter = self._chance.choices(told, [one.weight for one in told])[0]
        stories = [one for one in STORIES if one.name in TOLD and one.opening == RESIDENT_OPENING]
        fitting = [one for one in stories if one.danger or not matter.danger]
        return Thread(matter, self._chance.choices(fitting, [one.weight for one in fitting])[0], place)

    def _session(self, account: int) -> str:
        if account not in self._sessions:
            kind = "public" if account == account_of(PUBLIC) else "web"
            token = open_session(account, kind=kind, purpose="duty", now=self._now, lasts=LASTS)
            self._sessions[account] = token
        return self._sessions[account]

    def _step(self, thread: Thread, minute: int) -> Told:
        if not thread.number:
            return self._report(thread, minute)
        beat = thread.story.beats[thread.next]
        thread.next += 1
        account = self._who(thread, beat)
        name, words = self._name(account), self._words(beat, thread)
        told = (minute, beat.verb, name, beat.role, thread.number, thread.place.name, words)
        try:
            with acting(self._session(account), thread.token if beat.role == RESIDENT else "") as actor:
                case = Case.objects.get(number=thread.number)
                given = answers(
                    case, beat.verb, self._value(beat, thread), thread.unit.pk if thread.unit else None, self._now
                )
                actions.BY_VERB[beat.verb](case, by=actor, now=self._now, said=Said(words), **given)
        except Refused as refused:
            return Told(*told, refused=refused.reason)
        return Told(*told)

    def _report(self, thread: Thread, minute: int) -> Told:
        words = filled(self._chance.choice(thread.matter.texts), self._chance)
        given = actions.Report(place=thread.place, text=words, source="qr", danger=thread.matter.danger)
        with acting(self._session(account_of(PUBLIC))) as actor:
            received = actions.report(given, by=actor, now=self._now)
        thread.number, thread.token = received.case.number, received.token
        return Told(minute, "report", "", RESIDENT, thread.number, thread.place.name, words)

    def _who(self, thread: Thread, beat: Beat) -> int:
        """Whoever holds the post this step needs; the same person for the same role all through a case."""
        if beat.role == RESIDENT:
            return account_of(PUBLIC)
        with as_system("demo"):
            if beat.asks in ("unit", "other_unit"):
                thread.unit = self._unit(thread, other=beat.asks == "other_unit")
                thread.cast.pop("handler", None)
            if beat.role not in thread.cast:
                thread.cast[beat.role] = self._holder(thread, beat.role)
            return thread.cast[beat.role]

    def _holder(self, thread: Thread, role: str) -> int:
        posts = Post.objects.filter(valid_to__isnull=True, account__is_active=True).order_by("id")
        if role == "handler":
            assert thread.unit is not None
            posts = posts.filter(role="handler", organisation_id=thread.unit.pk)
        else:
            posts = posts.filter(role=role, area_id__in=ancestors(thread.place.area_id))
        return self._chance.choice(list(posts.values_list("account_id", flat=True)))

    def _unit(self, thread: Thread, *, other: bool) -> Organisation:
        near = Organisation.objects.filter(area_id__in=ancestors(thread.place.area_id)).order_by("id")
        if other:
            return self._chance.choice(
                list(near.exclude(functions__contains=[thread.matter.function]).exclude(functions=[]))
            )
        return near.filter(functions__contains=[thread.matter.function])[0]

    def _name(self, account: int) -> str:
        with as_system("demo"):
            return Account.objects.get(pk=account).name

    def _value(self, beat: Beat, thread: Thread) -> str:
        kind, _, minutes = beat.asks.partition(":")
        return {"category": thread.matter.category, "until": minutes}.get(kind, beat.asks)

    def _words(self, beat: Beat, thread: Thread) -> str:
        notes = pools("notes")
        if beat.verb == "handle":
            return filled(self._chance.choice(thread.matter.done), self._chance)
        pool = notes["verify"][beat.asks] if beat.verb == "verify" else notes["note"][beat.note or beat.verb]
        return str(self._chance.choice(pool))
