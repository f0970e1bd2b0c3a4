"""The table of moves is whole: each verb has a name, a rule, an action; each state a look; the docs are current."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from tools.moves_docs import TEXTS, page
from wangge.cases.actions import BY_VERB
from wangge.cases.words import DESKS, EVERY_STAFF, ICONS, MOVES, STEPS, VERBS, State

BEGINNINGS = {"report", "register"}


def test_every_verb_of_the_table_has_a_name_and_an_action() -> None:
    verbs = {move.verb for move in MOVES.moves}
    assert verbs == set(VERBS)
    assert set(BY_VERB) == verbs - BEGINNINGS


def test_the_states_of_the_table_are_those_of_the_model() -> None:
    assert set(MOVES.states) == set(State.values)


def test_every_state_has_a_look_of_its_own() -> None:
    assert set(ICONS) == set(State.values)
    assert len({icon for _tone, icon in ICONS.values()}) == len(ICONS)


def test_every_state_stands_at_one_of_the_seven_steps() -> None:
    placed = [state.strip() for _code, _label, states in STEPS for state in states.split("|")]
    assert sorted(placed) == sorted(State.values)


def test_desks_show_known_states_to_known_roles() -> None:
    for _label, states, roles in DESKS.values():
        assert set(states) <= set(State.values)
        assert set(roles) <= set(EVERY_STAFF)


def test_nobody_is_asked_for_what_the_verb_does_not_take() -> None:
    assert [v.code for v in VERBS.values() if not set(v.required) <= set(v.asks)] == []


def test_staff_words_and_residents_words_are_chinese() -> None:
    with translation.override("zh-hans"):
        texts = [str(v.label) for v in VERBS.values()] + [str(v.told) for v in VERBS.values() if v.told]
    assert [text for text in texts if not re.search("[一-鿿]", text)] == []


@pytest.mark.parametrize("language", TEXTS)
def test_the_page_of_moves_is_current(language: str) -> None:
    assert Path("docs", TEXTS[language][0]).read_text(encoding="utf-8") == page(language), "renew it by `make format`"
