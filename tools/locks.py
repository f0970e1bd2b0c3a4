"""Locks: every package pinned with hashes, no registry named, and nothing asked for that is not locked."""

import json
import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.tree import ROOT, Finding, report

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>\S+)")
ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|\bgit\+")


def check_python(text: str) -> list[Finding]:
    """A requirements file made for `pip install --require-hashes`."""
    wrong = [
        Finding("requirements.lock", number, "lock", "a lock names no address")
        for number, line in enumerate(text.splitlines(), 1)
        if ADDRESS.search(line) and not line.lstrip().startswith("#")
    ]
    for block in re.split(r"\n(?=\S)", text):
        pinned = PIN.match(block)
        if pinned and "--hash=sha256:" not in block:
            wrong.append(Finding("requirements.lock", 0, "lock", f"{pinned['name']} has no hash"))
        if not pinned and block.strip() and not block.startswith("#"):
            wrong.append(Finding("requirements.lock", 0, "lock", f"not pinned: {block.splitlines()[0]}"))
    return wrong


def unlocked(text: str, asked: list[str]) -> list[Finding]:
    """What is asked for and not locked, or locked at a version that does not answer."""
    pins = {
        canonicalize_name(pinned["name"]): pinned["version"]
        for line in text.splitlines()
        if (pinned := PIN.match(line)) is not None
    }
    wrong: list[Finding] = []
    for line in asked:
        wanted = Requirement(line)
        held = pins.get(canonicalize_name(wanted.name))
        if held is None or not wanted.specifier.contains(held, prereleases=True):
            wrong.append(Finding("requirements.lock", 0, "lock", f"{line} is not locked (locked: {held})"))
    return wrong


def check_npm(text: str) -> list[Finding]:
    """A package lock without addresses, with the digest of each package."""
    wrong: list[Finding] = []
    for name, package in json.loads(text)["packages"].items():
        if "resolved" in package and not package.get("link"):
            wrong.append(Finding("package-lock.json", 0, "lock", f"{name} names an address"))
        if name and not package.get("link") and not package.get("integrity") and not package.get("inBundle"):
            wrong.append(Finding("package-lock.json", 0, "lock", f"{name} has no digest"))
    return wrong


def check(root: Path = ROOT) -> list[Finding]:
    """Both locks of the repository."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    wrong = check_python(text)
    extras = [line for lines in project["project"].get("optional-dependencies", {}).values() for line in lines]
    wrong += unlocked(text, project["project"]["dependencies"] + extras + project["dependency-groups"]["dev"])
    lock = root / "package-lock.json"
    return wrong + (check_npm(lock.read_text(encoding="utf-8")) if lock.exists() else [])


if __name__ == "__main__":
    raise SystemExit(report(check(), "locks"))
