import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data import DATA
from wangge.core.likeness import Named, alike, compare, outliers, street_of, taken_apart

HERE = (121.10, 31.45)
NEAR = (121.101, 31.451)
FAR = (121.20, 31.55)


def like(a: str, b: str, **more: Any) -> bool:
    return compare(Named("a", a, **more), Named("b", b)) is not None


@pytest.mark.parametrize(
    ("a", "b"),
    [("万鸿·大唐时代", "万鸿大唐时代"), ("溪景湾", "溪景湾花苑"), ("惠阳三村", "惠阳3村"),
     ("雅鹿臻园(别墅)", "雅鹿臻园"), ("明珠花园（东区）", "明珠花园东区"), ("金榜世家三期", "金榜世家"),
     ("第十二新村", "第12新村"), ("太仓桂花苑", "桂花苑")],
)  # fmt: skip
def test_ways_to_write_one_name(a: str, b: str) -> None:
    assert alike([Named("a", a)], [Named("b", b)], ["太仓市"])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("惠阳三村", "惠阳二村"),
        ("绿地城一期", "绿地城二期"),
        ("桂花苑", "梅花苑"),
        ("东区花园", "西区花园"),
        ("阳光美地", "月亮河"),
    ],
)
def test_names_that_differ_where_it_counts(a: str, b: str) -> None:
    assert not like(a, b)


def test_the_reasons_are_told() -> None:
    found = compare(
        Named("a", "大庆锦绣新城", (), "太仓市滨河东路1号", "新区", HERE),
        Named("b", "大庆锦绣", (), "滨河东路1号", "新区", NEAR),
    )
    assert found is not None
    assert [(reason.code, reason.value) for reason in found.reasons][:2] == [
        ("part_of_name", "大庆锦绣"), ("same_address", "滨河东路1号"),
    ]  # fmt: skip
    assert {"near", "same_town"} <= {reason.code for reason in found.reasons}
    assert "far" in {
        r.code for r in (compare(Named("a", "桂花苑", spot=HERE), Named("b", "桂花苑", spot=FAR)) or found).reasons
    }


def test_an_alias_counts_as_a_name() -> None:
    assert compare(Named("a", "新名城", ("老机械厂宿舍",)), Named("b", "老机械厂宿舍"))


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_mutual_and_survives_any_text(a: str, b: str) -> None:
    one, other = compare(Named("a", a), Named("b", b)), compare(Named("b", b), Named("a", a))
    assert (one is None) == (other is None)
    assert one is None or other is None or one.score == other.score
    taken_apart(a, ("太仓",))


def test_streets_are_found_in_addresses() -> None:
    assert street_of("[太仓 城厢] 太平南路 3 号") == ("太平南路", "3")
    assert street_of("太仓市滨河东路1号") == ("滨河东路", "1")
    assert street_of("人民路与太平路交汇处") is None


def test_what_lies_where_it_cannot() -> None:
    good = [Named(f"g{n}", f"好{n}", town="城厢", spot=(121.10 + n * 0.002, 31.45)) for n in range(8)]
    default = [Named(f"d{n}", f"默{n}", town="沙溪", spot=(121.05, 31.55)) for n in range(6)]
    odd = [Named("daqing", "大庆锦绣", spot=(125.0, 46.6)), Named("wrong", "向东岛", town="城厢", spot=(121.30, 31.52))]
    found = {one.key: one.kind for one in outliers([*good, *default, *odd, Named("nowhere", "无")])}
    assert found == {"daqing": "outside", "wrong": "far_from_town"} | {f"d{n}": "shared_point" for n in range(6)}
    assert outliers([]) == []
    assert [one.key for one in outliers(odd, centre=(121.1, 31.5), extent=30_000)] == ["daqing"]


def lists() -> list[Named]:
    path = Path(DATA or "", "compounds", "taicang.csv")
    with path.open(encoding="utf-8-sig") as file:
        return [
            Named(
                f"{row['source']} {row['source_no']}", row["name"], (), row["address"], row["area_path"].split("/")[-1],
                (float(row["wgs84_lon"]), float(row["wgs84_lat"])) if row["wgs84_lon"] else None,
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


@pytest.mark.skipif(not DATA, reason="the real lists are not here")
def test_the_five_real_lists_show_their_duplicates_and_the_compound_in_daqing() -> None:
    places = lists()
    by_key = {place.key: place for place in places}
    found = alike(places, [], ["太仓市"])
    same_name = {
        frozenset((a.key, b.key))
        for n, a in enumerate(places)
        for b in places[:n]
        if a.name == b.name and a.key.split()[0] != b.key.split()[0]
    }
    proposed = {frozenset((one.key, one.other)) for one in found}
    print(f"I22: {len(proposed)} pairs proposed of {len(places)} places, {len(same_name)} of them of one name")
    assert same_name <= proposed
    assert len(proposed) < 3 * len(same_name)
    assert "大庆锦绣" in {by_key[one.key].name for one in outliers(places) if one.kind == "outside"}
