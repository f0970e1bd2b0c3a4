"""The key store: two places, a list of the dead, and a power cut at every step."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wangge.vault import keys
from wangge.vault.keys import KeyDestroyed, KeyMissing, KeyStore

NOW = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


class PowerCut(BaseException):
    """The machine is gone: nothing after this runs, no cleaning up either."""


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path / "keys", (tmp_path / "copy", tmp_path / "far"), tmp_path / "destroyed" / "keys.jsonl")


def test_a_key_stands_in_every_place_before_it_is_used(store: KeyStore) -> None:
    key_id = store.create()
    assert [place.ids() for place in store.places] == [{key_id}] * 3
    assert len({place.get(key_id) for place in store.places}) == 1
    assert len({(place.folder / "master.bin").read_bytes() for place in store.places}) == 3


def test_a_key_is_read_from_the_next_place_when_one_lost_or_damaged_it(store: KeyStore) -> None:
    key_id = store.create()
    key = store.read(key_id)
    (store.folder / f"{key_id}.key").unlink()
    (store.copies[0] / f"{key_id}.key").write_bytes(b"\0" * 60)
    assert store.read(key_id) == key
    assert store.lacking() == {store.folder: {key_id}, store.copies[0]: {key_id}}


def test_mending_brings_a_lost_key_back_to_every_place(store: KeyStore) -> None:
    key_id = store.create()
    key = store.read(key_id)
    shutil.rmtree(store.copies[0])
    (store.copies[1] / "master.bin").write_bytes(b"\1" * 32)
    store.mend()
    assert [place.get(key_id) for place in store.places] == [key] * 3
    assert store.lacking() == {}


def test_a_key_nobody_made_is_missing_and_a_destroyed_one_is_destroyed(store: KeyStore) -> None:
    with pytest.raises(KeyMissing):
        store.read("0" * 32)
    key_id = store.create()
    store.destroy(key_id, now=NOW)
    with pytest.raises(KeyDestroyed):
        store.read(key_id)


def test_destroying_leaves_no_file_of_the_key_and_no_old_master(store: KeyStore) -> None:
    key_id, other = store.create(), store.create()
    masters = [(place.folder / "master.bin").read_bytes() for place in store.places]
    kept = store.read(other)
    store.destroy(key_id, now=NOW)
    found = [path for place in store.places for path in place.folder.rglob("*")]
    assert sorted(path.name for path in found) == sorted(["master.bin", f"{other}.key"] * 3)
    assert [path for path in found if path.read_bytes() in masters] == []
    assert store.read(other) == kept


def test_a_backup_of_the_folder_cannot_open_the_dead_with_the_new_master(store: KeyStore) -> None:
    key_id = store.create()
    dead = (store.folder / f"{key_id}.key").read_bytes()
    store.destroy(key_id, now=NOW)
    (store.folder / f"{key_id}.key").write_bytes(dead)
    assert store.places[0].get(key_id) is None
    with pytest.raises(KeyDestroyed):
        store.read(key_id)


def test_destroying_twice_changes_nothing(store: KeyStore) -> None:
    key_id = store.create()
    store.destroy(key_id, now=NOW)
    before = store.tombstones.read_bytes()
    store.destroy(key_id, now=NOW)
    assert (store.tombstones.read_bytes(), store.destroyed()) == (before, frozenset({key_id}))


def test_what_a_restore_brings_back_is_destroyed_again(store: KeyStore, tmp_path: Path) -> None:
    dead, alive = store.create(), store.create()
    for place in store.places:
        shutil.copytree(place.folder, tmp_path / "backup" / place.folder.name)
    store.destroy(dead, now=NOW)
    for place in store.places:
        shutil.rmtree(place.folder)
        shutil.copytree(tmp_path / "backup" / place.folder.name, place.folder)
    elsewhere = KeyStore(store.folder, store.copies, tmp_path / "other list.jsonl")
    assert elsewhere.obey([dead, "f" * 32], now=NOW) == (dead,)
    assert [place.ids() for place in store.places] == [{alive}] * 3
    assert elsewhere.obey([dead], now=NOW) == ()


def test_files_are_for_their_owner_alone(store: KeyStore) -> None:
    store.create()
    assert {path.stat().st_mode & 0o077 for path in store.folder.parent.rglob("*") if path.is_file()} == {0}


STEPS = ("write_durably", "_wipe", "_overwrite", "_sync")
Cut = Callable[[int], Callable[[], int]]


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Cut:
    """`cut(n)` lets the power go at step n, counting every write, rename and removal; returns a counter."""
    honest = {name: getattr(keys, name) for name in STEPS} | {"replace": Path.replace, "unlink": Path.unlink}

    def plan(last: int) -> Callable[[], int]:
        done = 0

        def counted(name: str) -> Callable[..., object]:
            def step(*args: object, **kwargs: object) -> object:
                nonlocal done
                done += 1
                if done == last:
                    raise PowerCut(name)
                return honest[name](*args, **kwargs)

            return step

        for name in STEPS:
            monkeypatch.setattr(keys, name, counted(name))
        monkeypatch.setattr(Path, "replace", counted("replace"))
        monkeypatch.setattr(Path, "unlink", counted("unlink"))
        return lambda: done

    return plan


def mend_after(store: KeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    store.mend()


def test_a_power_cut_at_any_step_of_a_destruction_loses_no_living_key_and_revives_no_dead_one(
    store: KeyStore, cut: Cut, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dead, *alive = (store.create() for _ in range(4))
    kept = {key_id: store.read(key_id) for key_id in alive}
    shutil.copytree(tmp_path, tmp_path.with_name("start"), dirs_exist_ok=True)
    steps = 0
    for last in range(1, 500):
        for place in tmp_path.iterdir():
            shutil.rmtree(place)
        shutil.copytree(tmp_path.with_name("start"), tmp_path, dirs_exist_ok=True)
        counter = cut(last)
        try:
            store.destroy(dead, now=NOW)
            ended = True
        except PowerCut:
            ended = False
        steps = counter()
        monkeypatch.undo()
        assert {key_id: store.read(key_id) for key_id in alive} == kept, f"before mending, step {last}"
        noted = dead in store.destroyed()
        store.mend()
        assert {key_id: store.read(key_id) for key_id in alive} == kept, f"after mending, step {last}"
        assert store.lacking() == {}
        assert [place.is_broken_off() for place in store.places] == [False] * 3
        if noted:
            assert [dead in place.ids() for place in store.places] == [False] * 3, f"step {last}"
        if ended:
            break
    shutil.rmtree(tmp_path.with_name("start"))
    print(f"\n  key store: power cut at each of {steps} steps, living keys lost 0, dead keys readable 0")
    assert steps > 40


def test_a_power_cut_while_a_key_is_made_leaves_the_others_readable(
    store: KeyStore, cut: Cut, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = store.create()
    key = store.read(old)
    for last in range(1, 500):
        cut(last)
        try:
            store.create()
        except PowerCut:
            mend_after(store, monkeypatch)
            assert (store.read(old), store.lacking()) == (key, {})
        else:
            monkeypatch.undo()
            break
    assert last > 5


def test_readers_see_every_living_key_while_others_are_destroyed(store: KeyStore) -> None:
    from concurrent.futures import ThreadPoolExecutor

    alive, *dying = (store.create() for _ in range(9))
    key = store.read(alive)
    with ThreadPoolExecutor(4) as pool:
        ends = [pool.submit(store.destroy, key_id, now=NOW) for key_id in dying]
        seen = {store.read(alive) for _ in range(200) if not all(end.done() for end in ends)} | {store.read(alive)}
        for end in ends:
            end.result()
    assert seen == {key}
    assert store.destroyed() == set(dying)
