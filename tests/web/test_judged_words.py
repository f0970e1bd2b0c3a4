"""What the judge of divisions finds is said in the reader's language."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import translation

from wangge.core.checking.findings import Finding, Kind
from wangge.web.commands.findings import said
from wangge.web.commands.main import main


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_its_sentence_in_both_languages_with_all_its_values(kind: Kind) -> None:
    found = Finding(kind, "A7", row=12, count=7.5, limit="300:500")
    with translation.override("en"):
        english = said(found)
    with translation.override("zh-hans"):
        chinese = said(found)
    assert english.startswith("row 12: ")
    assert chinese.startswith("第 12 行：")
    assert "A7" in english
    assert re.findall(r"[\d.]+", english.replace(":", " ")) == re.findall(r"[\d.]+", chinese.replace(":", " "))
    assert not re.search(r"[a-z]{2}|%", chinese)


def test_without_row_and_name_it_says_so() -> None:
    with translation.override("zh-hans"):
        assert said(Finding(Kind.MISSING, "")) == "房屋 （无名） 不在任何网格里"


def test_the_command_line_speaks_the_language_of_the_house(tmp_path: Path) -> None:
    units, made = tmp_path / "units.csv", tmp_path / "assignment.csv"
    units.write_text("id,x_m,y_m,households\nA,0,0,150\nB,20,0,150\n", encoding="utf-8")
    made.write_text("id,part,community,general_grid,micro_grid,households\nA,0,,1,,150\n", encoding="utf-8")
    asked = ["divide", "--check", str(made), "--against", str(units)]
    result = CliRunner(env={"LC_ALL": "zh_CN.UTF-8"}).invoke(main, asked)
    assert "房屋 B 不在任何网格里" in result.output
