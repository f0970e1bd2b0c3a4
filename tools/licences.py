"""Licences of everything the product ships with: read from what is installed and from the npm lock."""

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.tree import ROOT, Finding, report

ALLOWED = {
    "MIT", "MIT-0", "MIT-CMU", "HPND", "BSD-2-CLAUSE", "BSD-3-CLAUSE", "0BSD", "APACHE-2.0", "PSF-2.0", "PYTHON-2.0",
    "ISC", "MPL-2.0", "OFL-1.1", "UNLICENSE", "APACHE-2.0 WITH LLVM-EXCEPTION",
}  # fmt: skip
FOR_ONE_FAMILY = {"LGPL-3.0-ONLY": {"psycopg", "psycopg-binary", "psycopg-pool"}}
BUNDLED = {"numpy": {"ZLIB", "CC0-1.0"}}  # permissive parts inside its wheel
EXPLAINED = {
    # Its file is BSD-3-Clause with an MIT part; the classifier "Other" speaks of the trade mark "QR Code".
    "qrcode": "BSD-3-Clause AND MIT",
    # The package of this version says nothing; its next one and the project it was copied from say MIT.
    "@mapbox/jsonlint-lines-primitives 2.0.2": "MIT",
}
SPELLINGS = {
    "BSD": "BSD-3-CLAUSE", "BSD LICENSE": "BSD-3-CLAUSE", "BSD-0-CLAUSE": "0BSD", "MIT LICENSE": "MIT",
    "MIT LICENCE": "MIT", "APACHE SOFTWARE LICENSE": "APACHE-2.0", "APACHE 2.0": "APACHE-2.0",
    "APACHE LICENSE 2.0": "APACHE-2.0",
    "MOZILLA PUBLIC LICENSE 2.0 (MPL 2.0)": "MPL-2.0", "PYTHON SOFTWARE FOUNDATION LICENSE": "PSF-2.0",
    "ISC LICENSE (ISCL)": "ISC", "THE UNLICENSE (UNLICENSE)": "UNLICENSE",
}  # fmt: skip
LONGEST_NAME = 40


def spelled(name: str) -> str:
    return SPELLINGS.get(name.strip().upper(), name.strip().upper())


def terms_of(found: Distribution) -> str:
    """The licence as an expression: its own, else its short field, else its classifiers."""
    metadata = found.metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    if found.name in EXPLAINED:
        return EXPLAINED[found.name]
    lines = metadata.get_all("Classifier") or []
    classified = [line.rsplit("::", 1)[-1].strip() for line in lines if line.startswith("License ::")]
    short = metadata["License"] if "License" in metadata else ""  # noqa: SIM401 - the type knows no get()
    if classified:
        return " AND ".join(classified)
    return short if short and len(short) <= LONGEST_NAME and "\n" not in short else "unknown"


def allowed(expression: str, name: str) -> bool:
    """Say whether something under these terms may be shipped. `or` needs one side, `and` needs both."""
    known = spelled(expression)
    if known in ALLOWED | BUNDLED.get(name, set()) or name in FOR_ONE_FAMILY.get(known, set()):
        return True
    inner = expression.strip()
    if inner.startswith("(") and inner.endswith(")"):
        inner = inner[1:-1]
    either = re.split(r"\s+or\s+", inner, flags=re.IGNORECASE)
    if len(either) > 1:
        return any(allowed(part, name) for part in either)
    every = re.split(r"\s+and\s+", inner, flags=re.IGNORECASE)
    return len(every) > 1 and all(allowed(part, name) for part in every)


def requirements(root: Path = ROOT) -> list[Requirement]:
    """What the product asks for directly, its extras included."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project.get("optional-dependencies", {}).values()
    return [Requirement(line) for lines in (project["dependencies"], *extras) for line in lines]


def closure(asked: list[Requirement]) -> Iterator[Distribution]:
    """Everything installed because of what is asked for, here and now. Raises when something is not installed."""
    waiting, seen = list(asked), set[tuple[str, frozenset[str]]]()
    shown: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if (name, frozenset(wanted.extras)) in seen:
            continue
        seen.add((name, frozenset(wanted.extras)))
        found = distribution(name)
        if name not in shown:
            shown.add(name)
            yield found
        for line in found.requires or []:
            deeper = Requirement(line)
            extras = {"", *wanted.extras}
            if deeper.marker is None or any(deeper.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(deeper)


def check_python(root: Path = ROOT) -> list[Finding]:
    """Python packages under other terms than ours allow."""
    try:
        shipped = list(closure(requirements(root)))
    except PackageNotFoundError as missing:
        return [Finding("pyproject.toml", 0, "licence", f"not installed, so not looked at: {missing.name}")]
    return [
        Finding("pyproject.toml", 0, "licence", f"{found.name} comes under {terms_of(found)}")
        for found in shipped
        if not allowed(terms_of(found), canonicalize_name(found.name))
    ]


def check_npm(root: Path = ROOT) -> list[Finding]:
    """Packages of npm built into the front end under other terms than ours allow."""
    lock = root / "package-lock.json"
    if not lock.exists():
        return []
    wrong: list[Finding] = []
    for path, package in json.loads(lock.read_text(encoding="utf-8"))["packages"].items():
        if not path or package.get("dev") or package.get("link"):
            continue
        name = path.rpartition("node_modules/")[2]
        terms = package.get("license") or EXPLAINED.get(f"{name} {package['version']}") or npm_terms(root / path)
        if not allowed(terms, name):
            wrong.append(Finding("package-lock.json", 0, "licence", f"{name} comes under {terms}"))
    return wrong


def npm_terms(folder: Path) -> str:
    """The licence an installed npm package names itself."""
    described = folder / "package.json"
    held = json.loads(described.read_text(encoding="utf-8")).get("license") if described.exists() else None
    return held if isinstance(held, str) else "unknown"


def check(root: Path = ROOT) -> list[Finding]:
    """Everything shipped under terms we do not take."""
    return check_python(root) + check_npm(root)


if __name__ == "__main__":
    raise SystemExit(report(check(), "licences"))
