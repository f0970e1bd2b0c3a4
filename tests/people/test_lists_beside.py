"""A large list is brought in by several processes; a piece may be done twice, and one beside may fall over."""

import json
from pathlib import Path

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.exchange.command import doors, wangge
from tests.exchange.lists import at_work, decided, sheet, taken
from tests.people.lists import HEADER, door, listed, uploaded
from tests.people.registering import ID, dwelling_of
from tests.people.test_lists_killed import ROWS, persons
from wangge.exchange import actions
from wangge.exchange.actions import checking, lists
from wangge.exchange.lanes import Lane, Piece
from wangge.exchange.models import Doubt, Import, Row
from wangge.people.models import Arrival, DwellingUse, Household, Occupancy, Person


def test_several_processes_bring_a_list_in_and_one_may_fall_over(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Piece | None] = []

    def heard(lane: Lane) -> Piece | None:
        if answers:
            lane.close()  # in the middle of its first piece of writing
        answers.append(None if answers else hear(lane))
        return answers[-1]

    hear = Lane.heard
    monkeypatch.setattr(Lane, "heard", heard)
    monkeypatch.setattr(checking, "LARGE", 0)
    list_of_doors, path = tmp_path / "doors.csv", tmp_path / "persons.csv"
    list_of_doors.write_bytes(doors(cast, ROWS))
    assert wangge(str(list_of_doors), "--kind", "dwellings", "--source", "town", "--yes").exit_code == 0
    with at_work(cast.system_admin):
        path.write_bytes(persons())
    done = wangge(str(path), "--kind", "persons", "--source", "town", "--yes", "--json")
    assert done.exception is None, done.exception
    assert (done.exit_code, json.loads(done.stdout)["counts"]["outcomes"]) == (0, {"taken": ROWS})
    assert [one and one[0] for one in answers] == [lists.CHUNK, None]
    with at_work(cast.system_admin):
        kept = [table.objects.count() for table in (Person, Household, Occupancy, DwellingUse, Arrival)]
        assert kept == [ROWS, ROWS, ROWS, ROWS, 0]


def test_a_piece_done_twice_is_there_once(cast: Cast) -> None:
    with cast.wang.acting():
        here = door(dwelling_of(cast.grid_id, 0))
    rows = [
        (*here, "周树", "", "", "自住", "户主"),
        (*here, "户主", "", "", "", ""),
        (*here, "周小树", "", "", "租住", ""),
    ]
    held = uploaded(cast.wang, sheet(HEADER, *rows, (*here, "周晓树", "", "", "租住", "")))
    with cast.wang.acting() as actor:
        columns = {
            "compound": "小区",
            "building": "楼栋",
            "unit": "单元",
            "room": "室号",
            "name": "姓名",
            "tenure": "居住方式",
        }
        actions.map_columns(held, columns=columns, system={}, options={}, by=actor, now=timezone.now())
    for _ in range(2):
        with at_work(cast.wang) as actor:
            held = Import.objects.get(pk=held.pk)
            assert lists.check_piece(held, 0, by=actor, now=timezone.now()) is not None
            assert Arrival.objects.filter(of=held).count() == 3
            assert Row.objects.filter(of=held).count() == 1
            assert Doubt.objects.filter(of=held).count() == 1
    for _ in range(2):
        with at_work(cast.wang) as actor:
            assert lists.take_piece(held, 0, by=actor, now=timezone.now()) is not None
            assert (Person.objects.count(), Household.objects.count(), Occupancy.objects.count()) == (3, 1, 3)


def test_who_moves_by_a_list_moves_once_when_the_piece_is_done_twice(cast: Cast) -> None:
    with cast.wang.acting():
        here, there = (door(dwelling_of(cast.grid_id, at)) for at in (0, 1))
    taken(cast.wang, listed(cast.wang, (*here, "周树", ID, "", "自住", "户主")))
    held = listed(cast.wang, (*there, "周树", ID, "", "租住", ""))
    decided(cast.wang, held, "same")
    with cast.wang.acting() as actor:
        actions.confirm(Import.objects.get(pk=held.pk), without_faulty=True, by=actor, now=timezone.now())
    with at_work(cast.wang) as actor:
        assert actions.advance(held.pk, by=actor, now=timezone.now())
    for _ in range(2):
        with at_work(cast.wang) as actor:
            person = Person.objects.get()
            assert person.home is not None
            assert (person.home.dwelling_id, person.home.until) == (dwelling_of(cast.grid_id, 1).pk, None)
            lived = list(Occupancy.objects.order_by("pk").values_list("household_id", "until"))
            assert [until is None for _home, until in lived] == [False, True]
            assert lists.take_piece(Import.objects.get(pk=held.pk), 0, by=actor, now=timezone.now()) is not None
