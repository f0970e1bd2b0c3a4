import re
import tomllib
from collections import Counter
from importlib.resources import files

from wangge.web.demo.town import Town

INVENTED_STAFF = re.compile(r"(0512|0000)-0000 \d{4}")
INVENTED_MOBILE = re.compile(r"138 0000 \d{4}")
LIKE_A_PHONE = re.compile(r"\d{7,}|\d{3,4}-\d+")


def test_every_name_says_that_it_is_invented(town: Town) -> None:
    names = [name for one in town.staff for name in (one.name, one.card_name)]
    names += [report.reporter for report in town.reports if report.reporter]
    assert [name for name in names if not name.endswith("（虚构）")] == []
    assert "虚构" in town.notice


def test_no_number_is_real(town: Town) -> None:
    office = [one.phone for one in town.staff] + [one.phone for one in town.organisations]
    office += [number for area in town.areas for number in (area.duty_phone, area.supervision_phone) if number]
    assert [number for number in office if not INVENTED_STAFF.fullmatch(number)] == []
    assert len(set(office)) == len(office)
    contacts = [report.contact for report in town.reports if report.contact]
    assert contacts
    assert [number for number in contacts if not INVENTED_MOBILE.fullmatch(number)] == []


def test_no_text_carries_a_number_like_a_phone(town: Town) -> None:
    texts = [report.text for report in town.reports] + [step.note for one in town.reports for step in one.steps]
    assert [text for text in texts if LIKE_A_PHONE.search(text)] == []


def test_every_general_grid_has_one_worker(town: Town) -> None:
    held = Counter(grid for one in town.staff for grid in one.grids)
    assert held == {grid.key: 1 for grid in town.grids if grid.kind == "general_grid"}
    assert {one.role for one in town.staff if one.grids} == {"grid_worker"}


def test_every_community_has_a_secretary_and_two_numbers(town: Town) -> None:
    communities = [area for area in town.areas if area.level == "community"]
    secretaries = Counter(one.area for one in town.staff if one.role == "secretary")
    assert secretaries == {area.key: 1 for area in communities}
    assert all(area.duty_phone and area.supervision_phone for area in communities)


def test_every_role_of_the_issue_is_held_by_somebody(town: Town) -> None:
    assert {one.role for one in town.staff} == {
        "grid_worker", "secretary", "town_staff", "acceptor", "dispatcher", "checker", "duty_chief", "handler",
        "auditor", "system_admin", "security_admin",
    }  # fmt: skip


def test_no_two_people_have_one_name(town: Town) -> None:
    assert len({one.name for one in town.staff}) == len(town.staff)


def test_every_function_of_the_catalogue_has_an_organisation_with_a_handler(town: Town) -> None:
    text = files("wangge.catalogue").joinpath("definitions", "functions.toml").read_text(encoding="utf-8")
    functions = {row["code"] for row in tomllib.loads(text)["function"]}
    assert {function for one in town.organisations for function in one.functions} == functions
    handled = {one.organisation for one in town.staff if one.role == "handler"}
    assert {one.key for one in town.organisations if one.functions} == handled


def test_staff_belong_to_areas_and_organisations_of_the_town(town: Town) -> None:
    areas = {area.key for area in town.areas}
    organisations = {one.key for one in town.organisations}
    assert {one.area for one in town.staff} | {one.area for one in town.organisations} <= areas
    assert {one.organisation for one in town.staff} <= organisations
