"""What a city cannot take out of our definitions: every word of what is never collected is still caught."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from wangge.catalogue.faults import Fault, Rule
from wangge.catalogue.schema import AnyEntry, Uncollected
from wangge.catalogue.words import Kind
from wangge.core.not_collected import dropped


def core_of(bodies: Mapping[tuple[Kind, str], Mapping[str, Any]]) -> dict[str, str]:
    """Return the core entries among bodies as they stand now, as JSON, so that a later layer does not change them."""
    return {
        code: json.dumps(body)
        for (kind, code), body in bodies.items()
        if kind is Kind.UNCOLLECTED and body.get("core") is True
    }


def lost(
    core: Mapping[str, str], entries: Mapping[str, AnyEntry], files: Mapping[tuple[Kind, str], str]
) -> Iterator[Fault]:
    """Return a fault for each core entry of `core` that the reading no longer has whole."""
    for code, shipped in core.items():
        if not isinstance(final := entries.get(code), Uncollected):
            continue  # its own fault has been found
        file, key = files[Kind.UNCOLLECTED, code], f"uncollected[{code}]"
        if not (final.active and final.core):
            yield Fault(file, f"{key}.{'core' if final.active else 'active'}", Rule.CORE_ENTRY)
        ours, theirs = Uncollected.model_validate_json(shipped), (final.barred(),)
        words = [*ours.titles.zh_hans, *ours.titles.en]
        if missed := [word for word in words if not dropped([word], [], theirs)]:
            yield Fault(file, f"{key}.titles", Rule.CORE_ENTRY, "、".join(missed[:5]))
        if missed := [value for value in ours.cells if not dropped(["?"], [[value]], theirs)]:
            yield Fault(file, f"{key}.cells", Rule.CORE_ENTRY, "、".join(missed[:5]))
