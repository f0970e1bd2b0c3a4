"""All writes about residents: each checks its rule, runs in one transaction and leaves one entry."""

from wangge.people.actions.leaving import leave, move
from wangge.people.actions.opening import open_field
from wangge.people.actions.recording import confirm, correct, join, record_household, say_use, wish
from wangge.people.actions.sealing import Member

__all__ = ["Member", "confirm", "correct", "join", "leave", "move", "open_field", "record_household", "say_use", "wish"]
