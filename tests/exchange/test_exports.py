"""An export from the request to the file that is gone: by two persons of two organisations, or not at all."""

import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.timezone import localtime
from openpyxl import load_workbook

from tests.cases.made import accepted, dispatched, reported
from tests.cast import Cast
from tests.exchange.leaving import approved, asked, guard, made, ready, wish
from wangge.access.action import Refused
from wangge.access.models import Post
from wangge.exchange import export_files as files
from wangge.exchange.actions import exporting
from wangge.exchange.export_words import EXPORT_MOVES, LONGEST, ExportState, Purpose
from wangge.exchange.models import Export
from wangge.exchange.queries import exports as read
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.teams.actions.accounts import end_post, give_post

SECRETS = ("13812345678", "水管爆了楼道里全是水", "李")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def again(export: Export) -> Export:
    with as_system("test"):
        return read.whole().get(pk=export.pk)


def path_of(export: Export) -> Path:
    return files.path_of(again(export).stored)


def verbs_of(export: Export) -> list[str]:
    with as_system("test"):
        return list(Entry.objects.filter(subject=f"export:{export.pk}").order_by("id").values_list("verb", flat=True))


def texts(path: Path) -> str:
    """Everything a file says."""
    with zipfile.ZipFile(path) as packed:
        return "\n".join(packed.read(name).decode("utf-8-sig") for name in packed.namelist())


def test_every_state_and_purpose_is_known_to_the_tables() -> None:
    assert set(EXPORT_MOVES.states) == set(ExportState.values)
    assert set(LONGEST) == set(Purpose.values)


def test_a_list_of_cases_leaves_by_two_persons_and_holds_no_word_of_the_reporter(cast: Cast) -> None:
    number = dispatched(cast, accepted(cast, reported(cast, SECRETS[1], phone=SECRETS[0])))
    export = asked(cast.dispatcher, "cases", now=timezone.now() + DAY / 24)
    assert (export.rows, export.state, export.sample[0][0]) == (1, "asked", number)
    held = made(cast.dispatcher, approved(guard(cast), export))
    assert (held.state, held.made_rows) == ("made", 1)
    book = load_workbook(BytesIO(path_of(held).read_bytes()))
    about, rows = book.worksheets
    facts = {row[0].value: row[1].value for row in about.iter_rows()}
    assert facts["标记"] == export.mark
    assert {"用途", "提出人", "批准人", "核准行数"} <= set(facts)
    header, line = list(rows.iter_rows(values_only=True))
    assert (line[0], line[-1], header[-1]) == (number, export.mark, "标记")
    said = texts(path_of(held))
    assert number in said
    with as_system("test"):
        worker = cast.lin.account.name
    assert [secret for secret in (*SECRETS[:2], worker) if secret in said] == []
    assert verbs_of(export) == ["export.ask", "export.approve", "export.make"]


def test_the_entry_in_the_book_says_what_left_in_codes_and_no_words(cast: Cast) -> None:
    export = ready(cast)
    with as_system("test"):
        facts = Entry.objects.get(subject=f"export:{export.pk}", verb="export.ask").facts
        kept = Entry.objects.get(subject=f"export:{export.pk}", verb="export.make").facts
    assert set(facts) == {"kind", "purpose", "rows", "until", "mark", "recipient"}
    assert kept["digest"] == files.digest_of(path_of(export))


def test_nobody_approves_what_the_own_organisation_asked_for(cast: Cast) -> None:
    export = asked(cast.dispatcher)
    for person, word in (
        (guard(cast, "centre"), "own organisation"), (cast.chief, "security administrator"),
        (cast.dispatcher, "security administrator"), (cast.auditor, "security administrator"),
    ):  # fmt: skip
        with person.acting() as actor, pytest.raises(Refused, match=word):
            exporting.approve(export, by=actor, now=timezone.now())
    assert again(export).state == "asked"


def test_who_asked_never_decides_also_with_the_post_for_it(cast: Cast) -> None:
    two = guard(cast)
    with cast.security_admin.acting() as admin:
        area = Post.objects.get(account_id=cast.chief.account_id).area_id
        give_post(two.account, "duty_chief", by=admin, now=timezone.now(), area_id=area)
    export = asked(two)
    with two.acting() as actor, pytest.raises(Refused, match="second person"):
        exporting.approve(export, by=actor, now=timezone.now())
    third = guard(cast, "water", "guard02")
    with third.acting() as actor, pytest.raises(Refused, match="own organisation"):
        exporting.approve(export, by=actor, now=timezone.now())
    assert approved(cast.security_admin, export).state == "approved"


def test_who_receives_it_does_not_decide(cast: Cast) -> None:
    other = guard(cast)
    export = asked(cast.dispatcher, recipient=other.account_id)
    with other.acting() as actor, pytest.raises(Refused, match="meant for you"):
        exporting.approve(export, by=actor, now=timezone.now())


@pytest.mark.parametrize(
    "change",
    [
        {"state": "made"},
        {"state": "approved"},
        {"rows": 100_000},
        {"until": "2099-01-01"},
        {"by_organisation": 1},
        {"why": "something else"},
    ],
)
def test_the_database_refuses_what_no_rule_was_asked_about(cast: Cast, change: dict[str, Any]) -> None:
    export = asked(cast.dispatcher)
    for person in (cast.dispatcher, guard(cast), cast.security_admin):
        with pytest.raises(DatabaseError), person.acting():
            assert not Export.objects.filter(pk=export.pk).update(**change)


def test_the_database_lets_nobody_decide_for_the_own_organisation_or_in_another_name(cast: Cast) -> None:
    export, near, other = asked(cast.dispatcher), guard(cast, "centre"), cast.security_admin
    with as_system("test"):
        own, far = export.by_organisation, other.account.organisation_id
    for person, by, organisation in (
        (near, near, own), (near, near, far), (near, other, far), (cast.dispatcher, cast.dispatcher, far),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), person.acting():
            Export.objects.filter(pk=export.pk).update(
                state="approved", decided_by=by.account_id, decided_organisation=organisation
            )
    with as_system("test"), pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(
            state="approved", decided_by=export.by_id, decided_organisation=far, decided_at=timezone.now()
        )


def test_rows_of_exports_are_seen_by_who_asked_who_receives_who_decides_and_who_audits(cast: Cast) -> None:
    export = asked(cast.dispatcher, recipient=cast.checker.account_id)
    seen = {}
    for name in ("dispatcher", "checker", "security_admin", "auditor", "chief", "acceptor", "system_admin", "lin",
                 "wang", "zhao", "zhou", "town"):  # fmt: skip
        with getattr(cast, name).acting():
            seen[name] = Export.objects.filter(pk=export.pk).exists()
    assert {name for name, is_seen in seen.items() if is_seen} == {
        "dispatcher", "checker", "security_admin", "auditor",
    }  # fmt: skip
    with pytest.raises(DatabaseError), cast.auditor.acting():
        assert not Export.objects.filter(pk=export.pk).update(downloads=7)


def test_only_roles_with_a_second_factor_ask(cast: Cast) -> None:
    for person in (cast.wang, cast.town, cast.lin, cast.zhao, cast.system_admin, cast.auditor, cast.security_admin):
        with person.acting() as actor, pytest.raises(Refused):
            exporting.ask("cases", wish("1"), by=actor, now=timezone.now())


def test_a_request_says_why_for_whom_and_not_for_too_long(cast: Cast) -> None:
    today = localtime(timezone.now()).date()
    wishes: tuple[tuple[dict[str, Any], str], ...] = (
        ({"why": "needed"}, "sentence"), ({"purpose": "curiosity"}, "for what"), ({"organisation": " "}, "for whom"),
        ({"until": today}, "from tomorrow"), ({"until": today + 31 * DAY}, "at most"),
        ({"purpose": "exercise", "until": today + 8 * DAY}, "at most"), ({"given": {"area": "0"}}, "No row"),
    )  # fmt: skip
    for wrong, word in wishes:
        with pytest.raises(Refused, match=word):
            asked(cast.dispatcher, **wrong)


def test_a_file_that_expired_is_gone_and_its_row_stays(cast: Cast) -> None:
    export = ready(cast)
    path, digest = path_of(export), again(export).digest
    last = timezone.now() + 7 * DAY
    with as_system("exports") as system:
        assert exporting.expire_all(by=system, now=last) == 0
    assert path.exists()
    with cast.dispatcher.acting() as actor, pytest.raises(Refused, match="last day"):
        exporting.download(export, by=actor, now=last + DAY)
    with as_system("exports") as system:
        assert exporting.expire_all(by=system, now=last + DAY) == 1
    held = again(export)
    assert (path.exists(), held.state, held.digest, held.sample, held.stored) == (False, "expired", digest, [], "")
    assert verbs_of(export)[-1] == "export.expire"


def test_a_request_that_nobody_decides_expires_too(cast: Cast) -> None:
    export = asked(cast.dispatcher)
    with as_system("exports") as system:
        exporting.expire_all(by=system, now=timezone.now() + 8 * DAY)
    assert (again(export).state, again(export).decided_by) == ("expired", None)
    with guard(cast).acting() as actor, pytest.raises(Refused):
        exporting.approve(export, by=actor, now=timezone.now())


def test_each_download_stands_in_the_book_and_is_for_who_asked_and_who_receives(cast: Cast) -> None:
    export = ready(cast, recipient=cast.checker.account_id)
    for person in (cast.dispatcher, cast.checker):
        with person.acting() as actor:
            exporting.download(export, by=actor, now=timezone.now())
    for person in (cast.chief, cast.security_admin, cast.auditor):
        with person.acting() as actor, pytest.raises((Refused, Export.DoesNotExist)):
            exporting.download(export, by=actor, now=timezone.now())
    assert again(export).downloads == 2
    assert verbs_of(export).count("export.download") == 2


def test_a_recipient_without_a_second_factor_does_not_fetch(cast: Cast) -> None:
    export = ready(cast, recipient=cast.wang.account_id)
    with cast.wang.acting() as actor, pytest.raises(Refused, match="second factor"):
        exporting.download(export, by=actor, now=timezone.now())


def test_withdrawn_refused_and_destroyed_leave_no_file_and_no_sample(cast: Cast) -> None:
    other = guard(cast)
    gone, refused = asked(cast.dispatcher), asked(cast.dispatcher)
    with cast.dispatcher.acting() as actor:
        exporting.withdraw(gone, by=actor, now=timezone.now())
    with other.acting() as actor:
        with pytest.raises(Refused, match="why it is refused"):
            exporting.refuse(refused, by=actor, now=timezone.now())
        exporting.refuse(refused, by=actor, now=timezone.now(), answer="理由不足")
    held = made(cast.dispatcher, approved(other, asked(cast.dispatcher)))
    path = path_of(held)
    with other.acting() as actor:
        exporting.destroy(held, by=actor, now=timezone.now())
    assert not path.exists()
    assert [(again(one).state, again(one).sample) for one in (gone, refused, held)] == [
        ("withdrawn", []), ("refused", []), ("destroyed", []),
    ]  # fmt: skip
    with cast.dispatcher.acting() as actor, pytest.raises(Refused):
        exporting.download(held, by=actor, now=timezone.now())


def test_a_file_is_made_once_and_only_in_the_name_of_who_asked(cast: Cast) -> None:
    export = approved(guard(cast), asked(cast.dispatcher))
    with as_system("test") as system, pytest.raises(Refused, match="name of who asked"):
        exporting.keep(export, by=system, now=timezone.now())
    first = made(cast.dispatcher, export)
    assert made(cast.dispatcher, export).digest == first.digest
    assert verbs_of(export).count("export.make") == 1


def test_rows_that_were_not_approved_do_not_leave(cast: Cast) -> None:
    reported(cast)
    later = timezone.now() + timedelta(hours=1)
    export = approved(guard(cast), asked(cast.dispatcher, "cases", now=later, given={"state": "verifying"}))
    for _ in range(2):
        reported(cast)
    held = made(cast.dispatcher, export)
    assert (held.state, held.trouble, held.stored) == ("failed", "more_rows", "")
    assert again(held).sample == []


def test_nobody_exports_what_the_post_no_longer_shows(cast: Cast) -> None:
    reported(cast)
    export = approved(guard(cast), asked(cast.dispatcher, "cases", now=timezone.now() + timedelta(hours=1)))
    with cast.security_admin.acting() as admin:
        for post in Post.objects.filter(account_id=cast.dispatcher.account_id):
            end_post(cast.dispatcher.account, post.pk, by=admin, now=timezone.now())
    held = made(cast.dispatcher, export)
    assert (held.state, held.trouble) == ("failed", "may_not")


def test_a_file_of_a_demo_says_so_and_a_real_one_does_not(cast: Cast) -> None:
    real = ready(cast)
    mark = settings.WANGGE.home / "DEMO"
    mark.touch()
    try:
        invented = ready(cast)
    finally:
        mark.unlink()
    assert ["演示" in texts(path_of(export)) for export in (real, invented)] == [False, True]


def test_what_a_broken_off_transaction_left_on_the_disk_is_swept(cast: Cast) -> None:
    export = ready(cast)
    orphan = files.path_of("0" * 32)
    orphan.write_bytes(b"x")
    now = timezone.now()
    with as_system("exports") as system:
        exporting.expire_all(by=system, now=now)
        assert orphan.exists()
        exporting.expire_all(by=system, now=now + timedelta(hours=2))
    assert (orphan.exists(), path_of(export).exists()) == (False, True)


def test_marks_are_never_the_same_and_nobody_misreads_them() -> None:
    marks = {exporting.new_mark() for _ in range(500)}
    assert len(marks) == 500
    assert all(read.MARK.fullmatch(mark.encode()) for mark in marks)
    assert not {"0", "1", "I", "O"} & set("".join(marks).replace("WG-", ""))
