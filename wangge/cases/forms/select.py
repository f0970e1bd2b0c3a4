"""A select of hundreds of options, written in one go: a template for each would cost more than the page."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

OPTION, CHOSEN = '<option value="{}"{}>{}</option>', format_html("{}", " selected")
Plain = tuple[tuple[str, Any], ...]


class LongSelect(forms.Select):
    """Looks and answers as Django's own."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        held = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        chosen = tuple(str(each) for each in self.format_value(value))
        return format_html("<select{}>{}</select>", held, _written(_plain(self.choices), chosen))


def _plain(choices: Iterable[Any]) -> Plain:
    """The choices as words of the page's language, groups as tuples within."""
    return tuple((str(key), _plain(label) if isinstance(label, list | tuple) else str(label)) for key, label in choices)


@lru_cache(maxsize=256)
def _written(choices: Plain, chosen: tuple[str, ...]) -> str:
    """The options; the same people open the same lists all day."""
    return format_html_join("", "{}", ((option,) for option in _options(choices, chosen)))


def _options(choices: Plain, chosen: tuple[str, ...]) -> Iterator[str]:
    for key, label in choices:
        if isinstance(label, tuple):
            inside = format_html_join("", "{}", ((option,) for option in _options(label, chosen)))
            yield format_html('<optgroup label="{}">{}</optgroup>', key, inside)
        else:
            yield format_html(OPTION, key, CHOSEN if key in chosen else "", label)
