"""Units of an area that ends go over to the area that takes it over."""

from wangge.teams.models import Organisation


def rehouse(ended_id: int, heir_id: int) -> int:
    """Lay every unit of an ended area into its heir, and say how many.

    Called by the action that puts a change of areas in force, which leaves the entry in the book.
    """
    return Organisation.objects.filter(area_id=ended_id).update(area_id=heir_id)
