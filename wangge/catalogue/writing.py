"""Writes entries back into definition files, as TOML that reads the same, or as JSON."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from wangge.catalogue.reading import Body
from wangge.catalogue.words import Kind

PLACES = {
    Kind.LIMIT: "cases/limits",
    Kind.REASON: "cases/reasons",
    Kind.FUNCTION: "functions",
    Kind.ROLE: "roles",
    Kind.LAW: "laws",
    Kind.FIELD: "fields",
    Kind.PURPOSE: "purposes",
    Kind.WORD: "words",
    Kind.CARE: "grids",
    Kind.UNCOLLECTED: "not_collected",
}


def place(body: Body) -> str:
    """Return the file an entry belongs to, without its ending."""
    if body.kind is Kind.CALENDAR:
        return f"calendars/{body.code}"
    return PLACES.get(body.kind) or f"cases/{body.code.partition('.')[0]}"


def documents(bodies: Iterable[Body]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return files → tables → entries; clocks a category has from the limits anyway are left out."""
    bodies = list(bodies)
    limits = {body.code: body.body for body in bodies if body.kind is Kind.LIMIT}
    files: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for body in bodies:
        entry = _own_clocks(body.body, limits) if body.kind is Kind.CATEGORY else body.body
        files.setdefault(place(body), {}).setdefault(body.kind.value, []).append(entry)
    return files


def _own_clocks(entry: Mapping[str, Any], limits: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    which = "urgent" if entry.get("urgent") else "ordinary"
    usual = {stage: limit.get(which, limit["ordinary"]) for stage, limit in limits.items()}
    clocks = {stage: clock for stage, clock in entry.get("clocks", {}).items() if usual.get(stage) != clock}
    return {**{key: value for key, value in entry.items() if key != "clocks"}, **({"clocks": clocks} if clocks else {})}


def toml(document: Mapping[str, Iterable[Mapping[str, Any]]]) -> str:
    """Return a definition file: one [[table]] per entry, everything below it inline."""
    lines: list[str] = []
    for name, entries in document.items():
        for entry in entries:
            own = sorted(entry.items(), key=_code_first)
            lines += ["", f"[[{name}]]", *(f"{_key(key)} = {_value(value, wide=True)}" for key, value in own)]
    return "\n".join(lines[1:]) + "\n"


def _code_first(item: tuple[str, Any]) -> tuple[bool, str]:
    return item[0] != "code", item[0]


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else _value(key)


def _value(value: object, *, wide: bool = False) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case dict():
            return "{ " + ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items()) + " }"
        case list() if wide and value and isinstance(value[0], dict):
            return "[\n" + "".join(f"  {_value(each)},\n" for each in value) + "]"
        case list():
            return "[" + ", ".join(map(_value, value)) + "]"
    msg = f"an entry holds no {type(value).__name__}"
    raise TypeError(msg)
