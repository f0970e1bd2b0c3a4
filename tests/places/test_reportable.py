"""Where a report can be about, as residents write it: compounds and buildings, never a home."""

import pytest

from tests.cast import Cast
from tests.conftest import QueriesOf
from wangge.places.models import Building
from wangge.places.queries.reportable import search


def names(text: str) -> list[str]:
    return [place.name for place in search(text)]


@pytest.mark.parametrize("text", ["东坡小区", "东坡", "dpxq", "DongPo"])
def test_a_compound_is_found_by_name_and_by_its_letters(cast: Cast, text: str) -> None:
    with cast.sun.acting():
        assert names(text)[0] == "东坡小区"


@pytest.mark.parametrize("text", ["东坡小区3-2-302", "东坡小区三号楼", "东坡小区 3栋", "东坡3幢2单元"])
def test_an_address_leads_to_its_building_and_to_no_home(cast: Cast, text: str) -> None:
    with cast.sun.acting():
        first = search(text)[0]
        assert first.name == "东坡小区 3栋"
        assert Building.objects.get(token=first.token).pk == first.building_id


def test_what_is_nowhere_is_not_found(cast: Cast) -> None:
    with cast.sun.acting():
        assert search("乌有之乡") == search("?") == []


def test_one_place_and_many_ask_as_often(cast: Cast, queries_of: QueriesOf) -> None:
    with cast.sun.acting():
        search("东坡")  # the register is read once
        for text, questions, least in (("东坡", 3, 1), ("小区", 3, 2), ("东坡小区 3栋", 5, 1)):
            with queries_of(questions):
                assert len(search(text)) >= least
