"""The same people in every test. All of them are invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.utils import timezone

from tests.town import invented_town
from wangge.access.actor import Actor
from wangge.access.context import acting
from wangge.access.sessions import open_session
from wangge.cases.models import Case
from wangge.jobs.system import PUBLIC, account_of
from wangge.places.models import Area, Building, Grid
from wangge.teams.models import Account, Organisation


@dataclass(frozen=True)
class Person:
    """Somebody with an account; `acting()` opens a session and a transaction in their name."""

    account_id: int
    kind: str = "web"

    def token(self) -> str:
        now = timezone.now()
        return open_session(self.account_id, kind=self.kind, purpose="duty", now=now, lasts=timedelta(hours=1))

    @contextmanager
    def acting(self, bearer: str = "") -> Iterator[Actor]:
        with acting(self.token(), bearer) as actor:
            yield actor

    @property
    def account(self) -> Account:
        return Account.objects.get(pk=self.account_id)


@dataclass(frozen=True)
class Cast:
    """林 grid worker, 王 her secretary, 赵 of the water company, 周 an outsider, the centre, 孙 a resident."""

    lin: Person
    wang: Person
    zhao: Person
    zhou: Person
    town: Person
    acceptor: Person
    dispatcher: Person
    checker: Person
    chief: Person
    second_chief: Person
    other_unit: Person
    auditor: Person
    system_admin: Person
    security_admin: Person
    sun: Person
    grid_id: int
    far_grid_id: int
    building_token: str
    far_building_token: str

    @staticmethod
    @cache
    def of_the_invented_town() -> "Cast":
        """Who they are in the template, and so in each copy of it."""
        town = invented_town()
        staff = {person.login: person for person in town.staff}
        workers = [person for person in town.staff if person.grids]
        near = workers[0]
        far = next(person for person in workers if person.area != near.area)
        secretary = next(p.login for p in town.staff if p.role == "secretary" and p.area == near.area)
        numbers = {g.key: g.code for g in town.grids}
        ids = dict(Account.objects.values_list("username", "id"))
        grid, far_grid = (Grid.objects.get(number=numbers[p.grids[0]]).area_id for p in (near, far))

        def someone(login: str) -> Person:
            assert login in staff
            return Person(ids[login])

        with Person(ids["system"]).acting():
            tokens = [Building.objects.filter(grid_id=g).order_by("id")[0].token for g in (grid, far_grid)]
        return Cast(
            lin=someone(near.login), wang=someone(secretary), zhao=someone("water01"), zhou=someone(far.login),
            town=someone("town_staff01"), acceptor=someone("acceptor01"), dispatcher=someone("dispatcher01"),
            checker=someone("checker01"), chief=someone("duty_chief01"), second_chief=someone("duty_chief02"),
            other_unit=someone("power01"), auditor=someone("auditor01"), system_admin=someone("system_admin01"),
            security_admin=someone("security_admin01"), sun=Person(account_of(PUBLIC), "public"), grid_id=grid,
            far_grid_id=far_grid, building_token=tokens[0], far_building_token=tokens[1],
        )  # fmt: skip

    @property
    def water(self) -> Organisation:
        return Organisation.objects.get(code="water")


def case(number: str) -> Case:
    """The case as whoever acts sees it."""
    return Case.objects.get(number=number)


def area(area_id: int) -> Area:
    return Area.objects.get(pk=area_id)
