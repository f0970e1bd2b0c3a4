"""The bill of materials of a release in CycloneDX 1.6: what is shipped, which version and digest, on which terms.

`python -m tools.sbom` prints it; `make release` puts it beside the wheel. It says the same each time it is made.
"""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from tools.licences import EXPLAINED, closure, npm_terms, requirements, terms_of
from tools.tree import ROOT

BLOCK = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^\s;]+)", re.MULTILINE)
OURS = [{"license": {"id": "Apache-2.0"}}]
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def python(root: Path = ROOT) -> Iterator[dict[str, Any]]:
    """What the product needs at run time, as the lock pins it."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    pinned = {canonicalize_name(m["name"]): (m["version"], m.start()) for m in BLOCK.finditer(text)}
    starts = sorted(start for _, start in pinned.values())
    for found in closure(requirements(root)):
        name = canonicalize_name(found.name)
        version, start = pinned[name]
        end = next((at for at in starts if at > start), len(text))
        yield {
            "type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{name}@{version}",
            "licenses": [{"license": {"name": terms_of(found)}}],
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in HASH.findall(text[start:end])],
        }  # fmt: skip


def npm(root: Path = ROOT) -> Iterator[dict[str, Any]]:
    """What is built into the pages."""
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for path, package in packages.items():
        if not path or package.get("dev") or package.get("link"):
            continue
        name, version = path.rpartition("node_modules/")[2], package["version"]
        terms = package.get("license") or EXPLAINED.get(f"{name} {version}") or npm_terms(root / path)
        kind, _, digest = package["integrity"].partition("-")
        yield {
            "type": "library", "name": name, "version": version,
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{version}", "licenses": [{"license": {"name": terms}}],
            "hashes": [{"alg": kind.upper().replace("SHA", "SHA-"), "content": base64.b64decode(digest).hex()}],
        }  # fmt: skip


def bill(root: Path = ROOT) -> dict[str, Any]:
    """The whole bill, sorted."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "wangge", "licenses": OURS}},
        "components": sorted([*python(root), *npm(root)], key=lambda one: str(one["purl"])),
    }


if __name__ == "__main__":
    print(json.dumps(bill(), indent=1, ensure_ascii=False))
