"""Addresses behind the figures: the list with exactly the rows that a number counts, the page of an area."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from wangge.core.periods import Period
from wangge.insight.words import Plan


@lru_cache(maxsize=4096)
def _at(name: str, where: int | str) -> str:
    """The address of a page, found once: a page of a county has hundreds of links."""
    return reverse(name, args=[where])


def _said(query: dict[str, str]) -> str:
    """The query of an address. Its values are our own codes, days and numbers: nothing in them needs quoting."""
    return "&".join(f"{name}={value}" for name, value in query.items())


@dataclass(frozen=True)
class Links:
    """The addresses for one area, one period, one plan."""

    area: int
    period: Period
    plan: Plan
    within: int | None = None  # the area whose row this is: a row counts the days on which it lay there

    def open(self, **query: str) -> str:
        """The list of open cases of the area."""
        return self._list({"area": str(self.area), **query})

    def of_period(self, **query: str) -> str:
        """The list of the period's cases, by the plan that the figure is counted by."""
        days = {"since": self.period.first.isoformat(), "until": self.period.last.isoformat()}
        plan = {"plan": "then"} if self.plan is Plan.THEN else {}
        if plan and self.within:
            plan["within"] = str(self.within)
        return self._list({"area": str(self.area), **days, **plan, **query})

    @property
    def reports(self) -> str:
        return self.of_period(counted="1")

    @property
    def dispatched(self) -> str:
        return self.of_period(counted="1", dispatched="1")

    @property
    def closed(self) -> str:
        return self.of_period(by="ended")

    def asked(self, answer: str = "") -> str:
        return self.of_period(by="asked", **({"answer": answer} if answer else {}))

    def page(self, area: int | None = None, **changes: str) -> str:
        """The page of figures of an area, with the same days and plan unless changed."""
        days = {"period": self.period.code}
        if self.period.code == "custom":
            days = {"since": self.period.first.isoformat(), "until": self.period.last.isoformat()}
        if "period" in changes:
            days = {}
        plan = {"plan": "now"} if self.plan is Plan.NOW else {}
        query = {name: value for name, value in {**days, **plan, **changes}.items() if value}
        return f"{_at('figures-area', area or self.area)}?{_said(query)}"

    def below(self, area: int) -> "Links":
        return Links(area, self.period, self.plan, self.area)

    def _list(self, query: dict[str, str]) -> str:
        return f"{_at('worklist', 'all')}?{_said(query)}"
