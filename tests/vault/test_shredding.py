"""P2: a compartment is destroyed. What it knew is gone from the database, from processes at work and from what comes
back from backups, the rest is read; and nobody, with everything in hand, can tell whom it knew. All are invented.
"""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from tests.home import HOME
from tests.live import dsn
from tests.vault import affected
from tests.vault.link_hunt import Hunt, hunt
from tests.vault.nearness import surprises
from tests.vault.opener import opener
from tools.bench.residents import Invented, fill
from wangge.jobs.system import as_system
from wangge.ledger.record import record
from wangge.vault import actions, cipher, queries, saved_keys
from wangge.vault.keys import KeyStore
from wangge.vault.models import Compartment
from wangge.web.postgres import backup as copies
from wangge.web.postgres.cluster import Cluster

SUBJECTS = 5_000 if os.environ.get("WANGGE_SOAK") else 60
GRIDS = 100 if os.environ.get("WANGGE_SOAK") else 4
PHRASE = b"a long invented passphrase"
WEEK = timedelta(days=7)
BLIND = 5.0
"""Standard deviations beyond drawing blindly that not even the luckiest of some thousand tricks reaches by chance."""


@dataclass(frozen=True)
class Town:
    """Residents of some grids, and who of them the flood and the heat knew: half of each grid, drawn by chance."""

    people: dict[int, Invented]
    grid_of: dict[int, int]
    flood: set[int]
    heat: set[int]


@pytest.fixture
def store(db: str, tmp_path: Path) -> Iterator[KeyStore]:
    """A copy of the tests' key store: keys may die here."""
    home = tmp_path / "home"
    for name in ("secrets", "keys", "keys-copy", "destroyed"):
        shutil.copytree(HOME / name, home / name) if (HOME / name).exists() else (home / name).mkdir(parents=True)
    with override_settings(WANGGE=settings.WANGGE.model_copy(update={"home": home})), affected.registered():
        queries.forget()
        yield queries.store()
    queries.forget()


def town_of(cluster: Cluster, *, careless: bool = False) -> Town:
    chance, people, grid_of = Random(20260301), dict[int, Invented](), dict[int, int]()
    grids, size = affected.micro_grids(_superuser(cluster), GRIDS), 2 * SUBJECTS // GRIDS
    for at, grid in enumerate(grids):
        drawn = [Invented(n) for n in range(at * size, (at + 1) * size)]
        with as_system("test"):  # for each grid anew: the server ends what waits too long
            held = fill(_superuser(cluster), drawn, grid, grid)
        people |= held
        grid_of |= dict.fromkeys(held, grid)
    with as_system("test"):
        for code in ("flood", "heat"):
            actions.open_compartment(code, now=timezone.now())
        for pk in chance.sample(sorted(people), len(people) // 2):
            record("person.confirm", f"person:{pk}", area_id=grid_of[pk], facts={"source": "worker:1"})
    drawn_by: dict[str, set[int]] = {}
    for code in ("flood", "heat"):
        of_grid = [sorted(pk for pk, one in grid_of.items() if one == grid) for grid in grids]
        drawn_by[code] = {pk for each in of_grid for pk in chance.sample(each, len(each) // 2)}
        affected.affect(code, sorted(drawn_by[code]), people, grid_of, careless=careless)
    return Town(people, grid_of, drawn_by["flood"], drawn_by["heat"])


def readable(*stores: KeyStore, files: tuple[Path, ...] = (), space: Path) -> list[cipher.Key]:
    """Every key a superuser gets hold of, past every list of the destroyed; and what could be mistaken for one."""
    secrets = {"00" * 16: bytes(32), "11" * 16: b"\xff" * 32}
    own = KeyStore(space / "keys", (), space / "destroyed" / "keys.jsonl")
    for file in files:
        saved_keys.bring_back(own, file, passphrase=PHRASE, dead=(), now=saved_keys.look(file).made_at)
    for place in [place for each in (*stores, own) for place in each.places if place.folder.exists()]:
        secrets |= {key_id: key for key_id in place.ids() if (key := place.get(key_id))}
        secrets["22" * 16] = (place.folder / "master.bin").read_bytes()
    return [
        cipher.Key(bytes.fromhex(key_id), suite, secret)
        for key_id, secret in secrets.items()
        for suite in cipher.SUITES.values()
    ]


@pytest.mark.soak
def test_what_a_destroyed_compartment_knew_is_gone_everywhere_and_the_rest_is_read(
    cluster: Cluster, db: str, store: KeyStore, tmp_path: Path
) -> None:
    town, home, saved = town_of(cluster), store.folder.parent, tmp_path / "saved keys"
    read = dict.fromkeys(("rows", "fields", "indexes", "links", "pseudonyms"), SUBJECTS)
    all_read = {"registry": dict.fromkeys(("rows", "fields", "indexes"), len(town.people)), "flood": read, "heat": read}
    with as_system("test"):
        dead = queries.key_of("flood").id.hex()
    before = hunt(_superuser(cluster), "flood", readable(store, space=tmp_path / "hunter before"))
    assert (before.proven, before.tells) == (town.flood, {"pseudonym", "blind index", "reference", "field"})

    first = saved_keys.save(store, saved, passphrase=PHRASE, now=timezone.now(), lasts=WEEK)
    shutil.copytree(store.folder, tmp_path / "keys put aside")
    copies.take(cluster, tmp_path / "saved", taken_at=timezone.now())
    given = {"home": str(home), "dsn": dsn(cluster, "wg_app", db), "owner_dsn": dsn(cluster, "wg_owner", db)}
    with opener(**given) as web, opener(**given) as worker:
        assert [web.look(), worker.look()] == [all_read, all_read]
        begun = time.monotonic()
        with as_system("test"):
            actions.destroy(Compartment.objects.get(code="flood"), now=timezone.now())
        took = time.monotonic() - begun
        after = [web.look(), worker.look()]
    gone = all_read | {"flood": {"rows": SUBJECTS, "fields": 0, "indexes": 0, "links": 0, "pseudonyms": 0}}
    assert after == [gone, gone]

    new = tmp_path / "new home"
    back = _brought_back(cluster, tmp_path / "saved", new, store, tmp_path / "keys put aside", first.path, dead)
    with Cluster(new, cluster.binaries, privilege=cluster.privilege, memory=128, scratch=True) as restored:
        lent = {"home": str(new), "dsn": dsn(restored, "wg_app", db), "owner_dsn": dsn(restored, "wg_owner", db)}
        with opener(**lent) as again:
            assert again.look() == gone
        back.mend()
        fresh = saved_keys.save(store, saved, passphrase=PHRASE, now=timezone.now() + timedelta(hours=1), lasts=WEEK)
        saved_keys.remove_spent(saved, fresh, dead=store.destroyed(), now=timezone.now() + timedelta(hours=1))
        files = tuple(one.path for one in saved_keys.listed(saved))
        keys = readable(store, back, files=files, space=tmp_path / "hunter after")
        assert dead not in {key.id.hex() for key in keys}
        looks = {
            "live": hunt(_superuser(cluster), "flood", keys),
            "backup": hunt(restored.dsn("wg_super", db), "flood", keys),
        }
        rest = hunt(restored.dsn("wg_super", db), "heat", keys)
    for where, found in looks.items():
        assert (found.rows, found.proven) == (SUBJECTS, set()), where
        trick, best = luckiest(found, town.flood, town.grid_of)
        print(
            f"\n  P2 link hunt, {where}: named before {len(before.proven)} of {SUBJECTS}, after {len(found.proven)};"
            f" {len(found.guessed)} tricks, {found.tried} tries, luckiest {best:+.1f} sd ({trick}:"
            f" {len(set(found.guessed[trick].tolist()) & town.flood)} right of {len(found.guessed[trick])})"
        )
        assert abs(best) < BLIND, trick
    assert rest.proven == town.heat
    print(
        f"  P2 shred proof: fields, indexes and links of {SUBJECTS} rows opened before {3 * SUBJECTS}, after 0: in two"
        f" processes at work, in the database and after restoring it with two backups of the keys; the rest read:"
        f" {len(town.people)} of {len(town.people)} residents, {SUBJECTS} of {SUBJECTS} rows; took {1000 * took:.0f} ms"
    )


def _brought_back(
    cluster: Cluster, source: Path, home: Path, store: KeyStore, aside: Path, file: Path, dead: str
) -> KeyStore:
    """The database as it was before, and the keys: a folder put aside copied back by hand, and the closed file."""
    copies.restore(source, home, destroyed=store.destroyed())
    back = KeyStore(home / "keys", (home / "keys-copy",), home / "destroyed" / "keys.jsonl")
    back.tombstones.parent.mkdir()
    shutil.copy(store.tombstones, back.tombstones)
    shutil.rmtree(back.folder, ignore_errors=True)
    shutil.copytree(aside, back.folder)
    brought, left = saved_keys.bring_back(back, file, passphrase=PHRASE, dead=(), now=timezone.now())
    assert (dead in back.places[0].ids(), left) == (True, [dead])
    assert len(brought) >= 4
    return back


def luckiest(found: Hunt, members: set[int], grid_of: dict[int, int]) -> tuple[str, float]:
    beyond = surprises(found.guessed, members, grid_of)
    trick = max(beyond, key=lambda trick: abs(beyond[trick]))
    return trick, beyond[trick]


def test_the_hunt_finds_whoever_was_written_down_carelessly(cluster: Cluster, store: KeyStore, tmp_path: Path) -> None:
    """The same transaction touches the registry: no key is needed to know whom it was about."""
    town = town_of(cluster, careless=True)
    with as_system("test"):
        actions.destroy(Compartment.objects.get(code="heat"), now=timezone.now())
    found = hunt(_superuser(cluster), "heat", readable(store, space=tmp_path / "hunter"))
    _trick, best = luckiest(found, town.heat, town.grid_of)
    assert found.proven == set()
    assert best > BLIND
    assert len(set(found.guessed["xmin ~ xmin"].tolist()) & town.heat) == SUBJECTS


def _superuser(cluster: Cluster) -> str:
    return cluster.dsn("wg_super", str(connection.settings_dict["NAME"]))
