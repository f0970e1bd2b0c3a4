"""The documentation: nothing leads nowhere, both languages say the same, and what they name is there."""

import shutil
from pathlib import Path

import pytest

from tools.site import assembly, building, claims, links, permissions, reference, sources
from tools.site.__main__ import BESIDE, digest
from tools.site.sources import Page, page
from tools.tree import ROOT

TWIN = "---\ntranslation_of: a.zh-Hans.md\nsource: {}\n---\n\n# A\n"


def rules(found: list[object]) -> list[str]:
    return [str(finding).rsplit("[", 1)[1].rstrip("]") for finding in found]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<a href="b.html#here">b</a>', ""),
        ('<a href="https://example.org/">outside, if somebody follows it</a>', ""),
        ('<img src="p.png" alt="a picture">', ""),
        ('<a href="c.html">c</a>', "leads nowhere: c.html"),
        ('<a href="b.html#there">b</a>', "names no place of the page: b.html#there"),
        ('<img src="q.png" alt="a picture">', "leads nowhere: q.png"),
        ('<img src="p.png" alt="">', "a picture without words"),
        ('<script src="https://example.org/a.js"></script>', "is asked of another machine: https://example.org/a.js"),
        ('<link rel="stylesheet" href="//example.org/a.css">', "is asked of another machine: //example.org/a.css"),
    ],
)
def test_a_link_an_anchor_and_a_picture_have_to_be_there(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    (tmp_path / "b.html").write_text('<h2 id="here">b</h2>', encoding="utf-8")
    (tmp_path / "p.png").write_bytes(b"")
    found = links.check(tmp_path)
    assert [finding.message for finding in found] == ([message] if message else [])


def test_a_page_without_its_twin_is_found() -> None:
    alone = {"a.md": page("a.md", "# A\n"), "decisions/b.md": page("decisions/b.md", "# B\n")}
    assert [str(finding) for finding in sources.untwinned(alone)] == ["docs/a.md: a.zh-Hans.md is missing [twin]"]


def test_one_of_two_twins_says_that_it_is_the_translation() -> None:
    chinese = page("a.zh-Hans.md", "# 甲\n")
    said = {"a.md": page("a.md", TWIN.format(chinese.digest)), "a.zh-Hans.md": chinese}
    silent = {"a.md": page("a.md", "# A\n"), "a.zh-Hans.md": chinese}
    made = {"words.md": page("words.md", "# W\n"), "words.zh-Hans.md": page("words.zh-Hans.md", "# 词\n")}
    assert (sources.untwinned(said), rules([*sources.untwinned(silent)]), sources.untwinned(made)) == ([], ["twin"], [])


def test_a_translation_older_than_its_source_is_listed_until_somebody_has_seen_it(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.zh-Hans.md").write_text("# 甲\n", encoding="utf-8")
    (docs / "a.md").write_text("# A\n", encoding="utf-8")
    sources.seen(docs / "a.md", tmp_path)
    assert sources.older(sources.pages(docs)) == []
    (docs / "a.zh-Hans.md").write_text("# 甲，改过\n", encoding="utf-8")
    assert [finding.path for finding in sources.older(sources.pages(docs))] == ["docs/a.md"]
    sources.seen(docs / "a.md", tmp_path)
    assert sources.older(sources.pages(docs)) == []
    assert sources.pages(docs)["a.md"].body == "# A\n"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("command", "`wangge backup T`", "`wangge polish T`"),
        ("command", "```sh\nmail -s wangge ops@wg.example\n```", "```sh\nwangge launch\n```"),
        ("setting", "`WANGGE_SMS_TOKEN_FILE`", "`WANGGE_COLOUR`"),
        ("target", "`make demo`", "`make coffee`"),
        ("file", "`wangge/cases/words.py`", "`wangge/cases/wishes.py`"),
        ("file", "make a wish, wangge/cases/wishes.py", "`tests/nowhere/`"),
    ],
)
def test_what_a_page_names_in_code_letters_exists(kind: str, good: str, bad: str) -> None:
    assert claims.untrue(page("a.md", good)) == []
    assert rules([*claims.untrue(page("a.md", bad))]) == [kind]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("用 `wangge up` 启动 2 个进程", "启动2 个进程"),
        ("![图](a-zh.png)，看[页面](b.zh-Hans.md)", "看 Django的文档"),
        ("!!! note\n    到 09:00 为止", "办完了！"),
    ],
)
def test_chinese_is_set_with_air_and_in_full_width(good: str, bad: str) -> None:
    assert claims.untyped(page("a.zh-Hans.md", good)) == []
    assert rules([*claims.untyped(page("a.zh-Hans.md", bad))]) == ["chinese"]
    assert claims.untyped(page("a.md", bad)) == []


def test_a_link_of_the_readme_leads_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("[a](a.md#b) [c](https://example.org) [d](docs)", encoding="utf-8")
    assert [finding.message for finding in claims.lost(tmp_path)] == ["leads nowhere: a.md", "leads nowhere: docs"]
    (tmp_path / "a.md").touch()
    (tmp_path / "docs").mkdir()
    assert claims.lost(tmp_path) == []


def test_the_pages_of_the_repository_are_whole_and_true() -> None:
    held = sources.pages(ROOT / "docs")
    found = [*sources.untwinned(held), *sources.older(held), *claims.check(held)]
    assert [str(finding) for finding in found] == []


def test_every_setting_is_explained_in_both_languages() -> None:
    held = sources.pages(ROOT / "docs")
    for name in ("operate/start.md", "operate/start.zh-Hans.md"):
        named = set(claims.SETTING.findall(held[name].body))
        assert {one for one in claims.known_settings() if not one.endswith("_FILE")} - named == claims.OF_TEST_RUNS


def test_a_chinese_line_goes_on_without_a_space() -> None:
    assert (
        assembly.fitted("看一看，\n中心定。\n\n- 一\n- 二 [中文](a.zh-Hans.md)\n") == "看一看，中心定。\n\n- 一\n- 二\n"
    )


def test_a_folder_of_the_menu_is_its_pages(tmp_path: Path) -> None:
    (tmp_path / "decisions").mkdir()
    for name in ("0002.md", "README.md", "0001.md", "0001.zh-Hans.md"):
        (tmp_path / "decisions" / name).touch()
    pages = ["decisions/README.md", "decisions/0001.md", "decisions/0002.md"]
    assert building.filled(["a.md", {"D": ["decisions/"]}], tmp_path) == ["a.md", {"D": pages}]


@pytest.mark.django
def test_the_page_of_permissions_says_what_the_judge_of_the_matrix_says(django_apps: None) -> None:
    from tests.access.matrix import DOERS
    from wangge.cases.words import VERBS

    assert {verb: set(VERBS[verb].roles) - {"resident"} for verb in DOERS} == DOERS
    drawn = permissions.pages()["permissions.md"]
    urge = next(line for line in drawn.splitlines() if "`urge`" in line)
    assert urge.count(permissions.MARK) == len(DOERS["urge"])


@pytest.mark.django
def test_every_operation_of_the_interface_has_its_place_on_the_page(django_apps: None) -> None:
    from wangge.web.api import api

    for text in reference.pages().values():
        for address, methods in api.get_openapi_schema()["paths"].items():
            for method in methods:
                assert f"`{method.upper()} {address.removeprefix('/api/v1')}`" in text


def test_the_digest_of_the_site_changes_with_a_page_and_with_the_code(copy: Path) -> None:
    for name in BESIDE:
        shutil.copy(ROOT / name, copy / name)
    page = copy / "docs" / "a.md"
    page.parent.mkdir()
    seen = [digest(copy), digest(copy)]
    for path in (page, copy / "wangge" / "cases" / "words.py"):
        path.write_text(f"# {path.name}\n", encoding="utf-8")
        seen.append(digest(copy))
    assert (seen[0] == seen[1], len(set(seen))) == (True, 3)


@pytest.mark.django
def test_a_planted_link_to_nowhere_stops_the_site(django_apps: None, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for name in assembly.BESIDE_THE_README:
        shutil.copy(ROOT / name, tmp_path / name)
    worker = tmp_path / "docs" / "worker.zh-Hans.md"
    worker.write_text(worker.read_text(encoding="utf-8") + "\n[去哪里](nowhere.md)\n", encoding="utf-8")
    held, warned = building.build(tmp_path)
    assert isinstance(held["worker.md"], Page)
    assert [message for message in warned if "nowhere.md" in message] == warned != []
    assert [finding.path for finding in links.check(tmp_path / "build" / "site")] == ["zh-Hans/worker.html"]
