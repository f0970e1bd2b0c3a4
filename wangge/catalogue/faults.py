"""Faults of definition files: each names the file, the key and the rule that is broken."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic_core import ErrorDetails


class Rule(StrEnum):
    """The rules a file can break."""

    NOT_TOML = "not_toml"
    NO_FOLDER = "no_folder"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    WRONG_TYPE = "wrong_type"
    NOT_IN_LIST = "not_in_list"
    BAD_CODE = "bad_code"
    BAD_TEXT = "bad_text"
    BAD_VALUE = "bad_value"
    DUPLICATE_CODE = "duplicate_code"
    UNKNOWN_CODE = "unknown_code"
    MISSING_LIMIT = "missing_limit"
    CORE_ENTRY = "core_entry"
    TELLS_TOO_MUCH = "tells_too_much"
    KEPT_TOO_LONG = "kept_too_long"


def gettext_noop(text: str) -> str:
    """Mark a sentence for the translators; Django's function of this name asks for settings, and files need none."""
    return text


# English msgids; `commands` translates them. Each holds one place for the particulars.
SENTENCES: Mapping[Rule, str] = {
    Rule.NOT_TOML: gettext_noop("this is not TOML: %(detail)s"),
    Rule.NO_FOLDER: gettext_noop("there is no such folder"),
    Rule.UNKNOWN_KEY: gettext_noop("the schema knows no such key"),
    Rule.MISSING_KEY: gettext_noop("this key must be given"),
    Rule.WRONG_TYPE: gettext_noop("this is of another type than the schema asks: %(detail)s"),
    Rule.NOT_IN_LIST: gettext_noop("this is none of the words allowed here: %(detail)s"),
    Rule.BAD_CODE: gettext_noop(
        "a code is small letters, digits and underscores, with dots between its parts: %(detail)s"
    ),
    Rule.BAD_TEXT: gettext_noop("Chinese words stand under zh-Hans, English words under en: %(detail)s"),
    Rule.BAD_VALUE: gettext_noop("this value cannot be right: %(detail)s"),
    Rule.DUPLICATE_CODE: gettext_noop("this code is already given in %(detail)s"),
    Rule.UNKNOWN_CODE: gettext_noop("nothing has this code: %(detail)s"),
    Rule.MISSING_LIMIT: gettext_noop("no limit is given for this stage"),
    Rule.CORE_ENTRY: gettext_noop("what is never collected can be added to, nothing of ours taken away: %(detail)s"),
    Rule.TELLS_TOO_MUCH: gettext_noop(
        "a need says what help somebody wants, never an illness or a suspicion: %(detail)s"
    ),
    Rule.KEPT_TOO_LONG: gettext_noop("this is kept longer than its purpose tells residents: %(detail)s days"),
}


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one file."""

    file: str
    key: str
    rule: Rule
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {SENTENCES[self.rule] % {'detail': self.detail}}"


class Faulty(ValueError):
    """The files cannot be loaded; `faults` says why, all of them at once."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


PYDANTIC = {
    "extra_forbidden": Rule.UNKNOWN_KEY,
    "missing": Rule.MISSING_KEY,
    "enum": Rule.NOT_IN_LIST,
    "literal_error": Rule.NOT_IN_LIST,
    "value_error": Rule.BAD_VALUE,
    "too_short": Rule.BAD_VALUE,
    "string_too_short": Rule.BAD_VALUE,
    "string_too_long": Rule.BAD_VALUE,
    "greater_than_equal": Rule.BAD_VALUE,
}


def of_error(file: str, start: str, error: ErrorDetails) -> Fault:
    """Return pydantic's finding in the words of this module; `start` is the key of the entry."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"] if part != "[key]")
    context: Mapping[str, Any] = error.get("ctx", {})
    rule = PYDANTIC.get(error["type"], Rule.WRONG_TYPE)
    detail = error["msg"].removeprefix("Value error, ")
    if error["type"] == "string_pattern_mismatch":
        language = error["loc"][-1] in {"zh-Hans", "en"} or "keywords" in error["loc"]
        rule, detail = (Rule.BAD_TEXT if language else Rule.BAD_CODE), repr(error["input"])
    elif rule is Rule.NOT_IN_LIST:
        detail = f"{error['input']!r}; {context.get('expected', '')}"
    elif rule in {Rule.UNKNOWN_KEY, Rule.MISSING_KEY}:
        detail = ""
    return Fault(file, start + path, rule, detail)
