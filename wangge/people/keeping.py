"""What of the registry has an end, and what hangs on a person."""

from wangge.core.retention import Start, Way
from wangge.exchange.actions.removing import what_imports_noted
from wangge.exchange.models import Change
from wangge.jobs.keeping import Hanging, OfRows, hangs, register
from wangge.people.actions import canaries, erasing, erasing_asked, erasing_merges
from wangge.people.models import (
    Arrival,
    Canary,
    CareNeed,
    Household,
    Merge,
    MergedPerson,
    Occupancy,
    Person,
    RetentionHold,
    RightsLink,
    RightsRequest,
)
from wangge.people.queries import over

PERSONS, HOUSEHOLDS = Person._meta.db_table, Household._meta.db_table


def register_all() -> None:
    """Say it once, when the app is ready."""
    register(
        OfRows(
            "occupancy_ended", Occupancy._meta.db_table, Start.ENDED, Way.ROW, over.occupancies_ended,
            erasing.remove_occupancies, locks=("self",), person="person",
        ),
        OfRows(
            "person_left", PERSONS, Start.LEFT, Way.ROW, over.persons_left, erasing.remove_persons,
            locks=("self",), person="pk",
        ),
        OfRows(
            "household_ended", HOUSEHOLDS, Start.ENDED, Way.ROW, over.households_ended, erasing.remove_households,
            locks=("self",),
        ),
        OfRows(
            "wishes_left", PERSONS, Start.LEFT, Way.FIELD, over.wishes_left, erasing.empty_wishes,
            locks=("self",), person="pk",
        ),
        OfRows(
            "field_withdrawn", PERSONS, Start.WITHDRAWN, Way.FIELD, over.fields_withdrawn, erasing.forget_tellers,
            locks=("self",), person="pk",
        ),
        OfRows(
            "merged_values", MergedPerson._meta.db_table, Start.ENDED, Way.ROW, over.merged_values,
            erasing_merges.forget_values, locks=("self",), person="merge__kept",
        ),
    )  # fmt: skip
    hangs(Hanging(PERSONS, RetentionHold._meta.db_table, erasing.remove_holds))
    hangs(Hanging(PERSONS, RightsRequest._meta.db_table, erasing_asked.unlink_requests, keeps=erasing_asked.asking))
    hangs(Hanging(PERSONS, RightsLink._meta.db_table, erasing_asked.remove_links))
    hangs(Hanging(PERSONS, CareNeed._meta.db_table, erasing_asked.remove_needs))
    hangs(Hanging(PERSONS, Arrival._meta.db_table, erasing_asked.remove_arrivals))
    hangs(Hanging(PERSONS, Canary._meta.db_table, canaries.remove_canaries, keeps=canaries.kept))
    hangs(Hanging(PERSONS, Merge._meta.db_table, erasing_merges.remove_merges))
    for table, model in ((PERSONS, Person), (HOUSEHOLDS, Household)):
        hangs(Hanging(table, Change._meta.db_table, what_imports_noted(model._meta.label_lower)))
