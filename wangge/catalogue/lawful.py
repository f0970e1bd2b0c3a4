"""Why something is kept about people: laws with their dates, the data there are, purposes that name both."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from wangge.catalogue.parts import Code, Entry, Label, Part, Source
from wangge.catalogue.words import Kind, LawRank, Mark

Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}(\.[0-9]{1,2})?$")]
COMPLETE = ("fields", "roles", "bases", "retention", "notice", "refusing")
"""What every purpose in use says; one withdrawn before may lack it."""


class Article(Part):
    """An article in our own words; `13.4` is item 4 of article 13."""

    number: Number
    note: Label
    mark: Mark


class Law(Entry):
    """A law, regulation or standard in one wording: a revision is an entry of its own, with its own dates.

    `in_force_from` is its first day, `in_force_to` its last; without a last one it is in force until further notice.
    """

    kind = Kind.LAW
    code: Code
    short: Label
    rank: LawRank = LawRank.LAW
    in_force_from: date
    in_force_to: date | None = None
    articles: tuple[Article, ...] = ()
    mark: Mark
    source: Source | None = None
    order: int = 0

    @model_validator(mode="after")
    def check(self) -> Self:
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            msg = "it ends before it begins"
            raise ValueError(msg)
        numbers = [article.number for article in self.articles]
        if twice := {each for each in numbers if numbers.count(each) > 1}:
            msg = f"article {min(twice)} stands there twice"
            raise ValueError(msg)
        return self

    def is_in_force(self, on: date) -> bool:
        """Say whether the law is in force on a day, its first and last day included."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)

    def article(self, number: str) -> Article | None:
        """Return the article of this number, when the register has it."""
        return next((article for article in self.articles if article.number == number), None)


class Datum(Entry):
    """A piece of data about people that forms may ask and purposes may name; the list is closed to the code.

    `is_sealed` says that it stands in the vault; `is_sensitive` that the law asks for separate consent (PIPL Art. 28).
    """

    kind = Kind.FIELD
    code: Code
    meaning: Label
    is_sealed: bool
    is_sensitive: bool = False
    order: int = 0


class Basis(Part):
    """The article a purpose stands on; without a number the whole of a standard."""

    law: Code
    article: Number | None = None


class Retention(Part):
    """How long something is kept: so many natural days after an event."""

    after: Label
    days: int = Field(ge=0, le=36_500)


class Purpose(Entry):
    """Why somebody may open a sealed field: which fields, who, on what ground, how long, and what residents are told.

    `consent` says that it rests on separate consent; `refusing` tells what happens to whoever says no, which is never
    that they are served less (PIPL Art. 16). Where `opens` is not set, it says why a form asks and opens nothing.
    """

    kind = Kind.PURPOSE
    code: Code
    fields: tuple[Code, ...] = ()
    roles: tuple[Code, ...] = ()
    bases: tuple[Basis, ...] = ()
    retention: Retention | None = None
    notice: Label | None = None
    refusing: Label | None = None
    consent: bool = False
    opens: bool = True
    basis: Label | None = None
    order: int = 0

    def missing(self) -> Iterator[str]:
        """Return what an entry in use has to say and does not."""
        if self.active:
            yield from (name for name in COMPLETE if not getattr(self, name))

    def is_lawful(self, laws: Mapping[str, Law], on: date) -> bool:
        """Say whether at least one of the laws it stands on is in force on a day."""
        return any(basis.law in laws and laws[basis.law].is_in_force(on) for basis in self.bases)
