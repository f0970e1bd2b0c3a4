"""Passports, permits, bank cards, accounts, names and doors in sentences; everything here is invented."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.core.redaction import EVERYTHING, NUMBERS, Kind, find, redact
from wangge.core.redaction.cards import luhn

KINDS = dict(zip("PILESTBAND", (
    Kind.PHONE, Kind.CITIZEN_ID, Kind.PLATE, Kind.EMAIL, Kind.PASSPORT, Kind.PERMIT, Kind.BANK_CARD, Kind.ACCOUNT,
    Kind.NAME, Kind.DOOR,
), strict=True))  # fmt: skip
MARK = re.compile(r"\[([A-Z]):([^]]*)\]")
LINES = [
    line
    for line in (Path(__file__).parent / "redaction_corpus.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def read(line: str) -> tuple[str, list[tuple[Kind, int, int]]]:
    """The sentence without marks, and what is marked in it."""
    text, at, marks = "", 0, []
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        marks.append((KINDS[match[1]], len(text), len(text) + len(match[2])))
        text, at = text + match[2], match.end()
    return text + line[at:], marks


def measured() -> tuple[list[str], list[str], int]:
    """What is missed, what is found in vain, and how much was marked."""
    missed, vain, marked = [], [], 0
    for line in LINES:
        text, marks = read(line)
        found = find(text, EVERYTHING)
        marked += len(marks)
        missed += [
            f"{kind}: {text}"
            for kind, start, end in marks
            if not any(one.kind is kind and one.start <= start and end <= one.end for one in found)
        ]
        vain += [
            f"{one.kind} {one.text}: {text}"
            for one in found
            if not any(start < one.end and one.start < end for _, start, end in marks)
        ]
    return missed, vain, marked


def test_the_corpus_holds_sentences_of_both_sorts() -> None:
    bare = [line for line in LINES if not MARK.search(line)]
    assert len(LINES) >= 300
    assert len(bare) >= 150
    assert {kind for line in LINES for kind, _, _ in read(line)[1]} == set(Kind)


def test_recall_and_false_alarms_are_held() -> None:
    missed, vain, marked = measured()
    print(f"{len(LINES)} sentences, {marked} marked: {len(missed)} missed, {len(vain)} found in vain")
    print("\n".join([*missed, "--", *vain]))
    assert len(missed) <= 0.02 * marked
    assert len(vain) <= 3


def test_notes_keep_names_and_doors_unless_all_is_asked_for() -> None:
    text = "联系人：孙兰英，3幢502室，护照E00000001"
    assert redact(text)[0] == "联系人：孙兰英，3幢502室，护照〔护照号〕"
    assert redact(text, EVERYTHING)[0] == "联系人：〔姓名〕，〔门牌〕，护照〔护照号〕"
    assert redact(text, frozenset({Kind.NAME}))[0] == "联系人：〔姓名〕，3幢502室，护照E00000001"
    assert {Kind.NAME, Kind.DOOR} == EVERYTHING - NUMBERS


@pytest.mark.parametrize("number", ["6222020000000000", "621700000000000000", "62284800000000000"])
def test_a_bank_card_alone_is_known_by_its_check_digit(number: str) -> None:
    whole = next(f"{number}{digit}" for digit in range(10) if luhn(f"{number}{digit}"))
    assert [one.kind for one in find(f"打到{whole}里")] == [Kind.BANK_CARD]
    wrong = number + str((int(whole[-1]) + 1) % 10)
    assert find(f"打到{wrong}里") == ()
    assert [one.kind for one in find(f"银行卡{wrong}")] == [Kind.BANK_CARD]


def test_the_check_digit_of_cards_is_that_of_the_standard() -> None:
    assert luhn("79927398713")  # the example that the literature repeats
    assert not luhn("79927398710")


pieces = st.lists(st.sampled_from([read(line)[0] for line in LINES]) | st.text(max_size=4), max_size=3).map("，".join)


@given(pieces.filter(lambda text: "\0" not in text))
def test_nothing_is_left_after_redacting_everything(text: str) -> None:
    clean, _found = redact(text, EVERYTHING)
    assert redact(clean, EVERYTHING) == (clean, ())
