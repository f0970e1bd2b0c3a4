"""Values as PostgreSQL reads an array: how a thousand of them travel as one parameter."""

import json
from collections.abc import Collection
from datetime import date
from typing import Any

PLAIN: dict[object, str] = {None: "null", True: "t", False: "f"}
BETWEEN = "\0"  # stands in no text that PostgreSQL keeps


def array(values: Collection[Any]) -> str:
    """The values as PostgreSQL reads an array. A column of words is quoted in one go: most of the bulk is words."""
    kinds = set(map(type, values))
    if kinds == {str} and (whole := BETWEEN.join(values)).count(BETWEEN) == len(values) - 1:
        return "{" + _quoted(whole).replace(BETWEEN, '","') + "}"
    if kinds <= {bytes, type(None)}:
        return "{" + ",".join(["null" if value is None else f'"\\\\x{value.hex()}"' for value in values]) + "}"
    return "{" + ",".join(map(repr if kinds <= {int, float} else _said, values)) + "}"


def _said(value: object) -> str:
    """One value: words in quotes; dates in their usual form, bytes in hexadecimal, what is left as JSON."""
    kind = type(value)
    if value is None or kind is bool:
        return PLAIN[value]
    if kind in (int, float):
        return repr(value)
    if isinstance(value, date):  # and datetime
        return f'"{value.isoformat()}"'
    return _quoted(f"\\x{value.hex()}" if isinstance(value, bytes) else _written(value))


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
