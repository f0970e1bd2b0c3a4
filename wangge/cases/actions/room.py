"""How many reports one place and one network may send within an hour; beyond that a telephone number is shown."""

from wangge.access.budgets import Budget, both_have_left, spend_both
from wangge.places.queries import Place

PER_PLACE = Budget("report place", 60, 3600)
PER_NET = Budget("report net", 300, 3600)


def has_room(place: Place, net: str) -> bool:
    """Whether this place and this net may send another report within the hour."""
    return both_have_left((PER_PLACE, place.token), (PER_NET, net))


def count(place: Place, net: str) -> bool:
    """Count a report, last of all: the counters' rows stay locked until the commit. False when it was one too many."""
    return spend_both((PER_PLACE, place.token), (PER_NET, net))
