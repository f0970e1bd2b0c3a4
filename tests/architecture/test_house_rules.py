"""Each house rule has a good and a bad line, and the tree breaks none."""

import pytest

from tools import house_rules
from tools.template_rules import TEMPLATE_RULES

CASES, WEB = "wangge/cases/{}.py", "wangge/web/{}.py"
VIEWS, QUERIES, ACTIONS = CASES.format("views"), CASES.format("queries"), CASES.format("actions")
MODELS = "from wangge.cases.models import Case\n"
FOREIGN = "from wangge.teams.models import Account\n"

# rule, where, good, bad
PYTHON = [
    ("safe", VIEWS, "format_html('<b>{}</b>', name)", "mark_safe(name)"),
    ("safe", VIEWS, "from django.utils.html import escape", "from django.utils.safestring import mark_safe"),
    ("cascade", CASES.format("models"), "ForeignKey(Area, models.PROTECT)", "ForeignKey(Area, models.CASCADE)"),
    ("cascade", "wangge/places/migrations/0001.py", "RunSQL('drop index a')",
     "RunSQL('alter table a add on delete cascade')"),
    ("clock", VIEWS, "now = timezone.now()", "now = datetime.now(tz=zone)"),
    ("clock", QUERIES, "def late(now): ...", "late = timezone.now()"),
    ("clock", "wangge/core/deadlines.py", "today = now.date()", "today = date.today()"),
    ("clock", "wangge/cases/actions/moves.py", "case.at = now", "case.at = timezone.now()"),
    ("print", WEB.format("commands"), "print('ready')", ""),
    ("print", VIEWS, "log.info('ready')", "print('ready')"),
    ("glued-sql", QUERIES, "cursor.execute('select %s', [a])", "cursor.execute(f'select {a}')"),
    ("glued-sql", QUERIES, "cursor.execute('select ' 'a')", "cursor.execute('select ' + a)"),
    ("glued-sql", QUERIES, "cursor.execute('select %s', [a])", "cursor.execute('select %s' % a)"),
    ("glued-sql", QUERIES, "cursor.execute('select a')", "cursor.execute('select {}'.format(a))"),
    ("glued-sql", QUERIES, "text = 'select a'\nCase.objects.raw(text)", "text = f'select {a}'\nCase.objects.raw(text)"),
    ("glued-sql", "wangge/web/postgres/roles.py", "connection.execute(SQL('drop {}').format(Identifier(a)))",
     "connection.execute(SQL(f'drop {a}').format(b))"),
    ("raw-sql", QUERIES, "with connection.cursor() as cursor: ...", ""),
    ("raw-sql", "wangge/cases/actions/beginning.py", "with connection.cursor() as cursor: ...", ""),
    ("raw-sql", ACTIONS, "case.save()", "with connection.cursor() as cursor: ..."),
    ("raw-sql", VIEWS, "queries.open_cases()", "with connection.cursor() as cursor: ..."),
    ("write", ACTIONS, MODELS + "Case.objects.create()", FOREIGN + "Account.objects.create()"),
    ("write", VIEWS, MODELS + "Case.objects.filter(a=1).first()", MODELS + "Case.objects.filter(a=1).update(b=2)"),
    ("write", VIEWS, "photo.save(buffer, 'JPEG')", "case.save(update_fields=['state'])"),
    ("write", "wangge/web/desk.py", MODELS + "Case.objects.all()", MODELS + "Case.objects.all().delete()"),
    ("foreign-door", VIEWS, "from wangge.cases.forms import AcceptForm", "from wangge.teams.forms import PinForm"),
    ("foreign-door", ACTIONS, "from wangge.teams import queries", "from wangge.teams import tasks"),
    ("foreign-door", WEB.format("urls"), "from wangge.cases.api import router", ""),
    ("name", VIEWS, "def accept(): ...", "def do_accept(): ..."),
    ("name", VIEWS, "class Worklist: ...", "class CaseManager: ..."),
    ("name", "wangge/web/shell.py", "a = 1", ""),
    ("future", VIEWS, "from typing import Any", "from __future__ import annotations"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "path", "good", "bad"), PYTHON)
def test_a_rule_lets_the_good_line_pass_and_finds_the_bad_one(rule: str, path: str, good: str, bad: str) -> None:
    assert [found.rule for found in house_rules.check_python(path, good)] == []
    if bad:
        found = house_rules.check_python(path, bad)
        assert ({one.rule for one in found}, found[-1].line) == ({rule}, len(bad.splitlines()))


def test_a_drawer_is_refused_by_its_name_wherever_it_stands() -> None:
    for path in ("wangge/web/utils.py", "wangge/files/common/pictures.py", "wangge/core/helpers.py"):
        assert [found.rule for found in house_rules.check_python(path, "a = 1")] == ["name"]


LINES = [
    ("unfinished", "a = 1  # later than the law asks", "a = 1  # TODO: mend"),
    ("unfinished", "method = 1", "# FIXME"),
    ("noqa", "a = 1  # noqa: S101 - the type checker cannot see it", "a = 1  # noqa"),
    ("noqa", "a = 1  # noqa: S101, S102 - both are meant", "a = 1  # noqa: S101"),
    ("deferred", "    import numpy  # noqa: PLC0415 - slow import", "    import a  # noqa: PLC0415 - circle"),
]


@pytest.mark.parametrize(("rule", "good", "bad"), LINES)
def test_a_rule_of_lines_lets_the_good_line_pass_and_finds_the_bad_one(rule: str, good: str, bad: str) -> None:
    assert house_rules.check_lines("wangge/a.py", good) == []
    assert [(found.rule, found.line) for found in house_rules.check_lines("wangge/a.py", f"\n{bad}")] == [(rule, 2)]


TEMPLATES = [
    ("template-safe", "{{ text }}", "{{ text|safe }}"),
    ("template-safe", "{{ text|linebreaks }}", "{% autoescape off %}"),
    ("inline-script", '<script src="{{ a }}"></script>', "<script>go()</script>"),
    ("inline-script", '<script type="application/json">{}</script>', '<script type="module">go()</script>'),
    ("inline-style", '<p class="wide">', '<p style="width: 9px">'),
    ("inline-style", '<p data-style="x">', "<style>p {}</style>"),
    ("inline-handler", '<a data-key="z" href="#">', '<a href="#" onclick="go()">'),
    ("trimmed", "{% blocktranslate trimmed %}Open cases{% endblocktranslate %}",
     "{% blocktranslate %}Open cases{% endblocktranslate %}"),
    ("trimmed", "{% blocktranslate trimmed with n=count %}{{ n }} open{% endblocktranslate %}",
     "{% blocktranslate with n=count %}{{ n }} open{% endblocktranslate %}"),
    ("fragment", '{% include "cases/_timeline.html" %}', '{% include "teams/_post.html" %}'),
    ("fragment", '{% include "components/badge.html" %}', "{% include 'places/_card.html' with a=b %}"),
    ("unmarked", '<p>{% translate "Open cases" %}</p>', "<p>Open cases</p>"),
    ("unmarked", "<p>{{ case.number }} · 12:30</p>", "<p>今天没有超期的件</p>"),
    ("unmarked", '<img alt="{% translate "A photo" %}">', '<img alt="A photo">'),
    ("unmarked", "{# what it needs: case #}<code>WANGGE_HOME</code>", '<input placeholder="手机号">'),
    ("unmarked", '<a class="wide" href="/en/">EN</a>', "<b>EN and more</b>"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "good", "bad"), TEMPLATES)
def test_a_rule_of_templates_lets_the_good_line_pass_and_finds_the_bad_one(rule: str, good: str, bad: str) -> None:
    names, path = {"cases", "teams", "places", "web"}, "wangge/cases/templates/cases/case.html"
    assert house_rules.check_template(path, good, names) == []
    found = house_rules.check_template(path, f"<p>\n{bad}", names)
    assert {(one.rule, one.line) for one in found} == {(rule, 2)}


def test_every_rule_has_a_good_and_a_bad_line() -> None:
    rules = {one.name for one in house_rules.PYTHON_RULES} | {one.name for one in house_rules.LINE_RULES}
    rules |= {one.name for one in TEMPLATE_RULES}
    tried = [(case[0], case[-2], case[-1]) for case in [*PYTHON, *LINES, *TEMPLATES]]
    assert rules == {name for name, good, bad in tried if good and bad}


def test_the_tree_breaks_no_rule() -> None:
    assert [str(found) for found in house_rules.check()] == []
