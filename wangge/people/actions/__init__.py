"""All writes about residents: each checks its rule, runs in one transaction and leaves one entry."""

from wangge.people.actions.care_ends import end_need, withdraw
from wangge.people.actions.care_sealing import Carers, Grounds, Outside
from wangge.people.actions.caring import confirm_need, consent, describe, name_carers, record_need
from wangge.people.actions.leaving import leave, move
from wangge.people.actions.opening import open_carer, open_field
from wangge.people.actions.recording import confirm, correct, join, record_household, say_use, wish
from wangge.people.actions.sealing import Member

__all__ = [
    "Carers", "Grounds", "Member", "Outside", "confirm", "confirm_need", "consent", "correct", "describe", "end_need",
    "join", "leave", "move", "name_carers", "open_carer", "open_field", "record_household", "record_need", "say_use",
    "wish", "withdraw",
]  # fmt: skip
