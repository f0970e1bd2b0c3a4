"""A page's values opened and masked in one go: nothing in clear comes out, wherever it goes wrong."""

import pytest
from django.utils import timezone

from wangge.core.masking import masked_name, masked_phone
from wangge.vault import actions, queries
from wangge.vault.cipher import Key
from wangge.vault.keys import KeyDestroyed, KeyStore
from wangge.vault.queries import Place, Unreadable, open_many, open_masked

CODE, TABLE = "flood", "vt_person"
MASKS = {"name": masked_name, "phone": masked_phone}


@pytest.fixture
def page(own_keys: KeyStore) -> list[Place]:
    """Fifty rows of a name and a number; every tenth has no number."""
    actions.open_compartment(CODE, now=timezone.now())
    given = [(f"孙兰{n}", TABLE, "name", str(n)) for n in range(50)]
    given += [(f"1380000{n:04d}", TABLE, "phone", str(n)) for n in range(50)]
    sealed = actions.seal_many(CODE, given)
    return [
        (None if column == "phone" and int(row) % 10 == 0 else held, table, column, row)
        for held, (_, table, column, row) in zip(sealed, given, strict=True)
    ]


def test_a_page_comes_back_masked_in_its_order(page: list[Place]) -> None:
    shown = open_masked(CODE, page, MASKS)
    assert shown[:50] == [masked_name(f"孙兰{n}") for n in range(50)]
    assert shown[50:] == [None if n % 10 == 0 else masked_phone(f"1380000{n:04d}") for n in range(50)]
    clear = {value for value in open_many(CODE, page) if value}
    assert (len(clear), clear & set(shown)) == (95, set())


def test_the_key_is_fetched_once_for_the_page(page: list[Place], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    fetch = queries.key_named_in

    def counted(code: str, sealed: bytes) -> Key:
        asked.append(code)
        return fetch(code, sealed)

    monkeypatch.setattr(queries, "key_named_in", counted)
    open_masked(CODE, page, MASKS)
    assert len(asked) == 1


def test_a_column_nobody_masks_is_refused_before_anything_is_opened(
    page: list[Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(queries, "open_many", lambda *given: opened.append(given))
    with pytest.raises(KeyError, match="phone"):
        open_masked(CODE, page, {"name": masked_name})
    assert opened == []


def test_a_value_of_another_row_stops_the_page_without_saying_a_word(page: list[Place]) -> None:
    held, table, column, _row = page[1]
    with pytest.raises(Unreadable) as refused:
        open_masked(CODE, [*page, (held, table, column, "2")], MASKS)
    assert "孙兰" not in str(refused.value)


def test_a_destroyed_compartment_gives_no_mask_either(page: list[Place]) -> None:
    from wangge.vault.models import Compartment

    assert open_masked(CODE, [], MASKS) == []
    actions.destroy(Compartment.objects.get(code=CODE), now=timezone.now())
    with pytest.raises(KeyDestroyed):
        open_masked(CODE, page, MASKS)
