"""A release: the wheel, built twice to the same bytes, and its bill of materials, in `dist/`."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.sbom import bill
from tools.tree import ROOT

CONTENTS = ("pyproject.toml", "README.md", "LICENSE", "wangge")
EPOCH = "1767225600"  # 2026-01-01: the moment every file of an archive carries


class Unlike(RuntimeError):
    """Two builds of the same sources differ."""


def wheel(target: Path, root: Path = ROOT) -> Path:
    """Build the wheel from a copy of the sources, with what is installed here and no network."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "sources"
        copy.mkdir()
        for name in CONTENTS:
            source = root / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
            else:
                shutil.copy2(source, copy / name)
        subprocess.run(
            [sys.executable, "-c", BUILD, str(target)],
            cwd=copy, env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH}, check=True, capture_output=True,
        )  # fmt: skip
    return next(target.glob("*.whl"))


BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


def twice(root: Path = ROOT) -> tuple[str, bytes]:
    """Name and bytes of the wheel. Raises Unlike when a second build gives others."""
    made = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as place:
            built = wheel(Path(place), root)
            made.append((built.name, built.read_bytes()))
    if made[0] != made[1]:
        raise Unlike(f"{made[0][0]}: two builds of the same sources differ")
    return made[0]


def main() -> None:
    """Write wheel, bill and digests."""
    name, content = twice()
    target = ROOT / "dist"
    target.mkdir(exist_ok=True)
    (target / name).write_bytes(content)
    (target / "sbom.json").write_text(json.dumps(bill(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sums = [f"{hashlib.sha256((target / each).read_bytes()).hexdigest()}  {each}" for each in (name, "sbom.json")]
    (target / "SHA256SUMS").write_text("\n".join([*sums, ""]), encoding="utf-8")
    print("\n".join(sums))


if __name__ == "__main__":
    main()
