"""Structured logs: one JSON line per event, codes and ids only."""

import logging
import logging.handlers
import re
import sys
from pathlib import Path
from typing import Any

import structlog

OURS = "wangge "
PERSONAL = re.compile(r"\b1[3-9]\d{9}\b|\b\d{17}[\dXx]\b|/t/[\w-]{16,}|[?&](code|token)=[^&\s]+")


def without_personal_data(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Last line of defence: no phone, ID number or tracking token reaches a log, wherever it came from."""
    return {key: PERSONAL.sub("[…]", value) if isinstance(value, str) else value for key, value in event.items()}


def configure(folder: Path, *, debug: bool) -> None:
    """Send everything, Django's own messages too, as JSON lines to stderr and `folder/wangge.log`."""
    folder.mkdir(parents=True, exist_ok=True)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        without_personal_data,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
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
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)
