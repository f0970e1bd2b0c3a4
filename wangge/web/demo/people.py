"""Invented organisations and staff of a demo town: committees, offices, the centre, departments, administrators."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from wangge.web.demo.chance import stream
from wangge.web.demo.homes import chain
from wangge.web.demo.plan import AreaPlan, Size, TownPlan
from wangge.web.demo.town import Grid, Organisation, Staff
from wangge.web.demo.wording import pools

CENTRE = "centre"
CENTRE_POSTS = {"acceptor": 4, "dispatcher": 3, "checker": 5, "duty_chief": 2}
ADMINISTRATORS = ("auditor", "system_admin", "security_admin")
HANDLERS = 2
FIRST_NUMBER = 101
GRIDS_OF_A_VILLAGE_WORKER = 2


@dataclass(slots=True)
class People:
    """Who works for the town, and the two numbers of every community: duty and supervision."""

    organisations: list[Organisation] = field(default_factory=list)
    staff: list[Staff] = field(default_factory=list)
    phones: dict[str, tuple[str, str]] = field(default_factory=dict)


def employ(plan: TownPlan, seed: int, size: Size, grids: list[Grid]) -> People:
    """Invent the organisations and staff. Every name carries the mark, every number begins with the plan's prefix."""
    return _Employer(plan, plan.of_size(size), grids, stream(plan.key, seed, size, "people")).all()


class _Employer:
    def __init__(self, plan: TownPlan, areas: tuple[AreaPlan, ...], grids: list[Grid], chance: Random) -> None:
        self._plan, self._areas, self._chance = plan, areas, chance
        self._grids = [grid for grid in grids if grid.kind == "general_grid"]
        self._numbers = count(FIRST_NUMBER)
        self._names: set[str] = set()
        self._logins: dict[str, int] = {}
        self._people = People()
        path = chain(areas, plan.whole)
        self._seat = next((area.code for area in path if area.level == "county"), plan.whole)

    def all(self) -> People:
        communities = [area for area in self._areas if area.level == "community"]
        for area in communities:
            self._community(area)
        for parent in dict.fromkeys(area.parent for area in communities):
            office = self._organisation(f"office-{parent}", "office", self._plan.words.office, ("town",), parent)
            self._posts("town_staff", 2, parent, office)
            self._posts("handler", 1, parent, office, login="office")
        centre = self._organisation(CENTRE, "centre", self._plan.words.centre, (), self._seat)
        for role, number in CENTRE_POSTS.items():
            self._posts(role, number, self._seat, centre)
        for function, name in pools("people")["departments"].items():
            department = self._organisation(function, "department", name, (function,), self._seat)
            self._posts("handler", HANDLERS, self._seat, department, login=function)
        for role in ADMINISTRATORS:
            self._posts(role, 1, self._seat, centre)
        return self._people

    def _community(self, area: AreaPlan) -> None:
        self._people.phones[area.code] = self._phone(), self._phone()
        committee = self._organisation(f"committee-{area.code}", "committee", area.official, ("community",), area.code)
        self._posts("secretary", 1, area.code, committee)
        self._posts("handler", 1, area.code, committee, login="committee")
        for grids in self._rounds(area):
            self._person("grid_worker", area.code, committee, grids, "grid")

    def _rounds(self, area: AreaPlan) -> Iterator[tuple[str, ...]]:
        own = [grid.key for grid in self._grids if grid.area == area.code]
        step = GRIDS_OF_A_VILLAGE_WORKER if area.kind == "villagers" else 1
        for start in range(0, len(own), step):
            yield tuple(own[start : start + step])

    def _organisation(self, key: str, kind: str, name: str, functions: tuple[str, ...], area: str) -> str:
        self._people.organisations.append(Organisation(key, kind, name, functions, area, self._phone()))
        return key

    def _posts(self, role: str, number: int, area: str, organisation: str, login: str = "") -> None:
        for _ in range(number):
            self._person(role, area, organisation, (), login or role)

    def _person(self, role: str, area: str, organisation: str, grids: tuple[str, ...], login: str) -> None:
        surname, given = self._name()
        mark = pools("people")["mark"]
        self._logins[login] = self._logins.get(login, 0) + 1
        self._people.staff.append(
            Staff(
                login=f"{login}{self._logins[login]:02}", name=f"{surname}{given}{mark}",
                card_name=f"{surname}{self._chance.choice(pools('people')['greetings'])}{mark}",
                role=role, area=area, organisation=organisation, grids=grids, phone=self._phone(),
            )
        )  # fmt: skip

    def _name(self) -> tuple[str, str]:
        words = pools("people")
        while True:
            surname, given = self._chance.choice(words["surnames"]), self._chance.choice(words["given"])
            if surname + given not in self._names:
                self._names.add(surname + given)
                return surname, given

    def _phone(self) -> str:
        return f"{self._plan.phone_prefix}{next(self._numbers):04}"
