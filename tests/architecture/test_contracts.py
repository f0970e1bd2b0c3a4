"""Each import contract catches the sin it is there for; the tree itself is without."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools.tree import ROOT, copy_tree

PROGRAM = Path(sys.executable).parent / "lint-imports"


def lint(folder: Path, contract: str = "") -> tuple[int, str]:
    limit = ["--contract", contract] if contract else []
    done = subprocess.run(
        [PROGRAM, "--no-cache", "--no-logo", *limit],
        cwd=folder, text=True, capture_output=True, check=False, env={"PATH": "", "COLUMNS": "300", "TERM": "dumb"},
    )  # fmt: skip
    return done.returncode, re.sub(r"\s+", " ", done.stdout + done.stderr)


def plant(folder: Path, path: str, line: str) -> None:
    """Add the line to the module, which may be a folder already, or make it where the tree has none yet."""
    target = folder / path
    if target.with_suffix("").is_dir():
        target = target.with_suffix("") / "__init__.py"
    target.parent.mkdir(parents=True, exist_ok=True)
    (target.parent / "__init__.py").touch()
    held = target.read_text(encoding="utf-8") if target.exists() else ""
    target.write_text(f"{held}\n{line}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str]:
    """What the contracts say of the tree as it is."""
    return lint(copy_tree(tmp_path_factory.mktemp("tree")))


SINS = [
    pytest.param("floors", {"wangge/places/models.py": "import wangge.cases.models"},
                 "wangge.places.models -> wangge.cases.models", id="a lower floor uses a higher one"),
    pytest.param("floors", {"wangge/files/sin.py": "import wangge.delivery.models"},
                 "wangge.files.sin -> wangge.delivery.models", id="neighbours know each other"),
    pytest.param("floors", {"wangge/access/sin.py": "import wangge.vault.models"},
                 "wangge.access.sin -> wangge.vault.models", id="access asks the vault"),
    pytest.param("floors", {"wangge/utils/__init__.py": ""}, "wangge.utils", id="a new package utils"),
    pytest.param("rooms", {"wangge/cases/actions.py": "", "wangge/cases/models.py": "import wangge.cases.actions"},
                 "wangge.cases.models -> wangge.cases.actions", id="a model calls an action"),
    pytest.param("rooms", {"wangge/cases/views.py": "", "wangge/cases/api.py": "import wangge.cases.views"},
                 "wangge.cases.api -> wangge.cases.views", id="the API calls a page"),
    pytest.param("rooms", {"wangge/cases/helpers.py": ""}, "wangge.cases.helpers", id="a drawer in an app"),
    pytest.param("pure", {"wangge/core/sin.py": "import django"}, "wangge.core.sin -> django", id="core knows Django"),
    pytest.param("pure", {"wangge/core/sin.py": "import random"}, "wangge.core.sin -> random", id="core draws lots"),
    pytest.param("doors", {"wangge/cases/forms.py": "", "wangge/teams/sin.py": "import wangge.cases.forms"},
                 "wangge.teams.sin -> wangge.cases.forms", id="a lower app opens a form"),
    pytest.param("doors", {"wangge/cases/forms/sin.py": "", "wangge/teams/sin.py": "import wangge.cases.forms.sin"},
                 "wangge.teams.sin -> wangge.cases.forms.sin", id="a lower app opens a form in a folder"),
    pytest.param("doors", {"wangge/places/tasks.py": "", "wangge/cases/actions.py": "import wangge.places.tasks"},
                 "-> wangge.places.tasks", id="an action calls a task of another app"),
    pytest.param("cipher", {"wangge/teams/sin.py": "import wangge.vault.cipher"},
                 "wangge.teams.sin -> wangge.vault.cipher", id="teams open what is sealed"),
    pytest.param("acyclic", {"wangge/web/sin.py": "import wangge.web.vice",
                             "wangge/web/vice.py": "import wangge.web.sin"},
                 "- .vice -> .sin (1 import)", id="two modules in a circle"),
]  # fmt: skip


@pytest.mark.parametrize(("contract", "sin", "named"), SINS)
def test_a_planted_sin_breaks_its_contract_and_is_named(
    copy: Path, before: tuple[int, str], contract: str, sin: dict[str, str], named: str
) -> None:
    assert named not in before[1]
    for path, line in sin.items():
        plant(copy, path, line)

    code, said = lint(copy, contract)

    assert code == 1
    assert named in said


def test_every_contract_has_a_planted_sin() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert {sin.values[0] for sin in SINS} == {contract["id"] for contract in settings["contracts"]}


def test_the_tree_keeps_every_contract(before: tuple[int, str]) -> None:
    code, said = before
    assert code == 0, said
