"""Lists of invented residents as the secretary of the community brings them in."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from tests.cast import Person
from tests.exchange.lists import run, sheet
from wangge.exchange import actions, reading
from wangge.exchange.models import Import
from wangge.people.words import COMPARTMENT
from wangge.places.models import Dwelling

HEADER = ("小区", "楼栋", "单元", "室号", "姓名", "身份证号", "手机", "居住方式", "与户主关系")


def door(home: Dwelling) -> tuple[str, str, str, str]:
    """How a sheet names a dwelling."""
    assert home.building.compound is not None
    return home.building.compound.name, home.building.name, home.unit, home.room


def uploaded(person: Person, raw: bytes, *, name: str = "孙兰一家（虚构）.csv") -> Import:
    """A list of persons, read and ready to be mapped."""
    with person.acting() as actor:
        kept = reading.keep([raw], seals=COMPARTMENT)
        source = actions.source_named("a community", by=actor)
        held = actions.begin(source, "persons", file_name=name, kept=kept, by=actor, now=timezone.now())
    return run(person, held)


def listed(person: Person, *rows: Sequence[object], header: Sequence[str] = HEADER, **options: Any) -> Import:
    """The rows, checked."""
    from tests.exchange.lists import mapped

    return mapped(person, uploaded(person, sheet(header, *rows)), **options)
