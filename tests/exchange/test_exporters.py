"""What can leave at all: columns of a closed set of types, none of them of a person; rows as the post shows them."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from tests.cases.made import reported
from tests.cast import Cast, Person
from tests.exchange.leaving import first_area
from wangge.cases.exports import clock_state
from wangge.cases.models import Case
from wangge.exchange.exporter import NUMERIC, Exporter, Type, exporter, exporters
from wangge.insight.exports import withheld
from wangge.jobs.system import as_system
from wangge.places.models import Area, Building, Grid

FIELDS: dict[Type, set[str]] = {  # the whole list of what columns may be read from
    Type.CODE: {"cases.Case.number", "places.Grid.number"},
    Type.PLACE: {"places.Area.name", "places.Compound.name", "places.Building.name"},
    Type.UNIT: {"teams.Organisation.name"},
    Type.WORD: {
        "cases.Case.category_code", "cases.Case.source", "cases.Case.urgent", "cases.Case.state", "cases.Case.clock",
        "cases.Case.rating", "places.Grid.kind", "places.Grid.provisional", "places.Building.lift",
        "ledger.Entry.facts",
    },
    Type.COUNT: {
        "places.Building.floors", "places.Building.units", "places.Building.homes", "places.Building.id",
        "places.Grid.households", "insight.DayCount.reports", "insight.DayCount.closed",
    },
    Type.NUMBER: {"places.Building.lon", "places.Building.lat"},
    Type.DAY: {"insight.DayCount.day"},
    Type.MOMENT: {
        "cases.Case.reported_at", "cases.Step.at", "cases.Case.dispatched_at", "cases.Case.due_at",
        "cases.Case.done_at", "ledger.Entry.at",
    },
}  # fmt: skip


def strange(kinds: tuple[Exporter, ...]) -> list[str]:
    """Columns of a type that is not known, or read from a field that is not on the list."""
    return [
        f"{kind.kind}.{column.code}"
        for kind in kinds
        for column in kind.columns
        if column.of not in FIELDS.get(column.type, set())
    ]


def test_no_column_of_any_export_is_of_a_person_or_written_by_one() -> None:
    assert {one.kind for one in exporters()} == {"cases", "buildings", "grids", "figures", "looks"}
    assert strange(exporters()) == []


def test_a_planted_column_with_a_name_or_a_number_is_found() -> None:
    from wangge.exchange.exporter import Column

    class Planted(Exporter):
        kind = "planted"
        columns = (
            Column("worker", "Worker", Type.PLACE, "places.Grid.worker_name"),
            Column("phone", "Phone", Type.CODE, "places.Grid.worker_phone"),
            Column("text", "Text", Type.WORD, "cases.Case.text"),
            Column("who", "Who", Type.UNIT, "teams.Account.name"),
        )

    assert len(strange((Planted(),))) == 4


def test_every_column_names_a_field_that_is_there_and_no_free_text() -> None:
    for kind in exporters():
        codes = [column.code for column in kind.columns]
        assert len(codes) == len(set(codes)), kind.kind
        for column in kind.columns:
            app, model, name = column.of.split(".")
            field: Any = apps.get_model(app, model)._meta.get_field(name)
            assert field.get_internal_type() != "TextField", column.of
            assert column.type not in NUMERIC or "Integer" in type(field).__name__ + "Integer" * (
                type(field).__name__ in {"FloatField", "BigAutoField"}
            ), column.of


def rows_of(person: Person, kind: str, **given: str) -> list[tuple[Any, ...]]:
    now = timezone.now() + timedelta(hours=1)
    with person.acting() as actor:
        held = exporter(kind)
        chosen = {"area": first_area(kind, actor), **given}
        rows = list(held.rows(chosen, now, now))
        assert held.count(chosen, now) == len(rows)
    assert all(len(row) == len(held.columns) for row in rows)
    return rows


def test_cases_are_those_that_the_post_shows(cast: Cast) -> None:
    near, far = reported(cast), reported(cast, far=True)
    assert {row[0] for row in rows_of(cast.dispatcher, "cases")} == {near, far}
    with cast.dispatcher.acting() as actor:
        whole = first_area("cases", actor)
    assert {row[0] for row in rows_of(cast.wang, "cases", area=whole)} == {near}
    assert rows_of(cast.dispatcher, "cases", state="closed") == []
    today = f"{timezone.localtime():%Y-%m-%d}"
    assert len(rows_of(cast.dispatcher, "cases", since=today, until=today)) == 2
    assert rows_of(cast.dispatcher, "cases", until="2020-01-01") == []


def test_a_case_lies_in_its_county_town_community_and_grid(cast: Cast) -> None:
    number = reported(cast)
    (row,) = rows_of(cast.dispatcher, "cases")
    with as_system("test"):
        grid = Case.objects.select_related("area__parent__parent").get(number=number).area
        assert grid.parent is not None
        assert row[8:10] == (grid.parent.name, grid.name)


def test_buildings_and_grids_are_the_register_of_the_area_and_nothing_else(cast: Cast) -> None:
    with as_system("test"):
        community = Area.objects.get(pk=cast.grid_id).parent_id
        buildings = Building.objects.filter(grid__parent_id=community).count()
        grids = Grid.objects.filter(area__parent_id=community).count()
    assert len(rows_of(cast.dispatcher, "buildings", area=str(community))) == buildings > 1
    found = rows_of(cast.dispatcher, "grids", area=str(community))
    assert (len(found), sum(row[7] for row in found)) == (grids, buildings)


def test_rows_are_read_in_chunks_and_none_is_lost(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rows_of(cast.dispatcher, "buildings")
    monkeypatch.setattr("wangge.exchange.exporter.CHUNK", 7)
    assert rows_of(cast.dispatcher, "buildings") == whole


def test_areas_are_offered_from_ones_own_down(cast: Cast) -> None:
    with cast.wang.acting() as wang, cast.dispatcher.acting():
        own = exporter("figures").choices("area", wang)
    with cast.dispatcher.acting() as dispatcher:
        every = exporter("figures").choices("area", dispatcher)
    assert len(own) == 1
    assert {area for area, _label in own} < {area for area, _label in every}
    with cast.dispatcher.acting():
        assert exporter("figures").said("area", own[0][0]) == str(own[0][1])


@pytest.mark.parametrize(
    ("state", "stage", "due", "done", "look"),
    [
        ("dispatched", -1, 5, None, "calm"),
        ("dispatched", -5, 5, None, "near"),
        ("dispatched", -5, -1, None, "over"),
        ("suspended", -5, 5, None, "paused"),
        ("closed", -5, -1, -2, "in_time"),
        ("closed", -5, -2, -1, "late"),
    ],
)
def test_the_clock_of_a_row_says_what_the_figures_say(
    state: str, stage: int, due: int, done: int | None, look: str
) -> None:
    now = timezone.now()
    began, limit = (now + timedelta(hours=hours) for hours in (stage, due))
    ended = now + timedelta(hours=done) if done is not None else None
    assert clock_state(state, began, limit, ended, now) == look


def test_small_counts_are_withheld_and_nothing_is_not() -> None:
    assert [withheld(count) for count in (0, 1, 4, 5, 99)] == [0, "<5", "<5", 5, 99]
