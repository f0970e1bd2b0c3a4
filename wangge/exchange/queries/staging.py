"""Rows in and out of the staging tables, many at a time: one statement each, under row-level security.

COPY is refused on tables with row-level security, so a chunk travels as one JSON text that the server takes apart.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Manager, Model
from psycopg.sql import SQL, Identifier

from wangge.access.arrays import array
from wangge.exchange.importer import Checked, Written

INSERT_ROWS = """
insert into exchange_row (of_id, number, rank, cells, "values", faults, hints, key, digest, fate, record, outcome)
select %s, n, r, c, v, f, h, k, d, a, i, ''
  from jsonb_to_recordset(%s::jsonb)
       as x (n int, r smallint, c jsonb, v jsonb, f jsonb, h jsonb, k text, d text, a text, i bigint)
"""
EARLIER = """
select key, min(number), (array_agg(digest order by number))[1] from exchange_row
 where of_id = %s and key = any (%s::text[]) group by key
"""
KNOWN = """
select key, record, digest from exchange_known
 where source_id = %s and kind = %s and key = any (%s::text[])
"""
NEXT = """
select r.number, r.rank, r."values", r.record, r.key, r.digest, r.fate, r.faults,
       d.decision, d.other_row, d.other_record
  from exchange_row r
  left join lateral (
    select d.decision, d.other_row, d.other_record from exchange_doubt d
     where d.of_id = r.of_id and d.number = r.number and d.decision in ('out', 'same')
     order by d.decision = 'same', d.decided_at desc, d.id desc limit 1) d on true
 where r.of_id = %s and (r.rank, r.number) > (%s, %s) order by r.rank, r.number limit %s
"""
SET_OUTCOMES = """
update exchange_row r set outcome = y.o, record = coalesce(x.i, r.record)
  from unnest(%s::int[], %s::bigint[]) as x (n, i), (select %s::text) as y (o) where r.of_id = %s and r.number = x.n
"""
ADD_CHANGES = """
insert into exchange_change (of_id, number, "table", record, made, before, digest, undone)
select %s, n, t, i, b = '', nullif(b, '')::jsonb, d, ''
  from unnest(%s::int[], %s::text[], %s::bigint[], %s::text[], %s::text[]) with ordinality as x (n, t, i, b, d, place)
 order by place
"""
DIGESTS = SQL("select {pk}, md5(t::text) from {table} t where {pk} = any (%s::bigint[])")
REMEMBER = """
insert into exchange_known as k (source_id, kind, key, record, digest, of_id, before)
select %s, %s, key, i, d, %s, null from unnest(%s::text[], %s::bigint[], %s::text[]) as x (key, i, d)
    on conflict (source_id, kind, key) do update set record = excluded.record, digest = excluded.digest,
       of_id = excluded.of_id,
       before = jsonb_build_object('record', k.record, 'digest', k.digest, 'of', k.of_id, 'before', k.before)
"""
FORGET = """
delete from exchange_known k using jsonb_array_elements_text(%s::jsonb) as x (key)
 where k.source_id = %s and k.kind = %s and k.key = x.key and k.of_id = %s and k.before is null
"""
RECALL = """
update exchange_known k set record = (k.before->>'record')::bigint, digest = k.before->>'digest',
       of_id = (k.before->>'of')::bigint, before = nullif(k.before->'before', 'null')
  from jsonb_array_elements_text(%s::jsonb) as x (key)
 where k.source_id = %s and k.kind = %s and k.key = x.key and k.of_id = %s and k.before is not null
"""
RECORDS_OF_ROWS = "select number, record from exchange_row where of_id = %s and number = any(%s::int[])"
LEFT_OUT_BEFORE = """
update exchange_doubt d set decision = 'out', decided_by_id = said.decided_by_id, decided_at = said.decided_at
  from (
    select distinct on (r.number) r.number, e.decided_by_id, e.decided_at
      from exchange_import i
      join exchange_doubt e on e.of_id = i.id and e.decision = 'out'
      join exchange_row o on o.of_id = i.id and o.number = e.number and o.outcome = 'left_out'
      join exchange_row r on r.of_id = %(of)s and r.key = o.key and r.digest = o.digest
     where i.source_id = %(source)s and i.kind = %(kind)s and i.state = 'committed' and o.key <> ''
     order by r.number, e.decided_at desc) said
 where d.of_id = %(of)s and d.number = said.number
"""
GONE = """
select count(*) from exchange_known k where k.source_id = %s and k.kind = %s
   and not exists (select from exchange_row r where r.of_id = %s and r.key = k.key)
"""
COUNTS = """
select (select coalesce(jsonb_object_agg(fate, n), '{}') from
         (select fate, count(*) as n from exchange_row where of_id = %s group by fate) a),
       (select coalesce(jsonb_object_agg(f, n), '{}') from
         (select (e->>'field') || '|' || (e->>'rule') as f, count(*) as n
            from exchange_row, jsonb_array_elements(faults) e where of_id = %s and fate = 'faulty' group by 1) b),
       (select coalesce(jsonb_object_agg(f, n), '{}') from
         (select (e->>'column') || '|' || (e->>'rule') || '|' || (e->>'detail') as f, count(*) as n
            from exchange_row, jsonb_array_elements(hints) e where of_id = %s and hints <> '[]' group by 1) c)
"""
OUTCOMES = """
select coalesce(jsonb_object_agg(outcome, n), '{}')
  from (select outcome, count(*) as n from exchange_row where of_id = %s group by 1) a
"""
TIME = """
select set_config('statement_timeout', %(wait)s, true),
       set_config('idle_in_transaction_session_timeout', %(wait)s, true),
       set_config('plan_cache_mode', 'force_generic_plan', true)
"""
FRESH = "discard plans"
ALONE = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"
TAKEN_BACK = """
with gone as (delete from exchange_doubt where of_id = %(of)s and number between %(first)s and %(last)s)
delete from exchange_row where of_id = %(of)s and number between %(first)s and %(last)s
"""
WAIT = "120s"


def take_time() -> None:
    """Statements of this transaction may take longer than those of a page, and so may what is done between them.

    The checks of foreign keys are planned once, and by the size the tables have now: planning each anew is five times
    the check itself, and a plan kept from when the tables were empty would read them whole for every row.
    """
    with connection.cursor() as cursor:
        cursor.execute(TIME, {"wait": WAIT})
        cursor.execute(FRESH)


def alone_with(of: int, place: int) -> None:
    """Wait for a process that works on the same piece of an import still, though nobody waits for it."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [f"import {of} {place}"])


def take_back(of: int, first: int, last: int) -> None:
    """Remove what is told of some rows, and their doubts: they are about to be checked anew."""
    with connection.cursor() as cursor:
        cursor.execute(TAKEN_BACK, {"of": of, "first": first, "last": last})


def dumped(value: Any) -> str:
    """JSON for the database, which knows no NUL and no half characters."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).replace("\\u0000", "")


_in_order = json.JSONEncoder(sort_keys=True, default=str).encode


def digest_of(value: Any) -> str:
    return hashlib.md5(_in_order(value).encode(), usedforsecurity=False).hexdigest()


def clean(cell: str) -> str:
    """A cell as it can be stored and shown: without NUL and half characters, at most 500 characters."""
    if cell.isprintable() and len(cell) <= 500:  # neither NUL nor half a character can be printed
        return cell
    return cell[:500].replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def add_rows(of: int, rows: Sequence[tuple[Checked, str, str]]) -> None:
    """Stage a chunk: rows with the digest of what they say and their fate."""
    chunk = [
        {"n": one.number, "r": one.rank, "c": [clean(cell) for cell in one.cells], "v": one.values, "f": one.faults,
         "h": one.hints,
         "k": one.key[:240], "d": digest, "a": fate, "i": one.record}
        for one, digest, fate in rows
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(INSERT_ROWS, [of, dumped(chunk)])


def earlier(of: int, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Which keys stand in earlier rows of the same file: the first row, and its digest."""
    with connection.cursor() as cursor:
        cursor.execute(EARLIER, [of, array(keys)])
        return {key: (number, digest) for key, number, digest in cursor.fetchall()}


def known(source: int, kind: str, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """What the source said of these keys last time: the record, and the digest."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [source, kind, array(keys)])
        return {key: (record, digest) for key, record, digest in cursor.fetchall()}


def leave_out_again(source: int, kind: str, of: int) -> int:
    """Say of rows that say what they said before, and were left out by a person, the same again; how many doubts."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT_OUT_BEFORE, {"source": source, "kind": kind, "of": of})
        return int(cursor.rowcount)


def gone(source: int, kind: str, of: int) -> int:
    """How many things the source knew are not in this file."""
    with connection.cursor() as cursor:
        cursor.execute(GONE, [source, kind, of])
        return int(cursor.fetchone()[0])


def counts(of: int) -> dict[str, Any]:
    """Rows by fate, faults by field and rule, hints by column, rule and what was meant."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [of, of, of])
        fates, faults, hints = cursor.fetchone()
    return {**json.loads(fates), "faults": json.loads(faults), "hints": json.loads(hints)}


def outcomes(of: int) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(OUTCOMES, [of])
        found: dict[str, int] = json.loads(cursor.fetchone()[0])
    return found


Next = tuple[
    int, int, dict[str, Any], int | None, str, str, str, list[dict[str, Any]], str | None, int | None, int | None
]


def next_rows(of: int, rank: int, number: int, most: int) -> list[Next]:
    """The rows after a place in the order of taking, each with the decision that counts."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [of, rank, number, most])
        rows = cursor.fetchall()
    said = json.loads("[" + ",".join([row[2] for row in rows]) + "]")  # all at once: a third of the time
    return [
        (n, r, values, record, key, digest, fate, json.loads(f) if f != "[]" else [], decision, other_row, other_record)
        for values, (n, r, _v, record, key, digest, fate, f, decision, other_row, other_record) in zip(
            said, rows, strict=True
        )
    ]


def records_of(of: int, numbers: Sequence[int]) -> dict[int, int]:
    """The records rows of this file became."""
    with connection.cursor() as cursor:
        cursor.execute(RECORDS_OF_ROWS, [of, list(numbers)])
        return {number: record for number, record in cursor.fetchall() if record}


def set_outcomes(of: int, outcomes: Sequence[tuple[int, str, int | None]]) -> None:
    by_outcome: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for number, outcome, record in outcomes:
        by_outcome[outcome].append((number, record))
    with connection.cursor() as cursor:
        for outcome, rows in by_outcome.items():
            of_rows, records = array([n for n, _ in rows]), array([record for _, record in rows])
            cursor.execute(SET_OUTCOMES, [of_rows, records, outcome, of])


def add_changes(of: int, written: Sequence[Written]) -> None:
    """Note what was written, with the digest of each record as it stands now."""
    now = digests({(one.model, one.record) for one in written})
    before = ["" if one.before is None else dumped(one.before) for one in written]
    with connection.cursor() as cursor:
        cursor.execute(ADD_CHANGES, [
            of, array([one.number for one in written]), array([one.model._meta.label_lower for one in written]),
            array([one.record for one in written]), array(before),
            array([now[one.model, one.record] for one in written]),
        ])  # fmt: skip


def digests(records: set[tuple[type[Model], int]]) -> dict[tuple[type[Model], int], str]:
    """The digest of each record as the database holds it."""
    found: dict[tuple[type[Model], int], str] = {}
    for model in {model for model, _ in records}:
        table, pks = model._meta, [record for other, record in records if other is model]
        assert table.pk is not None
        with connection.cursor() as cursor:
            cursor.execute(
                DIGESTS.format(pk=Identifier(table.pk.column), table=Identifier(table.db_table)), [array(pks)]
            )
            found |= {(model, pk): digest for pk, digest in cursor.fetchall()}
    return found


def objects_of(model: type[Model]) -> Manager[Any]:
    """All records of a table of another app."""
    manager = model._meta.default_manager
    assert manager is not None
    return manager


def remember(source: int, kind: str, of: int, rows: Sequence[tuple[str, int, str]]) -> None:
    """By which key the source knows which record, and what it says of it now."""
    with connection.cursor() as cursor:
        keys, records, says = ([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
        cursor.execute(REMEMBER, [source, kind, of, array(keys), array(records), array(says)])


def forget(source: int, kind: str, of: int, keys: Sequence[str]) -> None:
    """Give the keys back what they meant before this import."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [dumped(list(keys)), source, kind, of])
        cursor.execute(RECALL, [dumped(list(keys)), source, kind, of])
