"""`wangge areas`: what a file means, what it would do, and who is refused."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.places.changing import BASIS, today, township
from wangge.jobs.system import as_system
from wangge.places.models import Area, Change
from wangge.places.queries.plans import plan_of
from wangge.web.commands.areas import NoPlan, NoSuchArea, read
from wangge.web.commands.main import main


def written(folder: Path, **given: object) -> Path:
    day = today() + timedelta(days=9)
    lines = [f"effective_on = {day}", f'basis = "{BASIS}"', *(f"{k} = {v}" for k, v in given.items())]
    file = folder / "plan.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["areas", *words])


@pytest.fixture(autouse=True)
def somewhere_to_move_to(db: str) -> None:
    township("河湾乡")


def test_a_file_is_looked_at_and_kept_and_listed(tmp_path: Path) -> None:
    assert "No area has changed yet" in run("list").output
    file = written(tmp_path, kind='"move"', area='"钟楼社区"', into='"河湾乡"')
    looked = run("preview", str(file), "--json")
    told = json.loads(looked.output)
    assert (looked.exit_code, told["touches"]["grids"], told["problems"]) == (0, 3, [])
    with as_system("test"):
        assert not Change.objects.exists()
    assert run("draft", str(file)).exit_code == 0
    rows = json.loads(run("list", "--json").output)
    assert [(row["kind"], row["state"]) for row in rows] == [("move", "draft")]
    assert "钟楼社区" in run("preview", str(rows[0]["number"])).output
    assert run("preview", str(file)).exit_code == 0  # a draft about the same areas warns


def test_each_kind_can_be_written(tmp_path: Path) -> None:
    new = '{ name = "新社区", code = "X9" }'
    for given, deeds in (
        ({"kind": '"rename"', "area": '"钟楼社区"', "new": new}, ["rename", "rename"]),
        (
            {"kind": '"merge"', "areas": '["钟楼社区", "杏花沟村"]', "into": '"钟楼社区"'},
            ["end", "move", "move", "end"],
        ),
        ({"kind": '"split"', "area": '"钟楼社区"', "leaving": '["1 号网格"]', "new": new}, ["open", "move"]),
        ({"kind": '"open"', "area": '"河湾乡"', "level": '"community"', "new": new}, ["open"]),
        ({"kind": '"end"', "area": '"LP01A4"', "into": '"钟楼社区"'}, ["end", "move", "move", "end"]),
    ):
        file = written(tmp_path, **given)
        with as_system("test"):
            assert [line.part.deed.value for line in read(file).lines] == deeds
        assert run("draft", str(file)).exit_code == 0, given
    with as_system("test"):
        assert plan_of(Change.objects.order_by("-pk")[0]).kind == "end"


@pytest.mark.usefixtures("system")
def test_a_file_that_says_too_little_is_refused_with_a_sentence(tmp_path: Path) -> None:
    assert Area.objects.filter(name="1 号网格").count() > 1
    for given, trouble in (
        ({"kind": '"fly"'}, NoPlan), ({"kind": '"move"'}, NoPlan),
        ({"kind": '"move"', "area": '"1 号网格"', "into": '"河湾乡"'}, NoSuchArea),
        ({"kind": '"move"', "area": '"钟楼社区"', "into": '"nowhere"'}, NoSuchArea),
        ({"kind": '"rename"', "area": '"钟楼社区"', "new": '{ nmae = "x" }'}, NoPlan),
    ):  # fmt: skip
        with pytest.raises(trouble):
            read(written(tmp_path, **given))


def test_what_stands_against_it_is_said_and_ends_with_2(tmp_path: Path) -> None:
    file = written(tmp_path, kind='"move"', area='"河湾乡"', into='"青棠县"')
    looked = run("preview", str(file))
    assert (looked.exit_code, "河湾乡" in looked.output) == (2, True)
    assert run("draft", str(file)).exit_code == 1
