"""`wangge keys`: exchange a compartment's key, and the short-lived backup of the keys apart from the database."""

from datetime import timedelta
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from wangge.jobs.keys import rotate as begin
from wangge.jobs.keys import steps
from wangge.jobs.system import as_system
from wangge.vault import saved_keys
from wangge.vault.models import Compartment
from wangge.vault.queries import store
from wangge.vault.rotation import RotationRefused
from wangge.web.commands.saving import deaths, lists_of_the_dead
from wangge.web.trouble import Trouble, gettext_noop

LONGEST_TURN = 3600.0


class KeysRefused(Trouble):
    """Nothing was done; the sentence says why."""


@click.group()
def keys() -> None:
    """Keys of the vault: exchange one, save them all for a short time, bring them back."""


@keys.command()
@click.argument("code")
@click.option("--at-once", is_flag=True, help="The old key was seen by others: destroy it as soon as it is empty.")
def rotate(*, code: str, at_once: bool) -> None:
    """Give the compartment CODE a new key and seal its values anew, while everybody goes on working.

    Broken off, the worker carries it on. The old key opens backups until their life is over, then it is destroyed;
    with --at-once earlier backups of this compartment cannot be read any more.

    Example: wangge keys rotate reporters
    """
    try:
        with as_system("rotate") as actor:
            begin(code, by=actor, now=timezone.now(), keep=timedelta(0) if at_once else None)
    except Compartment.DoesNotExist:
        unknown = gettext_noop("There is no compartment %(code)s.")
        raise KeysRefused(unknown, code=code) from None
    except RotationRefused as refused:
        raise click.ClickException(str(refused)) from None
    rows = 0
    for done in steps(code, seconds=LONGEST_TURN):
        rows += done.rows
        if done.rows:
            click.echo(f"{done.table}: {rows}")
    click.echo(f"{rows} rows of {code} are sealed with the new key. The worker does the rest.")


@keys.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--passphrase", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A file with the passphrase, kept elsewhere.")  # fmt: skip
def backup(*, folder: Path, passphrase: Path) -> None:
    """Save the keys, and nothing else, into a new file of FOLDER. Removes files there whose life is over.

    The life is WANGGE_KEY_BACKUP_DAYS (7): the shorter, the sooner a destroyed key is gone from every copy.

    Example: wangge keys backup /mnt/keys --passphrase /media/usb/passphrase
    """
    now, lasts = timezone.now(), timedelta(days=settings.WANGGE.key_backup_days)
    made = saved_keys.save(store(), folder, passphrase=_read(passphrase), now=now, lasts=lasts)
    _note(folder)
    click.echo(f"{made.path}: {made.keys} keys, until {timezone.localtime(made.ends_at):%Y-%m-%d %H:%M}")
    for old in saved_keys.listed(folder):
        if old.is_over(now):
            old.path.unlink()
            click.echo(f"removed: {old.path}")


@keys.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--passphrase", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The file with the passphrase it was closed with.")  # fmt: skip
@click.option("--destroyed", type=click.Path(path_type=Path, exists=True), multiple=True,
              help="Lists of destroyed keys kept elsewhere; ours is always obeyed.")  # fmt: skip
def restore(*, file: Path, passphrase: Path, destroyed: tuple[Path, ...]) -> None:
    """Bring the keys of FILE back where they are missing. Destroyed keys stay dead; a file past its life is refused.

    Example: wangge keys restore /mnt/keys/keys-20261122T020000.wgkeys --passphrase /media/usb/passphrase
    """
    dead = set(dict(deaths((*lists_of_the_dead(), *destroyed))))
    try:
        if saved_keys.look(file).is_over(timezone.now()):
            raise KeysRefused(
                gettext_noop("The life of %(file)s is over: it is not used any more. Delete it."), file=file
            )
        brought, left = saved_keys.bring_back(store(), file, passphrase=_read(passphrase), dead=dead)
    except saved_keys.NotOpened:
        wrong = gettext_noop("%(file)s does not open: another passphrase, or it was changed.")
        raise KeysRefused(wrong, file=file) from None
    except ValueError:
        raise KeysRefused(gettext_noop("%(file)s is no backup of keys."), file=file) from None
    click.echo(f"Brought back: {len(brought)} keys; {len(left)} destroyed keys left out.")
    for key_id in left:
        click.echo(f"  left out: {key_id}")


def _read(file: Path) -> bytes:
    phrase = file.read_bytes().strip()
    if len(phrase) < saved_keys.SHORTEST:
        short = gettext_noop("The passphrase in %(file)s is too short: at least %(least)s characters.")
        raise KeysRefused(short, file=file, least=saved_keys.SHORTEST)
    return phrase


def _note(folder: Path) -> None:
    """Remember where backups of the keys go, so that the doctor can look there."""
    note = settings.WANGGE.home / "destroyed" / "key-backups"
    known = note.read_text(encoding="utf-8").splitlines() if note.exists() else []
    if (line := str(folder.absolute())) not in known:
        note.parent.mkdir(mode=0o700, exist_ok=True)
        note.write_text("".join(f"{each}\n" for each in [*known, line]), encoding="utf-8")
        note.chmod(0o600)


def noted_folders() -> list[Path]:
    note = settings.WANGGE.home / "destroyed" / "key-backups"
    return [Path(line) for line in note.read_text(encoding="utf-8").splitlines()] if note.exists() else []
