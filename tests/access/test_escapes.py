"""SQL as the app role: hand-made escapes, each refused or empty."""

from pathlib import Path
from typing import Any

import psycopg
from django.utils import timezone

from tests.access.conftest import Connect
from tests.cast import Cast
from wangge.cases import actions
from wangge.places.queries import by_token

ESCAPES = [
    line
    for line in Path(__file__).with_name("escapes.sql").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("--")
]
NOTHING: tuple[Any, ...] = (None, 0, False, "", [], "0", "{}")
HIDDEN = "隐藏的一句话 0512-0000 4711"


def plant(cast: Cast) -> tuple[int, str]:
    """A case in the near grid with a telephone number, hidden from 周."""
    with cast.sun.acting() as sun:
        place = by_token(cast.building_token)
        assert place is not None
        given = actions.Report(place, HIDDEN, phone="13800000001")
        received = actions.report(given, by=sun, now=timezone.now())
    return received.case.pk, received.case.number


def found(connection: psycopg.Connection[Any], escape: str) -> list[tuple[Any, ...]]:
    """Every row any of the line's statements gave, and one row for rows that were written."""
    rows: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for statement in [part for part in escape.split("; ") if part] if "$$" not in escape else [escape]:
            cursor.execute(statement.encode())
            if cursor.description is not None:
                rows += cursor.fetchall()
            elif cursor.rowcount > 0 and not statement.lower().startswith(("set", "reset", "do", "select")):
                rows.append(("wrote", cursor.rowcount))
    return rows


def leak(rows: list[tuple[Any, ...]]) -> list[Any]:
    """Values that say something: the settings an escape itself made are its own words."""
    return [value for row in rows for value in row if value not in NOTHING]


def own_words(escape: str, value: object) -> bool:
    return escape.startswith("select set_config(") and isinstance(value, str) and (value in escape or len(value) == 64)


def test_the_hidden_case_is_there(cast: Cast, connect: Connect) -> None:
    case, number = plant(cast)
    row = connect("wg_super").execute("select id, text from cases_case where number = %s", [number]).fetchone()
    assert row is not None
    assert (row[0], "隐藏" in row[1]) == (case, True)


def test_every_escape_is_refused_or_empty(cast: Cast, connect: Connect) -> None:
    case, number = plant(cast)
    names = {
        "@case": str(case), "@number": number, "@area": str(cast.grid_id), "@lead": str(cast.water.pk),
        "@other": str(cast.lin.account_id),
    }  # fmt: skip
    app, token = connect("wg_app"), cast.zhou.token()
    refused, empty, leaked, otherwise = 0, 0, [], []
    for escape in ESCAPES:
        told = escape
        for name, value in names.items():
            told = told.replace(name, value)
        try:
            with app.transaction(force_rollback=True):
                app.execute("select set_config('wg.token', %s, true)", [token])
                said = [value for value in leak(found(app, told)) if not own_words(told, value)]
        except psycopg.errors.InsufficientPrivilege:
            refused += 1
        except psycopg.Error as error:  # refused for another reason: proves nothing
            otherwise.append((escape, error.sqlstate))
        else:
            empty += not said
            leaked += [(escape, said)] if said else []
    print(f"X2: {len(ESCAPES)} escapes: {refused} refused, {empty} empty, {len(leaked)} leaked")
    assert (leaked, otherwise) == ([], [])
    assert refused + empty == len(ESCAPES) >= 200


def test_a_planted_hole_is_found(cast: Cast, connect: Connect) -> None:
    case, _number = plant(cast)
    connect("wg_super").execute("alter table cases_case disable row level security").connection.commit()
    app = connect("wg_app")

    app.execute("select set_config('wg.token', %s, true)", [cast.zhou.token()])

    assert leak(found(app, f"select id from cases_case where id = {case}")) == [case]
