"""Sealing (trust U5): known answers, every flipped bit and every moved value refused, no nonce twice."""

import os

import pytest
from cryptography.hazmat.primitives.ciphers import algorithms
from hypothesis import given
from hypothesis import strategies as st

from wangge.vault import cipher
from wangge.vault.cipher import GM, INTL, CipherBroken, Key, Suite, Unreadable, blind_index, open_, seal

PLACE = {"table": "cases_contact", "column": "phone", "row": "8213"}
PHONE = "13800000000"  # invented
suites = pytest.mark.parametrize("suite", [INTL, GM], ids=lambda suite: suite.name)


def key_of(suite: Suite, filler: int = 7) -> Key:
    return Key(bytes([filler]) * 16, suite, bytes([filler + 1]) * 32)


def test_both_suites_give_the_published_answers() -> None:
    cipher.self_test()


def test_a_wrong_answer_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cipher, "_HMAC_SM3", b"\0" * 32)
    with pytest.raises(CipherBroken, match="^HMAC-SM3 gives a wrong answer"):
        cipher.self_test()


def test_the_suites_are_what_their_names_say() -> None:
    assert [(s.number, s.name, s.key_length) for s in cipher.SUITES.values()] == [(1, "intl", 32), (2, "gm", 16)]
    assert algorithms.SM4.key_sizes == {128}


@given(value=st.text(), suite=st.sampled_from([INTL, GM]), row=st.integers() | st.text())
def test_what_was_sealed_opens_in_its_place(value: str, suite: Suite, row: str | int) -> None:
    key = Key.new(suite)
    sealed = seal(key, value, table="t", column="c", row=row)
    assert open_(key, sealed, table="t", column="c", row=row) == value
    assert len(sealed) == 1 + 1 + 16 + 12 + len(value.encode()) + 16
    assert (sealed[0], sealed[1], cipher.key_id(sealed)) == (1, suite.number, key.id)


@suites
def test_a_page_opens_as_its_values_one_by_one(suite: Suite) -> None:
    old, new = Key.new(suite), Key.new(suite)
    keys, asked = {old.id: old, new.id: new}, list[bytes]()

    def key_of(sealed: bytes) -> Key:
        asked.append(cipher.key_id(sealed))
        return keys[cipher.key_id(sealed)]

    places = [("t", column, str(row)) for row in range(9, 12) for column in ("name", "phone")]
    sealed = [
        seal(key, f"{key.id.hex()}{place}", table=place[0], column=place[1], row=place[2])
        for key in (old, new)
        for place in places
    ]
    page = [(held, *place) for held, place in zip(sealed, places * 2, strict=True)]
    alone = [
        open_(keys[cipher.key_id(held)], held, table=table, column=column, row=row) for held, table, column, row in page
    ]
    assert cipher.open_many(key_of, [*page, (None, "t", "name", "1")]) == [*alone, None]
    assert asked == [old.id, new.id]


@suites
def test_a_page_with_one_value_that_is_not_whole_or_not_in_its_place_is_refused(suite: Suite) -> None:
    key = key_of(suite)
    good = seal(key, PHONE, **PLACE)
    place = (PLACE["table"], PLACE["column"], PLACE["row"])
    assert cipher.open_many(lambda _: key, [(good, *place)]) == [PHONE]
    broken = [bytes([*good[:at], good[at] ^ 1, *good[at + 1 :]]) for at in range(len(good))]
    broken += [good[:size] for size in range(len(good))] + [good + b"\0"]
    elsewhere = [(good, "cases_contact", "name", "8213"), (good, "cases_contact", "phone", "821")]
    for wrong in [(held, *place) for held in broken] + elsewhere:
        with pytest.raises(Unreadable):
            cipher.open_many(lambda _: key, [(good, *place), wrong])
        with pytest.raises(Unreadable):
            cipher.open_many(lambda _: key, [wrong])


@suites
def test_every_flipped_bit_is_refused(suite: Suite) -> None:
    key = key_of(suite)
    sealed = seal(key, PHONE, **PLACE)
    for position in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[position // 8] ^= 1 << position % 8
        with pytest.raises(Unreadable):
            open_(key, bytes(flipped), **PLACE)
    print(f"U5 bits: {len(sealed) * 8} of {len(sealed) * 8} flips refused, suite {suite.name}")


@suites
def test_every_shortening_and_lengthening_is_refused(suite: Suite) -> None:
    key = key_of(suite)
    sealed = seal(key, PHONE, **PLACE)
    for wrong in [*(sealed[:end] for end in range(len(sealed))), sealed + b"\0", b"\0" + sealed, sealed * 2]:
        with pytest.raises(Unreadable):
            open_(key, wrong, **PLACE)


@suites
@pytest.mark.parametrize(
    "elsewhere",
    [
        PLACE | {"row": "8214"},
        PLACE | {"column": "name"},
        PLACE | {"table": "cases_witness"},
        {"table": "cases_contactp", "column": "hone", "row": "8213"},
        {"table": "cases_contact", "column": "phone8", "row": "213"},
    ],
)
def test_a_value_moved_elsewhere_is_refused(suite: Suite, elsewhere: dict[str, str]) -> None:
    key = key_of(suite)
    with pytest.raises(Unreadable, match="another place"):
        open_(key, seal(key, PHONE, **PLACE), **elsewhere)


@suites
def test_another_key_opens_nothing_even_under_a_stolen_id(suite: Suite) -> None:
    sealed = seal(key_of(suite), PHONE, **PLACE)
    for other in (key_of(suite, 9), Key(key_of(suite).id, suite, b"x" * 32)):
        with pytest.raises(Unreadable):
            open_(other, sealed, **PLACE)


def test_a_value_of_one_suite_does_not_open_as_the_other() -> None:
    sealed = seal(key_of(INTL), PHONE, **PLACE)
    with pytest.raises(Unreadable):
        open_(key_of(GM), sealed, **PLACE)
    with pytest.raises(Unreadable):
        open_(key_of(GM), sealed[:1] + b"\2" + sealed[2:], **PLACE)


@given(st.binary(max_size=200))
def test_no_bytes_from_outside_open_or_break_anything(junk: bytes) -> None:
    with pytest.raises(Unreadable):
        open_(key_of(GM), junk, **PLACE)


@pytest.mark.parametrize("junk", [b"", b"\1" * 45, b"\2" * 46])
def test_the_key_of_something_never_sealed_is_not_guessed(junk: bytes) -> None:
    with pytest.raises(Unreadable):
        cipher.key_id(junk)


@pytest.mark.soak
def test_no_nonce_comes_twice() -> None:
    count = 10_000_000 if os.environ.get("WANGGE_SOAK") else 200_000
    keys = (key_of(INTL), key_of(GM))
    drawers = [bytearray() for _ in range(256)]
    for number in range(count):
        nonce = cipher.seal_bytes(keys[number % 2], b"", table="t", column="c", row=1)[18:30]
        drawers[nonce[0]] += nonce
    kept = sum(len({bytes(d[at : at + 12]) for at in range(0, len(d), 12)}) for d in drawers)
    print(f"U5 nonces: {count} drawn in both suites, {count - kept} twice")
    assert kept == count


def test_refusals_and_keys_print_no_secret() -> None:
    key = key_of(INTL)
    assert "secret" not in repr(key)
    with pytest.raises(Unreadable) as refusal:
        open_(key, seal(key, PHONE, **PLACE), **(PLACE | {"row": "1"}))
    assert PHONE not in f"{refusal.value!r}"


@pytest.mark.parametrize(("id_length", "secret_length"), [(15, 32), (17, 32), (16, 31), (16, 16), (16, 33)])
def test_a_key_of_another_length_is_refused(id_length: int, secret_length: int) -> None:
    with pytest.raises(ValueError, match="a key has an id of 16 bytes and a secret of 32"):
        Key(b"i" * id_length, INTL, b"s" * secret_length)


def test_new_keys_differ() -> None:
    assert len({Key.new(GM).secret for _ in range(100)}) == 100


@given(st.text(), st.text())
def test_indexes_are_equal_exactly_for_equal_values(one: str, other: str) -> None:
    key = key_of(GM)
    assert (blind_index(key, one) == blind_index(key, other)) == (one == other)


def test_indexes_of_areas_keys_suites_and_sealing_never_meet() -> None:
    found = [
        blind_index(key_of(INTL), "孙兰"),  # invented
        blind_index(key_of(INTL), "孙兰", area=1),
        blind_index(key_of(INTL), "孙兰", area=2),
        blind_index(key_of(INTL), "孙兰", area=""),
        blind_index(key_of(INTL), "1孙兰", area=""),
        blind_index(key_of(INTL, 9), "孙兰"),
        blind_index(key_of(GM), "孙兰"),
    ]
    assert [len(index) for index in found] == [32] * 7
    assert len(set(found)) == 7
    assert blind_index(key_of(INTL), "孙兰", area="1") == found[1]


@suites
def test_what_is_sealed_in_one_go_opens_one_by_one_and_only_in_its_place(suite: Suite) -> None:
    key = key_of(suite)
    places = [(f"孙兰{n}", "t", column, str(n)) for n in range(50) for column in ("name", "phone")]  # invented
    sealed = cipher.seal_many(key, places)
    assert [open_(key, s, table=t, column=c, row=r) for s, (_, t, c, r) in zip(sealed, places, strict=True)] == [
        value for value, *_ in places
    ]
    assert len({s[18:30] for s in sealed}) == len(places)
    with pytest.raises(Unreadable):
        open_(key, sealed[0], table="t", column="phone", row="0")
    assert cipher.seal_many(key, []) == []


EARLIER = {  # sealed with this place's phone by the first release, and its index in area 3
    "intl": (
        "010107070707070707070707070707070707090909090909090909090909d44b4a4a99c9350f009641b99b9e8d56ce69c2448f4bcdab040848",
        "4a9854d3ae906e02d59575490e5a1ba7a14e79b5a631aadc6252b8ce7a78c2f3",
    ),
    "gm": (
        "0102070707070707070707070707070707070909090909090909090909098b475c68f15feb44d78e2b61a06a4bf0ab5270f0a7606ce8b06eb7",
        "18d42ed8a46248da27417fa9ce2adeb6a202b2535c3aabbfbedaefa9642b417c",
    ),
}


@suites
def test_what_the_first_release_sealed_opens_and_is_found(suite: Suite) -> None:
    sealed, index = (bytes.fromhex(text) for text in EARLIER[suite.name])
    assert open_(key_of(suite), sealed, **PLACE) == PHONE
    assert blind_index(key_of(suite), PHONE, area=3) == index
