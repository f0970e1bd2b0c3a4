"""`wangge`: everything an operator does, with plain sentences and exit codes that mean something."""

import os
import sys
from collections.abc import Mapping
from typing import Any

import click

from wangge.web.trouble import Trouble, gettext_noop

EXIT_TROUBLE = 1
NO_DATABASE = gettext_noop("The database does not answer, or is not furnished yet. Start it with: wangge up")

COMMANDS = {  # command: (module, name, one line)
    "up": ("wangge.web.commands.up", "up"),
    "demo": ("wangge.web.commands.demo", "demo"),
    "code": ("wangge.web.commands.demo", "code"),
    "migrate": ("wangge.web.commands.keep", "migrate"),
    "administrators": ("wangge.web.commands.founding", "administrators"),
    "find": ("wangge.web.commands.find", "find"),
    "doctor": ("wangge.web.commands.doctor", "doctor"),
    "verify": ("wangge.web.commands.keep", "verify"),
    "export-seal": ("wangge.web.commands.keep", "export_seal"),
    "backup": ("wangge.web.commands.saving", "backup"),
    "restore": ("wangge.web.commands.saving", "restore"),
    "keys": ("wangge.web.commands.keys", "keys"),
    "import": ("wangge.web.commands.importing", "bring_in"),
    "export": ("wangge.web.commands.exporting", "export"),
    "catalogue": ("wangge.web.commands.keep", "catalogue"),
    "address": ("wangge.web.commands.address", "address"),
    "divide": ("wangge.web.commands.divide", "divide"),
    "retention": ("wangge.web.commands.retention", "retention"),
    "rounds": ("wangge.web.commands.rounds", "rounds"),
    "areas": ("wangge.web.commands.areas", "areas"),
    "layers": ("wangge.web.commands.layers", "layers"),
}


class House(click.Group):
    """Finds a command's module only when it is called, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.web.settings")
        module, name = COMMANDS[cmd_name]
        from importlib import import_module  # noqa: PLC0415 - slow import

        import django  # noqa: PLC0415 - slow import

        django.setup()
        from django.utils import translation  # noqa: PLC0415 - app ready

        translation.activate(language(os.environ))
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Trouble as trouble:
            say(trouble.msgid, **trouble.values)
        except _away():
            say(NO_DATABASE)
        sys.exit(EXIT_TROUBLE)


def _away() -> tuple[type[Exception], ...]:
    """What the database's absence looks like from here."""
    from django.db import OperationalError, ProgrammingError  # noqa: PLC0415 - slow import

    from wangge.access.context import NoSession  # noqa: PLC0415 - app ready
    from wangge.jobs.system import NotFurnished  # noqa: PLC0415 - app ready

    return (OperationalError, ProgrammingError, NoSession, NotFurnished)


def say(msgid: str, **values: object) -> None:
    """A sentence of trouble on stderr, in the language of whoever sits there."""
    from django.utils.translation import gettext  # noqa: PLC0415 - slow import

    click.secho(gettext(msgid) % values if values else gettext(msgid), fg="red", err=True)


def language(environment: Mapping[str, str]) -> str:
    """Chinese where the locale is Chinese, else English: a terminal may not even show the characters."""
    named = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh-hans" if named.lower().startswith("zh") else "en"


@click.group(cls=House)
@click.version_option(package_name="wangge")
def main() -> None:
    """Wangge (网格): one case from a resident's door to a rated answer.

    Settings are environment variables WANGGE_*; `wangge doctor` shows what is wrong and how to mend it.
    """
