"""`wangge backup` and `wangge restore`: a physical copy that counts only when it was restored and compared."""

import json
from pathlib import Path
from typing import Any

import click
import psycopg
from django.conf import settings
from django.utils import timezone

from wangge.vault.queries import store
from wangge.web.postgres import backup as copies
from wangge.web.postgres import binaries
from wangge.web.postgres.cluster import Cluster

COUNTED = ("cases_case", "cases_step", "cases_photo", "cases_contact", "ledger_entry", "ledger_seal", "places_dwelling")
COUNTS = "select (select max(digest::text) from ledger_seal where id = (select max(id) from ledger_seal))"


def counts_of(cluster: Cluster) -> dict[str, Any]:
    """Rows of the tables that matter and the newest seal, read as the superuser."""
    with psycopg.connect(cluster.dsn("wg_super")) as connection:
        found: dict[str, Any] = {}
        for table in COUNTED:
            row = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608 - our own names
            found[table] = row[0] if row else 0
        row = connection.execute(COUNTS).fetchone()
        found["newest seal"] = row[0] if row else None
    return found


def our_cluster() -> Cluster:
    return Cluster(settings.WANGGE.home, binaries.find(settings.WANGGE.pg_bin))


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--keys", type=click.Path(path_type=Path), help="Where the vault's keys go: another place than TARGET.")
@click.option("--no-check", is_flag=True, help="Skip the restore and comparison (the backup then does not count).")
def backup(target: Path, keys: Path | None, no_check: bool) -> None:  # noqa: FBT001
    """Save the running installation into the new folder TARGET, restore it apart and compare.

    Example: wangge backup /mnt/backup/2026-11-22 --keys /mnt/keys/2026-11-22
    """
    cluster = our_cluster()
    manifest = copies.take(cluster, target, taken_at=timezone.now(), keys_target=keys)
    if no_check:
        click.echo(f"{target}: saved, not compared. It does not count as a backup yet.")
        return
    seen: dict[str, Any] = {}
    copies.verify(target, cluster.binaries, keys=keys, destroyed=store().destroyed(),
                  check=lambda copy: seen.update(counts_of(copy)))  # fmt: skip
    (target.with_name(target.name + ".compared.json")).write_text(json.dumps(seen, ensure_ascii=False, indent=2))
    click.echo(
        f"{target}: saved and restored apart. " + ", ".join(f"{k} {v}" for k, v in seen.items() if k != "newest seal")
    )
    click.echo(f"PostgreSQL {manifest.postgres}, {len(manifest.files)} files")


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
    lines = [
        line for path in (store().tombstones, *destroyed) if path.exists() for line in path.read_text().splitlines()
    ]
    dead = {json.loads(line)["key"]: line for line in lines if line.strip()}
    done = copies.restore(source, home, destroyed=set(dead), keys=keys)
    list_of_the_dead = home / "destroyed" / "keys.jsonl"
    list_of_the_dead.parent.mkdir(mode=0o700, exist_ok=True)
    list_of_the_dead.write_text("".join(line + "\n" for line in dead.values()))
    click.echo(f"Brought back. {len(done.keys)} keys, {len(done.refused_keys)} destroyed keys left out.")
    for key in done.refused_keys:
        click.echo(f"  left out: {key}")
    click.echo(f"Start it with: WANGGE_HOME={home} wangge up")
