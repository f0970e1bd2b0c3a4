"""Invented organisations and staff of a demo town: committees, offices, the centre, departments, administrators."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from wangge.web.demo.chance import stream
from wangge.web.demo.homes import chain
from wangge.web.demo.plan import AreaPlan, Size, TownPlan
from wangge.web.demo.town import Grid, Organisation, Staff, Steward
from wangge.web.demo.wording import pools

CENTRE = "centre"
ADMINISTRATORS = ("auditor", "system_admin", "security_admin")
FIRST_NUMBER = 101


@dataclass(frozen=True, slots=True)
class Staffing:
    """How many people work where: at the centre by role, in each department, committee and office of a town."""

    centre: dict[str, int]
    department: int
    committee: int
    office: int
    town_staff: int
    village_grids: int  # grids which one worker looks after in a village


FEW = Staffing({"acceptor": 4, "dispatcher": 3, "checker": 5, "duty_chief": 2}, 2, 1, 1, 2, 2)
STAFFING: dict[Size, Staffing] = {
    "small": FEW,
    "town": FEW,
    "city": Staffing({"acceptor": 20, "dispatcher": 15, "checker": 25, "duty_chief": 6}, 20, 2, 6, 20, 1),
}


@dataclass(slots=True)
class People:
    """Who works for the town, and the two numbers of every community: duty and supervision."""

    organisations: list[Organisation] = field(default_factory=list)
    staff: list[Staff] = field(default_factory=list)
    stewards: list[Steward] = field(default_factory=list)
    phones: dict[str, tuple[str, str]] = field(default_factory=dict)


def employ(plan: TownPlan, seed: int, size: Size, grids: list[Grid]) -> People:
    """Invent the organisations and staff. Every name carries the mark, every number begins with the plan's prefix."""
    return _Employer(plan, plan.of_size(size), STAFFING[size], grids, stream(plan.key, seed, size, "people")).all()


class _Employer:
    def __init__(
        self, plan: TownPlan, areas: tuple[AreaPlan, ...], numbers: Staffing, grids: list[Grid], chance: Random
    ) -> None:
        self._plan, self._areas, self._staffing, self._chance = plan, areas, numbers, chance
        self._grids: dict[str, list[str]] = {}
        for grid in grids:
            if grid.kind == "general_grid":
                self._grids.setdefault(grid.area, []).append(grid.key)
        self._dedicated = [grid.key for grid in grids if grid.kind == "dedicated_grid"]
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
            self._posts("town_staff", self._staffing.town_staff, parent, office)
            self._posts("handler", self._staffing.office, parent, office, login="office")
        centre = self._organisation(CENTRE, "centre", self._plan.words.centre, (), self._seat)
        for role, number in self._staffing.centre.items():
            self._posts(role, number, self._seat, centre)
        for function, name in pools("people")["departments"].items():
            department = self._organisation(function, "department", name, (function,), self._seat)
            self._posts("handler", self._staffing.department, self._seat, department, login=function)
        data_office = self._organisation("data-office", "office", pools("people")["data_office"], (), self._seat)
        for role in ADMINISTRATORS:  # not of the centre: its exports are decided by somebody of another organisation
            self._posts(role, 1, self._seat, data_office)
        for grid in self._dedicated:
            surname, _ = self._name()
            name = f"{surname}{pools('people')['steward']}{pools('people')['mark']}"
            self._people.stewards.append(Steward(grid, name, self._phone()))
        return self._people

    def _community(self, area: AreaPlan) -> None:
        self._people.phones[area.code] = self._phone(), self._phone()
        committee = self._organisation(f"committee-{area.code}", "committee", area.official, ("community",), area.code)
        self._posts("secretary", 1, area.code, committee)
        self._posts("handler", self._staffing.committee, area.code, committee, login="committee")
        for grids in self._rounds(area):
            self._person("grid_worker", area.code, committee, grids, "grid")

    def _rounds(self, area: AreaPlan) -> Iterator[tuple[str, ...]]:
        own = self._grids.get(area.code, [])
        step = self._staffing.village_grids if area.kind == "villagers" else 1
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
