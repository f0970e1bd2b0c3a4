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
from wangge.web.commands import noted
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
@click.option("--passphrase", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A file with the passphrase, kept elsewhere; without it the command asks.")  # fmt: skip
def backup(*, folder: Path, passphrase: Path | None) -> None:
    """Save the keys, and nothing else, into a new file of FOLDER. Removes files there whose life is over.

    The life is WANGGE_KEY_BACKUP_DAYS (7): the shorter, the sooner a destroyed key is gone from every copy. A file
    with a destroyed key is removed at once when the new one has the rest. Exit code 1: some key opens nowhere.

    Example: wangge keys backup /mnt/keys --passphrase /media/usb/passphrase
    """
    now, lasts = timezone.now(), timedelta(days=settings.WANGGE.key_backup_days)
    held = store()
    phrase = _read(passphrase) if passphrase else _asked(again=True)
    made = saved_keys.save(held, folder, passphrase=phrase, now=now, lasts=lasts)
    noted.note("key-backups", folder)
    click.echo(f"{made.path}: {len(made.ids)} keys, until {timezone.localtime(made.ends_at):%Y-%m-%d %H:%M}")
    for old in saved_keys.remove_spent(folder, made, dead=held.destroyed(), now=now):
        click.echo(f"removed: {old}")
    if lost := sorted(held.living() - made.ids):
        not_all = gettext_noop("Saved, but for %(keys)s: this key opens in no place. Look with: wangge doctor")
        raise KeysRefused(not_all, keys=", ".join(lost))


@keys.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--passphrase", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The file with the passphrase it was closed with; without it the command asks.")  # fmt: skip
@click.option("--destroyed", type=click.Path(path_type=Path, exists=True, dir_okay=False), multiple=True,
              help="Lists of destroyed keys kept elsewhere; ours is always obeyed.")  # fmt: skip
def restore(*, file: Path, passphrase: Path | None, destroyed: tuple[Path, ...]) -> None:
    """Bring the keys of FILE back where they are missing. Destroyed keys stay dead; a file past its life is refused.

    Example: wangge keys restore /mnt/keys/keys-20261122T020000.wgkeys --passphrase /media/usb/passphrase
    """
    dead = dict(deaths((*lists_of_the_dead(), *destroyed)))
    phrase = _read(passphrase) if passphrase else _asked(again=False)
    try:
        brought, left = saved_keys.bring_back(store(), file, passphrase=phrase, dead=set(dead), now=timezone.now())
    except saved_keys.TooOld:
        over = gettext_noop("The life of %(file)s is over: it is not used any more. Delete it.")
        raise KeysRefused(over, file=file) from None
    except saved_keys.NotOpened:
        wrong = gettext_noop("%(file)s does not open: another passphrase, or it was changed.")
        raise KeysRefused(wrong, file=file) from None
    except saved_keys.NoBackup:
        raise KeysRefused(gettext_noop("%(file)s is no backup of keys."), file=file) from None
    click.echo(f"Brought back: {len(brought)} keys; {len(left)} destroyed keys left out.")
    for key_id in left:
        click.echo(f"  left out: {key_id}")


def _read(file: Path) -> bytes:
    return _long_enough(file.read_bytes().strip())


def _asked(*, again: bool) -> bytes:
    return _long_enough(click.prompt("Passphrase", hide_input=True, confirmation_prompt=again).strip().encode())


def _long_enough(phrase: bytes) -> bytes:
    if len(phrase.decode(errors="replace")) < saved_keys.SHORTEST:
        short = gettext_noop("The passphrase is too short: at least %(least)s characters.")
        raise KeysRefused(short, least=saved_keys.SHORTEST)
    return phrase
