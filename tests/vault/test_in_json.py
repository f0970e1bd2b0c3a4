"""Sealed values inside a jsonb cell: read, sealed anew and written back, and what is not sealed stays as it was."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone

from wangge.jobs.system import as_system
from wangge.vault import actions, queries, rotation, sealed
from wangge.vault.keys import KeyDestroyed
from wangge.vault.rotation import SETTLING, Step
from wangge.vault.sealed import InJson, Sealed

CODE, TABLE = "register", "vt_note"
HOLDING = InJson(("said", "heard"))
SPEC = Sealed(TABLE, "id", ("facts",), compartment_column=None, compartment=CODE, holding=HOLDING)
MAKE = f"""
create table {TABLE} (id bigint primary key, facts jsonb not null);
grant select, insert, update on {TABLE} to wg_app;
"""


@pytest.fixture
def notes(db: str, tmp_path: Path) -> Iterator[list[int]]:
    """Twenty notes: one value said, up to two heard, a count in clear; every fifth has nothing sealed."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(MAKE)
    held = dict(sealed._known)
    sealed.register(SPEC)
    with override_settings(WANGGE=settings.WANGGE.model_copy(update={"home": tmp_path})):
        queries.forget()
        with as_system("test"), connection.cursor() as cursor:
            actions.open_compartment(CODE, now=timezone.now() - timedelta(days=1))
            for n in range(20):
                cursor.execute(f"insert into {TABLE} values (%s, %s)", [n, json.dumps(facts(n))])
        yield list(range(20))
    sealed._known.clear()
    sealed._known.update(held)
    queries.forget()


def facts(n: int) -> dict[str, object]:
    if n % 5 == 0:
        return {"count": n, "said": "", "heard": []}
    said, *heard = (one.hex() for one in actions.seal_many(CODE, [(text, TABLE, "facts", str(n)) for text in texts(n)]))
    return {"count": n, "said": said, "heard": heard, "place": "桂花里"}


def texts(n: int) -> list[str]:
    return [] if n % 5 == 0 else [f"孙兰{n}（虚构）", *(f"第{m}句" for m in range(n % 3))]


def read() -> dict[int, dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute(f"select id, facts::text from {TABLE} order by id")
        return {pk: json.loads(text) for pk, text in cursor.fetchall()}


def opened(pk: int, cell: dict[str, object]) -> list[str | None]:
    return queries.open_many(CODE, [(value, TABLE, "facts", str(pk)) for value in HOLDING.read(json.dumps(cell))])


def test_values_alone_and_in_a_list_are_read_and_written_back_in_place() -> None:
    cell = json.dumps({"said": "0a", "heard": ["0b", "0c"], "count": 3, "none": None})
    assert HOLDING.read(cell) == [b"\x0a", b"\x0b", b"\x0c"]
    assert json.loads(HOLDING.written([b"\x01", b"\x02", b"\x03"], cell)) == {
        "said": "01", "heard": ["02", "03"], "count": 3, "none": None,
    }  # fmt: skip
    for empty in ({}, {"said": "", "heard": []}, {"said": None}):
        assert HOLDING.read(json.dumps(empty)) == []
        assert json.loads(HOLDING.written([], json.dumps(empty))) == empty


def test_an_exchange_reaches_every_value_in_a_cell_and_nothing_else(notes: list[int]) -> None:
    now = timezone.now()
    with as_system("test"):
        before = read()
        old = queries.key_of(CODE).id.hex()
        rotation.begin(CODE, now=now - 2 * SETTLING, keep=timedelta(0))
    queries.forget()
    done: list[Step] = []
    while not (done and done[-1].is_done) and len(done) < 20:
        with as_system("test"):
            done.append(rotation.step(CODE, now=now, most=7))
    assert sum(step.rows for step in done) == 16
    queries.forget()
    with as_system("test"):
        after = read()
        assert [opened(pk, cell) for pk, cell in after.items()] == [texts(n) for n in notes]
        assert [pk for pk, cell in after.items() if old in json.dumps(cell)] == []
        clear = ("count", "place")
        assert [[cell.get(k) for k in clear] for cell in after.values()] == [
            [cell.get(k) for k in clear] for cell in before.values()
        ]
        assert [before[pk] for pk in notes[::5]] == [after[pk] for pk in notes[::5]]
        assert rotation.destroy_due(now=now) == (old,)
    queries.forget()
    with as_system("test"):
        assert opened(1, after[1]) == texts(1)
        with pytest.raises((KeyDestroyed, queries.Unreadable)):
            opened(1, before[1])
