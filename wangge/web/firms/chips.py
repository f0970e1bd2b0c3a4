"""Filters above a list, each an address; the one that holds leads back to all."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise


def chips(
    asked: Mapping[str, str],
    name: str,
    choices: Iterable[tuple[str, str | Promise]],
    counts: Mapping[str, int] | None = None,
) -> list[dict[str, Any]]:
    """One chip for each choice of a filter; what else is asked stays."""
    found = []
    for code, label in choices:
        is_active = asked[name] == code
        further = {key: value for key, value in {**asked, name: "" if is_active else code}.items() if value}
        count = None if counts is None else counts.get(code, 0)
        found.append({"url": f"?{urlencode(further)}", "label": label, "is_active": is_active, "count": count})
    return found
