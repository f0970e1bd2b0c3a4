"""Residents read without an account what is kept, why, by which law, who sees it, how long, and may say no."""

from datetime import date
from html import escape

from django.test import Client

from tests.cast import Cast
from wangge.catalogue.purposes import in_order, laws

TITLE = "What is kept about you, and why"


def test_every_purpose_is_told_in_both_languages_and_linked_from_the_first_page(cast: Cast) -> None:
    client = Client()
    client.cookies["wg_language"] = "en"
    page = client.get("/purposes/").content.decode()
    with cast.lin.acting():
        register = [held.entry for held in in_order()]
    assert len(register) >= 18
    for each in register:
        assert each.notice is not None
        assert each.refusing is not None
        for said in (each.label.en, each.notice.en, each.refusing.en):
            assert escape(said) in page
    assert "PIPL Art. 13 (1)" in page
    assert "3 years after the case is closed" in page
    first = client.get("/").content.decode()
    assert 'href="/purposes/"' in first
    assert TITLE in first
    client.cookies["wg_language"] = "zh-hans"
    chinese = client.get("/purposes/").content.decode()
    assert "《个人信息保护法》第 13 条第 1 项" in chinese
    assert TITLE not in chinese


def test_what_no_law_in_force_carries_is_not_told(cast: Cast) -> None:
    with cast.lin.acting():
        register, known = [held.entry for held in in_order()], laws()
    assert not [each.code for each in register if each.is_lawful(known, date(2016, 12, 31))]
    before_pipl = {each.code for each in register if each.is_lawful(known, date(2021, 10, 31))}
    assert "warning" not in before_pipl
    assert "call_back" not in before_pipl
