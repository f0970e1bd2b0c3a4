"""What the tests of the house share: a copy of the tree to sin in, and the apps where Django is needed."""

import os
import shutil
from pathlib import Path

import pytest

from tools.tree import ROOT, files


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The Python files of the tree in a folder of their own, with the contracts."""
    for path in files(ROOT / "wangge", ".py"):
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def django_apps() -> None:
    """Settings and apps; does nothing when the Django plugin has set them up already."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.web.settings")
    if not apps.ready:
        django.setup()
