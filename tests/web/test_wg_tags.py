"""Template tags and components of the house, rendered without a request to a database."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Engine, engines
from django.test import RequestFactory
from django.urls import NoReverseMatch
from django.utils import translation

from wangge.core.clock_face import face
from wangge.core.deadlines import ClockKind
from wangge.web import assets
from wangge.web.script_words import script_words

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "wangge"
NOW = datetime(2026, 11, 20, 1, 45, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not assets.MANIFEST.exists(), reason="the front end is not built")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def render(source: str, **context: Any) -> str:
    engine: Engine = engines["django"].engine  # type: ignore[attr-defined] # stubs know only the wrapper
    return engine.from_string(source).render(Context(context)).strip()


def test_a_link_is_the_address_of_the_page_with_each_number() -> None:
    for number in (7, 8, 1_234_567):
        assert render('{% link "person-leave" pk %}', pk=number) == f"/people/{number}/leave/"
        assert render('{% link "person-open" pk "phone" %}', pk=number) == f"/people/{number}/phone/open/"
    with pytest.raises(NoReverseMatch):
        render('{% link "no-such-page" 7 %}')
    with pytest.raises(ValueError, match="format code"):
        render('{% link "person-leave" "7/../8" %}')


def test_an_entry_brings_its_styles_before_its_script_and_names_are_hashed() -> None:
    html = render('{% asset "resident.ts" %}')
    assert re.findall(r"<(link|script)", html)[0] == "link"
    assert re.search(r'href="/static/built/assets/resident-[\w-]{8}\.css"', html)
    assert re.search(r'<script type="module" src="/static/built/assets/resident-[\w-]{8}\.js"></script>$', html)


def test_an_entry_that_is_not_built_says_which_are() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"no entry 'nobody.ts'; it has .*resident\.ts"):
        assets.entry("nobody.ts")


def test_an_icon_is_silent_beside_a_word_and_speaks_alone() -> None:
    assert 'aria-hidden="true"' in render('{% icon "clock" %}')
    assert 'role="img" aria-label="Close"' in render('{% icon "x" label="Close" %}')


def test_every_icon_asked_for_is_in_the_sprite() -> None:
    asked: set[str] = set()
    for path in TEMPLATES.rglob("*.html"):
        for one, other in re.findall(r'{%\s*icon\s+"([\w-]+)"|icon="([\w-]+)"', path.read_text("utf-8")):
            asked.add(one or other)
    known = set((ROOT / "frontend" / "icons.txt").read_text("utf-8").split())
    assert asked - known == set()
    assert "map-pin" in asked


def test_a_running_clock_tells_scripts_its_instants_and_readers_its_words() -> None:
    shown = face(NOW, NOW + timedelta(minutes=40), NOW - timedelta(minutes=60))
    html = render("{% clock face %}", face=shown)
    assert 'class="wg-clock wg-clock-half"' in html
    assert "40 min left" in html
    assert 'data-due="2026-11-20T10:25:00+08:00"' in html
    assert 'title="until 20 Nov 10:25"' in html
    assert "data-half=" in html


def test_a_clock_in_working_hours_has_no_middle_unless_it_was_counted() -> None:
    shown = face(NOW, NOW + timedelta(hours=4), NOW - timedelta(hours=1))
    kind = ClockKind.WORKING_HOUR
    assert "data-half" not in render("{% clock face kind=kind %}", face=shown, kind=kind)
    assert "data-half" in render("{% clock face kind=kind half_at=now %}", face=shown, kind=kind, now=NOW)


def test_a_clock_that_stopped_is_not_repainted() -> None:
    done = face(NOW, NOW + timedelta(hours=1), NOW - timedelta(hours=1), done_at=NOW)
    html = render("{% clock face %}", face=done)
    assert "data-due" not in html
    assert "wg-clock-done_in_time" in html


def test_no_clock_draws_nothing() -> None:
    assert render("{% clock face %}", face=None) == ""


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 20, 1, 43, tzinfo=UTC), "09:43"),
        (datetime(2026, 11, 18, 1, 43, tzinfo=UTC), "18 Nov 09:43"),
        (datetime(2025, 11, 18, 1, 43, tzinfo=UTC), "18 Nov 2025 09:43"),
    ],
)
def test_a_moment_is_said_as_short_as_it_can_be(at: datetime, said: str) -> None:
    request = RequestFactory().get("/")
    request.now = NOW  # type: ignore[attr-defined] # set by the middleware
    html = render("{% moment at %}", at=at, request=request)
    assert re.sub(r"<[^>]+>", "", html) == said


def test_a_qr_has_its_quiet_zone_and_only_numbers_in_its_path() -> None:
    html = render('{% qr "https://example.invalid/r/ABCD2345EF" code="ABCD 2345 EF" label="Report" %}')
    assert 'viewBox="0 0 37 37"' in html
    path = re.search(r'd="([^"]+)"', html)
    assert path
    assert re.fullmatch(r"(M\d+ \d+h1v1h-1z)+", path[1])
    assert min(int(x) for x in re.findall(r"M(\d+) ", path[1])) == 4


def test_what_a_card_holds_is_escaped_once() -> None:
    html = render("{% card title=title %}<b>{{ text }}</b>{% endcard %}", title="a < b", text="<script>")
    assert "<h2>a &lt; b</h2>" in html
    assert "<b>&lt;script&gt;</b>" in html


class _Form(forms.Form):
    text = forms.CharField(label="Text", help_text="a sentence", error_messages={"required": "Write a sentence"})


def test_a_wrong_field_says_the_same_words_in_the_summary_and_at_the_field() -> None:
    form = _Form({})
    page = '{% include "components/errors.html" %}{% include "components/field.html" with field=form.text %}'
    html = render(page, form=form)
    assert html.count("Write a sentence") == 2
    assert '<a href="#id_text">' in html
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'id="id_text_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_verb_that_is_blocked_gives_its_reason_and_no_way_to_press_it() -> None:
    locked = {"url": "/close", "label": "Close the case", "reason": "1 part is not done"}
    html = render('{% include "components/verb.html" %}', verb=locked)
    assert "Close the case: 1 part is not done" in html
    assert "<form" not in html
    assert "/close" not in html


def test_a_masked_value_is_not_in_the_page_before_it_is_opened() -> None:
    html = render(
        '{% include "components/mask.html" %}', masked="138****0000", reveal_url="/reveal", what="phone", purpose=""
    )
    assert "138****0000" in html
    assert "138 0000 0000" not in html


def test_scripts_ask_only_for_words_there_are() -> None:
    asked: set[str] = set()
    for path in (ROOT / "frontend").rglob("*.ts"):
        if not path.name.endswith(".test.ts"):
            asked.update(re.findall(r'\bsay\("(\w+)"', path.read_text("utf-8")))
    assert asked - set(script_words("bench")) == set()
    assert "no_net" in asked
