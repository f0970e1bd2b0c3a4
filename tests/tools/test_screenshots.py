"""The pictures of the documentation: what they show is still played by the rules, and none is missing."""

import json
import re

import pytest

from tests.cast import Cast
from tools import picture_story
from tools.screenshots import LANGUAGES, PICTURES, README, SHOTS, main
from tools.tree import ROOT
from wangge.cases.models import Case


def test_the_reports_of_the_pictures_are_played_to_where_the_pictures_show_them(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    picture_story.main()
    told = json.loads(capsys.readouterr().out)
    with cast.chief.acting():
        states = sorted(Case.objects.values_list("state", flat=True))
        assert Case.objects.get(number=told["case"]).state == "in_progress"
    assert states == ["in_progress", "revisiting", "verifying", "verifying"]
    wanted = {name for _name, _who, where, _width, _height in SHOTS for name in re.findall(r"{(\w+)}", where)}
    assert wanted - told.keys() == set()


def test_every_picture_is_there_in_both_languages_and_small() -> None:
    names = {f"{name}-{short}.png" for name, *_rest in SHOTS for short in LANGUAGES.values()}
    names |= {f"readme-{short}.png" for short in LANGUAGES.values()}
    held = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert held.keys() == names
    assert sum(held.values()) < 2_500_000
    assert len(SHOTS) == 19
    assert set(README) < {name for name, *_rest in SHOTS}


def test_a_picture_nobody_knows_is_not_taken(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desk", "sunset"]) == 2
    assert "no such picture: sunset" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["README.md", "README.zh-Hans.md"])
def test_the_picture_a_readme_shows_is_one_of_them(text: str) -> None:
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", (ROOT / text).read_text(encoding="utf-8"))
    assert [(ROOT / path).is_file() for path in shown] == [True]
