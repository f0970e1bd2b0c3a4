"""Lists of teams that can be brought in: organisations, and the staff that works for them."""

from wangge.exchange.importer import register
from wangge.teams.imports.staff import Staff
from wangge.teams.imports.units import Units


def register_all() -> None:
    """Called when the app is ready."""
    register(Units(), Staff())
