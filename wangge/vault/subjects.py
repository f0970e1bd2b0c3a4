"""Whom a row is about, in a compartment that will be destroyed: a sealed reference and a keyed pseudonym.

A table of an emergency points at no row of the registry. It keeps, for each row, a `token` drawn by chance (the row's
key), the `reference` sealed for that row and the `pseudonym`, which is equal for the same subject and says nothing
without the key. All three are of one length for every subject. The key destroyed, nobody can tell whom a row was about
(trust.md rows 10 and 11); what stays in clear are the micro-grid or a larger area, states and times.

Write them in transactions in which nothing of the registry is written, else a superuser could join the two by it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import SystemRandom
from secrets import token_hex
from typing import NamedTuple

from wangge.vault import actions, queries
from wangge.vault.sealed import Index, Sealed

KIND, NUMBER = 20, 19
LENGTH = KIND + 1 + NUMBER
"""Characters of every reference: its length says neither the kind nor how great the number is."""


class Subject(NamedTuple):
    """A row of the registry: what it is (`person`, `dwelling`, `household`) and its number."""

    kind: str
    pk: int


@dataclass(frozen=True)
class Referred:
    """What stands in a row about a subject; `subject` itself is for the caller and is not to be kept."""

    subject: Subject
    token: str
    reference: bytes
    pseudonym: bytes

    @property
    def ledger_subject(self) -> str:
        """The subject of an entry in the book, which cannot forget: by pseudonym."""
        return ledger_name(self.pseudonym)


def refer(compartment: str, subjects: Iterable[Subject], *, table: str) -> list[Referred]:
    """Refer to subjects in rows of a table, in an order drawn by chance: that of the registry would tell.

    Each is given a token for its row. Raises KeyDestroyed.
    """
    mixed = list(subjects)
    SystemRandom().shuffle(mixed)
    tokens = [token_hex(16) for _ in mixed]
    written = [_written(one) for one in mixed]
    sealed = actions.seal_many(
        compartment, [(text, table, "reference", token) for text, token in zip(written, tokens, strict=True)]
    )
    named = actions.blind_index_many(compartment, [(normal(text), None) for text in written])
    return [Referred(*each) for each in zip(mixed, tokens, sealed, named, strict=True)]


def pseudonyms(compartment: str, subject: Subject) -> list[bytes]:
    """What to look for to find a subject's rows: more than one while a key is exchanged. Raises KeyDestroyed."""
    return queries.blind_indexes(compartment, normal(_written(subject)))


def resolve(compartment: str, rows: Sequence[tuple[bytes, str]], *, table: str) -> list[Subject]:
    """The subjects of rows given as (reference, token), in one go. Raises KeyDestroyed once, or Unreadable."""
    opened = queries.open_many(compartment, [(reference, table, "reference", token) for reference, token in rows])
    return [_read(text or "") for text in opened]


def ledger_name(pseudonym: bytes) -> str:
    """How the book names a subject inside a compartment: 128 bits of its pseudonym, no number of the registry."""
    return f"subject:{pseudonym.hex()[:32]}"


def sealed_table(table: str, *columns: str, compartment_column: str = "compartment") -> Sealed:
    """How such a table is registered, so that an exchange of keys finds it; `columns` are other sealed ones."""
    index = Index("pseudonym", of="reference", normal=normal)
    return Sealed(
        table, "token", ("reference", *columns), indexes=(index,), compartment_column=compartment_column
    )  # fmt: skip


def normal(written: str) -> str:
    """What a pseudonym is made of: never the same as the index of a telephone or a document."""
    return f"subject|{written}"


def _written(subject: Subject) -> str:
    if not subject.kind.isidentifier() or len(subject.kind) > KIND or not 0 <= subject.pk < 10**NUMBER:
        raise ValueError(f"no row of the registry: {subject.kind}")
    return f"{subject.kind:<{KIND}}:{subject.pk:0{NUMBER}d}"


def _read(written: str) -> Subject:
    kind, _colon, number = written.partition(":")
    return Subject(kind.rstrip(), int(number))
