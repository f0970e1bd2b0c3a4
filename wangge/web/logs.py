"""Structured logs: one JSON line per event, codes and ids only."""

import logging
import logging.handlers
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import structlog
from django.db import DatabaseError

from wangge.core import redaction

OURS = "wangge "
TAKEN_OUT = "[…]"
SECRETS = re.compile(
    r"(?<=/t/)[\w-]{8,}|(?<=/phone/)(?!unlock)[\w-]{8,}"  # links that open something
    r"|(?<=[?&]code=)[^&\s]+|(?<=[?&]token=)[^&\s]+"
    r"|(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9_-]{32,}(?![\w-])"  # sessions, keys, signatures
    r"|://[^/\s:@]+:[^/\s@]+(?=@)"  # passwords in addresses
)
WORDS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+(?:[\d\s,.，。、：:()（）#-]*[\u3400-\u9fff]+)*")
ESCAPED = re.compile(r"(?:\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})+|(?:\\x[0-9A-Fa-f]{2}|%[0-9A-Fa-f]{2}){2,}")
"""The same letters as Django writes an address into its log, or a browser into a line of addresses."""
DOORS = re.compile(r"(?<![\w.-])\d{1,4}-\d{1,3}-\d{3,4}(?![\w-])")
"""12-1-502: building, unit, room. Dates have other lengths."""


def clean(text: str) -> str:
    """The text without telephone and ID numbers, doors, secrets, and without Chinese: our own events have none."""
    plain = redaction.redact(text)[0]
    for pattern in (SECRETS, ESCAPED, WORDS, DOORS):
        plain = pattern.sub(TAKEN_OUT, plain)
    return plain


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(held) for key, held in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_cleaned(held) for held in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return clean(str(value))


def without_personal_data(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Last line of defence: nothing that points to a person reaches a log, wherever it came from."""
    return {key: _cleaned(value) for key, value in event.items()}


def without_details(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Of what a database refused only its code is kept: the rest of its words are values of rows."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_told(error))
    return event


def _told(error: BaseException) -> Iterator[str]:
    """The errors in the order in which they led to each other: where each was raised, what sort it is."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"
    code = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
    is_of_the_database = isinstance(error, psycopg.Error | DatabaseError)
    yield f"{type(error).__name__}: {f'SQLSTATE {code}' if is_of_the_database else error}"


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    without_details,
    without_personal_data,
]
PROCESSORS = [*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter]
"""One list for good: a logger that spoke once holds on to it."""


def configure(folder: Path, *, debug: bool) -> None:
    """Send everything, Django's own messages too, as JSON lines to stderr and `folder/wangge.log`."""
    folder.mkdir(parents=True, exist_ok=True)
    structlog.configure(
        processors=PROCESSORS,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    kept = logging.handlers.WatchedFileHandler(folder / "wangge.log", encoding="utf-8")
    shown = logging.StreamHandler(sys.stderr)
    shown.setLevel(logging.WARNING)
    root = logging.getLogger()
    for old in [h for h in root.handlers if (h.name or "").startswith(OURS)]:
        root.removeHandler(old)
        old.close()
    handlers: tuple[logging.Handler, ...] = (kept, shown)
    for handler in handlers:
        handler.setFormatter(formatter)
        handler.name = f"{OURS}{type(handler).__name__}"  # so that a second configure() replaces it
        root.addHandler(handler)
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for chatty in ("django.db.backends", "procrastinate", "PIL", "urllib3"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
