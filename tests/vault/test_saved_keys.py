"""The backup of the keys alone: one closed file with a life, which brings no destroyed key back."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wangge.vault import saved_keys
from wangge.vault.keys import KeyDestroyed, KeyMissing, KeyStore
from wangge.vault.saved_keys import NoBackup, NotOpened, TooOld, bring_back, listed, look, save

NOW = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
PHRASE = b"a long invented passphrase"


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path / "keys", (tmp_path / "copy",), tmp_path / "destroyed" / "keys.jsonl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "saved"


def lose(store: KeyStore) -> None:
    for place in store.places:
        shutil.rmtree(place.folder)


def test_lost_keys_come_back_into_every_place(store: KeyStore, folder: Path) -> None:
    kept = {key_id: store.read(key_id) for key_id in (store.create(), store.create())}
    made = save(store, folder, passphrase=PHRASE, now=NOW, lasts=WEEK)
    assert (made.ids, made.made_at, made.ends_at) == (frozenset(kept), NOW, NOW + WEEK)
    lose(store)
    with pytest.raises(KeyMissing):
        store.read(next(iter(kept)))
    assert bring_back(store, made.path, passphrase=PHRASE, dead=(), now=NOW) == (sorted(kept), [])
    assert [{k: place.get(k) for k in kept} for place in store.places] == [kept, kept]


def test_the_file_holds_no_key_in_any_readable_form(store: KeyStore, folder: Path) -> None:
    secrets = [store.read(store.create()) for _ in range(3)]
    made = save(store, folder, passphrase=PHRASE, now=NOW, lasts=WEEK)
    held = made.path.read_bytes()
    masters = [(place.folder / "master.bin").read_bytes() for place in store.places]
    assert [s for s in (*secrets, *masters, PHRASE) if s in held or s.hex().encode() in held.lower()] == []
    assert (made.path.stat().st_mode & 0o077, [path.name for path in folder.iterdir()]) == (0, [made.path.name])


def test_another_passphrase_or_any_changed_byte_opens_nothing(store: KeyStore, folder: Path) -> None:
    store.create()
    made = save(store, folder, passphrase=PHRASE, now=NOW, lasts=WEEK)
    lose(store)
    whole = made.path.read_bytes()
    longer_life = whole.replace(b"2026-03-08", b"2027-03-08")
    assert longer_life != whole
    for content, phrase in ((whole, b"another passphrase that is long"), (longer_life, PHRASE), (whole[:-9], PHRASE)):
        made.path.write_bytes(content)
        with pytest.raises(NotOpened):
            bring_back(store, made.path, passphrase=phrase, dead=(), now=NOW)
    assert store.living() == frozenset()


@pytest.mark.parametrize("content", [b"", b"{}", b"[]\n", b"\xff\xfe", b'{"format": 2}\n00', b'{"format": "x"}\n'])
def test_what_is_no_backup_is_told_apart(store: KeyStore, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "strange.wgkeys"
    path.write_bytes(content)
    with pytest.raises(NoBackup):
        look(path)
    with pytest.raises(NoBackup):
        bring_back(store, path, passphrase=PHRASE, dead=(), now=NOW)


def test_past_its_life_it_is_refused_to_the_second(store: KeyStore, folder: Path) -> None:
    key_id = store.create()
    made = save(store, folder, passphrase=PHRASE, now=NOW, lasts=WEEK)
    lose(store)
    for late in (NOW + WEEK, NOW + 9 * WEEK):
        with pytest.raises(TooOld):
            bring_back(store, made.path, passphrase=PHRASE, dead=(), now=late)
    assert store.living() == frozenset()
    brought = bring_back(store, made.path, passphrase=PHRASE, dead=(), now=NOW + WEEK - timedelta(seconds=1))
    assert brought == ([key_id], [])


def test_a_destroyed_key_does_not_come_back(store: KeyStore, folder: Path) -> None:
    alive, dead = store.create(), store.create()
    made = save(store, folder, passphrase=PHRASE, now=NOW, lasts=WEEK)
    store.destroy(dead, now=NOW)
    lose(store)
    assert bring_back(store, made.path, passphrase=PHRASE, dead=(), now=NOW) == ([alive], [dead])
    assert [place.ids() for place in store.places] == [{alive}] * 2
    with pytest.raises(KeyDestroyed):
        store.read(dead)


def test_a_machine_that_lost_its_own_list_obeys_the_one_kept_elsewhere_for_ever(store: KeyStore, folder: Path) -> None:
    alive, dead = store.create(), store.create()
    made = save(store, folder, passphrase=PHRASE, now=NOW, lasts=WEEK)
    lose(store)
    assert bring_back(store, made.path, passphrase=PHRASE, dead=[dead], now=NOW) == ([alive], [dead])
    assert store.destroyed() == {dead}
    assert bring_back(store, made.path, passphrase=PHRASE, dead=(), now=NOW) == ([alive], [dead])


def test_a_living_key_on_a_list_kept_elsewhere_dies_here_too(store: KeyStore, folder: Path) -> None:
    """A restored folder of keys brought it back to life before anybody asked the list."""
    alive, dead = store.create(), store.create()
    made = save(store, folder, passphrase=PHRASE, now=NOW, lasts=WEEK)
    assert bring_back(store, made.path, passphrase=PHRASE, dead=[dead], now=NOW) == ([alive], [dead])
    assert [place.ids() for place in store.places] == [{alive}] * 2


def test_nothing_is_overwritten_and_a_key_that_opens_nowhere_stops_no_backup(store: KeyStore, folder: Path) -> None:
    good, damaged = store.create(), store.create()
    for place in store.places:
        (place.folder / f"{damaged}.key").write_bytes(b"damaged")
    made = save(store, folder, passphrase=PHRASE, now=NOW, lasts=WEEK)
    assert made.ids == {good}
    assert store.living() == {good, damaged}
    before = made.path.read_bytes()
    with pytest.raises(FileExistsError):
        save(store, folder, passphrase=PHRASE, now=NOW, lasts=WEEK)
    assert made.path.read_bytes() == before


def test_with_a_moved_clock_old_files_go_and_a_destroyed_key_leaves_the_folder_with_the_next_backup(
    store: KeyStore, folder: Path
) -> None:
    kept, dead = store.create(), store.create()
    days = {day: save(store, folder, passphrase=PHRASE, now=NOW + timedelta(days=day), lasts=WEEK) for day in range(6)}
    store.destroy(dead, now=NOW + timedelta(days=5, hours=1))
    assert all(dead in one.ids for one in listed(folder))
    now = NOW + timedelta(days=6)
    fresh = save(store, folder, passphrase=PHRASE, now=now, lasts=WEEK)
    assert len(saved_keys.remove_spent(folder, fresh, dead=store.destroyed(), now=now)) == len(days)
    assert [one.ids for one in listed(folder)] == [{kept}]
    later = NOW + timedelta(days=13)
    newest = save(store, folder, passphrase=PHRASE, now=later, lasts=WEEK)
    assert saved_keys.remove_spent(folder, newest, dead=store.destroyed(), now=later) == [fresh.path]


def test_a_file_with_the_only_copy_of_a_living_key_is_not_removed_for_the_sake_of_a_dead_one(
    store: KeyStore, folder: Path
) -> None:
    only, dead = store.create(), store.create()
    old = save(store, folder, passphrase=PHRASE, now=NOW, lasts=WEEK)
    store.destroy(dead, now=NOW)
    for place in store.places:
        (place.folder / f"{only}.key").unlink()
    fresh = save(store, folder, passphrase=PHRASE, now=NOW + timedelta(hours=1), lasts=WEEK)
    assert saved_keys.remove_spent(folder, fresh, dead=store.destroyed(), now=NOW + timedelta(hours=1)) == []
    assert bring_back(store, old.path, passphrase=PHRASE, dead=(), now=NOW) == ([only], [dead])


def test_the_head_says_when_and_which_keys_and_nothing_of_what_they_are(store: KeyStore, folder: Path) -> None:
    key_id = store.create()
    made = save(store, folder, passphrase=PHRASE, now=NOW, lasts=WEEK)
    head = json.loads(made.path.read_text().splitlines()[0])
    assert set(head) == {"format", "made_at", "ends_at", "ids", "salt", "nonce"}
    assert head["ids"] == [key_id]
