"""`wangge`: everything an operator does, with plain sentences and exit codes that mean something."""

import os
import sys
from typing import Any

import click

from wangge.web.trouble import Trouble

EXIT_TROUBLE = 1

COMMANDS = {  # command: (module, name, one line)
    "up": ("wangge.web.commands.up", "up"),
    "demo": ("wangge.web.commands.demo", "demo"),
    "code": ("wangge.web.commands.demo", "code"),
    "migrate": ("wangge.web.commands.keep", "migrate"),
    "doctor": ("wangge.web.commands.doctor", "doctor"),
    "verify": ("wangge.web.commands.keep", "verify"),
    "export-seal": ("wangge.web.commands.keep", "export_seal"),
    "backup": ("wangge.web.commands.saving", "backup"),
    "restore": ("wangge.web.commands.saving", "restore"),
    "catalogue": ("wangge.web.commands.keep", "catalogue"),
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
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Trouble as trouble:
            click.secho(str(trouble), fg="red", err=True)
            sys.exit(EXIT_TROUBLE)


@click.group(cls=House)
@click.version_option(package_name="wangge")
def main() -> None:
    """Wangge (网格): one case from a resident's door to a rated answer.

    Settings are environment variables WANGGE_*; `wangge doctor` shows what is wrong and how to mend it.
    """
