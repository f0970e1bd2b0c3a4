"""An invented city in which something of each category ends on one day, and runs of retention under a moved clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from tests.cases.made import reported
from tests.cast import Cast, case
from tests.exchange.leaving import asked
from tests.exchange.lists import checked
from tests.exchange.made import COMPOUNDS
from tests.people.registering import SUN, dwelling_of
from wangge.cases import actions as cases
from wangge.delivery.actions import queue
from wangge.delivery.models import Message, MessageState
from wangge.exchange import actions as imports
from wangge.exchange.actions import exporting
from wangge.jobs.system import as_system
from wangge.people.actions import Member, correct, leave, move, record_household, retaining, wish
from wangge.people.models import RetentionCertificate, RetentionCount, RetentionRun
from wangge.people.words import Kept, Tenure
from wangge.teams.actions.devices import offer_device

EVENT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
"""Ten o'clock in the morning here: on that day all of it ended."""
DAY = localdate(EVENT)
GUO = Member("郭强（虚构）", Tenure.TENANT, phone="138 0000 0002")
HE = Member("何燕（虚构）", Tenure.OWNER, phone="138 0000 0003")
OURS = ("occupancy_ended", "person_left", "household_ended", "wishes_left", "field_withdrawn")


def after(days: int, hours: int = 0) -> datetime:
    """The moment so many natural days after that morning."""
    return EVENT + timedelta(days=days, hours=hours)


def people_of_a_city(cast: Cast) -> dict[str, int]:
    """Three people: 孙 moved away, 郭 moved to 何, who took her number back. Returns the ids of rows by name."""
    with cast.lin.acting() as lin:
        told: dict[str, Any] = {"source": "worker:1", "by": lin, "now": EVENT}
        first = record_household(dwelling_of(cast.grid_id, 0), members=(SUN, GUO), **told)
        second = record_household(dwelling_of(cast.grid_id, 1), members=(HE,), **told)
        sun, guo = first.persons.order_by("pk")
        he = second.persons.get()
        wish(sun, wishes={"channel": "paper"}, **told)
        leave(sun, on=DAY, **told)
        move(guo, to=second, tenure=Tenure.GUEST, on=DAY, **told)
        correct(he, field=Kept.PHONE, value="", **told)
    return {"first": first.pk, "second": second.pk, "sun": sun.pk, "guo": guo.pk, "he": he.pk}


def city(cast: Cast) -> dict[str, int]:
    """Something of every category that ended on the day; and beside each something that is still open."""
    made = people_of_a_city(cast)
    number = reported(cast, phone="13800000009", photo=True, at=EVENT)
    reported(cast, "灯坏了", phone="13800000008", photo=True, at=EVENT)
    with cast.acceptor.acting() as acceptor:
        cases.not_accept(case(number), reason="not_accepted.same_pending", by=acceptor, now=EVENT)
    with as_system("test") as system:
        for key in ("sent", "waiting"):
            queue("13800000009", "已收到", channel="sms", subject=f"case:{number}", area_id=cast.grid_id, key=key,
                  by=system, now=EVENT)  # fmt: skip
        Message.objects.filter(key="sent").update(state=MessageState.SENT, sent_at=EVENT)
    with cast.wang.acting() as wang:
        offer_device(cast.lin.account, area_id=cast.grid_id, by=wang, now=EVENT)
    over = checked(cast.system_admin, "compounds", COMPOUNDS, source="over")
    checked(cast.system_admin, "compounds", COMPOUNDS, source="open")
    with cast.system_admin.acting() as admin:
        imports.refuse(over, by=admin, now=EVENT)
    exports = [asked(cast.dispatcher, now=EVENT, until=DAY + timedelta(days=7)) for _ in range(2)]
    with cast.dispatcher.acting() as dispatcher:
        exporting.withdraw(exports[0], by=dispatcher, now=EVENT)
    return made | {"import": over.pk}


def ran(now: datetime, *, dry: bool = False, most: int = retaining.CHUNK) -> RetentionRun:
    """A whole run, as the command and the worker do it."""
    with as_system("retention") as system:
        run = retaining.ask_run(dry=dry, by=system, now=now)
    for _step in retaining.carry_on(clock=lambda: now, seconds=600, most=most):
        pass
    with as_system("test"):
        return RetentionRun.objects.get(pk=run.pk)


def gone(run: RetentionRun) -> dict[str, int]:
    """How many of each category; sessions are left out, their time is that of the machine."""
    found: dict[str, int] = {}
    with as_system("test"):
        for one in RetentionCount.objects.filter(run=run).exclude(category="session_over"):
            found[one.category] = found.get(one.category, 0) + one.rows
    return found


def certificate_of(run: RetentionRun) -> RetentionCertificate:
    """The certificate of a run."""
    with as_system("test"):
        return RetentionCertificate.objects.select_related("run").get(run=run)
