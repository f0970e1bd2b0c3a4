"""A run is certified out of the book; broken off it goes on; who tampers is found out. All people are invented."""

from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.people.keeping import DAY, after, certificate_of, city, gone, people_of_a_city, ran
from wangge.access.action import Refused
from wangge.catalogue import queries as catalogue
from wangge.core.retention import digest_of_keys, digest_of_parts
from wangge.files.actions import folder
from wangge.files.models import File
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry, Seal
from wangge.people.actions import retaining
from wangge.people.actions.holding import Reason, hold
from wangge.people.models import Occupancy, Person, RetentionCertificate, RetentionRun
from wangge.people.queries.proof import faults_of
from wangge.people.words import HoldGround, RunState


def pictures() -> int:
    return sum(1 for place in folder().glob("??") for _file in place.iterdir())


def test_a_certificate_says_what_went_and_the_book_confirms_it(cast: Cast) -> None:
    made = people_of_a_city(cast)
    with as_system("test"):
        ended = [str(pk) for pk in Occupancy.objects.filter(until=DAY).order_by("pk").values_list("pk", flat=True)]
    run = ran(after(365))
    held = certificate_of(run)
    with as_system("test"):
        version = {one.code: one.version_id for one in catalogue.retention()}
        expected = sorted(
            [code, version[code], cast.grid_id, rows]
            for code, rows in {"occupancy_ended": 2, "person_left": 1, "household_ended": 1,
                               "field_withdrawn": 1}.items()
        )  # fmt: skip
        assert [line for line in held.lines if line[0] != "session_over"] == expected
        entries = list(Entry.objects.filter(subject=run.ledger_subject, verb="retention.remove").order_by("id"))
        first = next(one for one in entries if one.facts["category"] == "occupancy_ended")
        assert first.facts["digest"] == digest_of_keys("people_occupancy", ended)
        assert held.digest == digest_of_parts(one.facts["digest"] for one in entries)
        assert Seal.objects.filter(pk__range=(held.first_seal, held.last_seal)).count() >= 1
        assert (run.state, held.number) == (RunState.CERTIFIED, f"{localdate(after(365)).year}-{run.pk:06d}")
        assert (held.backups_until - localdate(after(365))).days == 30
        text = "".join(str(one.facts) for one in entries)
        assert "虚构" not in text
        assert f"person:{made['sun']}" not in text
    with cast.auditor.acting():
        assert faults_of(RetentionCertificate.objects.select_related("run").get(pk=held.pk)) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rows", 1),
        ("digest", "0" * 64),
        ("lines", []),
        ("last_seal", 10**6),
        ("seal_digest", "0" * 64),
        ("entries", 99),
    ],
)
def test_a_certificate_that_was_changed_is_not_confirmed(cast: Cast, field: str, value: Any) -> None:
    people_of_a_city(cast)
    held = certificate_of(ran(after(30)))
    with cast.auditor.acting():
        assert faults_of(held) == ()
        setattr(held, field, value)
        assert faults_of(held) != ()


def test_a_run_that_removed_nothing_needs_no_certificate(cast: Cast) -> None:
    people_of_a_city(cast)
    run = ran(after(29), dry=True)
    assert (gone(run), run.state) == ({}, RunState.DONE)
    with as_system("test"):
        assert not RetentionCertificate.objects.exists()


def test_a_dry_run_changes_nothing(cast: Cast) -> None:
    made = people_of_a_city(cast)
    assert gone(ran(after(365), dry=True)) == {
        "occupancy_ended": 2,
        "person_left": 1,
        "wishes_left": 1,
        "field_withdrawn": 1,
    }  # fmt: skip - the household is empty only when the rows about it have gone
    with as_system("test"):
        assert Person.objects.filter(pk=made["sun"], wishes__isnull=False).exists()
        assert not Entry.objects.filter(verb="retention.remove").exists()


def test_a_run_that_was_killed_goes_on_and_loses_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    city(cast)
    real, calls = retaining._add, []

    def dies(*given: Any) -> None:
        real(*given)
        calls.append(given)
        if len(calls) in (2, 5, 6):
            raise KeyboardInterrupt

    monkeypatch.setattr(retaining, "_add", dies)
    with as_system("retention") as system:
        run = retaining.ask_run(dry=False, by=system, now=after(1095))
    deaths = 0
    for _turn in range(6):
        try:
            for _step in retaining.carry_on(clock=lambda: after(1095), seconds=600, most=1):
                pass
        except KeyboardInterrupt:
            deaths += 1
    assert deaths == 3
    removed = gone(run)
    assert removed["occupancy_ended"] == 2
    assert removed["import_finished"] == 4
    with as_system("test"):
        entries = Entry.objects.filter(subject=run.ledger_subject, verb="retention.remove")
        by_book = sum(one.facts["rows"] for one in entries if one.facts["category"] != "session_over")
        assert by_book == sum(removed.values())
        held = RetentionCertificate.objects.select_related("run").get(run=run)
        assert faults_of(held) == ()
        assert not RetentionRun.objects.filter(finished_at__isnull=True).exists()


def test_photos_broken_off_between_disk_and_rows_go_with_the_next_turn(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    city(cast)
    before = pictures()
    with as_system("test"):
        rows = File.objects.count()

    def dies(*_given: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(retaining, "_add", dies)
        with as_system("retention") as system:
            run = retaining.ask_run(dry=False, by=system, now=after(1095))
            RetentionRun.objects.filter(pk=run.pk).update(
                done=[held.code for held in catalogue.retention() if held.code != "case_photo"]
            )
        with pytest.raises(KeyboardInterrupt):
            list(retaining.carry_on(clock=lambda: after(1095), seconds=60))
    with as_system("test"):
        assert (File.objects.count(), pictures()) == (rows, before - 2)
    list(retaining.carry_on(clock=lambda: after(1095), seconds=60))
    with as_system("test"):
        assert (File.objects.count(), pictures()) == (rows - 1, before - 2)


def test_a_category_on_hold_stays_until_the_day_after_the_last(cast: Cast) -> None:
    people_of_a_city(cast)
    reason = Reason(HoldGround.INSPECTION, "pipl", "", "市检〔2026〕7 号")
    with cast.security_admin.acting() as admin:
        until = localdate(after(40))
        hold(reason, until=until, category="wishes_left", by=admin, now=after(20))
        for broken in (
            Reason(HoldGround.DISPUTE, "custom", "", "1234"), Reason(HoldGround.DISPUTE, "pipl", "999", "1234"),
            Reason(HoldGround.DISPUTE, "pipl", "", "孙兰 <x>"), Reason(HoldGround.DISPUTE, "pipl", "", "13800000001"),
        ):  # fmt: skip
            with pytest.raises(Refused):
                hold(broken, until=until, category="wishes_left", by=admin, now=after(20))
        wrongs: tuple[dict[str, Any], ...] = (
            {"until": localdate(after(900))}, {"category": "everything"}, {"person_id": 1},
        )  # fmt: skip
        for wrong in wrongs:
            with pytest.raises(Refused):
                given: dict[str, Any] = {"until": until, "category": "wishes_left", "by": admin, "now": after(20)}
                hold(reason, **given | wrong)
    assert "wishes_left" not in gone(ran(after(40)))
    assert gone(ran(after(41)))["wishes_left"] == 1


def test_only_who_guards_asks_and_one_run_at_a_time(cast: Cast) -> None:
    for who in (cast.wang, cast.auditor, cast.system_admin):
        with who.acting() as actor, pytest.raises(Refused):
            retaining.ask_run(dry=True, by=actor, now=after(1))
    with cast.security_admin.acting() as admin:
        retaining.ask_run(dry=True, by=admin, now=after(1))
        retaining.ask_run(dry=False, by=admin, now=after(1))
        with pytest.raises(Refused):
            retaining.ask_run(dry=True, by=admin, now=after(1))


def test_the_night_begins_once_a_day_and_not_before_its_time(cast: Cast) -> None:
    at = {hour: after(3, hours=hour) for hour in (-9, -6, 5)}  # one, four and fifteen o'clock here
    with as_system("retention") as system:
        assert retaining.ask_tonight(by=system, now=at[-9]) is None
        assert retaining.ask_tonight(by=system, now=at[-6]) is not None
        assert retaining.ask_tonight(by=system, now=at[5]) is None
    list(retaining.carry_on(clock=lambda: at[5], seconds=60))
    with as_system("retention") as system:
        assert retaining.ask_tonight(by=system, now=at[5]) is None
        assert retaining.ask_tonight(by=system, now=after(4, hours=-6)) is not None
