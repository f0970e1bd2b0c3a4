"""For what a form asks data about people: each form says it of its own fields, and a test walks all forms."""

from typing import NamedTuple


class For(NamedTuple):
    """What a field of a form holds and for what it is asked, in codes of the register of purposes."""

    purpose: str
    data: tuple[str, ...]


Asks = dict[str, For]
"""By the name of the field."""
