"""`wangge layers`: laid from a file, named by row when it is wrong, listed, taken away."""

from pathlib import Path

from click.testing import CliRunner, Result

from tests.cast import Cast
from tests.places.drafting import community_of
from tests.places.layering import houses, police, row_of, sheet
from wangge.jobs.system import as_system
from wangge.places.models import Layer
from wangge.web.commands.layers import layers


def wangge(*arguments: str) -> Result:
    return CliRunner().invoke(layers, list(arguments))


def given(cast: Cast, file: Path) -> list[str]:
    return [
        str(file), "--area", community_of(cast).name, "--organisation", "派出所", "--name", "警务区",
        "--as-of", "2026-08-01", "--source", "3 号文",
    ]  # fmt: skip


def test_a_list_is_laid_twice_with_one_layer_and_taken_away(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "police.csv"
    file.write_bytes(police(cast))
    assert "No layer lies" in wangge().output
    first, again = (wangge(*given(cast, file)) for _ in range(2))
    assert (first.exit_code, again.output) == (0, first.output), first.output
    assert "2 grids" in first.output
    assert "派出所 · 警务区" in wangge().output
    with as_system("test"):
        layer = Layer.objects.get()
    assert wangge("--take-away", str(layer.pk)).exit_code == 0
    assert wangge("--take-away", str(layer.pk)).exit_code == 2
    assert "No layer lies" in wangge().output


def test_wrong_rows_are_named_and_nothing_is_written(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "police.csv"
    file.write_bytes(sheet([row_of("1", houses(community_of(cast))[0], phone="13812345678")]))
    wrong = wangge(*given(cast, file))
    assert wrong.exit_code == 1
    assert "2\t办公电话\t13812345678" in wrong.output
    assert wangge(str(file)).exit_code == 2
    file.write_bytes(b"\0\1")
    assert wangge(*given(cast, file)).exit_code == 2
    with as_system("test"):
        assert not Layer.objects.exists()


def test_an_unknown_area_or_layer_is_told(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "police.csv"
    file.write_bytes(police(cast))
    asked = given(cast, file)
    asked[2] = "没有这个社区"
    assert "没有这个社区" in str(wangge(*asked).exception)
    assert "99" in str(wangge("--take-away", "99").exception)
