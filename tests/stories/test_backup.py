"""Saved, shredded, brought back: the dead stay dead, the rest opens; what differs is no backup."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.utils import timezone

from tests.chaos.house import House, wangge
from tests.installed import installation
from wangge.vault import cipher
from wangge.vault.keys import KeyDestroyed, KeyStore
from wangge.web.postgres import binaries
from wangge.web.postgres.cluster import Cluster


@pytest.fixture
def house(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo with only its database running, as at night."""
    shared = tmp_path_factory.getbasetemp()
    where = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    with installation(where, tmp_path / "home") as made, Cluster(made.home, binaries.find(), memory=128):
        yield made


def keys_of(home: Path) -> KeyStore:
    return KeyStore(home / "keys", (home / "keys-copy",), home / "destroyed" / "keys.jsonl")


def compartments(cluster: Cluster) -> dict[str, tuple[str, bool]]:
    """Key id, and whether it is noted as destroyed, by code."""
    with psycopg.connect(cluster.dsn("wg_super")) as connection:
        rows = connection.execute(
            "select code, key_id, c.destroyed_at is not null from vault_compartment c"
            " join vault_key k on k.compartment_id = c.id where retired_at is null"
        )
        return {code: (key_id, dead) for code, key_id, dead in rows}


def opens(home: Path, cluster: Cluster) -> int:
    """How many reporters' numbers open with the keys of that home."""
    with psycopg.connect(cluster.dsn("wg_super")) as connection:
        (key_id, suite) = connection.execute(
            "select key_id, suite from vault_key k join vault_compartment c on c.id = k.compartment_id"
            " where code = 'reporters'"
        ).fetchone() or ("", "")
        rows = connection.execute(
            "select k.number, c.phone from cases_contact c join cases_case k on k.id = c.case_id"
        ).fetchall()
    key = cipher.Key(bytes.fromhex(key_id), cipher.SUITES[suite], keys_of(home).read(key_id))
    values = [cipher.open_(key, bytes(sealed), table="cases_contact", column="phone", row=n) for n, sealed in rows]
    return len(values)


def test_a_destroyed_compartment_stays_dead_after_a_restore_and_the_rest_is_readable(
    house: House, tmp_path: Path
) -> None:
    saved, saved_keys, new = tmp_path / "saved", tmp_path / "saved keys", tmp_path / "new home"
    running = Cluster(house.home, binaries.find())
    contacts = opens(house.home, running)
    assert contacts > 0
    taken = wangge(house.home, "backup", str(saved), "--keys", str(saved_keys))
    assert (taken.returncode, "saved, restored apart and compared" in taken.stdout) == (0, True), taken.stderr
    compared = json.loads((tmp_path / "saved.compared.json").read_text())
    assert compared["rows"]["cases_contact"] == contacts

    held = {code: key for code, (key, _gone) in compartments(running).items()}
    dead = held.pop("reporters")
    alive = set(held.values())
    keys_of(house.home).destroy(dead, now=timezone.now())
    back = wangge(house.home, "restore", str(saved), str(new), "--keys", str(saved_keys))
    assert (back.returncode, f"left out: {dead}" in back.stdout) == (0, True), back.stderr + back.stdout
    assert "2 keys, 1 destroyed keys left out" in back.stdout
    (new / "keys" / f"{dead}.key").write_bytes((saved_keys / "keys" / f"{dead}.key").read_bytes())
    with pytest.raises(KeyDestroyed):
        keys_of(new).read(dead)
    with Cluster(new, binaries.find(), memory=128) as copy:
        with pytest.raises(KeyDestroyed):
            opens(new, copy)
        assert wangge(new, "migrate").returncode == 0
        assert {code: gone for code, (_key, gone) in compartments(copy).items()} == {
            "reporters": True, "accounts": False, "registry": False,
        }  # fmt: skip
        assert [place.ids() for place in keys_of(new).places] == [alive] * 2
        verdict = wangge(new, "verify")
        assert (verdict.returncode, "The book is whole." in verdict.stdout) == (0, True)
    print(f"\n  backup of {compared['rows']['cases_case']} cases: numbers opened before {contacts}, after 0; rest read")


def test_a_list_from_the_second_host_is_obeyed_by_a_machine_that_lost_its_own(house: House, tmp_path: Path) -> None:
    second_host = tmp_path / "second host"
    assert wangge(house.home, "export-seal", str(second_host / "anchors.jsonl")).returncode == 0
    saved, saved_keys = tmp_path / "saved", tmp_path / "saved keys"
    assert wangge(house.home, "backup", str(saved), "--keys", str(saved_keys), "--no-check").returncode == 0
    dead = compartments(Cluster(house.home, binaries.find()))["reporters"][0]
    keys_of(house.home).destroy(dead, now=timezone.now())
    assert wangge(house.home, "export-seal", str(second_host / "anchors.jsonl")).returncode == 0
    elsewhere = tmp_path / "bare machine"
    back = wangge(
        elsewhere, "restore", str(saved), str(tmp_path / "new"), "--keys", str(saved_keys),
        "--destroyed", str(second_host / "destroyed-keys.jsonl"),
    )  # fmt: skip
    assert (back.returncode, f"left out: {dead}" in back.stdout) == (0, True), back.stderr
    assert keys_of(tmp_path / "new").destroyed() == {dead}


def test_what_comes_back_different_is_no_backup_and_says_why(house: House, tmp_path: Path) -> None:
    with psycopg.connect(Cluster(house.home, binaries.find()).dsn("wg_super")) as connection:
        connection.execute(
            "insert into files_file (name, owner, width, height, size, digest, kept_at)"
            " values ('abcdef0123', 'case', 1, 1, 1, '', now())"
        )
    key_id = compartments(Cluster(house.home, binaries.find()))["reporters"][0]
    (house.home / "keys" / f"{key_id}.key").rename(tmp_path / "hidden.key")
    taken = wangge(house.home, "backup", str(tmp_path / "saved"), "--keys", str(tmp_path / "keys"))
    assert (taken.returncode, (tmp_path / "saved.compared.json").exists()) == (1, False)
    assert "saved is NOT a backup: " in taken.stderr
    assert "photo abcdef0123 is missing" in taken.stderr
    assert "the key of compartment reporters is not among the saved keys" in taken.stderr
    shutil.move(tmp_path / "hidden.key", house.home / "keys" / f"{key_id}.key")


def test_a_backup_of_a_house_that_sleeps_is_refused(tmp_path: Path) -> None:
    done = wangge(tmp_path / "nobody", "backup", str(tmp_path / "saved"))
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert done.stderr.startswith("The database in "), done.stderr
