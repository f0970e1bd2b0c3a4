"""All writes to places: the register is loaded by the system; its tree is changed by plans of two people."""

from wangge.places.actions.changes import approve, draft, withdraw
from wangge.places.actions.loading import keep

__all__ = ["approve", "draft", "keep", "withdraw"]
