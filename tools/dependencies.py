"""The table of dependencies in docs/dependencies.md against pyproject.toml, package.json and what is installed."""

import json
import re
import tomllib
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.licences import terms_of
from tools.tree import ROOT, Finding, report

TABLE = Path("docs", "dependencies.md")
MOST_DIRECT = 20
SHORTEST_REASON = 10
ROW = re.compile(r"^\| (?P<name>`[^`]+`) \| (?P<why>[^|]+) \| (?P<terms>[^|]+) \| (?P<released>[^|]+) \|$")


class Row(NamedTuple):
    """One dependency: why we have it, under which terms, and when the version we use came out."""

    line: int
    name: str
    why: str
    terms: str
    released: str


def rows(text: str) -> dict[str, list[Row]]:
    """The rows of each section, by its heading."""
    found: dict[str, list[Row]] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            section = line[3:].strip()
        elif match := ROW.match(line):
            cells = [match[name].strip() for name in ("name", "why", "terms", "released")]
            found.setdefault(section, []).append(Row(number, cells[0].strip("`"), *cells[1:]))
    return found


def asked(root: Path) -> dict[str, set[str]]:
    """What the project asks for, by section of the table."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    described = root / "package.json"
    front = json.loads(described.read_text(encoding="utf-8")) if described.exists() else {}

    def names(lines: list[str]) -> set[str]:
        return {canonicalize_name(Requirement(line).name) for line in lines}

    extras = project["project"].get("optional-dependencies", {})
    return {
        "Runtime": names(project["project"]["dependencies"]),
        "Extras": {name for lines in extras.values() for name in names(lines)},
        "Tools": names(project["dependency-groups"]["dev"]),
        "Front end": set(front.get("dependencies", {})),
        "Front-end tools": set(front.get("devDependencies", {})),
    }


def check_row(row: Row, *, python: bool) -> list[str]:
    """What is wrong with a row by itself."""
    wrong: list[str] = []
    if len(row.why) < SHORTEST_REASON:
        wrong.append(f"{row.name}: say why we need it")
    try:
        date.fromisoformat(row.released)
    except ValueError:
        wrong.append(f"{row.name}: {row.released} is no date")
    if python:
        try:
            terms = terms_of(distribution(row.name))
        except PackageNotFoundError:
            return [*wrong, f"{row.name} is not installed"]
        if terms != row.terms:
            wrong.append(f"{row.name}: the table says {row.terms}, the package {terms}")
    return wrong


def check(root: Path = ROOT) -> list[Finding]:
    """Rows missing, rows too many, rows untrue."""
    path = root / TABLE
    held = rows(path.read_text(encoding="utf-8")) if path.exists() else {}
    wrong: list[Finding] = []
    for section, names in asked(root).items():
        listed = {row.name for row in held.get(section, [])}
        for name in sorted(names ^ listed):
            message = f"{name} is asked for and has no row" if name in names else f"{name} is not asked for any more"
            wrong.append(Finding(TABLE.as_posix(), 0, "dependency", f"{section}: {message}"))
        for row in held.get(section, []):
            python = section in {"Runtime", "Extras", "Tools"} and row.name in names
            faults = check_row(row, python=python)
            wrong += [Finding(TABLE.as_posix(), row.line, "dependency", fault) for fault in faults]
    if len(asked(root)["Runtime"]) > MOST_DIRECT:
        wrong.append(Finding("pyproject.toml", 0, "dependency", f"more than {MOST_DIRECT} direct dependencies"))
    return wrong


if __name__ == "__main__":
    raise SystemExit(report(check(), "dependencies"))
