"""What the product must never hold or do, looked for in every table, address, verb and definition."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.django

REGISTERS = re.compile(
    r"face|gait|voice_?print|finger_?print|biometr|religio|ethnic|nationalit|hiv|drug|petition|prison|convict|mental|"
    r"key_?youth|credit|risk_?score|colou?r_?code|health_?code|opinion|sentiment|id_?card|id_?photo|plate_?number"
)
REGISTER_WORDS = re.compile(
    r"人脸|声纹|指纹|步态|宗教|民族|艾滋|吸毒|上访|信访人员|刑满|社区矫正|精神障碍|重点青少年|信用分|风险分|健康码|红码|黄码|舆情|稳控|维稳对象"
)
LOCKS_IN = re.compile(r"lock_in|weld|seal_door|封门|焊|锁门")


def all_columns() -> list[str]:
    from django.apps import apps

    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("wangge.")
        for field in model._meta.get_fields()
    ]


def found(pattern: re.Pattern[str], words: list[str]) -> list[str]:
    return [word for word in words if pattern.search(word.lower())]


def test_the_look_finds_what_it_looks_for() -> None:
    assert found(REGISTERS, ["people.Person.face_vector", "cases.Case.surface"]) != []
    assert found(REGISTER_WORDS, ["吸毒人员登记"]) == ["吸毒人员登记"]


def test_no_table_has_a_column_for_what_we_do_not_keep(django_apps: None) -> None:
    columns = [column for column in all_columns() if not column.endswith((".surface", ".interface"))]
    assert found(REGISTERS, columns) == []
    assert found(LOCKS_IN, columns) == []


def test_no_person_carries_a_score_or_a_colour(django_apps: None) -> None:
    persons = [c for c in all_columns() if c.startswith(("teams.Account.", "cases.Contact."))]
    assert found(re.compile(r"score|colou?r|level|rank|grade|points|rating"), persons) == []


def test_no_definition_names_a_register_of_people() -> None:
    from wangge.catalogue.reading import canonical, read

    texts = [canonical(body.body).decode() for body in read().bodies if body.kind.value not in {"word", "uncollected"}]
    assert [text[:80] for text in texts if REGISTER_WORDS.search(text)] == []


def test_no_verb_orders_locks_or_deletes() -> None:
    from wangge.cases.words import VERBS

    assert found(re.compile(r"order|isolat|lock|delete|remove|ban"), list(VERBS)) == []


def test_a_class_of_grids_is_written_by_one_action_with_a_reason_and_derived_by_nothing(django_apps: None) -> None:
    from wangge.catalogue.reading import read
    from wangge.catalogue.schema import GridCare
    from wangge.places.models import GridClass

    root = Path(__file__).parents[2]
    written = re.compile(
        r"GridClass\(|GridClass\.objects\.(create|bulk_create|update_or_create|get_or_create)|classify_grid\("
    )
    places = {
        str(path.relative_to(root))
        for path in (root / "wangge").rglob("*.py")
        if path.name != "classes.py" and written.search(path.read_text(encoding="utf-8"))
    }
    assert places == {"wangge/places/actions/classing.py", "wangge/web/grids/classing.py"}
    assert {one.name for one in GridClass._meta.constraints} >= {"places_gridclass_reasoned", "places_gridclass_worded"}
    assert not GridClass._meta.get_field("reason").has_default()
    assert [name for name in GridCare.model_fields if re.search("default|automatic|when|from|above", name)] == []
    assert len(read().of(GridCare)) == 3


def test_no_role_below_the_authority_gives_orders() -> None:
    from wangge.catalogue.reading import read
    from wangge.catalogue.schema import Role

    assert found(re.compile(r"order|measure"), list(read().of(Role))) == []


def test_nothing_is_ever_deleted_from_a_case_or_the_book_but_what_shows_a_person() -> None:
    from wangge.access.grants import GRANTS

    kept = {table: verbs for table, verbs in GRANTS.items() if table.startswith(("cases_", "ledger_"))}
    over = ["cases_contact", "cases_photo"]  # by the house itself alone, years after closing (retention.toml)
    assert [table for table, verbs in kept.items() if "delete" in verbs] == over


def test_a_place_goes_only_with_the_import_that_made_it() -> None:
    from wangge.access.grants import GRANTS

    given_back = {"address", "area", "areacode", "building", "compound", "dwelling", "grid", "name"}
    removable = {table for table, verbs in GRANTS.items() if table.startswith("places_") and "delete" in verbs}
    assert removable == {f"places_{table}" for table in given_back}


TABLES = {  # what a page gives as a table to keep: none of them holds a person
    "wangge/exchange/views/reporting.py": "rows of a list of places and what became of them; empty templates",
    "wangge/exchange/export_files.py": "registered kinds of lists, each with columns of a closed set of types",
    "wangge/exchange/views/export.py": "a file of these, approved by somebody of another organisation",
    "wangge/web/sheets/reporting.py": "an empty daily sheet to fill in, with two invented doors",
    "wangge/web/rights/papers.py": "a copy of what is held about one person, for that person",
    "wangge/web/areas/handover.py": "open cases by number, clock and unit",
}


def test_every_table_that_leaves_is_known() -> None:
    root = Path(__file__).parents[2]
    found = {
        str(path.relative_to(root))
        for path in (root / "wangge").rglob("*.py")
        if re.search(r"text/csv|spreadsheetml|Content-Disposition|as_attachment", path.read_text(encoding="utf-8"))
    }
    assert found == set(TABLES)


EXPORTS = {  # the only addresses by which a list leaves that was asked for: of registered kinds, each approved
    "exports/", "exports/new/", "exports/new/<slug:kind>/", "exports/new/<slug:kind>/count/", "exports/<int:pk>/",
    "exports/<int:pk>/file/", "exports/<int:pk>/<slug:verb>/",
}  # fmt: skip


def test_no_address_gives_a_list_of_people_away(django_apps: None) -> None:
    from tools.urls import walk
    from wangge.web.urls import urlpatterns

    addresses = [address for address, _view in walk(urlpatterns)]
    assert len(addresses) > 40
    assert set(found(re.compile(r"export|contacts|download|csv|xlsx"), addresses)) == EXPORTS


def test_no_kind_of_export_has_a_column_for_a_person(django_apps: None) -> None:
    from wangge.exchange.exporter import exporters

    columns = [(column.code, column.of) for kind in exporters() for column in kind.columns]
    assert len(columns) > 30
    personal = re.compile(r"phone|person|worker|reporter|contact|account|text|note|token|email|room|dwelling")
    assert found(personal, [f"{code} {of}" for code, of in columns]) == []
    assert found(personal, ["worker places.Grid.worker_name"]) != []
