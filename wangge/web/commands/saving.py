"""`wangge backup` and `wangge restore`: a physical copy that counts only when it was restored and compared."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import psycopg
from django.conf import settings
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from wangge.vault import sealed
from wangge.vault.actions import DESTROYED
from wangge.vault.keys import KeyMissing, KeyStore
from wangge.vault.queries import store
from wangge.web.commands import noted
from wangge.web.postgres import backup as copies
from wangge.web.postgres import binaries, pruning, rewriting
from wangge.web.postgres.cluster import Cluster
from wangge.web.trouble import Trouble, gettext_noop

GROWING = (
    "cases_case", "cases_step", "cases_photo", "cases_contact", "files_file", "ledger_entry", "ledger_seal",
    "places_dwelling", "teams_account", "vault_compartment", "vault_key",
)  # fmt: skip
"""Tables that grow, or that retention makes smaller: a copy has no fewer and no more rows than before and after."""
SEALS = "select id, encode(digest, 'hex') from ledger_seal order by id"
PHOTOS = "select name from files_file order by name"
LIVING = (
    "select c.code, k.key_id from vault_key k join vault_compartment c on c.id = k.compartment_id"
    " where k.destroyed_at is null order by c.code, k.id"
)

Counts = dict[str, int]


class Differs(Trouble):
    """What came back is not what was saved: this is no backup."""


def counts_of(connection: psycopg.Connection) -> Counts:
    found: Counts = {}
    for table in GROWING:
        row = connection.execute(SQL("select count(*) from {}").format(Identifier(table))).fetchone()
        found[table] = int(row[0]) if row else 0
    return found


def look(cluster: Cluster) -> tuple[Counts, list[tuple[Any, ...]]]:
    """Row counts and seals, read as the superuser: row-level security must not hide a loss."""
    with psycopg.connect(cluster.dsn("wg_super")) as connection:
        return counts_of(connection), connection.execute(SEALS).fetchall()


def differences(copy: Cluster, before: Counts, after: Counts, seals: list[tuple[Any, ...]]) -> Iterator[str]:
    """What a restored copy lacks, and what it should not have."""
    with psycopg.connect(copy.dsn("wg_super")) as connection:
        for table, rows in counts_of(connection).items():
            if not min(before[table], after[table]) <= rows <= max(before[table], after[table]):
                yield f"{table}: {rows} rows came back, {before[table]} to {after[table]} were there"
        if (own := connection.execute(SEALS).fetchall()) != seals[: len(own)]:
            yield "ledger_seal: the seals that came back are not those of the book"
        media = copy.home.root / "media"
        for (name,) in connection.execute(PHOTOS):
            if not (media / name[:2] / f"{name}.jpg").is_file():
                yield f"photo {name} is missing"


def locked(copy: Cluster, dead: frozenset[str]) -> Iterator[str]:
    """Compartments whose saved key does not open."""
    root = copy.home.root
    saved = KeyStore(root / "keys", (), root / "destroyed" / "keys.jsonl")
    with psycopg.connect(copy.dsn("wg_super")) as connection:
        for code, key_id in connection.execute(LIVING):
            try:
                if key_id not in dead:
                    saved.read(key_id)
            except KeyMissing:
                yield f"the key of compartment {code} is not among the saved keys"


def our_cluster() -> Cluster:
    return Cluster(settings.WANGGE.home, binaries.find(settings.WANGGE.pg_bin))


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--keys", type=click.Path(path_type=Path), help="Where the vault's keys go: another place than TARGET.")
@click.option("--no-check", is_flag=True, help="Skip the restore and comparison (the backup then does not count).")
def backup(*, target: Path, keys: Path | None, no_check: bool) -> None:
    """Save the running installation into the new folder TARGET, restore it apart and compare.

    Tables with sealed values are written anew first, so that nobody who was removed is in the copy; for some seconds
    nobody reads them.

    Then removes backups beside it whose life is over: data after WANGGE_BACKUP_DAYS (30), keys after
    WANGGE_KEY_BACKUP_DAYS (7) or as soon as one of them was destroyed.

    Exit code 0: saved and compared; 1: not saved, or what came back differs, and it says in what.

    Example: wangge backup /mnt/backup/2026-11-22 --keys /mnt/keys/2026-11-22
    """
    cluster = our_cluster()
    if not cluster.is_running():
        idle = gettext_noop("The database in %(home)s is not running. Start wangge first: a backup is taken at work.")
        raise copies.BackupRefused(idle, home=settings.WANGGE.home)
    for table in rewriting.rewrite(cluster, {held.table for held in sealed.everything()}):
        click.echo(f"{table}: too busy to be written anew; what was removed since the last time may be in this copy.")
    before, _seals = look(cluster)
    manifest = copies.take(cluster, target, taken_at=timezone.now(), keys_target=keys)
    for made in filter(None, (target, keys)):
        noted.note("backups", made.absolute().parent)
    if no_check:
        click.echo(f"{target}: saved, not compared. It does not count as a backup yet.")
        return
    after, seals = look(cluster)
    wrong: list[str] = []

    def compare(copy: Cluster) -> None:
        wrong.extend(differences(copy, before, after, seals))
        wrong.extend(locked(copy, store().destroyed()) if keys else ())

    copies.verify(target, cluster.binaries, keys=keys, destroyed=store().destroyed(), check=compare)
    if wrong:
        not_whole = gettext_noop("%(target)s is NOT a backup: %(wrong)s")
        raise Differs(not_whole, target=target, wrong="; ".join(wrong[:20]))
    seen = {"compared_at": timezone.now().isoformat(), "rows": after, "seals": len(seals), "keys": keys is not None}
    target.with_name(target.name + ".compared.json").write_text(json.dumps(seen, ensure_ascii=False, indent=2))
    click.echo(f"{target}: saved, restored apart and compared: {', '.join(f'{k} {v}' for k, v in after.items())}")
    click.echo(f"PostgreSQL {manifest.postgres}, {len(manifest.files)} files, {len(seals)} seals")
    _remove_spent(target, keys, manifest.system)


def _remove_spent(target: Path, keys: Path | None, system: str) -> None:
    """Remove what is past its life beside the backup that was just compared; saved keys only when others were saved."""
    dead, now = store().destroyed(), timezone.now()
    over = pruning.spent(target.absolute().parent, "installation", system=system, life=data_life(), now=now)
    if keys is not None:
        folder = keys.absolute().parent
        over += pruning.spent(folder, "keys", system=system, life=keys_life(), now=now, dead=dead)
    for old in over:
        pruning.remove(old)
        click.echo(f"removed: {old}")


def data_life() -> timedelta:
    """How long a backup of the data is kept."""
    return timedelta(days=settings.WANGGE.backup_days)


def keys_life() -> timedelta:
    """How long saved keys are kept."""
    return timedelta(days=settings.WANGGE.key_backup_days)


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.argument("home", type=click.Path(path_type=Path))
@click.option("--keys", type=click.Path(path_type=Path, exists=True), help="The folder of the saved keys.")
@click.option("--destroyed", type=click.Path(path_type=Path, exists=True), multiple=True,
              help="Lists of destroyed keys kept outside the backups; ours is always obeyed.")  # fmt: skip
def restore(source: Path, home: Path, keys: Path | None, destroyed: tuple[Path, ...]) -> None:
    """Bring a backup into the empty folder HOME. Destroyed keys stay dead.

    Example: wangge restore /mnt/backup/2026-11-22 /srv/wangge --keys /mnt/keys/2026-11-22
    """
    dead = dict(deaths((*lists_of_the_dead(), *destroyed)))
    done = copies.restore(source, home, destroyed=set(dead), keys=keys)
    list_of_the_dead = home / "destroyed" / "keys.jsonl"
    list_of_the_dead.parent.mkdir(mode=0o700, exist_ok=True)
    list_of_the_dead.write_text("".join(line + "\n" for line in dead.values()))
    click.echo(f"Brought back. {len(done.keys)} keys, {len(done.refused_keys)} destroyed keys left out.")
    for key in done.refused_keys:
        click.echo(f"  left out: {key}")
    click.echo(f"Start it with: WANGGE_HOME={home} wangge up")


def lists_of_the_dead() -> tuple[Path, ...]:
    """Our own list of destroyed keys and its copies beside the exported seals."""
    return (store().tombstones, *(folder / DESTROYED for folder in settings.WANGGE.anchor_folders))


def deaths(lists: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    """Key id and line of each destroyed key on any of the lists that are there."""
    for path in lists:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for line in filter(str.strip, lines):
            yield json.loads(line)["key"], line
