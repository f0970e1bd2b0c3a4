"""One item of each kind of thing that retention knows, which ends at a given moment: made as people make it.

Each maker returns how to ask whether the item is still there. All people are invented.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import psycopg
from django.db import connection
from django.utils.timezone import localdate

from tests.cases.made import reported
from tests.cast import Cast, case
from tests.exchange.leaving import asked
from tests.exchange.lists import checked
from tests.exchange.made import COMPOUNDS
from tests.home import HOME
from tests.people.merging import OTHER, TYPED, entry, merged
from tests.people.registering import dwelling_of
from wangge.cases import actions as cases
from wangge.cases.models import Contact, Photo
from wangge.delivery.actions import queue
from wangge.delivery.models import Message, MessageState
from wangge.exchange import actions as imports
from wangge.exchange.actions import exporting
from wangge.exchange.models import Export, Row
from wangge.jobs.system import as_system
from wangge.people.actions import Member, correct, leave, record_household, wish
from wangge.people.models import Household, MergedPerson, Occupancy, Person
from wangge.people.words import Kept, Tenure
from wangge.teams.actions.devices import offer_device
from wangge.teams.models import Device
from wangge.web.postgres.layout import Home

There = Callable[[], bool]
Maker = Callable[[Cast, datetime], There]
NUMBERS = count()


def moved_away(cast: Cast, at: datetime) -> Household:
    """A household of one, who can be reached on paper and moved away at that moment."""
    number = next(NUMBERS) % 20
    with cast.lin.acting() as lin:
        told: dict[str, Any] = {"source": "worker:1", "by": lin, "now": at}
        one = Member("孙兰（虚构）", Tenure.OWNER, phone=f"138000001{number:02d}")
        home = record_household(dwelling_of(cast.grid_id, number), members=(one,), **told)
        person = home.persons.get()
        wish(person, wishes={"channel": "paper"}, **told)
        leave(person, on=localdate(at), **told)
    return home


def occupancy(cast: Cast, at: datetime) -> There:
    held = moved_away(cast, at)
    return _any(lambda: Occupancy.objects.filter(household=held.pk))


def person(cast: Cast, at: datetime) -> There:
    return _any(_persons(moved_away(cast, at)))


def household(cast: Cast, at: datetime) -> There:
    held = moved_away(cast, at)
    return _any(lambda: Household.objects.filter(pk=held.pk))


def wishes(cast: Cast, at: datetime) -> There:
    found = _persons(moved_away(cast, at))
    return _any(lambda: found().filter(wishes__isnull=False))


def _persons(home: Household) -> Callable[[], Any]:
    with as_system("test"):
        (pk,) = Occupancy.objects.filter(household=home.pk).values_list("person", flat=True)
    return lambda: Person.objects.filter(pk=pk)


def withdrawn(cast: Cast, at: datetime) -> There:
    """A number taken back: who had said it is known a little longer."""
    with cast.lin.acting() as lin:
        told: dict[str, Any] = {"source": "worker:1", "by": lin, "now": at}
        one = Member("何燕（虚构）", Tenure.OWNER, phone="13800000200")
        held = record_household(dwelling_of(cast.grid_id, next(NUMBERS) % 20), members=(one,), **told).persons.get()
        correct(held, field=Kept.PHONE, value="", **told)
    return _any(lambda: Person.objects.filter(pk=held.pk, told__has_key="phone"))


def contact(cast: Cast, at: datetime) -> There:
    number = _closed(cast, at)
    return _any(lambda: Contact.objects.filter(case__number=number))


def photo(cast: Cast, at: datetime) -> There:
    number = _closed(cast, at)
    return _any(lambda: Photo.objects.filter(case__number=number))


def _closed(cast: Cast, at: datetime) -> str:
    text = f"灯坏了（{next(NUMBERS)}）"
    number = reported(cast, text, phone="13800000009", photo=True, at=at)
    with cast.acceptor.acting() as acceptor:
        cases.not_accept(case(number), reason="not_accepted.same_pending", by=acceptor, now=at)
    return number


def message(cast: Cast, at: datetime) -> There:
    key = f"ended {next(NUMBERS)}"
    with as_system("test") as system:
        queue(
            "13800000009", "已收到", channel="sms", subject="case:x", area_id=cast.grid_id, key=key, by=system, now=at
        )
        Message.objects.filter(key=key).update(state=MessageState.SENT, sent_at=at)
    return _any(lambda: Message.objects.filter(key=key))


def list_of_rows(cast: Cast, at: datetime) -> There:
    held = checked(cast.system_admin, "compounds", COMPOUNDS, source=f"ended {next(NUMBERS)}")
    with cast.system_admin.acting() as admin:
        imports.refuse(held, by=admin, now=at)
    return _any(lambda: Row.objects.filter(of=held.pk))


def export(cast: Cast, at: datetime) -> There:
    held = asked(cast.dispatcher, now=at, until=localdate(at) + timedelta(days=7))
    with cast.dispatcher.acting() as dispatcher:
        exporting.withdraw(held, by=dispatcher, now=at)
    return _any(lambda: Export.objects.filter(pk=held.pk))


def session(cast: Cast, at: datetime) -> There:
    """The app can neither read nor date a session: the server's own hand ends it then."""
    cast.lin.token()
    with _by_hand() as server:
        row = server.execute(
            "update access_session set ended_at = %s where token_digest = (select token_digest from access_session"
            " where ended_at is null and account_id = %s order by opened_at desc limit 1) returning token_digest",
            [at, cast.lin.account_id],
        ).fetchone()
    assert row is not None

    def there() -> bool:
        with _by_hand() as server:
            return server.execute("select 1 from access_session where token_digest = %s", row).fetchone() is not None

    return there


@contextmanager
def _by_hand() -> Iterator[psycopg.Connection[Any]]:
    dsn = Home(HOME).dsn("wg_super", str(connection.settings_dict["NAME"]))
    with psycopg.connect(dsn, autocommit=True) as server:
        yield server


def offer(cast: Cast, at: datetime) -> There:
    """A code nobody used; its few minutes are over on the same day."""
    with cast.wang.acting() as wang:
        held = offer_device(cast.lin.account, area_id=cast.grid_id, by=wang, now=at).device
    return _any(lambda: Device.objects.filter(pk=held.pk))


def entries_merged(cast: Cast, at: datetime) -> There:
    """Two entries of somebody, joined: what both held before is kept to be able to take it back."""
    number = next(NUMBERS) % 20
    two = [entry(cast.lin, cast.grid_id, TYPED, at=number), entry(cast.lin, cast.grid_id, OTHER, at=number)]
    merge = merged(cast.lin, two[0], two[1], now=at)
    return _any(lambda: MergedPerson.objects.filter(merge=merge))


def _any(found: Callable[[], Any]) -> There:
    def there() -> bool:
        with as_system("test"):
            return bool(found().exists())

    return there


MAKERS: Mapping[str, Maker] = {
    "occupancy_ended": occupancy, "person_left": person, "household_ended": household, "wishes_left": wishes,
    "field_withdrawn": withdrawn, "reporter_contact": contact, "case_photo": photo, "message_sent": message,
    "import_finished": list_of_rows, "export_over": export, "session_over": session, "device_offer": offer,
    "merged_values": entries_merged,
}  # fmt: skip
