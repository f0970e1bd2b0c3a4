"""A select of hundreds of options, written in one go: a template for each would cost more than the page."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

OPTION, CHOSEN = '<option value="{}"{}>{}</option>', format_html(" {}", "selected")


class LongSelect(forms.Select):
    """Looks and answers as Django's own."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        held = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        chosen = set(self.format_value(value))
        groups = format_html_join("", "{}", ((written,) for written in _options(self.choices, chosen)))
        return format_html("<select{}>{}</select>", held, groups)


def _options(choices: Iterable[Any], chosen: set[str]) -> Iterator[str]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            inside = format_html_join("", "{}", ((written,) for written in _options(label, chosen)))
            yield format_html('<optgroup label="{}">{}</optgroup>', key, inside)
        else:
            yield format_html(OPTION, key, CHOSEN if str(key) in chosen else "", label)
