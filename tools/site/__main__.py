"""`make site`: put the pages together, build them, and hold them against the repository and the product.

`python -m tools.site seen docs/PAGE…` notes in a translation that it says what its source says now.
"""

import os
import sys
import time
from pathlib import Path

from tools.tree import ROOT, Finding, report


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
    begun = time.monotonic()
    found = check()
    print(f"build/site in {time.monotonic() - begun:.1f} s")
    return report(found, "site")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
