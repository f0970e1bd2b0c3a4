"""A county's register from messy sheets: taken, taken again, killed in the middle, given back."""

from typing import Any

import pytest
from django.utils.translation import override

from tests.cast import Cast
from tests.exchange.lists import (
    REGISTER,
    at_work,
    checked,
    decided,
    digest,
    faults,
    run,
    sheet,
    taken,
    undone,
    upload,
)
from tests.exchange.made import AREAS, BUILDINGS, COMPOUNDS, DWELLINGS, OWN
from wangge.access.action import Refused
from wangge.exchange import actions, reading
from wangge.exchange.models import Change, Doubt, Import, Row
from wangge.ledger.models import Entry
from wangge.places.models import Address, Area, AreaCode, Building, Compound, Dwelling, Grid


def four_lists(cast: Cast) -> list[Import]:
    """All four kinds, each with something wrong, taken by the administrator."""
    admin = cast.system_admin
    areas = taken(admin, checked(admin, "areas", AREAS, options=OWN))
    compounds = checked(admin, "compounds", COMPOUNDS)
    compounds = decided(admin, compounds, "same", kind="same_row")
    compounds = taken(admin, decided(admin, compounds, "out"))
    buildings = taken(admin, checked(admin, "buildings", BUILDINGS))
    dwellings = taken(admin, checked(admin, "dwellings", DWELLINGS))
    return [areas, compounds, buildings, dwellings]


def test_four_lists_become_the_register_and_bad_rows_stay_in_the_report(cast: Cast) -> None:
    areas, compounds, buildings, dwellings = four_lists(cast)
    admin = cast.system_admin

    assert faults(admin, areas) == {(5, "parent", "unknown_parent")}
    assert faults(admin, compounds) == {(4, "lon", "no_place")}
    assert faults(admin, buildings) == {(4, "floors", "no_floors")}
    assert faults(admin, dwellings) == {
        (3, "floor", "above_roof"), (5, "building", "unknown_building"), (6, "", "duplicate"),
    }  # fmt: skip
    assert [one.counts["outcomes"] for one in (areas, compounds, buildings, dwellings)] == [
        {"taken": 3, "left_out": 1}, {"taken": 1, "merged": 1, "left_out": 2}, {"taken": 2, "left_out": 1},
        {"taken": 2, "left_out": 3},
    ]  # fmt: skip
    with at_work(admin):
        community = Area.objects.get(name="甲社区", level="community")
        assert community.parent is not None
        assert (community.parent.name, AreaCode.objects.get(area=community).code) == ("东镇", "990001001001")
        assert Grid.objects.get(number="990001001001000").area.parent_id == community.pk
        home = Compound.objects.get(name="好家园")
        texts = set(Address.objects.filter(compound=home).values_list("text", "standard"))
        assert texts == {("太平路3号", True), ("老机械厂宿舍", False), ("好家园小区", False)}
        first, second = Building.objects.filter(compound=home).order_by("name")
        assert (first.floors, first.homes, first.estimated) == (6, 24, "outline")
        assert (second.floors, second.homes, second.estimated) == (7, None, "outline floors")
        doors = list(
            Dwelling.objects.filter(building__compound=home).values_list("unit", "floor", "room").order_by("id")
        )
        assert doors == [("1", 5, "502"), ("", 1, "101")]


def test_the_same_files_again_change_nothing_and_say_so(cast: Cast) -> None:
    four_lists(cast)
    admin, before = cast.system_admin, digest()
    lists: tuple[tuple[str, bytes, dict[str, Any]], ...] = (
        ("areas", AREAS, {"options": OWN}), ("compounds", COMPOUNDS, {}), ("buildings", BUILDINGS, {}),
        ("dwellings", DWELLINGS, {}),
    )  # fmt: skip
    for kind, raw, mapping in lists:
        again = decided(admin, held, "out") if (held := checked(admin, kind, raw, **mapping)).counts["doubts"] else held
        assert not again.counts.get("changed")
        assert again.counts.get("same", 0) >= 2
        again = taken(admin, again)
        assert set(again.counts["outcomes"]) <= {"unchanged", "left_out"}
    assert digest() == before


def test_a_later_file_of_the_source_changes_adds_and_tells_what_is_gone(cast: Cast) -> None:
    four_lists(cast)
    admin = cast.system_admin
    later = sheet(
        ["小区", "楼栋", "单元", "室号", "楼层"],
        ["好家园", "1幢", "1单元", "502室", "4"],
        ["好家园", "1幢", "2单元", "101", ""],
    )
    held = checked(admin, "dwellings", later)
    assert (held.counts["changed"], held.counts["new"], held.counts["gone"]) == (1, 1, 1)
    before = digest()
    held = taken(admin, held)
    with at_work(admin):
        assert Dwelling.objects.get(room="502", building__compound__name="好家园").floor == 4
    undone(admin, held)
    assert digest() == before


def test_everything_given_back_leaves_the_register_as_before(cast: Cast) -> None:
    before = digest()
    lists = four_lists(cast)
    assert digest() != before
    for held in reversed(lists):
        back = undone(cast.system_admin, held)
        assert (back.state, set(back.counts["undone"])) == ("undone", {"undone"})
    assert digest() == before


def test_what_a_person_left_out_is_not_asked_again_until_it_says_something_else(cast: Cast) -> None:
    admin = cast.system_admin
    _areas, compounds, _buildings, _dwellings = four_lists(cast)
    with admin.acting():
        out = Doubt.objects.filter(of=compounds, decision="out")
        said = set(out.values_list("number", "decided_by", "decided_at"))
    assert said
    before = digest()
    again = checked(admin, "compounds", COMPOUNDS)
    with admin.acting():
        doubts = Doubt.objects.filter(of=again)
        assert set(doubts.filter(decision="out").values_list("number", "decided_by", "decided_at")) == said
    assert again.state == "decided"
    taken(admin, again)
    assert digest() == before
    undone(admin, again)
    moved = checked(admin, "compounds", COMPOUNDS.replace(b"125.0", b"125.5"))
    with admin.acting():
        assert Doubt.objects.filter(of=moved, decision="").exists()
    assert moved.state == "checked"


def test_a_list_that_said_only_what_was_known_is_forgotten_when_it_is_given_back(cast: Cast) -> None:
    admin = cast.system_admin
    four_lists(cast)
    before = digest()
    other = sheet(
        ["编号", "小区名称", "社区", "经度", "纬度", "地址"],
        ["77", "好家园", "甲社区", "104.2000", "37.6000", "太平路3号"],
    )
    held = taken(admin, decided(admin, checked(admin, "compounds", other, source="another"), "same"))
    with admin.acting():
        assert not Change.objects.filter(of=held).exists()
    assert digest() != before  # how the other source calls it is remembered
    undone(admin, held)
    assert digest() == before


def test_what_others_changed_or_use_since_is_not_given_back_and_said_row_by_row(cast: Cast) -> None:
    _areas, _compounds, buildings, dwellings = four_lists(cast)
    admin = cast.system_admin
    with at_work(admin):
        door = Dwelling.objects.get(room="502", building__compound__name="好家园")
        door.floor = 3
        door.save()
    back = undone(admin, dwellings)
    assert back.counts["undone"] == {"undone": 1, "changed_since": 1}
    back = undone(admin, buildings)
    assert back.counts["undone"] == {"undone": 2, "in_use": 2}
    with admin.acting():
        held = Change.objects.filter(of=buildings, undone="in_use").values_list("number", flat=True)
        assert set(held) == {2}
    with at_work(admin):
        assert Building.objects.filter(compound__name="好家园").count() == 1


def test_nobody_removes_places_but_by_giving_an_import_back(cast: Cast) -> None:
    from django.db import connection

    four_lists(cast)
    with at_work(cast.system_admin), connection.cursor() as cursor:
        for table in ("dwelling", "address", "building", "compound", "grid", "areacode"):
            cursor.execute(f"delete from places_{table}")
            assert cursor.rowcount == 0


def test_only_a_job_for_importing_writes_the_register_not_the_administrators_own_page(cast: Cast) -> None:
    from django.db import DatabaseError, transaction

    row = {"name": "x", "kind": "old", "token": "t", "lon": 1, "lat": 1, "community_id": cast.grid_id}
    with cast.system_admin.acting(), pytest.raises(DatabaseError), transaction.atomic():
        Compound.objects.create(**row)
    with at_work(cast.system_admin, "duty"), pytest.raises(DatabaseError), transaction.atomic():
        Compound.objects.create(**row)
    with at_work(cast.security_admin), pytest.raises(DatabaseError), transaction.atomic():
        Compound.objects.create(**row)
    with at_work(cast.system_admin):
        Compound.objects.create(**row)


def test_lists_of_places_are_for_the_system_administrator(cast: Cast) -> None:
    held = upload(cast.system_admin, "compounds", COMPOUNDS)
    for person in (cast.lin, cast.wang, cast.town, cast.chief, cast.auditor, cast.security_admin):
        with person.acting() as actor:
            assert not Import.objects.filter(pk=held.pk).exists()
            with pytest.raises(Refused):
                actions.begin(
                    held.source, "compounds", file_name="x", kept=reading.Kept("x", "x", 1), by=actor, now=held.at
                )
            with pytest.raises((Refused, Import.DoesNotExist)):
                actions.refuse(held, by=actor, now=held.at)


def test_faulty_rows_and_open_doubts_are_never_passed_over_in_silence(cast: Cast) -> None:
    admin = cast.system_admin
    taken(admin, checked(admin, "areas", AREAS, options=OWN))
    held = checked(admin, "compounds", COMPOUNDS)
    with override("zh-hans"), admin.acting() as actor, pytest.raises(Refused, match="疑问"):
        actions.confirm(held, by=actor, now=held.at)
    held = decided(admin, held, "out")
    with override("zh-hans"), admin.acting() as actor:
        with pytest.raises(Refused, match="错误"):
            actions.confirm(held, by=actor, now=held.at)
        assert Doubt.objects.filter(of=held, decided_by_id=admin.account_id).count() == held.counts["doubts"]


def test_each_chunk_leaves_one_entry_with_count_and_digest(cast: Cast) -> None:
    four_lists(cast)
    with cast.auditor.acting():
        entries = list(Entry.objects.filter(verb="places.take").order_by("id"))
    assert len(entries) == 3 + 2 + 1 + 1  # areas by rank, compounds and what is joined to them
    assert all(len(entry.facts["digest"]) == 64 for entry in entries)
    assert [entry.facts["rows"] for entry in entries[:3]] == [2, 2, 4]


def test_a_file_that_is_no_sheet_is_refused_with_its_reason(cast: Cast) -> None:
    held = upload(cast.system_admin, "compounds", b"\x00\x01\x02" * 100)
    assert held.trouble is not None
    assert (held.state, held.trouble["rule"]) == ("refused", "binary")
    assert not (reading.folder() / held.stored).exists()


def test_mapping_anew_throws_away_what_was_checked(cast: Cast) -> None:
    from tests.exchange.lists import mapped

    admin = cast.system_admin
    held = checked(admin, "compounds", COMPOUNDS)
    assert "unknown_area" in {rule for _, _, rule in faults(admin, held)}
    with at_work(admin):
        name = Area.objects.filter(level="community").values_list("name", flat=True)[0]
    held = mapped(admin, held, columns={"community": "备注"}, options={"area": name})
    held = mapped(admin, held, options={"area": name})
    with admin.acting():
        assert Row.objects.filter(of=held).count() == 4
        assert held.source.memory["compounds"]["options"] == {"area": name}


@pytest.mark.parametrize("stop", [1, 3])
def test_stopped_after_any_chunk_it_goes_on_from_there_and_does_nothing_twice(
    cast: Cast, stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wangge.exchange.actions import checking, taking, undoing

    for module in (checking, taking, undoing):
        monkeypatch.setattr(module, "CHUNK", 2)
    admin, before = cast.system_admin, digest()
    lists = four_lists(cast)
    whole = digest(REGISTER[:5])
    held = lists[3]
    with admin.acting() as actor:
        actions.undo(held, by=actor, now=held.at)
    run(admin, held, stop)
    assert run(admin, held).state == "undone"
    again = checked(admin, "dwellings", DWELLINGS)
    again = taken(admin, again, most=stop)
    assert run(admin, again).state == "committed"
    assert digest(REGISTER[:5]) == whole
    for one in (again, *lists[2::-1]):
        undone(admin, one)
    assert digest() == before
