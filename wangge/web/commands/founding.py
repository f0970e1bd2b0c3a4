"""`wangge administrators`: the three first people of an empty installation."""

import secrets
import sys

import click
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.access.action import Refused
from wangge.jobs.system import as_system
from wangge.teams import actions
from wangge.teams.actions.founding import Founder

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when it is read aloud
LENGTH = 16


def first_password() -> str:
    """Sixteen letters and digits in groups of four, to be handed over on paper and changed."""
    drawn = "".join(secrets.choice(LETTERS) for _each in range(LENGTH))
    return "-".join(drawn[at : at + 4] for at in range(0, LENGTH, 4))


def _person(value: tuple[str, str]) -> Founder:
    return Founder(value[0].strip().lower(), value[1].strip(), first_password())


@click.command()
@click.option("--system", nargs=2, required=True, metavar="LOGIN NAME", help="Opens accounts, runs the machine.")
@click.option("--security", nargs=2, required=True, metavar="LOGIN NAME", help="Gives and ends posts.")
@click.option("--audit", nargs=2, required=True, metavar="LOGIN NAME", help="Reads and verifies the book.")
def administrators(system: tuple[str, str], security: tuple[str, str], audit: tuple[str, str]) -> None:
    """Open the accounts of the three first administrators, in an installation in which nobody is yet.

    Prints each first password once. Exit code 2: refused, nothing was written.

    All names are invented.

    Example: wangge administrators --system lin "林一" --security zhou "周二" --audit wu.3 "吴三"
    """
    people = {"system_admin": _person(system), "security_admin": _person(security), "auditor": _person(audit)}
    try:
        with as_system("found") as actor:
            actions.found(people, by=actor, now=timezone.now())
    except Refused as refused:
        click.secho(refused.reason, fg="red", err=True)
        sys.exit(2)
    except ValidationError as wrong:
        click.secho("\n".join(wrong.messages), fg="red", err=True)
        sys.exit(2)
    for one in people.values():
        click.echo(f"{one.username:<20} {one.password}  {one.name}")
    click.echo(_("Hand each password over in person. At the first sign-in everybody sets up the second factor;"
                 " the password is changed under “My settings”."))  # fmt: skip
