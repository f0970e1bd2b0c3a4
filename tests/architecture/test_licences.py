"""Only licences we may ship are shipped."""

import json
from pathlib import Path

import pytest

from tools import licences


@pytest.mark.parametrize(
    ("terms", "name", "may"),
    [
        ("MIT", "a", True),
        ("Apache-2.0 OR BSD-3-Clause", "a", True),
        ("GPL-3.0-only OR MIT", "a", True),
        ("GPL-3.0-only AND MIT", "a", False),
        ("(MIT OR GPL-2.0) AND ISC", "a", False),
        ("MIT-CMU", "pillow", True),
        ("GPL-3.0-or-later", "djlint", False),
        ("AGPL-3.0-only", "a", False),
        ("LGPL-3.0-only", "a", False),
        ("LGPL-3.0-only", "psycopg-binary", True),
        ("BSD-3-Clause AND Zlib", "a", False),
        ("BSD-3-Clause AND Zlib AND CC0-1.0", "numpy", True),
        ("unknown", "a", False),
        ("BSD License AND Other/Proprietary License", "a", False),
    ],
)
def test_terms_are_taken_or_refused(terms: str, name: str, *, may: bool) -> None:
    assert licences.allowed(terms, name) is may


def test_a_refused_tool_planted_as_a_dependency_is_found(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["djlint", "click"]\n', encoding="utf-8")
    assert "djlint comes under GPL-3.0-or-later" in {found.message for found in licences.check(tmp_path)}


def test_a_dependency_that_is_not_installed_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["wangge-not-there"]\n', encoding="utf-8")
    assert ["not installed" in found.message for found in licences.check(tmp_path)] == [True]


def test_extras_are_followed(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["psycopg[pool]"]\n', encoding="utf-8")
    assert {"psycopg", "psycopg-pool"} <= {found.name for found in licences.closure(licences.requirements(tmp_path))}


def test_npm_packages_that_are_shipped_are_looked_at_and_tools_are_not(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\ndependencies = []\n", encoding="utf-8")
    packages = {
        "": {"name": "wangge"},
        "node_modules/good": {"version": "1.0.0", "license": "ISC"},
        "node_modules/bad": {"version": "1.0.0", "license": "GPL-3.0"},
        "node_modules/mute": {"version": "1.0.0"},
        "node_modules/tool": {"version": "1.0.0", "license": "GPL-3.0", "dev": True},
    }
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": packages}), encoding="utf-8")
    found = [finding.message for finding in licences.check(tmp_path)]
    assert found == ["bad comes under GPL-3.0", "mute comes under unknown"]


def test_everything_shipped_is_under_terms_we_take() -> None:
    assert [str(found) for found in licences.check()] == []
