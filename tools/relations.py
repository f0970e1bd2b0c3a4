"""Relations between tables point down the floors, as imports do; string keys are no imports, so this looks itself."""

import tomllib
from collections.abc import Iterable
from typing import Any

from tools.tree import ROOT

Floors = list[set[str]]


def floors() -> Floors:
    """The floors from top to bottom, as the contract names them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contract = next(one for one in settings["contracts"] if one["id"] == "floors")
    return [{name.strip(" ()") for name in layer.split("|")} for layer in contract["layers"]]


def upward(models: Iterable[Any], house: Floors, account: str) -> list[str]:
    """Relations that do not point down: to a higher floor or to a neighbour. `account` is `app_label.model`."""
    level = {app: depth for depth, floor in enumerate(house) for app in floor}
    wrong: list[str] = []
    for model in models:
        for field in model._meta.get_fields(include_hidden=True):
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            start, end = model._meta.app_label, field.related_model._meta.app_label
            if start == end or start not in level or end not in level:
                continue
            if field.related_model._meta.label_lower == account.lower():
                continue
            if level[start] >= level[end]:
                wrong.append(f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}")
    return sorted(wrong)
