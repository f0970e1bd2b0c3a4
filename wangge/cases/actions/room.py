"""How many reports one place and one network may send within an hour; beyond that a telephone number is shown."""

from wangge.access.budgets import Asked, Budget, both_have_left

PER_PLACE = Budget("report place", 60, 3600)
PER_NET = Budget("report net", 300, 3600)


def room(place_token: str, net: str) -> tuple[Asked, Asked]:
    """The budgets a report from this place and this net takes from, once it is taken in."""
    return (PER_PLACE, place_token), (PER_NET, net)


def has_room(place_token: str, net: str) -> bool:
    """Whether this place and this net may send another report within the hour."""
    return both_have_left(*room(place_token, net))
