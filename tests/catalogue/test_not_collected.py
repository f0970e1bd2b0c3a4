"""What is never collected: disguised titles are caught, harmless ones stay, and a city cannot take a word away."""

from pathlib import Path

import pytest

from wangge.catalogue.faults import Faulty, Rule
from wangge.catalogue.reading import read
from wangge.catalogue.schema import Uncollected
from wangge.core.not_collected import Barred, Dropped, dropped

HERE = Path(__file__).parent
DROPPED = [
    (code, title)
    for line in (HERE / "columns_dropped.txt").read_text(encoding="utf-8").splitlines()
    for code, _, title in [line.partition("\t")]
]
KEPT = (HERE / "columns_kept.txt").read_text(encoding="utf-8").splitlines()
CORE = {
    "religion", "ethnicity", "origin", "petition", "offences", "drugs", "hiv", "mental", "diagnosis", "politics",
    "key_person", "biometrics", "id_pictures", "scores", "whereabouts", "private_life",
}  # fmt: skip


@pytest.fixture(scope="module")
def barred() -> tuple[Barred, ...]:
    return tuple(each.barred() for each in sorted(read().of(Uncollected).values(), key=lambda each: each.order))


def test_the_list_holds_what_it_promises() -> None:
    shipped = read().of(Uncollected)
    assert {code for code, each in shipped.items() if each.core} == CORE
    assert len(DROPPED) >= 200
    assert {code for code, _ in DROPPED} == CORE


def test_every_disguised_title_is_caught_for_its_own_reason(barred: tuple[Barred, ...]) -> None:
    found = {title: code for title in (title for _, title in DROPPED) for code in [codes([title], [], barred)]}
    assert [(title, code, found[title]) for code, title in DROPPED if found[title] != [code]] == []
    print(f"{len(DROPPED)} titles caught")


def test_harmless_titles_stay(barred: tuple[Barred, ...]) -> None:
    assert [(each.title, each.code, each.word) for each in dropped(KEPT, [], barred)] == []
    print(f"{len(KEPT)} titles kept")


def codes(titles: list[str], rows: list[list[str]], barred: tuple[Barred, ...]) -> list[str]:
    return [each.code for each in dropped(titles, rows, barred)]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["汉族", "回族", "汉族"], "ethnicity"),
        (["汉", "汉", "回"], "ethnicity"),
        ([" 汉 族 ", "", "", "漢族"], "ethnicity"),
        (["汉族（户主）", "维吾尔族/租客", "不详"], "ethnicity"),
        (["佛教", "基督教", "", ""], "religion"),
        (["无宗教信仰"], "religion"),
        (["群众", "中共党员", "共青团员"], "politics"),
        (["刑满释放", "否", "社区矫正"], "offences"),
        (["吸毒人员", "吸毒人员"], "drugs"),
        (["老上访户"], "petition"),
        (["绿码", "绿码", "黄码"], "scores"),
        (["严重精神障碍患者", "无"], "mental"),
        (["HIV阳性", "hiv"], "hiv"),
        (["高血压、糖尿病", "高血压"], "diagnosis"),
        (["五失人员", ""], "key_person"),
    ],
)
def test_a_column_under_a_harmless_title_is_betrayed_by_its_cells(
    cells: list[str], code: str, barred: tuple[Barred, ...]
) -> None:
    assert codes(["类别"], [[cell] for cell in cells], barred) == [code]


@pytest.mark.parametrize(
    "cells",
    [
        ["民族路12号", "民族路14号"],
        ["宗教局", "民宗局", "民族宗教事务局"],
        ["回龙小区", "汉口路", "满庭芳"],
        ["白", "红", "黄"],
        ["常住", "流动", "汉族"],
        ["助餐", "助浴", "抑郁"],
        ["天主教堂路", "基督教堂旁"],
        ["苗族自治县某村3组"],
        ["党员活动室", "党员先锋岗"],
        ["A", "B", "O"],
        ["", "", ""],
        [],
    ],
)
def test_a_column_of_other_things_stays(cells: list[str], barred: tuple[Barred, ...]) -> None:
    assert codes(["备注"], [[cell] for cell in cells], barred) == []


def test_each_column_is_named_once_with_its_place_and_word(barred: tuple[Barred, ...]) -> None:
    rows = [["孙兰", "汉族", "汉族"], ["孙英"]]
    assert dropped(["姓名", "民族", "类别", "信教"], rows, barred) == (
        Dropped(1, "民族", "ethnicity", "title", "民族"),
        Dropped(2, "类别", "ethnicity", "cells", "汉族"),
        Dropped(3, "信教", "religion", "title", "信教"),
    )


def test_every_reason_and_law_is_said_in_both_languages() -> None:
    for each in read().of(Uncollected).values():
        said = [label.text(language) for label in (each.reason, each.law) for language in ("zh-hans", "en")]
        assert len(set(said)) == 4


OWN = """
[[uncollected]]
code = "pets"
mark = "D"
label = { "zh-Hans" = "宠物疫苗", en = "Vaccines of pets" }
reason = { "zh-Hans" = "不需要", en = "Not needed" }
law = { "zh-Hans" = "本市规定", en = "Our own rule" }
titles = { "zh-Hans" = ["疫苗"], en = ["vaccine"] }
"""


def laid_on(folder: Path, text: str) -> dict[str, Uncollected]:
    folder.mkdir(exist_ok=True)
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return read(folder).of(Uncollected)


def test_a_city_adds_an_entry_and_words(tmp_path: Path) -> None:
    ours = read().of(Uncollected)["religion"]
    more = f'[[uncollected]]\ncode = "religion"\ncells = {[*ours.cells, "本地教"]!r}\n'.replace("'", '"')
    entries = laid_on(tmp_path / "city", OWN + more)
    barred = tuple(each.barred() for each in entries.values())
    assert codes(["疫苗"], [], barred) == ["pets"]
    assert codes(["类别"], [["本地教"]], barred) == ["religion"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("active = false", [".active"]),
        ("core = false", [".core"]),
        ('titles = { "zh-Hans" = ["宗教"], en = ["religion"] }', [".titles"]),
        ('harmless = ["宗教"]', [".cells", ".titles"]),
        ('harmless = ["佛教"]', [".cells"]),
        ("cells = []", [".cells"]),
    ],
)
def test_a_city_takes_nothing_away(tmp_path: Path, text: str, keys: list[str]) -> None:
    with pytest.raises(Faulty) as refused:
        laid_on(tmp_path / "city", f'[[uncollected]]\ncode = "religion"\n{text}\n')
    assert [(fault.key, fault.rule) for fault in refused.value.faults] == [
        (f"uncollected[religion]{key}", Rule.CORE_ENTRY) for key in keys
    ]


def test_an_entry_of_the_city_may_go_again(tmp_path: Path) -> None:
    assert not laid_on(tmp_path / "city", OWN.replace('mark = "D"', 'mark = "D"\nactive = false'))["pets"].active
