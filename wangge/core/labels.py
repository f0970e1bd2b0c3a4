"""Labels of data in both languages: neither may be missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh-Hans", "en"]


class BadLabel(ValueError):
    """A label lacks a language, has a strange one, or is blank."""


@dataclass(frozen=True, slots=True)
class Label:
    """One wording in simplified Chinese and in English. Raises BadLabel when one of them is blank."""

    zh_hans: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh_hans.strip() or not self.en.strip():
            raise BadLabel(f"a label needs both languages: {self.zh_hans!r}, {self.en!r}")

    @classmethod
    def of(cls, table: Mapping[str, str]) -> "Label":
        """Return the label of a catalogue table `{"zh-Hans": ..., "en": ...}`. Raises BadLabel."""
        if set(table) != {"zh-Hans", "en"}:
            raise BadLabel(f"a label has exactly zh-Hans and en, not {', '.join(sorted(table)) or 'nothing'}")
        return cls(table["zh-Hans"], table["en"])

    def in_language(self, language: Language) -> str:
        """Return the wording in `language`."""
        return self.en if language == "en" else self.zh_hans
