"""The command line: `wangge COMMAND --help` says what each does."""

from wangge.web.commands.main import main

__all__ = ["main"]
