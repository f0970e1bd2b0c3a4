"""The built front end: which files a page needs, read from the manifest of the build."""

import json
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

MANIFEST = Path(__file__).parent / "static" / "built" / "manifest.json"


@lru_cache(maxsize=2)
def _read(path: Path, _moment: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def stamp() -> tuple[Path, int]:
    """Changes every two seconds: so long what was read of the build is believed."""
    return MANIFEST, int(time.monotonic()) >> 1


def manifest() -> dict[str, Any]:
    """The manifest; a new build is seen within two seconds. Raises ImproperlyConfigured without a build."""
    try:
        return _read(*stamp())
    except FileNotFoundError as missing:
        raise ImproperlyConfigured("The front end is not built yet: run `npm ci && npm run build`.") from missing


def entry(name: str) -> dict[str, Any]:
    """One entry of the build, such as `console.ts`. Raises ImproperlyConfigured with the known names."""
    entries = manifest()
    if name not in entries:
        known = ", ".join(sorted(key for key, value in entries.items() if value.get("isEntry")))
        raise ImproperlyConfigured(f"The front end has no entry {name!r}; it has {known}.")
    found: dict[str, Any] = entries[name]
    return found


def address(file: str) -> str:
    return static(f"built/{file}")


def styles(name: str) -> list[str]:
    """Addresses of the style sheets of an entry and of what it imports, each once."""
    found = entry(name)
    own = [found["file"]] if found["file"].endswith(".css") else []
    inherited = [css for part in chunks(name) for css in manifest()[part].get("css", [])]
    return [address(css) for css in dict.fromkeys([*own, *inherited, *found.get("css", [])])]


def chunks(name: str) -> list[str]:
    """Manifest keys of the chunks an entry imports, at any depth, so that the browser asks for all of them at once."""
    seen: dict[str, None] = {}
    waiting = list(entry(name).get("imports", []))
    while waiting:
        part = waiting.pop()
        if part not in seen:
            seen[part] = None
            waiting.extend(manifest()[part].get("imports", []))
    return list(seen)


def script(name: str) -> str | None:
    file = entry(name)["file"]
    return address(file) if file.endswith(".js") else None


def preloads(name: str) -> list[str]:
    return [address(manifest()[part]["file"]) for part in chunks(name)]
