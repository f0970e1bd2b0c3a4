"""A key is exchanged while the house works: nothing is lost, nothing unfindable, nothing opens with the old one."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone

from tests.vault import register
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.vault import actions, cipher, queries, rotation, sealed
from wangge.vault.keys import KeyDestroyed, KeyStore
from wangge.vault.models import Compartment, Generation, Resealing
from wangge.vault.queries import OVERTURE, Unreadable
from wangge.vault.rotation import SETTLING, RotationRefused, Step

CODE = "register"
ONE_DAY = timedelta(days=1)


@pytest.fixture
def store(db: str, tmp_path: Path) -> Iterator[KeyStore]:
    """A compartment with 300 people under its first key, committed; the key store is the test's own."""
    with override_settings(WANGGE=settings.WANGGE.model_copy(update={"home": tmp_path})), register.registered():
        queries.forget()
        with as_system("test"):
            actions.open_compartment(CODE, now=timezone.now() - ONE_DAY)
            register.add(CODE, range(300))
        yield queries.store()
    queries.forget()


def rotated(*, keep: timedelta = timedelta(0), ago: timedelta = SETTLING * 2) -> datetime:
    """A rotation begun a while ago, so that the new key seals already."""
    now = timezone.now()
    with as_system("test"):
        rotation.begin(CODE, now=now - ago, keep=keep)
    queries.forget()
    return now


def run(now: datetime, *, most: int = 100, steps: int = 50) -> list[Step]:
    done: list[Step] = []
    while not (done and done[-1].is_done) and len(done) < steps:
        with as_system("test"):
            done.append(rotation.step(CODE, now=now, most=most))
    queries.forget()
    return done


def all_open() -> dict[str, list[str | None]]:
    held = register.rows()
    name = queries.open_many(CODE, [(name, register.TABLE, "name", token) for token, name, _ in held])
    phone = queries.open_many(CODE, [(phone, register.TABLE, "phone", token) for token, _, phone in held])
    return {token: [n, p] for (token, _, _), n, p in zip(held, name, phone, strict=True)}


def expected(numbers: range) -> dict[str, list[str | None]]:
    return {register.token_of(n): [register.name_of(n) if n % 7 else None, f"138 0000{n:04d}"] for n in numbers}


def keys_in_use() -> set[str]:
    return {cipher.key_id(value).hex() for row in register.rows() for value in row[1:] if value}


def test_a_key_is_exchanged_and_the_old_one_destroyed(store: KeyStore) -> None:
    with as_system("test"):
        before = queries.key_of(CODE)
    now = rotated()
    steps = run(now)
    assert [step.rows for step in steps] == [100, 100, 100, 0, 0]
    assert (steps[-1].is_done, steps[-2].waits) == (True, True)
    with as_system("test"):
        assert all_open() == expected(range(300))
        assert keys_in_use() == {queries.key_of(CODE).id.hex()}
        assert before.id.hex() not in keys_in_use()
        assert rotation.destroy_due(now=now) == (before.id.hex(),)
        assert rotation.destroy_due(now=now) == ()
    queries.forget()
    with as_system("test"):
        assert all_open() == expected(range(300))
        assert [place.ids() for place in store.places] == [{queries.key_of(CODE).id.hex()}] * 2
        old = cipher.seal(before, "孙兰", table="t", column="c", row="1")
        with pytest.raises(KeyDestroyed):
            queries.open_sealed(CODE, old, table="t", column="c", row="1")
        told = list(Entry.objects.filter(subject=f"compartment:{CODE}").order_by("id").values_list("verb", flat=True))
    assert told == ["vault.reseal"] * 3 + ["vault.empty", "vault.destroy_key"]


def test_a_chunk_in_the_second_of_the_beginning_is_sealed_with_the_new_key(
    store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every process remembers for a second which key is the newest: what it remembers may be the old one."""
    monkeypatch.setattr(queries, "monotonic", lambda: 0.0)
    queries.forget()
    with as_system("test"):
        old = queries.key_of(CODE).id.hex()
        rotation.begin(CODE, now=timezone.now())
        assert queries.indexing_key_of(CODE).id.hex() == old
        assert rotation.step(CODE, now=timezone.now(), most=500).rows == 300
        assert old not in keys_in_use()


def test_everybody_is_found_before_during_and_after(store: KeyStore) -> None:
    def sought() -> tuple[int, int]:
        numbers = [n for n in range(300) if n % 7]
        by_name = sum(
            register.found("name_index", queries.blind_indexes(CODE, register.name_of(n), area=n % 5 + 1))
            == [register.token_of(n)]
            for n in numbers
        )
        by_phone = sum(
            register.found("phone_index", queries.blind_indexes(CODE, register.phone_of(n))) == [register.token_of(n)]
            for n in range(300)
        )
        return by_name, by_phone

    everybody = (len([n for n in range(300) if n % 7]), 300)
    with as_system("test"):
        assert (sought(), len(queries.blind_indexes(CODE, "孙兰"))) == (everybody, 1)
    now = rotated()
    run(now, steps=2)
    with as_system("test"):
        assert len(keys_in_use()) == 2
        assert (sought(), len(queries.blind_indexes(CODE, "孙兰"))) == (everybody, 2)
        assert actions.blind_index(CODE, "孙兰") == queries.blind_indexes(CODE, "孙兰")[0]
    run(now)
    with as_system("test"):
        assert (sought(), len(queries.blind_indexes(CODE, "孙兰"))) == (everybody, 1)


def test_the_new_key_indexes_at_once_and_seals_a_minute_later(store: KeyStore) -> None:
    """A row with a new seal and an old index would be found by nobody."""
    with as_system("test"):
        old = queries.key_of(CODE).id
    rotated(ago=OVERTURE - timedelta(seconds=20))
    with as_system("test"):
        assert (queries.key_of(CODE).id, queries.indexing_key_of(CODE).id == old) == (old, False)
    with connections["owner"].cursor() as cursor:
        ripe = timezone.now() - OVERTURE - timedelta(seconds=1)
        cursor.execute("update vault_key set begun_at = %s where retired_at is null", [ripe])
    with as_system("test"):
        queries._held.cache_clear()
        assert queries.key_of(CODE).id == queries.indexing_key_of(CODE).id != old


def test_a_late_writer_with_the_old_key_is_waited_for(store: KeyStore) -> None:
    """Somebody took the old key, thought for long, and commits after everything visible was sealed anew."""
    with as_system("test"):
        late = queries.key_of(CODE)
    now = rotated()
    run(now, steps=4)
    token = register.token_of(1000)
    with as_system("test"), connection.cursor() as cursor:
        phone = cipher.seal(late, "13800000000", table=register.TABLE, column="phone", row=token)
        index = cipher.blind_index(late, "13800000000")
        cursor.execute(
            f"insert into {register.TABLE} values (%s::text::uuid, %s, 1, null, %s, '', %s)",
            [token, CODE, phone, index],
        )
    steps = run(now)
    assert (sum(step.rows for step in steps), steps[-1].is_done) == (1, True)
    with as_system("test"):
        assert rotation.destroy_due(now=now) == (late.id.hex(),)
        assert all_open()[token] == [None, "13800000000"]
        assert register.found("phone_index", queries.blind_indexes(CODE, "13800000000"))[0] in {
            token, register.token_of(0)
        }  # fmt: skip


def test_a_row_somebody_holds_is_passed_over_and_sealed_anew_later(store: KeyStore) -> None:
    now = rotated()
    other = connections.create_connection("owner")
    try:
        with other.cursor() as cursor:
            cursor.execute("begin")
            cursor.execute(
                f"select from {register.TABLE} where token = %s::text::uuid for update", [register.token_of(5)]
            )
            held = run(now, steps=8)
            assert (sum(step.rows for step in held), held[-1].waits) == (299, True)
            cursor.execute("rollback")
    finally:
        other.close()
    assert sum(step.rows for step in run(now)) == 1
    with as_system("test"):
        assert (all_open(), len(keys_in_use())) == (expected(range(300)), 1)


def test_what_does_not_open_keeps_its_key_alive_and_is_counted(store: KeyStore) -> None:
    """A value moved to another row, or a table registered under a wrong name of its rows."""
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute(
            f"update {register.TABLE} set phone = (select phone from {register.TABLE} where token = %s::text::uuid)"
            " where token = %s::text::uuid", [register.token_of(1), register.token_of(2)],
        )  # fmt: skip
    now = rotated()
    steps = run(now, steps=12)
    assert (sum(step.rows for step in steps), steps[-1].waits) == (299, True)
    with as_system("test"):
        assert rotation.destroy_due(now=now + ONE_DAY) == ()
        assert Resealing.objects.get(table=register.TABLE).unreadable == 1
        assert len(keys_in_use()) == 2


def test_the_old_key_lives_as_long_as_the_backups_that_need_it(store: KeyStore) -> None:
    now = timezone.now()
    with as_system("test"):
        rotation.begin(CODE, now=now - SETTLING)
        assert Generation.objects.get(due_at__isnull=False).due_at == now - SETTLING + timedelta(days=30)
    run(now)
    with as_system("test"):
        assert rotation.destroy_due(now=now - SETTLING + timedelta(days=29, hours=23)) == ()
        assert len(rotation.destroy_due(now=now + timedelta(days=30))) == 1


def test_values_that_pass_by_themselves_hold_the_key_longer(store: KeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sealed._passing, CODE, timedelta(days=40))
    sealed.register_passing(CODE, timedelta(days=2))
    now = timezone.now()
    with as_system("test"):
        rotation.begin(CODE, now=now)
        assert Generation.objects.get(due_at__isnull=False).due_at == now + timedelta(days=40)


def test_a_second_exchange_waits_for_the_first(store: KeyStore) -> None:
    now = rotated()
    with as_system("test"), pytest.raises(RotationRefused, match=r"under way|还没有完成"):
        rotation.begin(CODE, now=now)
    run(now)
    rotated()
    with as_system("test"):
        assert Generation.objects.filter(compartment__code=CODE).count() == 3


def test_destroying_in_the_middle_of_an_exchange_leaves_nothing_open(store: KeyStore) -> None:
    now = rotated()
    run(now, steps=2)
    with as_system("test"):
        held = register.rows()
        actions.destroy(Compartment.objects.get(code=CODE), now=now)
        refused = 0
        for token, _name, phone in held:
            try:
                queries.open_sealed(CODE, phone, table=register.TABLE, column="phone", row=token)
            except KeyDestroyed:
                refused += 1
        with pytest.raises(KeyDestroyed):
            queries.blind_indexes(CODE, "孙兰")
        assert refused == len(held) == 300
        assert rotation.step(CODE, now=now).is_done
        with pytest.raises(RotationRefused):
            rotation.begin(CODE, now=now)
    assert [place.ids() for place in store.places] == [frozenset()] * 2


def test_a_power_cut_between_the_two_keys_of_a_dying_compartment_is_finished_at_the_start(store: KeyStore) -> None:
    now = rotated()
    with as_system("test"):
        store.destroy(Generation.objects.get(compartment__code=CODE, retired_at=None).key_id, now=now)
    with as_system("test"):
        assert actions.obey_the_dead(now=now) == (CODE,)
        assert not Generation.objects.filter(compartment__code=CODE, destroyed_at=None).exists()
    assert [place.ids() for place in store.places] == [frozenset()] * 2


def test_bytes_of_another_compartment_do_not_open_even_when_their_key_lives(store: KeyStore) -> None:
    with as_system("test"):
        actions.open_compartment("flood", now=timezone.now())
        foreign = actions.seal("flood", "孙兰", table="t", column="c", row="1")
        with pytest.raises(Unreadable):
            queries.open_sealed(CODE, foreign, table="t", column="c", row="1")


def test_a_chunk_reads_its_own_rows_and_not_those_before_it(store: KeyStore) -> None:
    """Also once the statements are prepared, for any values: else each chunk is slower than the one before."""
    chunk = 100
    with as_system("test"):
        register.add(CODE, range(300, 3_000))
    now, fetched = rotated(), list[int]()
    for _ in range(25):
        with as_system("test"), connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan")
            before = rows_read(cursor)
            assert rotation.step(CODE, now=now, most=chunk).rows == chunk
            fetched.append(rows_read(cursor) - before)
    queries.forget()
    assert 0 < max(fetched) <= 5 * chunk, fetched


def rows_read(cursor: Any) -> int:
    """Rows of the register this connection has fetched and not told the others of yet."""
    cursor.execute("select idx_tup_fetch from pg_stat_xact_user_tables where relname = %s", [register.TABLE])
    return int(cursor.fetchone()[0])
