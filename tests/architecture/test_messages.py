"""Message catalogues: what is missing, fuzzy, unused or out of step is found; the tree is complete."""

from pathlib import Path

import pytest

from tools import messages

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("Open")
pgettext("case state", "Closed")
ngettext("%(n)s case", "%(n)s cases", 2)
"""
TEMPLATE = """
{% load i18n %}{% translate "Search" %}
{% blocktranslate trimmed with name=a.name %}
  Hello {{ name }}
{% endblocktranslate %}
"""
WHOLE = (
    messages.HEAD
    + """
msgctxt "case state"
msgid "Closed"
msgstr "办完"

msgid "%(n)s case"
msgid_plural "%(n)s cases"
msgstr[0] "%(n)s 件"

msgid "Hello %(name)s"
msgstr "%(name)s，您好"

msgid "Open"
msgstr "打开"

msgid "Search"
msgstr "查找"
"""
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    app = tmp_path / "wangge" / "cases"
    (app / "templates" / "cases").mkdir(parents=True)
    (app / messages.CATALOGUE).parent.mkdir(parents=True)
    (app / "__init__.py").touch()
    (app / "views.py").write_text(PYTHON, encoding="utf-8")
    (app / "templates" / "cases" / "case.html").write_text(TEMPLATE, encoding="utf-8")
    (app / messages.CATALOGUE).write_text(WHOLE, encoding="utf-8")
    return tmp_path


def catalogue(root: Path) -> Path:
    return root / "wangge" / "cases" / messages.CATALOGUE


def test_a_whole_catalogue_passes(root: Path) -> None:
    assert messages.check(root) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('msgid "Open"\nmsgstr "打开"\n', "", "missing"),
        ('msgstr "打开"', 'msgstr ""', "missing"),
        ('msgctxt "case state"\n', "", "missing"),
        ('msgid "Open"', '#, fuzzy\nmsgid "Open"', "fuzzy"),
        ('msgid "Open"\n', 'msgid "Gone"\nmsgstr "没有了"\n\nmsgid "Open"\n', "unused"),
        ("%(name)s，您好", "您好", "places"),
        ("%(n)s 件", "%(m)s 件", "places"),
    ],
)
def test_a_planted_fault_is_found(root: Path, old: str, new: str, rule: str) -> None:
    assert WHOLE.count(old) == 1
    catalogue(root).write_text(WHOLE.replace(old, new), encoding="utf-8")
    assert rule in {found.rule for found in messages.check(root)}


def test_two_apps_that_say_a_text_differently_are_found(root: Path) -> None:
    other = root / "wangge" / "insight"
    (other / messages.CATALOGUE).parent.mkdir(parents=True)
    (other / "__init__.py").touch()
    (other / "views.py").write_text('from django.utils.translation import gettext as _\n_("Open")\n', encoding="utf-8")
    said = messages.HEAD + '\nmsgid "Open"\nmsgstr "{}"\n'
    (other / messages.CATALOGUE).write_text(said.format("打开"), encoding="utf-8")
    assert messages.check(root) == []
    (other / messages.CATALOGUE).write_text(said.format("在办"), encoding="utf-8")
    assert [finding.rule for finding in messages.check(root)] == ["apart"]


def test_update_adds_what_is_missing_drops_what_is_unused_sorts_and_keeps_the_chinese(root: Path) -> None:
    catalogue(root).write_text(
        messages.HEAD + 'msgid "Search"\nmsgstr "查找"\n\nmsgid "Gone"\nmsgstr "没有了"\n', encoding="utf-8"
    )

    messages.update(root)

    text = catalogue(root).read_text(encoding="utf-8")
    ids = [line for line in text.splitlines() if line.startswith("msgid ")]
    assert ids == [
        'msgid ""',
        'msgid "%(n)s case"',
        'msgid "Closed"',
        'msgid "Hello %(name)s"',
        'msgid "Open"',
        'msgid "Search"',
    ]
    assert ('msgstr "查找"' in text, "没有了" in text) == (True, False)
    assert {found.rule for found in messages.check(root)} == {"missing"}


def test_update_of_a_whole_catalogue_changes_nothing_the_second_time(root: Path) -> None:
    messages.update(root)
    once = catalogue(root).read_text(encoding="utf-8")
    messages.update(root)
    assert (catalogue(root).read_text(encoding="utf-8"), messages.check(root)) == (once, [])


def test_compiled_catalogues_speak(root: Path) -> None:
    import gettext

    messages.compile_all(root)

    with catalogue(root).with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("Search") == "查找"
    assert spoken.pgettext("case state", "Closed") == "办完"
    assert spoken.ngettext("%(n)s case", "%(n)s cases", 3) == "%(n)s 件"


def test_every_app_speaks_whole_chinese() -> None:
    assert [str(found) for found in messages.check()] == []
