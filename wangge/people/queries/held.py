"""What is held about one person, in clear: each fact, who told it and when, what for, on what law, how long.

Called by the action that lays it open to the person and leaves the entry. Who adds facts to the registry adds a
function to SOURCES.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.catalogue import queries as catalogue
from wangge.catalogue.lawful import Law, Purpose
from wangge.catalogue.lawful_words import ground, kept_for
from wangge.catalogue.parts import Label
from wangge.catalogue.purposes import in_order, laws
from wangge.core.identifiers import grouped_id, grouped_phone, told_apart
from wangge.people.models import Person
from wangge.people.words import COMPARTMENT, Channel, Document, Kept, Relation, Tenure, told_by
from wangge.vault import queries as vault

HOMES = "select * from people_homes_of(%s)"
ASKED = ("access_request", "correction", "erasure", "explanation", "survivors")
"""Purposes that exist because the person asks: they open what is held, and are no reason to hold it."""

SEALED = (*(kept.value for kept in Kept), "wishes")


@dataclass(frozen=True)
class Fact:
    """One fact as the person reads it. `code` names the data in the register of purposes."""

    code: str
    label: str
    value: str
    told_by: str
    told_on: str
    purposes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Why:
    """A purpose for which facts are held: laws, how long, what happens to whoever refuses."""

    code: str
    label: str
    laws: tuple[str, ...]
    kept: str
    refusing: str


@dataclass(frozen=True)
class Held:
    """Everything that is held about a person."""

    facts: list[Fact] = field(default_factory=list)
    why: list[Why] = field(default_factory=list)


def held(person: Person, on: date) -> Held:
    """Open what is held about a person, all values in one batch."""
    facts = [fact for source in SOURCES for fact in source(person)]
    codes = {fact.code for fact in facts}
    purposes = [each for each in in_order() if each.code not in ASKED and codes & set(each.entry.fields)]
    return Held(
        [_with_purposes(fact, purposes) for fact in facts],
        [_why(each.code, each.entry, laws(), on) for each in purposes],
    )


def _sealed(person: Person) -> Iterator[Fact]:
    table = Person._meta.db_table
    places = [(getattr(person, column), table, column, str(person.pk)) for column in SEALED]
    opened = dict(zip(SEALED, vault.open_many(COMPARTMENT, places), strict=True))
    labels = {each.code: _said(each.entry.label) for each in catalogue.fields()}
    for column, value in opened.items():
        if value is not None:
            source, day = person.told.get(column, (person.source, person.confirmed_on.isoformat()))
            yield Fact(column, labels.get(column, column), spoken(column, value), told_by(source), day)


def spoken(column: str, value: str) -> str:
    """A value as people write it."""
    match column:
        case Kept.PHONE:
            return grouped_phone(value)
        case Kept.DOCUMENT:
            kind, number = told_apart(value)
            shown = grouped_id(number) if kind.value == Document.CITIZEN_ID else number
            return f"{Document(kind.value).label} {shown}"
        case "wishes":
            return _(", ").join(_wishes(json.loads(value)))
    return value


def _wishes(said: dict[str, object]) -> Iterator[str]:
    if (channel := said.get("channel")) in Channel.values:
        yield str(Channel(str(channel)).label)
    if language := said.get("language"):
        yield str(language)
    if said.get("large_type"):
        yield _("Large type")
    if said.get("read_aloud"):
        yield _("Letters are read aloud to them")


def _homes(person: Person) -> Iterator[Fact]:
    with connection.cursor() as cursor:
        cursor.execute(HOMES, [person.pk])
        rows = cursor.fetchall()
    for compound, building, unit, room, tenure, relation, since, until, source, confirmed in rows:
        door = " ".join(part for part in (compound, building, f"{unit}-{room}" if unit else room) if part)
        words = [door, str(Tenure(tenure).label)]
        words += [str(Relation(relation).label)] if relation else []
        words += [_("since %(day)s") % {"day": since.isoformat()}] if since else []
        words += [_("until %(day)s") % {"day": until.isoformat()}] if until else []
        yield Fact("home", _("Home"), _(", ").join(words), told_by(source), confirmed.isoformat())


SOURCES: tuple[Callable[[Person], Iterator[Fact]], ...] = (_sealed, _homes)


def _with_purposes(fact: Fact, purposes: list[catalogue.Held[Purpose]]) -> Fact:
    named = tuple(_said(each.entry.label) for each in purposes if fact.code in each.entry.fields)
    return Fact(fact.code, fact.label, fact.value, fact.told_by, fact.told_on, named)


def _why(code: str, purpose: Purpose, known: dict[str, Law], on: date) -> Why:
    language = get_language() or "zh-hans"
    lawful = [basis for basis in purpose.bases if basis.law in known and known[basis.law].is_in_force(on)]
    kept = kept_for(purpose.retention, language) if purpose.retention is not None else ""
    refusing = _said(purpose.refusing) if purpose.refusing is not None else ""
    return Why(code, _said(purpose.label), tuple(ground(one, known, language) for one in lawful), kept, refusing)


def _said(label: Label) -> str:
    return label.text(get_language() or "zh-hans")
