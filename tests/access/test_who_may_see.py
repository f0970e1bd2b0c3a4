"""Who may see: the table of verbs and fields by role, tried with everybody near and far; then at random."""

import os
import random
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.access import matrix, trying
from tests.access.matrix import STAFF, Holder
from tests.access.trying import ATTEMPTS, STATED, Target
from tests.cast import Cast
from tests.stories.walking import Tokens
from tools import who_may_see
from wangge.catalogue.lawful import Purpose
from wangge.catalogue.reading import read
from wangge.jobs.system import as_system
from wangge.people import actions

TABLE = tomllib.loads(Path(__file__).with_name("who_may_see.toml").read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, Any]] = {row["code"]: row for row in TABLE["row"]}
DRAWS = 100_000 if os.environ.get("WANGGE_SOAK") else 3_000
GRIDS = 8
SEED = 20261123
EVERYBODY = (*STAFF, "sun")
FIELDS = {
    "seek": "name", "contact": "contact", "merge_persons": "name", "open_carer": "carer", "open_contact": "office",
}  # fmt: skip


@cache
def purposes() -> dict[str, Purpose]:
    return {code: held for code, held in read(None).of(Purpose).items() if held.opens and held.active}


def expected(row: str, who: Holder, target: Target, purpose: str = "") -> bool:
    """The table, said for one person and one object; a purpose has to name the field and the role as well."""
    held, name = ROWS[row], row.partition(" ")[0]
    field = FIELDS.get(name, row.partition(" ")[2])
    asked = purposes().values() if name in STATED and not purpose else filter(None, [purposes().get(purpose)])
    wanted = {role for one in asked if field in one.fields for role in one.roles} if name in STATED else None
    has = {role for role, _areas in who.posts}
    if wanted is not None and not wanted & has:
        return False
    return any(
        role in held["roles"] and (held.get("anywhere", False) or target.area in areas) for role, areas in who.posts
    )


@pytest.fixture
def world(cast: Cast) -> tuple[list[Target], dict[str, Holder]]:
    found = trying.targets(cast, GRIDS)
    nobody = Holder(cast.sun.account_id, (), frozenset())
    return found, matrix.holders(cast) | {"sun": nobody}


def test_every_action_about_people_has_a_row() -> None:
    said = {code.partition(" ")[0] for code in ROWS} | set(TABLE["elsewhere"])
    assert sorted(set(actions.__all__) - said) == []
    assert {code.partition(" ")[0] for code in ROWS} == set(ATTEMPTS)


def test_the_table_holds_for_everybody_near_and_far(cast: Cast, world: tuple[list[Target], dict[str, Holder]]) -> None:
    targets, people = world
    tokens, wrong, counts = Tokens(cast), [], Counter[bool]()
    for name in EVERYBODY:
        with tokens.acting(name) as actor:
            for row in ROWS:
                for target in targets[:2]:
                    should, does = expected(row, people[name], target), trying.succeeds(row, actor, target)
                    counts[should] += 1
                    if should != does:
                        wrong.append(("leak" if does else "wrong refusal", name, row, target.area))
    print(f"X3 who may see: {len(ROWS)} rows × {len(EVERYBODY)} people × 2 grids: {counts[True]} may, {counts[False]}"
          f" may not, {len(wrong)} wrong")  # fmt: skip
    assert wrong == []


@pytest.mark.soak(minutes=6)
def test_random_attempts_across_areas_roles_and_purposes_leak_nothing(
    cast: Cast, world: tuple[list[Target], dict[str, Holder]]
) -> None:
    targets, people = world
    with as_system("test"):
        assert len(targets) >= 4
    draw, tokens, wrong, counts = random.Random(SEED), Tokens(cast), [], Counter[str]()
    codes, rows = [*purposes(), "curiosity", ""], sorted(ROWS)
    left = DRAWS
    while left > 0:
        name = draw.choice(EVERYBODY)
        with tokens.acting(name) as actor:
            for _ in range(min(left, 50)):
                row, target = draw.choice(rows), draw.choice(targets)
                purpose = draw.choice(codes) or "nothing" if row.partition(" ")[0] in STATED else ""
                should = expected(row, people[name], target, purpose)
                does = trying.succeeds(row, actor, target, purpose)
                counts["allowed" if should else "denied"] += 1
                if should != does:
                    wrong.append(("leak" if does else "wrong refusal", name, row, purpose, target.area))
        left -= 50
    leaks = [one for one in wrong if one[0] == "leak"]
    print(f"X3 at random: {sum(counts.values())} attempts from seed {SEED}: {counts['allowed']} allowed,"
          f" {counts['denied']} denied, {len(leaks)} leaks, {len(wrong) - len(leaks)} wrong refusals")  # fmt: skip
    assert wrong == []
    assert counts["allowed"] > DRAWS // 50


def test_a_planted_hole_is_found_by_the_table(cast: Cast, world: tuple[list[Target], dict[str, Holder]]) -> None:
    import psycopg
    from django.db import connection

    from tests.home import HOME
    from wangge.web.postgres.layout import Home

    targets, people = world
    connection.close()
    with psycopg.connect(Home(HOME).dsn("wg_super", str(connection.settings_dict["NAME"])), autocommit=True) as power:
        power.execute("alter policy people_person_read on people_person using (true)")
    with cast.zhou.acting() as zhou:
        assert not expected("person", people["zhou"], targets[0])
        assert trying.succeeds("person", zhou, targets[0])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages_of_the_table_are_those_of_the_file(language: str) -> None:
    path = who_may_see.DOCS / who_may_see.NAMES[language]
    assert path.read_text(encoding="utf-8") == who_may_see.page(language), "run python -m tools.who_may_see"
