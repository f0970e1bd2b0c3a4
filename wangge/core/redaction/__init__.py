"""Finds what points to a person in a text, however it is written, and takes it out."""

from wangge.core.redaction.finding import find, redact
from wangge.core.redaction.kinds import EVERYTHING, NUMBERS, PLACEHOLDERS, Found, Kind

__all__ = ["EVERYTHING", "NUMBERS", "PLACEHOLDERS", "Found", "Kind", "find", "redact"]
