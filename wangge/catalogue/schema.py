"""The schema of the definition files: one model per kind of entry; a key that is not here is an error."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from wangge.catalogue.keeping import RetentionRule
from wangge.catalogue.lawful import Basis, Datum, Law, Purpose
from wangge.catalogue.parts import (
    BranchCode,
    Code,
    Digits,
    DottedCode,
    Entry,
    Keywords,
    Label,
    Part,
    Source,
    Year,
)
from wangge.catalogue.words import CaseClass, DayKind, Kind, Mark, ReasonList, Stage, Term, Visibility, YearStatus
from wangge.core.deadlines import BadLimit, ClockKind, Limit
from wangge.core.not_collected import Barred

LABEL_WEIGHT = 3


class Clock(Part):
    """A limit: whole hours or days as `amount`, or `minutes` of one of the two kinds of hour."""

    amount: int | None = None
    minutes: int | None = None
    kind: ClockKind

    @model_validator(mode="after")
    def check(self) -> Self:
        if (self.amount is None) == (self.minutes is None):
            msg = "give either amount or minutes"
            raise ValueError(msg)
        try:
            self.limit()
        except BadLimit as problem:
            raise ValueError(str(problem)) from problem
        return self

    def limit(self) -> Limit:
        """Return the limit as the clocks of `core.deadlines` take it."""
        if self.minutes is not None:
            return Limit.minutes(self.minutes, self.kind)
        assert self.amount is not None
        return Limit(self.amount, self.kind)


class National(Part):
    """Where the category stands in the national tables; cities differ in the sub-class, so it may be absent."""

    main: Digits = Field(alias="class")
    sub: Digits | None = None
    mark: Mark


class Branch(Entry):
    """A branch of the tree of categories; its place in the tree is its code."""

    kind = Kind.BRANCH
    code: BranchCode
    public_label: Label | None = None
    order: int = 0


class Category(Entry):
    """A leaf of the tree: one kind of matter, with its owner and its clocks."""

    kind = Kind.CATEGORY
    code: DottedCode
    public_label: Label | None = None
    main: CaseClass = Field(alias="class")
    national: National | None = None
    owner: Code
    urgent: bool = False
    keywords: Keywords
    visibility: Visibility = Visibility.PARTIES
    clocks: Mapping[Stage, Clock] = Field(default_factory=dict)
    mark: Mark
    source: Source | None = None

    @property
    def branch(self) -> str:
        """Return the code of the branch the leaf hangs on."""
        return self.code.rpartition(".")[0]

    @property
    def spoken(self) -> Label:
        """Return the words used towards residents."""
        return self.public_label or self.label

    @cached_property
    def terms(self) -> tuple[tuple[str, int, int], ...]:
        """Return the words it is found by, each with how often it counts and what it weighs."""
        labels = {term for each in (self.label, self.spoken) for term in (each.zh_hans, each.en)}
        counted = [(term.casefold(), LABEL_WEIGHT) for term in labels]
        counted += [(term.casefold(), 1) for term in (*self.keywords.zh_hans, *self.keywords.en)]
        return tuple((term, times, times * len(term.encode())) for term, times in counted)

    def limit(self, stage: Stage) -> Limit:
        """Return the limit of a stage; entries read from the catalogue carry every stage."""
        return self.clocks[stage].limit()


class StageLimit(Entry):
    """The limit of a stage where the category says nothing, or another term; `urgent` is for categories of danger."""

    kind = Kind.LIMIT
    code: Stage | Term
    ordinary: Clock
    urgent: Clock | None = None
    mark: Mark
    source: Source | None = None


class Reason(Entry):
    """One of the closed lists of reasons, with the channel to name to the reporter.

    A reason to refuse somebody a right names the article it stands on (PIPL Art. 50), and where to complain.
    """

    kind = Kind.REASON
    code: DottedCode
    public_label: Label | None = None
    channel: Label | None = None
    basis: Basis | None = None
    needs_text: bool = False
    order: int = 0

    @model_validator(mode="after")
    def check(self) -> Self:
        lists = [each.value for each in ReasonList]
        if self.code.partition(".")[0] not in lists:
            msg = f"a reason's code begins with one of {', '.join(lists)}"
            raise ValueError(msg)
        if self.group is ReasonList.NOT_ACCEPTED and self.channel is None:
            msg = "a reason not to accept names the channel to use instead"
            raise ValueError(msg)
        if self.group is ReasonList.RIGHTS_REFUSED and (self.channel is None or self.basis is None):
            msg = "a reason to refuse a right names the article it stands on and where to complain"
            raise ValueError(msg)
        return self

    @property
    def group(self) -> ReasonList:
        """Return the list the reason belongs to."""
        return ReasonList(self.code.partition(".")[0])


class Function(Entry):
    """A function of the administration; organisations declare which ones they do."""

    kind = Kind.FUNCTION
    code: Code


class Role(Entry):
    """What a post may be given: who grants it, and whether a second factor is asked."""

    kind = Kind.ROLE
    code: Code
    meaning: Label
    second_factor: bool
    granted_by: tuple[Code, ...]


class Word(Entry):
    """A row of the glossary: the one name of a thing in code, in Chinese and in English."""

    kind = Kind.WORD
    code: Code
    row: int = Field(ge=1)
    meaning: Label
    source: Label


class Day(Part):
    """A day that is not what its weekday says."""

    date: date
    kind: DayKind
    label: Label


class Calendar(Entry):
    """The days off and make-up workdays of one year."""

    kind = Kind.CALENDAR
    code: Year
    label: Label = Label.model_validate({"zh-Hans": "工作日历", "en": "Working calendar"})
    status: YearStatus
    source: Label
    days: tuple[Day, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def check(self) -> Self:
        dates = [day.date for day in self.days]
        if strange := [each for each in dates if each.year != int(self.code)]:
            msg = f"{strange[0]} is not in {self.code}"
            raise ValueError(msg)
        if twice := {each for each in dates if dates.count(each) > 1}:
            msg = f"{min(twice)} stands there twice"
            raise ValueError(msg)
        if wrong := [day.date for day in self.days if day.kind is DayKind.WORKDAY and day.date.weekday() < 5]:
            msg = f"make-up workday {wrong[0]} is not a Saturday or Sunday"
            raise ValueError(msg)
        return self


class GridCare(Entry):
    """A class of general grids by need (重点、服务、联络网格): how many work there, how often they go round.

    `workers` are wanted in each grid, or one person serves up to `grids` of the class; `round_days` are natural days
    between two rounds from door to door; with `deputy` a further person is named who stands in.
    """

    kind = Kind.CARE
    code: Code
    meaning: Label
    workers: int = Field(ge=1, le=20)
    grids: int = Field(default=1, ge=1, le=20)
    round_days: int = Field(ge=1, le=366)
    deputy: bool = False
    order: int = 0
    mark: Mark
    source: Source | None = None

    @model_validator(mode="after")
    def check(self) -> Self:
        if self.workers > 1 and self.grids > 1:
            msg = "either several workers for one grid, or one worker for several grids"
            raise ValueError(msg)
        return self


class Uncollected(Entry):
    """Something about people that is never collected, with the words by which a sheet betrays it.

    A `core` entry may be added to by a city; none of our words can be taken out of it.
    """

    kind = Kind.UNCOLLECTED
    code: Code
    reason: Label
    law: Label
    titles: Keywords
    harmless: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    core: bool = False
    order: int = 0
    mark: Mark
    source: Source | None = None

    def barred(self) -> Barred:
        """Return the words as `core.not_collected` looks for them."""
        return Barred(self.code, (*self.titles.zh_hans, *self.titles.en), self.harmless, self.cells)


class Need(Entry):
    """A kind of help that somebody may need (特殊困难群体的需要): how to act, never what is wrong with anybody.

    `help` says what the carer does; `visit_days` are natural days between two visits unless agreed otherwise;
    `first` marks who is called and fetched first in an emergency; `consent` is read out before it is written down.
    """

    kind = Kind.NEED
    code: Code
    help: Label
    consent: Label
    visit_days: int = Field(ge=1, le=183)
    first: bool = False
    order: int = 0
    mark: Mark
    source: Source | None = None

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Return every text by its key: none of them may tell of an illness or a suspicion."""
        labels = (("label", self.label), ("help", self.help), ("consent", self.consent))
        return tuple(pair for key, label in labels for pair in ((key, label.zh_hans), (key, label.en)))


AnyEntry = (
    Branch
    | Category
    | StageLimit
    | Reason
    | Function
    | Role
    | Law
    | Datum
    | Purpose
    | Word
    | Calendar
    | GridCare
    | Uncollected
    | Need
    | RetentionRule
)
SCHEMA: dict[Kind, type[AnyEntry]] = {
    model.kind: model
    for model in (
        Branch, Category, StageLimit, Reason, Function, Role, Law, Datum, Purpose, Word, Calendar, GridCare,
        Uncollected, Need, RetentionRule,
    )
}  # fmt: skip
