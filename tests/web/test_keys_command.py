"""`wangge keys` as an operator uses it: exchange, save, bring back; and what the doctor says of it."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from tests.vault import register
from wangge.jobs.system import as_system
from wangge.vault import actions, cipher, queries, saved_keys
from wangge.vault.keys import KeyStore
from wangge.vault.models import Generation
from wangge.web.commands import doctor, noted
from wangge.web.commands.doctor import BAD, GOOD, WARN
from wangge.web.commands.main import main

CODE = "register"
PHRASE = "a long invented passphrase"


@pytest.fixture
def store(db: str, tmp_path: Path) -> Iterator[KeyStore]:
    """A key store of the test's own, with one compartment that has 40 people."""
    with override_settings(WANGGE=settings.WANGGE.model_copy(update={"home": tmp_path})), register.registered():
        queries.forget()
        with as_system("test"):
            actions.open_compartment(CODE, now=timezone.now())
            register.add(CODE, range(40))
        yield queries.store()
    queries.forget()


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    (tmp_path / "passphrase").write_text(PHRASE + "\n")
    return tmp_path / "passphrase"


def said(*words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["keys", *map(str, words)], input=given)


def findings() -> list[tuple[str, str]]:
    return [(each.state, each.what) for each in doctor.key_backups()]


def test_a_key_is_exchanged_and_the_worker_is_left_with_the_end(store: KeyStore) -> None:
    with as_system("test"):
        old = queries.key_of(CODE).id
    done = said("rotate", CODE)
    assert (done.exit_code, f"40 rows of {CODE} are sealed with the new key." in done.output) == (0, True), done.output
    queries.forget()
    with as_system("test"):
        assert {cipher.key_id(row[2]) for row in register.rows()}.isdisjoint({old})
        retired = Generation.objects.get(compartment__code=CODE, retired_at__isnull=False)
        assert retired.retired_at is not None
        assert (retired.key_id, retired.due_at) == (old.hex(), retired.retired_at + timedelta(days=30))
    again = said("rotate", CODE)
    assert (again.exit_code, "under way" in again.output or "还没有完成" in again.output) == (1, True), again.output


def test_an_exposed_key_is_exchanged_at_once(store: KeyStore) -> None:
    assert said("rotate", CODE, "--at-once").exit_code == 0
    with as_system("test"):
        retired = Generation.objects.get(compartment__code=CODE, retired_at__isnull=False)
        assert retired.due_at == retired.retired_at


def test_a_compartment_that_is_not_there_is_named(store: KeyStore) -> None:
    done = said("rotate", "nobody")
    assert (done.exit_code, "nobody" in done.output) == (1, True)


def test_keys_are_saved_lost_and_brought_back(store: KeyStore, phrase: Path, tmp_path: Path) -> None:
    made = said("backup", tmp_path / "away", "--passphrase", phrase)
    assert (made.exit_code, ": 1 keys, until " in made.output) == (0, True), made.output
    for place in store.places:
        shutil.rmtree(place.folder)
    (file,) = (tmp_path / "away").iterdir()
    back = said("restore", file, "--passphrase", phrase)
    assert (back.exit_code, "Brought back: 1 keys; 0 destroyed keys left out." in back.output) == (0, True), back.output
    queries.forget()
    with as_system("test"):
        held = register.rows()
        opened = queries.open_many(CODE, [(phone, register.TABLE, "phone", token) for token, _, phone in held])
    assert len([one for one in opened if one]) == 40


def test_the_passphrase_can_be_typed_and_is_not_shown(store: KeyStore, tmp_path: Path) -> None:
    made = said("backup", tmp_path / "away", given=f"{PHRASE}\n{PHRASE}\n")
    assert (made.exit_code, PHRASE in made.output) == (0, False), made.output
    (file,) = (tmp_path / "away").iterdir()
    assert said("restore", file, given=f"{PHRASE}\n").exit_code == 0
    wrong = said("restore", file, given="quite another passphrase\n")
    assert (wrong.exit_code, str(file) in wrong.output) == (1, True)


@pytest.mark.parametrize("words", ["", "short", "nineteen characters"])
def test_a_passphrase_that_can_be_guessed_is_refused(store: KeyStore, tmp_path: Path, words: str) -> None:
    (tmp_path / "weak").write_text(words)
    done = said("backup", tmp_path / "away", "--passphrase", tmp_path / "weak")
    assert (done.exit_code, "20" in done.output, (tmp_path / "away").exists()) == (1, True, False)


def test_a_file_past_its_life_is_refused_and_the_doctor_names_it(store: KeyStore, phrase: Path, tmp_path: Path) -> None:
    folder, past = tmp_path / "away", timezone.now() - timedelta(days=8)
    old = saved_keys.save(store, folder, passphrase=PHRASE.encode(), now=past, lasts=timedelta(days=7))
    noted.note("key-backups", folder)
    done = said("restore", old.path, "--passphrase", phrase)
    assert (done.exit_code, str(old.path) in done.output) == (1, True)
    found = list(doctor.key_backups())
    assert [(one.state, one.mend) for one in found] == [
        (BAD, f"rm {old.path}"), (WARN, "wangge keys backup FOLDER --passphrase FILE"),
    ]  # fmt: skip
    made = said("backup", folder, "--passphrase", phrase)
    assert f"removed: {old.path}" in made.output
    assert findings() == [(GOOD, "the newest backup of the keys is 0 h old")]


def test_the_doctor_sees_a_key_that_is_not_saved_a_dead_one_that_is_and_a_strange_file(
    store: KeyStore, phrase: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "away"
    assert [state for state, _what in findings()] == [WARN]
    assert said("backup", folder, "--passphrase", phrase).exit_code == 0
    (file,) = folder.iterdir()
    with as_system("test"):
        flood = actions.open_compartment("flood", now=timezone.now())
    assert findings() == [(WARN, "1 keys are not in the newest backup of the keys, 0 h old")]
    with as_system("test"):
        key_id = queries.key_of(CODE).id.hex()
    store.destroy(key_id, now=timezone.now())
    assert findings()[0] == (WARN, f"{file} still holds 1 destroyed keys")
    file.rename(folder / "earlier.wgkeys")
    assert "removed: " in said("backup", folder, "--passphrase", phrase).output
    assert findings() == [(GOOD, "the newest backup of the keys is 0 h old")]
    (folder / "strange.wgkeys").write_text("nothing")
    assert findings()[0] == (WARN, f"{folder / 'strange.wgkeys'} is no backup of keys")
    assert flood.code == "flood"


def test_a_list_from_another_machine_is_obeyed(store: KeyStore, phrase: Path, tmp_path: Path) -> None:
    said("backup", tmp_path / "away", "--passphrase", phrase)
    (file,) = (tmp_path / "away").iterdir()
    with as_system("test"):
        key_id = queries.key_of(CODE).id.hex()
    (tmp_path / "list.jsonl").write_text(f'{{"key": "{key_id}", "at": "2026-03-01T02:00:00+00:00"}}\n')
    done = said("restore", file, "--passphrase", phrase, "--destroyed", tmp_path / "list.jsonl")
    assert (done.exit_code, f"left out: {key_id}" in done.output) == (0, True), done.output
    assert not store.living()
    assert store.destroyed() == {key_id}


def test_a_key_that_opens_nowhere_is_told(store: KeyStore, phrase: Path, tmp_path: Path) -> None:
    with as_system("test"):
        key_id = queries.key_of(CODE).id.hex()
    for place in store.places:
        (place.folder / f"{key_id}.key").write_bytes(b"damaged")
    done = said("backup", tmp_path / "away", "--passphrase", phrase)
    assert (done.exit_code, key_id in done.output) == (1, True)
