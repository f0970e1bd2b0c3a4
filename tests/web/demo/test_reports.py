import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any

from wangge.cases.words import MOVES, VERBS, Ask, Source
from wangge.catalogue.words import Kind
from wangge.web.demo.stories import PACES, STORIES
from wangge.web.demo.town import Report, Town
from wangge.web.demo.wording import matters


def catalogue(kind: Kind) -> dict[str, dict[str, Any]]:
    folder = files("wangge.catalogue").joinpath("definitions", "cases")
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in folder.iterdir() if file.is_file()]
    return {row["code"]: row for table in tables for row in table.get(kind, [])}


def state(report: Report) -> str:
    reached = ""
    for step in report.steps:
        reached = MOVES.after(reached, step.verb)
    return reached


def test_every_story_is_a_lawful_walk_through_the_moves() -> None:
    for story in STORIES:
        reached = MOVES.after("", story.opening)
        for beat in story.beats:
            reached = MOVES.after(reached, beat.verb)
            assert beat.role in VERBS[beat.verb].roles
            assert beat.pace in PACES


def test_categories_owners_and_dangers_are_those_of_the_catalogue() -> None:
    shipped = catalogue(Kind.CATEGORY)
    told = {one.category: (one.function, one.danger) for one in matters()}
    assert told == {code: (shipped[code]["owner"], bool(shipped[code].get("urgent"))) for code in told}
    assert len(told) == len(matters())


def test_reasons_are_those_of_the_catalogue() -> None:
    asks = {beat.asks for story in STORIES for beat in story.beats if Ask.REASON in VERBS[beat.verb].required}
    assert asks <= set(catalogue(Kind.REASON))


def test_steps_are_played_by_people_who_may_and_never_after_now(town: Town) -> None:
    roles = {one.login: one.role for one in town.staff} | {"": "resident"}
    for report in town.reports:
        minutes = [step.minute for step in report.steps]
        assert minutes == sorted(minutes)
        assert (minutes[0], minutes[-1] <= report.minutes_ago) == (0, True)
        for step in report.steps:
            assert step.role in VERBS[step.verb].roles
            assert roles[step.by] == step.role


def test_what_a_verb_requires_is_there(town: Town) -> None:
    for report in town.reports:
        for step in report.steps:
            required = set(VERBS[step.verb].required)
            assert bool(step.note) or Ask.NOTE not in required
            assert bool(step.value) or not required - {Ask.NOTE}


def test_handlers_work_for_the_unit_to_which_the_case_was_sent(town: Town) -> None:
    units = {one.login: one.organisation for one in town.staff}
    organisations = {one.key for one in town.organisations}
    for report in town.reports:
        unit = ""
        for step in report.steps:
            if step.verb == "dispatch":
                unit = step.value
                assert unit in organisations
            if step.role == "handler":
                assert units[step.by] == unit


def test_the_unit_in_charge_owns_the_function_of_the_category(town: Town) -> None:
    functions = {one.key: one.functions for one in town.organisations}
    for report in town.reports:
        sent = [step.value for step in report.steps if step.verb == "dispatch"]
        if sent and report.story != "returned":
            assert {report.function in functions[unit] for unit in sent} == {True}
        if len(sent) > 1 and report.story == "returned":
            assert [report.function in functions[unit] for unit in sent] == [False, True]


def test_who_checks_is_not_who_handled_and_two_people_void(town: Town) -> None:
    for report in town.reports:
        by = {step.verb: step.by for step in report.steps}
        assert by.get("handle", "nobody") != by.get("pass_check")
        assert by.get("void", "nobody") != by.get("ask_void")


def test_the_town_shows_cases_in_most_states(towns: dict[str, Town]) -> None:
    states = Counter(state(report) for report in towns["taicang_town"].reports)
    assert set(MOVES.states) - set(states) <= {"filed", "extension", "rework", "returned", "reopened", "accepted"}
    assert states["reported"] + states["verifying"] >= 20
    assert states["closed"] >= 150


def test_reports_are_varied(towns: dict[str, Town]) -> None:
    reports = towns["taicang_town"].reports
    assert len({report.category for report in reports}) >= 60
    assert len({report.text for report in reports}) >= 300
    assert {report.source for report in reports} == set(Source.values)
    assert {report.story for report in reports} == {story.name for story in STORIES}


def test_reports_of_danger_are_worked_on_around_the_clock(towns: dict[str, Town]) -> None:
    for report in towns["taicang_town"].reports:
        first = next((step.minute for step in report.steps if step.verb == "dispatch"), 0)
        assert first <= (60 if report.danger else 1_500)


def test_sources_open_the_case_the_way_they_do(town: Town) -> None:
    openings = {(report.source in {"qr", "web"}, report.steps[0].verb) for report in town.reports}
    assert openings == {(True, "report"), (False, "register")}


def test_places_point_into_the_town(town: Town) -> None:
    compounds = {one.key: one for one in town.compounds}
    buildings = {one.key: one for one in town.buildings}
    doors = {one.key: one.building for one in town.dwellings}
    grids = {grid.key: grid.area for grid in town.grids}
    for report in town.reports:
        assert grids[report.grid] == report.area
        assert report.compound is None or compounds[report.compound].name in report.place
        assert report.building is None or buildings[report.building].compound == report.compound
        assert report.dwelling is None or doors[report.dwelling] == report.building


def test_stories_are_told_from_both_doors() -> None:
    assert {story.opening for story in STORIES} == {"report", "register"}
    assert "smooth" in {story.name for story in STORIES if story.danger}
