"""All writes to places: loaded by the system, taken from lists, and the tree changed by plans of two people."""

from wangge.places.actions.changes import approve, draft, withdraw
from wangge.places.actions.importing import give_back, take
from wangge.places.actions.loading import keep, keep_dwellings
from wangge.places.actions.naming import name_places

__all__ = ["approve", "draft", "give_back", "keep", "keep_dwellings", "name_places", "take", "withdraw"]
