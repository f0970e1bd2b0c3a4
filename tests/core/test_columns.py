from wangge.core.columns import Wanted, plain, propose

FIELDS = (
    Wanted("name", ("小区名称", "名称", "小区")),
    Wanted("address", ("地址", "详细地址")),
    Wanted("lon", ("经度", "bd09_lon")),
    Wanted("households", ("户数", "总户数")),
)


def chosen(*headers: str, remembered: dict[str, str] | None = None) -> dict[str, tuple[str, str]]:
    return {match.field: (match.header, match.why) for match in propose(headers, FIELDS, remembered)}


def test_headings_are_found_by_name_by_what_people_call_them_and_by_likeness() -> None:
    found = chosen("序号", "名 称*", "详细地址", "经度(BD-09)", "总户数量")
    assert found == {
        "name": ("名 称*", "known"), "address": ("详细地址", "known"), "lon": ("经度(BD-09)", "same"),
        "households": ("总户数量", "alike"),
    }  # fmt: skip


def test_what_was_chosen_last_time_comes_first_as_long_as_the_column_is_there() -> None:
    assert chosen("名称", "别名", remembered={"name": "别名"})["name"] == ("别名", "remembered")
    assert chosen("名称", remembered={"name": "别名"})["name"] == ("名称", "known")
    assert chosen("名称", remembered={"nothing": "名称"})["name"] == ("名称", "known")


def test_no_column_serves_twice_and_strangers_stay_free() -> None:
    found = chosen("名称", "小区名称", "备注")
    assert found == {"name": ("小区名称", "same")}


def test_headings_of_marks_alone_keep_something_to_compare() -> None:
    assert plain("（备注）") == "备注"
    assert plain("Name_of Compound") == "nameofcompound"
