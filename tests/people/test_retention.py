"""What is over goes on its day and not a day before; what is open stays. All people and places are invented."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from tests.cast import Cast
from tests.people.ending import MAKERS
from tests.people.keeping import after, certificate_of, city, gone, ran
from wangge.catalogue import queries as catalogue
from wangge.catalogue.keeping import RetentionRule
from wangge.catalogue.reading import read
from wangge.jobs.keeping import categories
from wangge.jobs.system import as_system
from wangge.people.models import RetentionCount, RetentionRun
from wangge.people.queries.proof import faults_of
from wangge.people.queries.retention import faults
from wangge.web.postgres.cluster import Cluster

EXPECTED = {
    30: {"wishes_left": 1, "field_withdrawn": 1, "device_offer": 1},
    90: {"import_finished": 4},
    365: {"occupancy_ended": 2, "person_left": 1, "household_ended": 1, "message_sent": 1},
    1095: {"reporter_contact": 1, "case_photo": 1, "export_over": 1},
}
RULES = read(None).of(RetentionRule)


@pytest.mark.parametrize("code", RULES)
def test_of_two_things_the_one_a_day_over_goes_and_the_one_a_day_under_stays(cast: Cast, code: str) -> None:
    """P7, rule by rule: one without a maker fails here."""
    assert code in MAKERS, f"{code}: say in tests/people/ending.py how such a thing comes to its end"
    days = RULES[code].days
    older, younger = (MAKERS[code](cast, after(day)) for day in (0, 1))
    assert rows_of(ran(after(days - 1)), code) == 0
    assert (older(), younger()) == (True, True)
    first = ran(after(days))
    assert (older(), younger()) == (False, True)
    held = certificate_of(first)
    with cast.auditor.acting():
        assert faults_of(held) == ()
    said = sum(rows for category, _version, _area, rows in held.lines if category == code)
    assert said == rows_of(first, code) > 0
    second = ran(after(days + 1))
    assert (older(), younger(), rows_of(second, code)) == (False, False, said)
    print(f"P7 {code}: a day over {said} of {said} rows gone with certificate, a day under 0 of {said}")


def rows_of(run: RetentionRun, code: str) -> int:
    with as_system("test"):
        return sum(one.rows for one in RetentionCount.objects.filter(run=run, category=code))


def test_every_category_has_its_rule_and_every_rule_its_category(cast: Cast) -> None:
    with cast.auditor.acting():
        assert not faults()
        days = {held.code: held.entry.days for held in catalogue.retention()}
    assert set(days) == set(categories())
    assert {code: days[code] for found in EXPECTED.values() for code in found} == {
        code: day for day, found in EXPECTED.items() for code in found
    }


def test_each_category_goes_exactly_on_its_day(cast: Cast) -> None:
    city(cast)
    for days, expected in EXPECTED.items():
        assert gone(ran(after(days - 1, hours=13))) == {}, days
        over = {
            code: rows for code, rows in expected.items() if code != "household_ended"
        }  # empty only by the run itself
        assert gone(ran(after(days, hours=-9), dry=True)) == over, days
        assert gone(ran(after(days, hours=-9))) == expected, days
        assert gone(ran(after(days, hours=13))) == {}, days


def sessions_of(run: RetentionRun) -> int:
    with as_system("test"):
        return sum(one.rows for one in RetentionCount.objects.filter(run=run, category="session_over"))


def test_sessions_go_thirty_days_after_their_end_and_open_ones_never(cast: Cast, cluster: Cluster) -> None:
    cast.lin.token()
    name, now = str(connection.settings_dict["NAME"]), timezone.now()
    with psycopg.connect(cluster.dsn("wg_super", name), autocommit=True) as server:
        ended = server.execute(
            "update access_session set ended_at = %s where ended_at is not null", [now - timedelta(days=5)]
        ).rowcount
        open_ones = server.execute("select count(*) from access_session where ended_at is null").fetchone()
    assert ended > 0
    assert sessions_of(ran(now + timedelta(days=24))) == 0
    assert sessions_of(ran(now + timedelta(days=25))) == ended
    with psycopg.connect(cluster.dsn("wg_super", name), autocommit=True) as server:
        left = server.execute("select count(*) from access_session where ended_at is null").fetchone()
    assert left == open_ones
