"""Which pages name no rule: a walk through the URL table."""

from collections.abc import Iterable, Iterator
from typing import Any

from tools.tree import ROOT

PUBLIC = ROOT / "wangge" / "web" / "public_urls.txt"


def public(text: str) -> set[str]:
    """The patterns on the short public list; `#` starts a remark, a star at the end takes in what lies below."""
    return {line.split("#")[0].strip() for line in text.splitlines() if line.split("#")[0].strip()}


def walk(patterns: Iterable[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """(pattern, view) of each entry of a URL table."""
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from walk(entry.url_patterns, path)
        else:
            for view in views_of(entry.callback):
                yield path, view


def views_of(view: object) -> list[Any]:
    """The view itself, or the functions of each verb where the API made one view of several."""
    held = [cell.cell_contents for cell in getattr(view, "__closure__", None) or ()]
    made = [operation.view_func for one in held for operation in getattr(one, "operations", ())]
    return made or [view]


def rule_of(view: object) -> object:
    """The rule a view names, itself or through the class it was made from."""
    return getattr(view, "rule", None) or getattr(getattr(view, "view_class", None), "rule", None)


def listed(path: str, allowed: set[str]) -> bool:
    path = path or "/"
    return path in allowed or any(path.startswith(one[:-1]) for one in allowed if one.endswith("*"))


def unruled(patterns: Iterable[Any], allowed: set[str]) -> list[str]:
    """Entries without a rule that are not on the public list, and public views missing from the list."""
    wrong: list[str] = []
    for path, view in walk(patterns):
        rule = rule_of(view)
        if rule in {None, "public"} and not listed(path, allowed):
            wrong.append(f"{path or '/'}: {'public, but not on the list' if rule else 'names no rule'}")
    return list(dict.fromkeys(wrong))


def stale(patterns: Iterable[Any], allowed: set[str]) -> set[str]:
    """Lines of the public list that no entry needs."""
    bare = [path for path, view in walk(patterns) if rule_of(view) in {None, "public"}]
    return {one for one in allowed if not any(listed(path, {one}) for path in bare)}
