"""Who may do what about residents and organisations: each rule answers with a reason, or with nothing."""

from wangge.people.rules.care import CARERS, COUNTERS, Cared, may_see_care_counts, may_see_charges, may_withdraw
from wangge.people.rules.firms import (
    FIRM_READERS,
    STAFF_GIVERS,
    OfAFirm,
    may_answer,
    may_end_staff,
    may_give_staff,
    may_hand_in,
    may_keep_firm,
    may_keep_of_firm,
    may_report,
    may_see_firms,
    works_for,
)
from wangge.people.rules.keeping import KEEPERS, InAnArea, is_keeper, may_bring_persons, may_keep, may_see_residents
from wangge.people.rules.merging import may_merge, may_unmerge
from wangge.people.rules.retention import may_erase, may_prove_retention, may_run_retention, may_see_retention
from wangge.people.rules.rights import ANSWERERS, may_answer_request, may_ask, may_follow, may_hear
from wangge.people.rules.watching import READERS, WATCHERS, may_assess, may_plant, may_read_assessments, may_watch

__all__ = [
    "ANSWERERS",
    "CARERS",
    "COUNTERS",
    "FIRM_READERS",
    "KEEPERS",
    "READERS",
    "STAFF_GIVERS",
    "WATCHERS",
    "Cared",
    "InAnArea",
    "OfAFirm",
    "is_keeper",
    "may_answer",
    "may_answer_request",
    "may_ask",
    "may_assess",
    "may_bring_persons",
    "may_end_staff",
    "may_erase",
    "may_follow",
    "may_give_staff",
    "may_hand_in",
    "may_hear",
    "may_keep",
    "may_keep_firm",
    "may_keep_of_firm",
    "may_merge",
    "may_plant",
    "may_prove_retention",
    "may_read_assessments",
    "may_report",
    "may_run_retention",
    "may_see_care_counts",
    "may_see_charges",
    "may_see_firms",
    "may_see_residents",
    "may_see_retention",
    "may_unmerge",
    "may_watch",
    "may_withdraw",
    "works_for",
]
