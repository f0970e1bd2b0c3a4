"""The glossary pages are made from the table."""

from pathlib import Path

from wangge.catalogue.reading import read
from wangge.catalogue.schema import Word
from wangge.catalogue.words_docs import pages


def test_both_pages_hold_every_word_in_order() -> None:
    words = read().of(Word)
    made = pages(words.values())
    assert sorted(made) == ["words.md", "words.zh-Hans.md"]
    codes = [code for code, _ in sorted(words.items(), key=lambda item: item[1].row)]
    for text in made.values():
        rows = [line for line in text.splitlines() if line.startswith("| ") and "`" in line]
        assert sorted(row.split("`")[1] for row in rows) == sorted(codes)
        assert [int(row.split("|")[1]) for row in rows] == sorted(word.row for word in words.values())


def test_a_row_reads_in_the_language_of_its_page() -> None:
    made = pages(read().of(Word).values())
    assert "| 78 | `door_mark` | 封条 | door mark | A notice mark, never a lock |" in made["words.md"]
    assert "| 78 | `door_mark` | 封条 | door mark | 提醒标记，不是锁 |" in made["words.zh-Hans.md"]


def test_the_pages_in_docs_are_up_to_date() -> None:
    docs = Path(__file__).parents[2] / "docs"
    made = pages(read().of(Word).values())
    assert {name: (docs / name).read_text(encoding="utf-8") for name in made} == made
