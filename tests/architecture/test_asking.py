"""Each field of a form that takes in what people write or show says for what it is asked, or stands on the list."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms

import wangge
from wangge.catalogue.asking import For
from wangge.catalogue.lawful import Purpose
from wangge.catalogue.reading import read

pytestmark = pytest.mark.django
OF_THINGS = Path(__file__).with_name("fields_of_things.txt")


def forms_of_the_house() -> list[type[Any]]:
    """Every form class of the house, those made of others included."""
    for module in pkgutil.walk_packages(wangge.__path__, "wangge."):
        parts = module.name.split(".")
        if "forms" in module.name or "views" in parts or "web" in parts:
            importlib.import_module(module.name)
    found: set[type[Any]] = set()
    waiting: list[type[Any]] = [forms.BaseForm]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {one for one in below if one.__module__.startswith("wangge.")}
    return sorted(found, key=lambda one: (one.__module__, one.__qualname__))


def is_free(field: forms.Field) -> bool:
    """Whether anything can be written or shown: no choice, no number, no day, nothing hidden."""
    closed = (forms.ChoiceField, forms.BooleanField, forms.IntegerField, forms.DateField, forms.DateTimeField)
    return not isinstance(field, (*closed, forms.FloatField, forms.DecimalField)) and not field.widget.is_hidden


def unsaid(kinds: list[type[Any]], listed: set[str], purposes: dict[str, Purpose]) -> Iterator[str]:
    """Free fields without a purpose, and purposes that the register does not have or that do not need the data."""
    for kind in kinds:
        asks: dict[str, For] = getattr(kind, "asks", {})
        for name, field in kind.base_fields.items():
            said, where = asks.get(name), f"{kind.__module__}.{kind.__qualname__}.{name}"
            if said is None:
                if is_free(field) and where not in listed:
                    yield where
            elif said.purpose not in purposes or set(said.data) - set(purposes[said.purpose].fields):
                yield where


@pytest.fixture(scope="module")
def purposes() -> dict[str, Purpose]:
    return dict(read().of(Purpose))


def listed() -> set[str]:
    lines = OF_THINGS.read_text(encoding="utf-8").splitlines()
    return {line.split("#")[0].strip() for line in lines} - {""}


def test_each_form_says_for_what_it_asks_about_people(django_apps: None, purposes: dict[str, Purpose]) -> None:
    kinds = forms_of_the_house()
    assert len(kinds) > 30
    assert list(unsaid(kinds, listed(), purposes)) == []


def test_the_list_names_only_what_is_there(django_apps: None) -> None:
    kinds = forms_of_the_house()
    there = {f"{kind.__module__}.{kind.__qualname__}.{name}" for kind in kinds for name in kind.base_fields}
    assert listed() - there == set()


def test_a_planted_field_without_a_lawful_purpose_is_found(purposes: dict[str, Purpose]) -> None:
    class Planted(forms.Form):
        asks = {  # noqa: RUF012 - planted: a form written in haste has no ClassVar either
            "good": For("register", ("phone",)), "unknown": For("curiosity", ("phone",)),
            "unneeded": For("report", ("document",)),
        }  # fmt: skip
        good, unknown, unneeded = forms.CharField(), forms.CharField(), forms.CharField()
        silent, photo, mail = forms.CharField(), forms.FileField(), forms.EmailField()
        kind, day = forms.ChoiceField(), forms.DateField()

    found = [where.rpartition(".")[2] for where in unsaid([Planted], set(), purposes)]
    assert found == ["unknown", "unneeded", "silent", "photo", "mail"]
