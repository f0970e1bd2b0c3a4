"""`make site`: put the pages together, build them, and hold them against the repository and the product.

A site that was in order is not built again while no file of ours has changed.
`python -m tools.site seen docs/PAGE…` notes in a translation that it says what its source says now.
"""

import os
import sys
import time
from hashlib import sha256
from pathlib import Path

from tools.tree import ROOT, Finding, files, report

READ = ("docs", "tools", "wangge")
BESIDE = (
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Makefile",
    "README.md",
    "README.zh-Hans.md",
    "mkdocs.yml",
    "requirements.lock",
)
BUILT = Path("build", "site", "index.html")
STAMP = Path("build", "site.digest")


def digest(root: Path = ROOT) -> str:
    """Changes with every file the site is made from or held against."""
    held = sha256()
    for path in (*(path for folder in READ for path in files(root / folder)), *(root / name for name in BESIDE)):
        held.update(f"{path}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return held.hexdigest()


def check(root: Path = ROOT) -> list[Finding]:
    """Build, and everything that is wrong with the pages of both languages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.web.settings")
    import django  # noqa: PLC0415 - slow import

    django.setup()
    from tools.site import building, claims, links, sources  # noqa: PLC0415 - slow import

    held = sources.pages(root / "docs")
    _pages, warned = building.build(root)
    return [
        *sources.untwinned(held),
        *sources.older(held),
        *claims.check(held, root),
        *(Finding("mkdocs.yml", 0, "build", message) for message in warned),
        *links.check(root / "build" / "site"),
    ]


def main(words: list[str]) -> int:
    """Build and check; or note that translations are up to date."""
    if words[:1] == ["seen"]:
        from tools.site import sources  # noqa: PLC0415 - slow import

        for name in words[1:]:
            sources.seen(Path(name))
        return 0
    begun, now, stamp = time.monotonic(), digest(), ROOT / STAMP
    if (ROOT / BUILT).exists() and stamp.exists() and stamp.read_text() == now:
        print("build/site was made from these very files, and was in order")
        return 0
    found = check()
    print(f"build/site in {time.monotonic() - begun:.1f} s")
    if not found:
        stamp.write_text(now)
    return report(found, "site")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
