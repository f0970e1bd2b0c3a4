"""All writes about residents and organisations: each checks its rule, runs in one transaction and leaves one entry."""

from wangge.people.actions.care_ends import end_need, withdraw
from wangge.people.actions.care_sealing import Carers, Grounds, Outside
from wangge.people.actions.caring import confirm_need, consent, describe, name_carers, record_need
from wangge.people.actions.firms import (
    add_contact,
    add_premises,
    correct_firm,
    end_contact,
    end_premises,
    open_contact,
    record_firm,
)
from wangge.people.actions.leaving import leave, move
from wangge.people.actions.lines import need_visit, open_line, send_back, take
from wangge.people.actions.managing import begin_managing, end_managing, end_staff, give_staff, keep_record, remind
from wangge.people.actions.merging import Choice, keep_apart, merge_persons, think_again
from wangge.people.actions.opening import open_carer, open_field
from wangge.people.actions.recording import confirm, correct, join, record_household, say_use, wish
from wangge.people.actions.sealing import Member
from wangge.people.actions.sheets import add_line, answer, hand_in, object_to, withdraw_line
from wangge.people.actions.unmerging import unmerge_persons

__all__ = [
    "Carers",
    "Choice",
    "Grounds",
    "Member",
    "Outside",
    "add_contact",
    "add_line",
    "add_premises",
    "answer",
    "begin_managing",
    "confirm",
    "confirm_need",
    "consent",
    "correct",
    "correct_firm",
    "describe",
    "end_contact",
    "end_managing",
    "end_need",
    "end_premises",
    "end_staff",
    "give_staff",
    "hand_in",
    "join",
    "keep_apart",
    "keep_record",
    "leave",
    "merge_persons",
    "move",
    "name_carers",
    "need_visit",
    "object_to",
    "open_carer",
    "open_contact",
    "open_field",
    "open_line",
    "record_firm",
    "record_household",
    "record_need",
    "remind",
    "say_use",
    "send_back",
    "take",
    "think_again",
    "unmerge_persons",
    "wish",
    "withdraw",
    "withdraw_line",
]  # fmt: skip
