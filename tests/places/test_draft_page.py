"""The page of the workbench, rendered with a made-up community: whole without a script, and safe to paint."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests.places.benches import context, made_up, moved
from wangge.web import assets

pytestmark = pytest.mark.skipif(not assets.MANIFEST.exists(), reason="the front end is not built")
VERBS = {"move", "move_micro", "merge", "split", "lock", "unlock", "solve", "name", "number", "cut", "undo", "redo"}
KEYS = {"M", "W", "U", "P", "L", "R", "Z", "Y"}


class Page(HTMLParser):
    """Elements of a page with their attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        asked = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [held for name, held in self.found if name == tag and asked.items() <= held.items()]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def page(**changed: Any) -> Page:
    return Page(render_to_string("places/draft.html", {**context("en"), **changed}))


def test_without_scripts_every_edit_is_a_button_of_the_form() -> None:
    shown = page()
    form = shown.of("form", id="bench-edit")[0]
    assert (form["method"], form["action"]) == ("post", "/divisions/3/edit/")
    assert {held["value"] for held in shown.of("button", name="verb")} == VERBS
    assert [held["value"] for held in shown.of("input", name="version")] == ["7", "7"]
    assert len(shown.of("input", name="pieces", form="bench-edit")) == len(made_up()["houses"])
    assert shown.of("input", name="pieces")[1]["value"] == "2,3"
    assert len(shown.of("select", name="grids")) == 2


def test_every_key_of_the_workbench_stands_on_a_button() -> None:
    signs = {held.get("data-key") for tag, held in page().found if tag == "button"}
    assert signs >= KEYS


def test_who_may_only_look_gets_neither_tools_nor_ticks() -> None:
    shown = page(bench={**made_up("en"), "may_edit": False}, form=None)
    assert not shown.of("form", id="bench-edit")
    assert not shown.of("button", name="verb")
    assert not shown.of("input", type="checkbox", name="pieces")
    assert len(shown.of("svg", data_bench_map="draft")) == 1


def test_both_drawings_hold_every_house_and_hatch_what_does_not_fit() -> None:
    shown = page()
    bench = made_up("en")
    houses = [held for tag, held in shown.found if tag == "path" and "data-house" in held]
    assert len(houses) == 2 * len(bench["houses"])
    hatched = shown.of("path", class_="wg-bench-hatch")
    out = [grid for grid in bench["present"]["grids"] if not grid["is_within"]]
    assert [held["d"] for held in hatched] == [grid["path"] for grid in out]
    assert len(out) == 2
    patterns = {held["id"] for held in shown.of("pattern")}
    assert {str(held["fill"])[5:-1] for held in hatched} <= patterns


def test_words_say_what_the_red_edge_means() -> None:
    html = render_to_string(
        "places/_draft_drawing.html", {**context("en"), "side": made_up("en")["present"], "name": "present"}
    )
    assert re.findall(r"<text y=\"1em\">(\d+) · ([^<]*)", html) == [
        ("452", "fits"), ("662", "162 over"), ("702", "202 over"), ("426", "fits"),
    ]  # fmt: skip


def test_a_draft_that_may_not_be_submitted_says_why_beside_a_locked_button() -> None:
    html = render_to_string(
        "places/draft.html", {**context("en"), "may_submit": False, "why_not": "Grid 04 is 18 short."}
    )
    shown = Page(html)
    assert "Grid 04 is 18 short." in html
    assert "hidden" in shown.of("a", href="#submit")[0]
    assert ["disabled" in held for held in shown.of("button") if "data-bench-submit" in held] == [True]
    assert shown.of("span", aria_disabled="true", aria_describedby="bench-why")


def test_names_are_text_and_never_markup() -> None:
    bench = made_up("en")
    bench["houses"][0]["name"] = bench["draft"]["grids"][0]["name"] = "</script><b>1 幢</b>"
    html = render_to_string("places/draft.html", {**context("en"), "bench": bench})
    assert "<b>1 幢" not in html
    held = re.search(r'<script id="bench" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert held is not None
    assert json.loads(held[1]) == bench


def test_the_made_up_community_adds_up() -> None:
    bench = made_up()
    held = sum(piece["households"] for piece in bench["pieces"])
    assert {sum(grid["households"] for grid in bench[side]["grids"]) for side in ("present", "draft")} == {held}
    assert sum(micro["households"] for micro in bench["draft"]["micro"]) == held
    assert sum(grid["households"] for grid in moved(bench, [0, 1], 2)["grids"]) == held
