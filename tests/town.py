"""The invented town, loaded once into the template of all test databases; and a part of another, divided into grids."""

from dataclasses import replace
from datetime import datetime
from functools import cache

from wangge.jobs.system import as_system
from wangge.web.demo.generate import Drawn, draw_up, generate
from wangge.web.demo.load import Loaded, load
from wangge.web.demo.plan import TownPlan, load_plan
from wangge.web.demo.town import Town


@cache
def invented_draft() -> Drawn:
    return draw_up(load_plan("invented"), 1, "small")


def invented_town() -> Town:
    return invented_draft().town


def load_invented_town(now: datetime) -> None:
    with as_system("furnish") as system:
        load(invented_town(), by=system, now=now)


def few(*communities: str) -> TownPlan:
    """Taicang's town with these communities alone, as densely built and sooner drawn: by the end of their codes."""
    plan = load_plan("taicang_town")
    return replace(plan, areas=tuple(a for a in plan.areas if a.level != "community" or a.code[-3:] in communities))


@cache
def divided_town() -> Town:
    """Two communities, divided by the engine, without people: the accounts of the tests are those of the other town."""
    return replace(generate(few("001", "002"), 1, "town"), organisations=(), staff=())


def load_divided_town(now: datetime) -> Loaded:
    with as_system("furnish") as system:
        return load(divided_town(), by=system, now=now)
