"""Property firms of the demo: written down by the secretary of each community, and their sheets of today."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from wangge.access.context import acting
from wangge.core.daily_sheet import What, read
from wangge.core.identifiers.credit import credit_check
from wangge.people import actions
from wangge.people.firm_words import FirmKind, RecordKind, RecordResult
from wangge.people.models import Managing
from wangge.people.queries.sheets import doors_of, known_doors
from wangge.places.models import Area, Building, Compound
from wangge.teams.actions import add_account
from wangge.web.demo.chance import stream
from wangge.web.demo.load import Loaded
from wangge.web.demo.residents import told
from wangge.web.demo.staffing import DEMO_PASSWORD
from wangge.web.demo.town import Town
from wangge.web.demo.wording import pools

REGION = "999999"
"""Of no authority: no organisation has a code with it (GB 32100, places 3 to 8)."""
SAID: tuple[dict[str, str], ...] = (
    {"what": What.LEFT}, {"what": What.MOVED_IN, "people": "3", "tenure": "租住"}, {"what": What.VACANT},
)  # fmt: skip
"""Lines of a sheet, each of another door."""


class Firms:
    """One property firm for each community of whose residents the demo tells, with one account: wuye01 and on."""

    def __init__(self, town: Town, made: Loaded, token: Callable[[str], str], *, now: datetime) -> None:
        self.made, self.token, self.now = made, token, now
        self.chance = stream(town.plan, town.seed, town.size, "firms")
        secretaries = {one.area: one.login for one in town.staff if one.role == "secretary"}
        self.secretaries = {area.key: secretaries[area.key] for area in told(town)}

    def write(self) -> int:
        """All of them; how many lines stand on today's sheets. The last compound of each firm has not reported yet."""
        lines = 0
        for number, (area, secretary) in enumerate(self.secretaries.items(), 1):
            login = f"wuye{number:02}"
            managed = self._managed(self.made.areas[area], number, secretary, login)
            for held in managed[:-1]:
                lines += self._hand_in(held, login)
        return lines

    def _managed(self, area: int, number: int, secretary: str, login: str) -> list[Managing]:
        compounds = list(Compound.objects.filter(community=area).exclude(kind="village").order_by("pk"))
        words, day = pools("residents")["firms"], localdate(self.now)
        self._account(login, words["staff"])
        with acting(self.token(secretary)) as actor:
            firm = actions.record_firm(
                Area.objects.get(pk=area), name=_called(words, number), uscc=_code(number), kind=FirmKind.PROPERTY,
                by=actor, now=self.now,
            )  # fmt: skip
            actions.give_staff(firm, username=login, by=actor, now=self.now)
            for kind, result, ago in (
                (RecordKind.TRAINING, RecordResult.GOOD, 90), (RecordKind.INSPECTION, RecordResult.TO_MEND, 9),
            ):  # fmt: skip
                actions.keep_record(
                    firm, kind=kind, on=day - timedelta(days=ago), result=result, text=words[kind.value], by=actor,
                    now=self.now,
                )  # fmt: skip
            since = day - timedelta(days=400)
            return [actions.begin_managing(firm, one, since=since, by=actor, now=self.now) for one in compounds]

    def _account(self, login: str, name: str) -> None:
        with acting(self.token("system_admin01")) as admin:
            marked = name + pools("people")["mark"]
            self.made.accounts[login] = add_account(login, marked, DEMO_PASSWORD, by=admin, now=self.now).pk

    def _hand_in(self, held: Managing, login: str) -> int:
        """Today's sheet of one compound, with a few lines or none."""
        with acting(self.token(login)) as actor:
            doors = doors_of(held.compound_id)
            names = dict(Building.objects.filter(compound=held.compound_id).values_list("pk", "name"))
            few = self.chance.sample(doors, min(len(doors), self.chance.randint(0, len(SAID))))
            rows = [
                {"building": names[door.building], "unit": door.unit, "room": door.room, **said}
                for door, said in zip(few, SAID, strict=False)
            ]
            lines, faults = read(enumerate(rows, 1), known_doors(held.compound_id))
            assert not faults, faults
            actions.hand_in(held, lines=lines, by=actor, now=self.now)
            return len(lines)


def _called(words: dict[str, list[str]], number: int) -> str:
    """A name of its own for each firm."""
    names = words["names"]
    again = (number - 1) // len(names)
    return f"{names[(number - 1) % len(names)]}{again + 1 if again else ''}{words['kind']}{pools('people')['mark']}"


def _code(number: int) -> str:
    """A unified social credit code with its check character (GB 32100) that no organisation has."""
    body = f"91{REGION}MA{number:07}"
    return body + credit_check(body)
