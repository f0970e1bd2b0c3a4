"""Invented people put through the whole house: by actions, pages, uploads, programs; also where they do not belong."""

import io
import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.db import Error, connection, transaction
from django.utils import timezone
from PIL import Image

from tests.cast import Cast
from tests.exchange import leaving
from tests.hunt.marked import Marked
from tests.hunt.visiting import Visitor
from tests.people.registering import dwelling_of
from wangge.access.action import Refused
from wangge.cases import actions as cases
from wangge.jobs.system import as_system
from wangge.people import actions
from wangge.people.actions import Member
from wangge.people.models import Person
from wangge.people.words import Kept, Tenure
from wangge.places.models import Dwelling
from wangge.places.queries import by_token

Answers = dict[str, bytes]
FORM = {
    "m-TOTAL_FORMS": "4", "m-INITIAL_FORMS": "0", "told_by": "resident",
    **{f"m-{row}-tenure": "owner" for row in range(4)},
}  # fmt: skip
WRONG = ("select %s::int", "select 1/(length(%s) - length(%s))", "insert into people_person (name) values (%s)")
LONG = "楼道里的灯坏了，晚上看不见路。" * 400


def member(one: Marked) -> Member:
    return Member(
        one.name, Tenure.OWNER, phone=one.phone, document_kind="citizen_id", document=one.document,
        wishes={"channel": "phone", "language": one.note},
    )  # fmt: skip


def registered(cast: Cast, people: Sequence[Marked]) -> None:
    """Households of three, in one transaction each, at the doors of the grid in turn."""
    with cast.lin.acting():
        doors = list(Dwelling.objects.filter(area_id=cast.grid_id).order_by("id")[:400])
    for at, household in enumerate(people[first : first + 3] for first in range(0, len(people), 3)):
        with cast.lin.acting() as lin:
            members = [member(one) for one in household]
            actions.record_household(
                doors[at % len(doors)], members=members, source="worker:1", by=lin, now=timezone.now()
            )


def worked_on(cast: Cast, most: int) -> None:
    """Put right, asked how to be reached, moved away, looked for, opened; twice written down is refused."""
    now = timezone.now()
    with cast.lin.acting():
        persons = list(Person.objects.order_by("pk")[:most])
    for at, person in enumerate(persons):
        one = Marked(at)
        with cast.lin.acting() as lin:
            given: dict[str, Any] = {"source": "family:1", "by": lin, "now": now}
            actions.correct(person, field=Kept.PHONE, value=one.phone, **given)
            actions.correct(person, field=Kept.NAME, value=one.name, **given)
            actions.wish(person, wishes={"language": one.note, "large_type": True}, **given)
            if at < 20:
                actions.open_field(person, field=Kept.NAME, purpose="on_site", by=lin, now=now)
            if at % 7 == 6:
                actions.leave(person, on=date(2026, 11, 1), **given)
        with cast.lin.acting() as lin, suppress(Refused), transaction.atomic():
            actions.record_household(dwelling_of(cast.grid_id, 1), members=[member(one)], source="w:1", by=lin, now=now)


def reported(cast: Cast, people: Sequence[Marked]) -> None:
    """Reports with a telephone number to be called, long texts in which numbers stand."""
    for one in people:
        with cast.sun.acting() as sun:
            place = by_token(cast.building_token)
            assert place is not None
            text = f"{LONG}电话 {one.reporting}，身份证 {one.document}。{LONG}"
            cases.report(cases.Report(place, text, phone=one.reporting), by=sun, now=timezone.now())


def refused_by_the_database(people: Sequence[Marked]) -> None:
    """Statements that fail with a value in them, as a mistake of ours would."""
    for one in people:
        for value in one.values.values():
            for question in WRONG:
                with as_system("test"), suppress(Error), transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(question, [value] * question.count("%s"))


def visited(cast: Cast, port: int, people: Sequence[Marked], answers: Answers) -> None:
    """People at the pages: written down, refused, looked for, opened, reported, sent as files and in addresses."""
    lin, zhou, chief = Visitor(port, cast.lin), Visitor(port, cast.zhou), Visitor(port, cast.chief)
    nobody = Visitor(port)
    with cast.lin.acting():
        door = dwelling_of(cast.grid_id, 2).pk
    for at, one in enumerate(people):
        good = FORM | {"m-0-name": one.name, "m-0-phone": one.phone}
        page = f"/homes/{door}/household/"
        sent = [good | {"m-0-phone": f"{one.phone}9"}, good | {"m-0-tenure": one.name}, good]
        assert [lin.fill(page, values) for values in sent] == [422, 200, 302]
        with cast.lin.acting():
            person = Person.objects.order_by("-pk")[0].pk
        wrong = {"kind": "citizen_id", "value": f"{one.document[:-1]}1", "told_by": "resident"}
        assert lin.fill(f"/people/{person}/document/correct/", wrong) == 422
        wishes = {"language": one.note, "channel": "phone", "told_by": "resident"}
        assert lin.fill(f"/people/{person}/wishes/", wishes) == 302
        if at < 12:
            asked = {"purpose": "on_site", "task": ""}
            for term in (one.phone, one.name, one.document, f"{one.phone[:3]} {one.phone[3:7]} {one.phone[7:]}"):
                assert lin.fill("/people/", asked | {"term": term}) == 200
            for task in (one.phone, one.name, one.document):
                assert lin.fill("/people/", asked | {"term": one.phone, "task": task}) == 422
                assert lin.fill(f"/people/{person}/phone/open/", asked | {"task": task}) == 422
        for who, visitor in (("zhou", zhou), ("chief", chief), ("nobody", nobody)):
            answers[f"person {at} for {who}"] = visitor.get(f"/people/{person}/phone/open/")[1]
        _by_address(one, lin, nobody)
        _by_program(cast, one, nobody)
        _by_file(cast, one, nobody)
    _by_list(cast, port, people)
    _news(cast, port, answers)


def _by_address(one: Marked, lin: Visitor, nobody: Visitor) -> None:
    for visitor in (lin, nobody):
        for value in (one.name, one.phone, one.document):
            visitor.get(f"/people/{value}/")
            visitor.get(f"/search/?q={value}")
            visitor.get(f"/t/{value}/")


def _by_program(cast: Cast, one: Marked, nobody: Visitor) -> None:
    """A report by program, and what is wrong with it."""
    right = {"place": cast.building_token, "text": f"路灯不亮，打我电话 {one.reporting}", "phone": one.reporting}
    for body in (right, right | {"place": one.name}, right | {one.name: one.phone}, {"phone": one.document}):
        key = f"hunt-{one.number:06d}-{len(body):02d}-{len(str(body)):04d}"
        sent = json.dumps(body).encode()
        nobody.ask("POST", "/api/v1/reports", sent, Content_Type="application/json", Idempotency_Key=key)
    nobody.ask("POST", "/api/v1/reports", f'{{"phone": "{one.phone}"'.encode(), Content_Type="application/json")
    nobody.ask("POST", f"/api/v1/{one.phone}", b"{}", Content_Type="application/json", Idempotency_Key=one.phone * 3)


def _by_file(cast: Cast, one: Marked, nobody: Visitor) -> None:
    """A photo that is named after somebody, and a file that is none."""
    out = io.BytesIO()
    picture = Image.new("RGB", (64, 48), "steelblue")
    exif = picture.getexif()
    exif[0x010E], exif[0x9286] = one.phone, one.document  # description and comment
    picture.save(out, "JPEG", exif=exif)
    page, said = f"/r/{cast.building_token}/", {"text": "墙裂了", "phone": one.reporting}
    for name, content in ((f"{one.name}.jpg", out.getvalue()), (f"{one.document}.jpg", one.name.encode() * 9)):
        nobody.fill(page, said, files={"photos": (name, content)})


def _by_list(cast: Cast, port: int, people: Sequence[Marked]) -> None:
    """A list that is brought in under a name with numbers of people in it."""
    admin = Visitor(port, cast.system_admin)
    for one in people:
        name = f"{one.phone} {one.document} {one.reporting}.csv"
        given: dict[str, Any] = {"kind": "compounds", "source": "a list"}
        admin.fill("/imports/new/", given, files={"file": (name, "小区名称\n无人园\n".encode())})


def _news(cast: Cast, port: int, answers: Answers) -> None:
    """What an open page is told, by everybody who may ask."""
    for name in ("lin", "wang", "acceptor", "dispatcher", "checker", "chief", "zhao", "zhou"):
        visitor = Visitor(port, getattr(cast, name))
        status, body = visitor.get("/changes?since=1")
        answers[f"/changes for {name}"] = body
        answers[f"cases for {name}"] = visitor.get("/api/v1/cases?limit=100")[1]
        assert status in {200, 204, 403}, (name, status)


def exported(cast: Cast) -> None:
    """Lists that leave with everything they may hold."""
    for kind in ("buildings", "cases"):
        last = timezone.now().date() + timedelta(days=3)
        leaving.ready(cast, kind, until=last)
