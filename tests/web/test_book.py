"""The auditor's page over the book."""

from django.test import Client
from django.utils import timezone

from tests.browse import signed_in
from tests.cast import Cast
from wangge.ledger.models import Entry
from wangge.ledger.seals import seal
from wangge.teams import actions


def some_writes(cast: Cast) -> None:
    with cast.system_admin.acting() as admin:
        for number in range(3):
            actions.add_account(f"new.{number}", "Invented", "", by=admin, now=timezone.now())


def test_the_book_is_the_auditors_alone(cast: Cast) -> None:
    got = {
        who: signed_in(getattr(cast, who)).get("/book/").status_code for who in ("auditor", "security_admin", "wang")
    }
    assert (got, Client().get("/book/").status_code) == ({"auditor": 200, "security_admin": 409, "wang": 409}, 302)


def test_entries_are_found_by_verb_subject_actor_and_day(cast: Cast) -> None:
    some_writes(cast)
    client = signed_in(cast.auditor)
    found = client.get("/book/?verb=account.add").context["rows"]
    one = found[0]
    day = timezone.localtime(one.at).date()
    asked = f"/book/?subject={one.subject}&actor={cast.system_admin.account_id}&day={day}"
    assert (len(found), [row.pk for row in client.get(asked).context["rows"]]) == (3, [one.pk])
    assert client.get("/book/?area=99").context["rows"] == []


def test_strange_questions_are_answered_with_words(cast: Cast) -> None:
    client = signed_in(cast.auditor)
    for query in (
        "actor=x",
        "day=2026-13-40",
        "subject=%00",
        "verb=%27;drop",
        "before=99999999999999999999",
        "area=-1",
    ):
        answer = client.get(f"/book/?{query}")
        assert (answer.status_code, answer.context["rows"]) == (200, []), query


def test_verifying_answers_in_one_sentence(cast: Cast) -> None:
    some_writes(cast)
    with cast.auditor.acting():
        seal()
        first = Entry.objects.order_by("id").first()
    answer = signed_in(cast.auditor).post("/book/")
    assert (first is not None, answer.context["verdict"].whole) == (True, True)
    assert "The book is whole since" in answer.content.decode()
