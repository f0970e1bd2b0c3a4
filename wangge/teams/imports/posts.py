"""What a row of staff means by its words: which role, over which area, for which unit, until when."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils import timezone

from wangge.access.models import Post
from wangge.catalogue import queries as catalogue
from wangge.exchange.importer import Checked, Values
from wangge.places.models import Area, Grid
from wangge.places.queries.lookup import Areas, Unclear, plain, stem
from wangge.places.words import Level
from wangge.teams.imports.units import Directory
from wangge.teams.models import Account
from wangge.teams.queries import posts_open
from wangge.teams.rules import APART

LEVELS = {"grid_worker": Level.GRID, "secretary": Level.COMMUNITY, "town_staff": Level.TOWN}
"""Roles that are held over an area of one level; a list that says otherwise would give more than was meant."""
GIVER = "security_admin"
APART_FAULT = "three_apart"


def unit_of(role: str, unit: int | None) -> int | None:
    """The unit of a post: a handler's; of all others it is the account's alone."""
    return unit if role == "handler" else None


def start_of(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time.min))


def end_of(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time.max))


class Finder:
    """Everything that rows of staff name, read once for a chunk."""

    def __init__(self, now: datetime, logins: Iterable[str]) -> None:
        self.areas, self.units = Areas.read(), Directory(["all"])
        self.accounts = Account.objects.filter(username__in=set(logins)).in_bulk(field_name="username")
        self.posts = list(posts_open(now).filter(account__in=[one.pk for one in self.accounts.values()]).order_by("id"))
        self.roles = {
            plain(name): code
            for code, held in catalogue.roles().items()
            if GIVER in held.entry.granted_by
            for name in (code, held.entry.label.text("zh-hans"), held.entry.label.text("en"))
        }
        self.grids: dict[str, set[int]] = {}
        grids = Grid.objects.filter(area__valid_to__isnull=True).values_list("number", "area__name", "area_id")
        for number, name, area in grids.order_by("area_id"):
            for said in {plain(number), plain(name)}:
                self.grids.setdefault(said, set()).add(area)

    def post(self, one: Checked) -> None:
        """Role, area and unit of a row, with a fault for each that is not clear."""
        values = one.values
        if "role" in values:
            role = self.roles.get(plain(values["role"]))
            if role is None:
                one.fault("role", "unknown_role", "、".join(self._labels()))
            else:
                values["role_code"] = role
                self._area(one, role)
        self._unit(one)

    def _labels(self) -> list[str]:
        held = catalogue.roles()
        return [held[code].entry.label.text("zh-hans") for code in dict.fromkeys(self.roles.values())]

    def _area(self, one: Checked, role: str) -> None:
        said, level = one.values.get("area", ""), LEVELS.get(role)
        if not said:
            if level is not None:
                one.fault("area", "area_needed")
            return
        if level == Level.GRID:
            found = self.grids.get(plain(said), set())
            if len(found) != 1:
                is_other = not found and self._named(said) is not None
                one.fault("area", "ambiguous_area" if found else "area_level" if is_other else "unknown_area", said)
                return
            one.values["area_id"] = min(found)
            return
        try:
            area = self.areas.find(said)
        except Unclear as unclear:
            one.fault("area", "area_level" if plain(said) in self.grids else unclear.rule, said)
            return
        if level is not None and area.level != level:
            one.fault("area", "area_level", said)
            return
        one.values["area_id"] = area.pk

    def _named(self, said: str) -> Area | None:
        return next(iter(self.areas.by_stem.get(stem(said), ())), None)

    def _unit(self, one: Checked) -> None:
        values = one.values
        if "unit" not in values:
            if values.get("role_code") == "handler":
                one.fault("unit", "unit_needed")
            return
        found = self.units.found(values["unit"])
        if len(found) != 1:
            one.fault("unit", "ambiguous_unit" if found else "unknown_unit")
            return
        values["unit_id"] = found[0].pk

    def held(self, account: int, values: Values) -> Post | None:
        """The post the row means, when it is held or to come."""
        role = values["role_code"]
        wanted = (account, role, values.get("area_id"), unit_of(role, values.get("unit_id")))
        held = (one for one in self.posts if (one.account_id, one.role_id, one.area_id, one.organisation_id) == wanted)
        return next(held, None)

    def apart(self, account: int, role: str) -> bool:
        """Whether the account holds another of the three administrators' posts."""
        return any(one.account_id == account and one.role_id in APART - {role} for one in self.posts)
