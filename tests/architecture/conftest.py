"""What the tests of the house share: a copy of the tree to sin in, and the apps where Django is needed."""

import os
from pathlib import Path

import pytest

from tools.tree import copy_tree


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The tree in a folder of its own."""
    return copy_tree(tmp_path)


@pytest.fixture(scope="session")
def django_apps() -> None:
    """Settings and apps, where nobody has set them up before."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.web.settings")
    if not apps.ready:
        django.setup()
