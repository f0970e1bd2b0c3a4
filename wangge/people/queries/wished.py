"""How somebody wants to be reached, read to and written to."""

import json
from typing import Any

from wangge.people.models import Person
from wangge.people.words import COMPARTMENT
from wangge.vault import queries as vault


def wished(person: Person) -> dict[str, Any]:
    """What was said about it; empty when nothing was."""
    if person.wishes is None:
        return {}
    where = {"table": Person._meta.db_table, "column": "wishes", "row": str(person.pk)}
    said: dict[str, Any] = json.loads(vault.open_sealed(COMPARTMENT, bytes(person.wishes), **where))
    return said
