import re
from dataclasses import fields
from html.parser import HTMLParser
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.core.rounds.drawing import draw
from wangge.core.rounds.labels import GAP, HIGH, Label, placed
from wangge.core.rounds.plan import plan
from wangge.core.rounds.sheet import ROWS, Heading, print_sheets, sheets
from wangge.core.rounds.stops import Door, Round, Stop
from wangge.core.rounds.words import LANGUAGES, words_of


class Read(HTMLParser):
    """What a page is made of: open tags with their attributes, its texts, and whether each tag is closed in turn."""

    EMPTY = ("meta", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1:] != ["style"]:
            self.texts.append(data.strip())


def two_blocks(**asked: object) -> Round:
    doors = {k: tuple(Door(f"{k}-{floor}0{flat}", floor) for floor in (1, 2, 3) for flat in (1, 2)) for k in (12, 13)}
    stops = [Stop(f"{k} 幢 <i>", 40.0 * k, 3.0 * k, 6, 3, building=f"{k} 幢", doors=doors[k]) for k in (12, 13)]
    return plan([*stops, Stop("老楼", 500.0, 60.0, 4, 2)], **asked)  # type: ignore[arg-type]  # passed on


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drawing_says_in_words_what_it_shows(language: str) -> None:
    page = draw(two_blocks(start=(450.0, 0.0)), language=language, key="r7")
    read = Read(page)
    assert read.open == []
    tag, attributes = read.tags[0]
    assert (tag, attributes["role"], attributes["aria-labelledby"]) == ("svg", "img", "r7-title r7-desc")
    assert [attrs["id"] for name, attrs in read.tags if name in ("title", "desc")] == ["r7-title", "r7-desc"]
    words = words_of(language)
    assert read.texts[0].startswith(words.drawing[:4])
    assert "12 幢 <i>" in read.texts[1]
    assert {"1", "2", "3", words.north, words.start} <= set(read.texts)
    assert any(re.fullmatch(words.metres.format(count=r"\d+"), text) for text in read.texts)


def test_a_drawing_is_black_and_white_and_asks_for_nothing_else() -> None:
    page = draw(two_blocks())
    assert set(re.findall(r"#[0-9a-f]+", page)) <= {"#000", "#fff", "#ddd", "#555"}
    assert not re.search(r"style=|<script|href|url\(", page)


def test_a_building_is_drawn_by_its_footprint_once_and_else_as_a_square() -> None:
    ring = [(470.0, 30.0), (490.0, 30.0), (490.0, 40.0), (470.0, 40.0)]
    drawn = draw(two_blocks(), {"12 幢": [ring]})
    assert drawn.count('fill-rule="evenodd"') == 3
    pair = plan([Stop("a", 0, 0, 1, building="b"), Stop("c", 10, 0, 1, building="b")])
    assert draw(pair, {"b": [ring]}).count('fill-rule="evenodd"') == 1


@pytest.mark.parametrize("spread", [0.0, 1e-6, 1.0, 1e7])
def test_any_extent_can_be_drawn(spread: float) -> None:
    found = plan([Stop(f"s{k}", k * spread, -k * spread, 1) for k in range(4)])
    shapes = re.findall(r' (?:d|x|y|width|height)="([^"]+)"', draw(found))
    numbers = [float(one) for shape in shapes for one in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", shape)]
    assert max(map(abs, numbers)) < 3_000


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.floats(50, 950), st.floats(50, 700)), max_size=30))
def test_number_plates_do_not_cover_each_other(spots: list[tuple[float, float]]) -> None:
    labels = [Label(spot, str(at)) for at, spot in enumerate(spots, 1)]
    pairs = zip(labels, placed(labels, 1000, 750), strict=True)
    for (one, (x, y)), (other, (to_x, to_y)) in combinations(pairs, 2):
        apart = abs(x - to_x) >= (one.width + other.width) / 2 + GAP or abs(y - to_y) >= HIGH + GAP
        assert apart or len(spots) > 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_has_every_door_once_in_walking_order_with_its_boxes(language: str) -> None:
    found = two_blocks()
    heading = Heading(
        "防台风 <1>", "桂花社区", (("能自己避险吗？", "要帮"),), {"12-302": "♥ 敲门重一点"}, "交回", "7A21"
    )
    read = Read(print_sheets([(heading, found)], language))
    assert read.open == []
    doors = [text for text in read.texts if re.fullmatch(r"1[23]-\d{3}", text)]
    assert doors == [door.name for door in found.doors]
    boxes = sum(tag == "i" for tag, _ in read.tags)
    assert boxes == 16 * (7 + 1) + 2 * 4  # sixteen doors, and four blanks on each of two pages
    assert sum(tag == "u" for tag, _ in read.tags) == 4  # doors nobody has written down yet
    assert "♥ 敲门重一点" in read.texts
    assert "防台风 <1>" in read.texts


def test_a_sheet_has_no_script_and_asks_for_nothing_from_elsewhere() -> None:
    page = print_sheets([(Heading("t"), two_blocks())])
    assert not re.search(r"<script|href=|src=|@import|style=|on\w+=", page)
    assert page.count("<style>") == 1


def test_pages_have_no_more_rows_than_they_have_room_for() -> None:
    stops = [Stop(f"s{k}", 10.0 * k, 0, 3) for k in range(30)]
    page = print_sheets([(Heading("t"), plan(stops, limit_minutes=1_000))])
    pages = page.split('<section class="page')[1:]
    assert [one.count("<tr") - 1 for one in pages[2:]] == [ROWS, ROWS, ROWS, 90 - 3 * ROWS]
    assert [one.count("<tr") for one in pages[:2]] == [0, 31]
    assert f"{len(pages)} / {len(pages)}" in pages[-1]


def test_large_print_has_fewer_rows_and_a_mark_stands_beside_the_title() -> None:
    stops = [Stop(f"s{k}", 10.0 * k, 0, 3) for k in range(13)]
    headed = [(Heading("t <1>", emblem="<figure><svg></svg></figure>"), plan(stops, limit_minutes=1_000))]
    usual, large = sheets(headed), sheets(headed, is_large=True)
    assert [page.count("<tr") for page in usual.split("<section")[1:]] == [14, 27, 14]
    assert [page.count("<tr") for page in large.split("<section")[1:]] == [0, 14, 18, 18, 6]
    assert large.count('class="page large') == large.count("<figure><svg></svg></figure>") == 5
    assert "<style" not in large
    assert large.replace(" large", "") in print_sheets(headed, is_large=True).replace(" large", "")


def test_a_column_for_reminders_is_there_where_somebody_is_reminded_of_something() -> None:
    found = two_blocks()
    assert "提醒" not in sheets([(Heading("t"), found)])
    assert "提醒" in sheets([(Heading("t", reminders={"12-302": "♥"}), found)])


def test_a_split_round_is_printed_as_the_rounds_it_became() -> None:
    found = plan([Stop(f"s{k}", 50.0 * k, 0, 20) for k in range(9)])
    page = print_sheets([(Heading("t"), found)], "en")
    assert len(found.split) == 2
    assert "round 1 of 2" in page
    assert "round 2 of 2" in page
    assert "more than 180: walk it in 2 rounds" in page


def test_times_of_day_are_told_where_the_round_has_them() -> None:
    assert "18:00" in print_sheets([(Heading("t"), two_blocks(begins=18 * 60.0))])
    assert "+0 分" in print_sheets([(Heading("t"), two_blocks())])


def test_both_languages_ask_for_the_same_facts() -> None:
    for one in fields(LANGUAGES["en"]):
        texts = [getattr(words, one.name) for words in LANGUAGES.values()]
        if isinstance(texts[0], str):
            assert len({frozenset(re.findall(r"{(\w+)}", text)) for text in texts}) == 1
        else:
            assert len({len(text) for text in texts}) == 1
    with pytest.raises(ValueError, match="zh-Hans, en"):
        words_of("fr")
