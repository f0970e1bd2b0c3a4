"""Who reaches every area but those above his own: the short answer says what the long list says, or nothing."""

import psycopg
import pytest

from tests.access.conftest import Connect, Connection
from tests.access.test_escapes import plant
from tests.cast import Cast, Person
from wangge.jobs.system import SYSTEM, account_of

COUNTY = "select p.area_id from access_post p join places_area a on a.id = p.area_id where a.level = 'county' limit 1"
PLANT = """
insert into places_area (parent_id, level, name, official, sort_key, duty_phone, supervision_phone, valid_from)
values (%s, %s, '旁边（虚构）', '', '', '', '', now()) returning id
"""
GIVE = "insert into access_post (account_id, role, area_id, valid_from) values (%s, %s, %s, now() - interval '1 hour')"


def beyond(power: Connection, token: str) -> list[int] | None:
    """What lies outside by the short way; what the list leaves out must be the same."""
    power.execute("select set_config('wg.token', %s, true)", [token])
    row = power.execute("select places_beyond(), wg_areas(), array(select id from places_area)").fetchone()
    assert row is not None
    outside: list[int] | None = row[0]
    assert outside is None or set(outside) == set(row[2]) - set(row[1])
    return outside


def above(power: Connection, area_id: int) -> list[int]:
    asked = "select ancestor_id from access_reach where descendant_id = %s and ancestor_id <> %s order by 1"
    return [row[0] for row in power.execute(asked, [area_id, area_id]).fetchall()]


def test_a_county_in_its_own_tree_reaches_all_but_what_is_above_it(cast: Cast, connect: Connect) -> None:
    power = connect("wg_super")
    (county,) = power.execute(COUNTY).fetchone() or (0,)
    outside = beyond(power, cast.acceptor.token())
    assert outside is not None
    assert sorted(outside) == above(power, county)
    assert outside, "the tests' county has nothing above it: then this shows nothing"


def test_the_house_itself_reaches_all(cast: Cast, connect: Connect) -> None:
    assert beyond(connect("wg_super"), Person(account_of(SYSTEM)).token()) == []


@pytest.mark.parametrize("name", ["lin", "wang", "zhou", "zhao", "sun"])
def test_who_reaches_less_has_no_short_answer(cast: Cast, connect: Connect, name: str) -> None:
    assert beyond(connect("wg_super"), getattr(cast, name).token()) is None


@pytest.mark.parametrize("name", ["town", "auditor", "security_admin", "system_admin", "other_unit"])
def test_whatever_the_short_answer_says_the_long_list_says(cast: Cast, connect: Connect, name: str) -> None:
    beyond(connect("wg_super"), getattr(cast, name).token())


@pytest.mark.parametrize(("level", "is_below_the_top"), [("county", True), ("city", False), ("grid", True)])
def test_what_hangs_beside_the_county_ends_the_short_way(
    cast: Cast, connect: Connect, level: str, *, is_below_the_top: bool
) -> None:
    power = connect("wg_super")
    token = cast.acceptor.token()
    (county,) = power.execute(COUNTY).fetchone() or (0,)
    power.execute(PLANT, [above(power, county)[-1] if is_below_the_top else None, level])
    assert beyond(power, token) is None


def test_what_is_planted_inside_is_reached(cast: Cast, connect: Connect) -> None:
    power = connect("wg_super")
    power.execute(PLANT, [cast.far_grid_id, "grid"])
    assert beyond(power, cast.acceptor.token()) is not None


def test_two_posts_or_one_of_a_firm_have_no_short_way(cast: Cast, connect: Connect) -> None:
    power = connect("wg_super")
    (county,) = power.execute(COUNTY).fetchone() or (0,)
    token, other = cast.acceptor.token(), cast.lin.token()
    power.execute(GIVE, [cast.acceptor.account_id, "grid_worker", cast.grid_id])
    assert beyond(power, token) is None
    power.execute(
        "update access_post set role = 'property_staff', area_id = %s where account_id = %s",
        [county, cast.lin.account_id],
    )
    assert beyond(power, other) is None


def test_a_stranger_to_the_tree_is_not_told(connect: Connect) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect("wg_super").execute("select places_beyond()")


def test_a_case_beside_the_county_is_not_seen_by_it(cast: Cast, connect: Connect) -> None:
    """The policy itself, not the function alone: a case in a neighbouring county stays closed."""
    case, _number = plant(cast)
    power, token = connect("wg_super"), cast.acceptor.token()
    (county,) = power.execute(COUNTY).fetchone() or (0,)
    (beside,) = power.execute(PLANT, [above(power, county)[-1], "county"]).fetchone() or (0,)
    assert seen(power, token, case)
    power.execute("set local session_replication_role = replica")
    power.execute("update cases_case set area_id = %s where id = %s", [beside, case])
    assert not seen(power, token, case)


def seen(power: Connection, token: str, case: int) -> bool:
    power.execute("select set_config('wg.token', %s, true)", [token])
    power.execute("set local role wg_app")
    (found,) = power.execute("select exists (select from cases_case where id = %s)", [case]).fetchone() or (False,)
    power.execute("reset role")
    return bool(found)
