"""The machine code of loops is never that of older sources, and has a place where the sources cannot be written."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wangge.core import machine_code
from wangge.core.machine_code import CORE, folder, is_ready, note_ready

INNER = "from wangge.core.loops import loop\n\n\n@loop\ndef step(x: int) -> int:\n    return x + {by}\n"
OUTER = """from wangge.core.loops import loop
from wangge.core.rounds.inner import step


@loop
def twice(x: int) -> int:
    return step(step(x))
"""
ASKED = """from wangge.core.partition.outer import twice
answer = twice(1)
print(answer, sum(twice.stats.cache_hits.values()), sum(twice.stats.cache_misses.values()))"""
NUMBA = re.compile(r"^(from|import) numba", re.MULTILINE)


@pytest.fixture
def core(tmp_path: Path) -> Path:
    """A house with two loops, one compiled into the other from another file."""
    core = tmp_path / "house" / "wangge" / "core"
    for room in (core / "partition", core / "rounds"):
        room.mkdir(parents=True)
        (room / "__init__.py").touch()
    for name in ("__init__.py", "../__init__.py"):
        (core / name).touch()
    for name in ("loops.py", "machine_code.py"):
        shutil.copy(CORE / name, core / name)
    (core / "partition" / "outer.py").write_text(OUTER)
    (core / "rounds" / "inner.py").write_text(INNER.format(by=1))
    return core


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def begun(core: Path, home: Path) -> "subprocess.Popen[str]":
    path, environment = str(core.parents[1]), {"WANGGE_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", f"import sys\nsys.path.insert(0, {path!r})\n{ASKED}"]
    return subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.PIPE, text=True)


def answered(core: Path, home: Path) -> str:
    """Return what twice(1) is, how many of it were read, how many compiled, in a process of its own."""
    return begun(core, home).communicate(timeout=120)[0].strip()


def close(core: Path) -> None:
    """Let nothing be kept beside the sources, as in an installation that can only be read (root may write there)."""
    shutil.rmtree(core / "__pycache__", ignore_errors=True)
    (core / "__pycache__").touch()


def kept(place: Path) -> list[str]:
    return sorted(path.name for path in place.glob("loops-*"))


def test_a_loop_in_another_is_compiled_anew_when_its_source_changes(core: Path, home: Path) -> None:
    assert [answered(core, home), answered(core, home)] == ["3 0 1", "3 1 0"]
    before = kept(core / "__pycache__")
    (core / "rounds" / "inner.py").write_text(INNER.format(by=10))
    assert answered(core, home) == "21 0 1"
    after = kept(core / "__pycache__")
    assert (len(before), len(after), before == after) == (1, 1, False), "the older code is dropped"


def test_a_number_written_in_a_call_makes_no_second_kind_of_a_loop(core: Path, home: Path) -> None:
    inner = INNER.replace("x: int)", "x: int, by: int)").format(by="by")
    (core / "rounds" / "inner.py").write_text(inner)
    (core / "partition" / "outer.py").write_text(OUTER.replace("step(step(x))", "step(step(x, 1), x)"))
    assert answered(core, home) == "3 0 1"
    assert len([*core.rglob("inner.step*.nbc")]) == 1


def test_two_processes_at_once_do_not_disturb_each_other(core: Path, home: Path) -> None:
    both = [begun(core, home) for _ in range(2)]
    assert [one.communicate(timeout=120)[0].split()[0] for one in both] == ["3", "3"]
    assert answered(core, home) == "3 1 0"


def test_where_the_sources_are_read_only_the_home_keeps_what_is_compiled(core: Path, home: Path) -> None:
    close(core)
    assert [answered(core, home), answered(core, home)] == ["3 0 1", "3 1 0"]
    assert len(kept(home)) == 1


def test_where_nothing_can_be_written_loops_work_all_the_same(core: Path, home: Path) -> None:
    close(core)
    home.rmdir()
    assert [answered(core, home), home.exists()] == ["3 0 1", False]


def test_what_is_ready_is_read_also_where_it_cannot_be_written(core: Path, home: Path) -> None:
    beside = core / "__pycache__" / f"loops-{machine_code.mark(core)}"
    assert (folder(core, home), is_ready(core, home)) == (beside, False)
    note_ready(beside)
    (home / beside.name).mkdir()
    (core / "__pycache__").chmod(0o500)
    assert (folder(core, home), is_ready(core, home)) == (beside, True)


@pytest.mark.parametrize("name", ["loops.py", "partition/outer.py", "rounds/inner.py"])
def test_every_source_of_loops_counts(core: Path, name: str) -> None:
    before = machine_code.mark(core)
    (core / name).write_text((core / name).read_text() + "\n")
    assert machine_code.mark(core) != before


def test_another_source_of_the_core_does_not_count(core: Path) -> None:
    before = machine_code.mark(core)
    (core / "areas.py").touch()
    assert machine_code.mark(core) == before


def test_every_compiled_function_of_the_house_lies_in_a_source_that_counts() -> None:
    sources = {path for pattern in machine_code.SOURCES for path in CORE.glob(pattern)}
    users = {path for path in CORE.rglob("*.py") if "import loop\n" in path.read_text(encoding="utf-8")}
    assert (users - sources, len(users) > 5) == (set(), True)
    importers = {path for path in CORE.parent.rglob("*.py") if NUMBA.search(path.read_text(encoding="utf-8"))}
    assert importers == {CORE / "loops.py"}
