"""The towns which the tests look at, made once."""

import pytest

from wangge.web.demo.generate import generate
from wangge.web.demo.plan import load_plan
from wangge.web.demo.town import Town

MADE = {
    "taicang_small": ("taicang_town", "small"),
    "taicang_town": ("taicang_town", "town"),
    "taicang_county_small": ("taicang", "small"),
    "invented_small": ("invented", "small"),
    "invented_town": ("invented", "town"),
}


@pytest.fixture(scope="session")
def towns() -> dict[str, Town]:
    return {
        name: generate(load_plan(key), 1, "small" if size == "small" else "town") for name, (key, size) in MADE.items()
    }


@pytest.fixture(params=MADE)
def town(request: pytest.FixtureRequest, towns: dict[str, Town]) -> Town:
    return towns[str(request.param)]
