"""Invented residents, sealed as the registry seals them, written past the application in bulk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import psycopg

from wangge.people.words import COMPARTMENT, folded, number_of
from wangge.vault import actions as vault

TABLE = "people_person"
AT_ONCE = 10_000
COLUMNS = (
    "id", "area_id", "community_id", "name", "document", "phone", "name_index", "document_index", "phone_index",
    "source", "confirmed_on", "told", "left_on",
)  # fmt: skip
NEW = "select nextval(pg_get_serial_sequence('people_person', 'id')) from generate_series(1, %s)"


@dataclass(frozen=True)
class Invented:
    """What is said of somebody who does not exist."""

    number: int

    @property
    def name(self) -> str:
        return f"虚构{self.number}"

    @property
    def document(self) -> str:
        return f"citizen_id:110101194910{self.number:06d}"

    @property
    def phone(self) -> str:
        return f"138{self.number:08d}"

    def values(self) -> tuple[str, str, str]:
        """Name, document, telephone."""
        return self.name, self.document, self.phone


def sealed_rows(ids: Sequence[int], people: Sequence[Invented], community: int) -> Iterator[tuple[bytes, ...]]:
    """For each person: three sealed values and three blind indexes, in the order of `COLUMNS`."""
    places = [
        (value, TABLE, column, str(pk))
        for pk, one in zip(ids, people, strict=True)
        for column, value in zip(("name", "document", "phone"), one.values(), strict=True)
    ]
    keys = [
        spelled
        for one in people
        for spelled in ((folded(one.name), community), (number_of(one.document), None), (one.phone, None))
    ]
    sealed, blind = vault.seal_many(COMPARTMENT, places), vault.blind_index_many(COMPARTMENT, keys)
    for at in range(0, len(sealed), 3):
        yield (*sealed[at : at + 3], *blind[at : at + 3])


def fill(dsn: str, people: Sequence[Invented], area: int, community: int) -> dict[int, Invented]:
    """Write people who have moved away, as the superuser; the caller acts as the house. Returns them by their ids."""
    written: dict[int, Invented] = {}
    with psycopg.connect(dsn) as server:
        for begin in range(0, len(people), AT_ONCE):
            part = people[begin : begin + AT_ONCE]
            ids = [pk for (pk,) in server.execute(NEW, [len(part)]).fetchall()]
            with server.cursor().copy(f"copy people_person ({', '.join(COLUMNS)}) from stdin") as rows:
                for pk, held in zip(ids, sealed_rows(ids, part, community), strict=True):
                    rows.write_row((pk, area, community, *held, "list:invented", "2026-03-01", "{}", "2026-03-01"))
            written |= zip(ids, part, strict=True)
    return written
