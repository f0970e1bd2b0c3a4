"""The invented town, loaded once into the template of all test databases."""

from datetime import datetime
from functools import cache

from wangge.jobs.system import as_system
from wangge.web.demo.generate import Drawn, draw_up
from wangge.web.demo.load import load
from wangge.web.demo.plan import load_plan
from wangge.web.demo.town import Town


@cache
def invented_draft() -> Drawn:
    return draw_up(load_plan("invented"), 1, "small")


def invented_town() -> Town:
    return invented_draft().town


def load_invented_town(now: datetime) -> None:
    with as_system("furnish") as system:
        load(invented_town(), by=system, now=now)
