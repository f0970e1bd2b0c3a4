"""Invented reports of a demo town and the moves each goes through, as a script to be replayed by real actions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from wangge.web.demo.chance import stream
from wangge.web.demo.people import CENTRE, People
from wangge.web.demo.plan import AreaPlan, Size, TownPlan
from wangge.web.demo.scenes import Scene, Scenery
from wangge.web.demo.stories import PACES, RESIDENT, RESIDENT_OPENING, STORIES, Beat, Story
from wangge.web.demo.town import Report, Step
from wangge.web.demo.wording import Matter, filled, matters, pools

COUNTS: dict[Size, int] = {"town": 400, "small": 40, "city": 240}  # of a city only those of this morning
TODAY: dict[Size, float] = {"town": 0.17, "small": 0.17, "city": 1.0}  # share of this morning's reports
ANCHOR = 9 * 60 + 45  # minutes after midnight of the day of loading from which `minutes_ago` counts back
OPENS, CLOSES = 8 * 60, 20 * 60
DAY = 24 * 60
SOURCES = {RESIDENT_OPENING: ("qr", "qr", "qr", "web"), "register": ("phone", "phone", "patrol", "paper", "proxy")}
CONTACT_SHARE = 0.45
THIS_MORNING = ANCHOR - 6 * 60
UNTOUCHED = 0.55  # share of this morning's reports which still wait at the desk
OPENERS = {"patrol": "grid_worker", "phone": "acceptor", "paper": "secretary", "proxy": "secretary"}


def tell(plan: TownPlan, seed: int, size: Size, scenery: Scenery, people: People) -> tuple[Report, ...]:
    """Invent the reports, oldest first. Steps that would lie after the moment of loading are left out."""
    chance = stream(plan.key, seed, size, "reports")
    ages = sorted((_age(chance, size) for _ in range(COUNTS[size])), reverse=True)
    teller = Teller(plan.of_size(size), scenery, people, chance)
    return tuple(teller.report(f"r{number:04}", age) for number, age in enumerate(ages, 1))


def _age(chance: Random, size: Size) -> int:
    draw = chance.random()
    if draw < TODAY[size]:
        return chance.randint(2, THIS_MORNING)
    days = chance.randint(1, 3) if draw < 0.5 else chance.randint(4, 28)
    moment = chance.choice((chance.randint(6 * 60, 11 * 60), chance.randint(7 * 60, 22 * 60)))
    return days * DAY + ANCHOR - moment


def _untouched(story: Story) -> tuple[Beat, ...]:
    return tuple(beat for beat in story.beats[:1] if beat.verb == "verify")


@dataclass(slots=True)
class Plot:
    """What the steps of one report share: the matter, the scene, the unit in charge, the clock."""

    matter: Matter
    scene: Scene
    started: int  # minute of its day at which it was reported
    unit: str
    now: int = 0
    cast: dict[tuple[str, str], str] = field(default_factory=dict)


class Teller:
    """Tells reports one by one; the history of a city is told by a teller who knows the seasons."""

    stories = STORIES

    def __init__(self, areas: tuple[AreaPlan, ...], scenery: Scenery, people: People, chance: Random) -> None:
        self._scenery, self._chance = scenery, chance
        self._workers = {grid: one.login for one in people.staff for grid in one.grids}
        self._parents = {area.code: area.parent for area in areas}
        self._teams: dict[tuple[str, str], list[str]] = {}
        for one in people.staff:
            where = one.organisation if one.role == "handler" else one.area
            self._teams.setdefault((one.role, where), []).append(one.login)
        self._seat = next(unit.area for unit in people.organisations if unit.key == CENTRE)
        self._departments = [unit.key for unit in people.organisations if unit.kind == "department"]
        self._stories = {danger: self._told(danger=danger) for danger in (False, True)}

    def _told(self, *, danger: bool) -> tuple[list[Story], list[int]]:
        stories = [story for story in self.stories if story.danger or not danger]
        return stories, list(accumulate(story.weight for story in stories))

    def report(self, key: str, age: int) -> Report:
        """Invent one report, so many minutes old."""
        matter = self._chance.choices(matters(), [matter.weight for matter in matters()])[0]
        return self.tale(key, age, matter)

    def tale(self, key: str, age: int, matter: Matter, hot: float | None = None) -> Report:
        """Invent a report of this matter, near its hot spot if it has one."""
        chance = self._chance
        scene = self._scenery.draw(chance.choice(matter.where), chance, hot)
        stories, weights = self._stories[matter.danger]
        story = chance.choices(stories, cum_weights=weights)[0]
        source = "patrol" if story.name == "on_patrol" else chance.choice(SOURCES[story.opening])
        contact = f"138 0000 {chance.randint(0, 9999):04}" if chance.random() < CONTACT_SHARE else ""
        return Report(
            key=key, minutes_ago=age, source=source, category=matter.category, function=matter.function,
            danger=matter.danger, text=self._text(matter, source), contact=contact, place=scene.place,
            point=scene.point, area=scene.area, grid=scene.grid, compound=scene.compound, building=scene.building,
            dwelling=scene.dwelling, reporter=self._reporter() if contact else "", story=story.name,
            steps=tuple(self._steps(story, source, matter, scene, age)),
        )  # fmt: skip

    def _text(self, matter: Matter, source: str) -> str:
        notes = pools("notes")
        text = filled(self._chance.choice(matter.texts), self._chance)
        if source in notes:
            return f"{self._chance.choice(notes[source])}{text}"
        return f"{self._chance.choice(notes['openers'])}{text}{self._chance.choice(notes['closers'])}"

    def _reporter(self) -> str:
        words = pools("people")
        return f"{self._chance.choice(words['surnames'])}{self._chance.choice(words['reporters'])}{words['mark']}"

    def _steps(self, story: Story, source: str, matter: Matter, scene: Scene, age: int) -> Iterator[Step]:
        plot = Plot(matter, scene, (ANCHOR - age) % DAY, self._owner(matter, scene))
        role = self._role(OPENERS.get(source, RESIDENT), plot)
        yield Step(0, story.opening, role, self._actor(role, plot), "", "")
        waiting = age <= THIS_MORNING and self._chance.random() < UNTOUCHED
        for beat in _untouched(story) if waiting else story.beats:
            self._wait(beat, plot)
            if plot.now > age:
                return
            yield self._step(beat, plot)

    def _minutes(self, beat: Beat, plot: Plot) -> int:
        pace = PACES[beat.pace]
        return self._chance.randint(*(pace.danger if plot.matter.danger else pace.ordinary))

    def _wait(self, beat: Beat, plot: Plot) -> None:
        pace = PACES[beat.pace]
        plot.now += self._minutes(beat, plot)
        moment = (plot.started + plot.now) % DAY
        if pace.waits and not plot.matter.danger and not OPENS <= moment < CLOSES:
            plot.now += (OPENS - moment) % DAY + self._chance.randint(0, 40)

    def _step(self, beat: Beat, plot: Plot) -> Step:
        if beat.asks in ("unit", "other_unit"):
            owner = self._owner(plot.matter, plot.scene)
            plot.unit = owner if beat.asks == "unit" else self._other(owner)
        kind, _, minutes = beat.asks.partition(":")
        value = {"category": plot.matter.category, "unit": plot.unit, "other_unit": plot.unit, "until": minutes}
        role = self._role(beat.role, plot)
        note = self._note(beat, plot)
        return Step(plot.now, beat.verb, role, self._actor(role, plot), value.get(kind, beat.asks), note)

    def _role(self, role: str, plot: Plot) -> str:
        return "secretary" if role == "grid_worker" and plot.scene.grid not in self._workers else role

    def _actor(self, role: str, plot: Plot) -> str:
        if role == RESIDENT:
            return ""
        if role == "grid_worker":
            return self._workers[plot.scene.grid]
        where = {"handler": plot.unit, "secretary": plot.scene.area}.get(role, self._seat)
        if (role, where) not in plot.cast:
            plot.cast[role, where] = self._chance.choice(self._teams[role, where])
        return plot.cast[role, where]

    def _owner(self, matter: Matter, scene: Scene) -> str:
        if matter.function == "community":
            return f"committee-{scene.area}"
        if matter.function == "town":
            return f"office-{self._parents[scene.area]}"
        return matter.function

    def _other(self, unit: str) -> str:
        return self._chance.choice([one for one in self._departments if one != unit])

    def _note(self, beat: Beat, plot: Plot) -> str:
        notes = pools("notes")
        if beat.verb == "handle":
            return filled(self._chance.choice(plot.matter.done), self._chance)
        pool = notes["verify"][beat.asks] if beat.verb == "verify" else notes["note"][beat.note or beat.verb]
        return str(self._chance.choice(pool))
