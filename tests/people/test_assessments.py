"""Assessments with dates, and what looks were about: written once by the security administrator, read by few."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Cast
from tests.people.registering import NOW
from wangge.access.action import Refused
from wangge.core.looking import Sign
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people.actions.watching import record_assessment, review_assessment, review_looks
from wangge.people.models import Assessment, LookReview
from wangge.people.queries import assessed
from wangge.people.words import Conclusion, Outcome

TODAY = date(2026, 11, 20)
GIVEN: dict[str, Any] = {
    "title": "登记住户（虚构）", "purposes": ("register", "visit"), "done_on": TODAY, "risks": "名单外传",
    "measures": "逐项打开，有水印", "conclusion": Conclusion.MEASURES, "review_by": date(2027, 11, 20), "now": NOW,
}  # fmt: skip


def codes(today: date) -> set[str]:
    return {one.code for one in assessed.unassessed(today)}


def test_a_purpose_is_covered_from_the_assessment_to_its_last_day(cast: Cast) -> None:
    with cast.security_admin.acting() as guard:
        before = codes(TODAY)
        assert {"register", "visit", "care"} <= before
        assert {one.code for one in assessed.unassessed(TODAY) if one.is_sensitive} >= {"register", "care"}
        held = record_assessment(**GIVEN, by=guard)
        assert before - codes(TODAY) == {"register", "visit"}
        assert codes(date(2027, 11, 20)) == codes(TODAY)
        assert codes(date(2027, 11, 21)) == before
        assert assessed.overdue(date(2027, 11, 20)) == 0
        assert assessed.overdue(date(2027, 11, 21)) == 1
        later = NOW + timedelta(days=380)
        review_assessment(held, conclusion=Conclusion.GO, text="照旧", review_by=date(2028, 6, 1), by=guard, now=later)
        (one,) = assessed.page_of(today=date(2028, 6, 1), is_overdue=False, before=None, size=10)
        assert (one.until, one.holds, one.conclusion) == (date(2028, 6, 1), "go", "measures")
        assert assessed.page_of(today=date(2028, 6, 1), is_overdue=True, before=None, size=10) == []
        review_assessment(held, conclusion=Conclusion.STOP, text="停", review_by=date(2028, 7, 1), by=guard, now=later)
        assert codes(date(2028, 6, 1)) == before
    with cast.auditor.acting():
        (entry,) = Entry.objects.filter(verb="assessment.record")
        assert entry.facts == {"purposes": "register,visit", "conclusion": "measures", "review_by": "2027-11-20"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"purposes": ()}, {"purposes": ("curiosity",)}, {"done_on": TODAY + timedelta(days=1)},
        {"review_by": TODAY}, {"review_by": date(2030, 1, 1)}, {"risks": "电话 13800000001 外传"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with cast.security_admin.acting() as guard:
        with pytest.raises(Refused):
            record_assessment(**GIVEN | wrong, by=guard)
        assert not Assessment.objects.exists()


def test_only_the_security_administrator_writes_and_few_read(cast: Cast) -> None:
    with cast.security_admin.acting() as guard:
        record_assessment(**GIVEN, by=guard)
    readers = {"security_admin", "auditor", "wang"}
    for name in ("lin", "wang", "zhou", "chief", "system_admin", "auditor", "security_admin", "sun"):
        with getattr(cast, name).acting() as actor:
            assert Assessment.objects.count() == (name in readers), name
            if name != "security_admin":
                with pytest.raises(Refused):
                    record_assessment(**GIVEN, by=actor)
                with pytest.raises(DatabaseError), transaction.atomic():
                    Assessment.objects.create(
                        account=1, role="x", **{k: v for k, v in GIVEN.items() if k not in {"now", "purposes"}},
                        purposes=[],
                    )  # fmt: skip
    with (
        cast.security_admin.acting(),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update people_assessment set title = 'x'")


def test_what_looks_were_about_is_written_down_sealed_and_never_about_oneself(cast: Cast) -> None:
    given: dict[str, Any] = {"account": cast.lin.account_id, "day": TODAY, "signs": (Sign.NIGHT,), "now": NOW}
    with cast.security_admin.acting() as guard:
        for refused in (
            {"account": guard.account_id, "outcome": Outcome.EXPLAINED, "text": ""},
            {"outcome": Outcome.MISUSE, "text": " "},
        ):
            with pytest.raises(Refused):
                review_looks(**given | refused, by=guard)
        review_looks(**given, outcome=Outcome.EXPLAINED, text="台风夜值班，逐户打电话", by=guard)
    with cast.auditor.acting():
        (review,) = LookReview.objects.all()
        assert assessed.said_of([review]) == {review.pk: "台风夜值班，逐户打电话"}
        (entry,) = Entry.objects.filter(verb="look.review")
        assert entry.facts == {
            "account": cast.lin.account_id, "day": "2026-11-20", "signs": "night", "outcome": "explained",
        }  # fmt: skip
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute("select string_agg(r::text, '') from people_lookreview r")
        stored = cursor.fetchone()[0]
    assert "台风" not in stored
    assert "台风".encode().hex() not in stored
    for other in (cast.lin, cast.wang, cast.chief, cast.system_admin):
        with other.acting() as actor:
            assert not LookReview.objects.exists()
            with pytest.raises(Refused):
                review_looks(**given, outcome=Outcome.EXPLAINED, text="", by=actor)
