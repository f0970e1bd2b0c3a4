"""Lists of residents that can be brought in."""

from wangge.exchange.importer import register
from wangge.people.imports.persons import Persons


def register_all() -> None:
    """Called when the app is ready."""
    register(Persons())
