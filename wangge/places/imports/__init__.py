"""Lists of places that can be brought in: areas, compounds, buildings, dwellings."""

from wangge.exchange.importer import register
from wangge.places.imports.areas import Areas
from wangge.places.imports.buildings import Buildings
from wangge.places.imports.compounds import Compounds
from wangge.places.imports.dwellings import Dwellings


def register_all() -> None:
    """Called when the app is ready."""
    register(Areas(), Compounds(), Buildings(), Dwellings())
