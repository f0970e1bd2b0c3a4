"""Keeping a picture: checked by its content, re-encoded in a limited child, the original dropped."""

import hashlib
import json
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from wangge.files import reencode
from wangge.files.models import File

MOST_BYTES = 12 * 1024 * 1024
LONGEST, THUMB = 2048, 320
SECONDS = 10
AT_ONCE = threading.BoundedSemaphore(2)
"""Children of this process at work on pictures: each may take half a gigabyte."""

log = structlog.get_logger()


class Unfit(ValueError):
    """The upload is not kept; the message says why and what to do."""


@dataclass(frozen=True)
class Picture:
    """One re-encoded size of a photo."""

    width: int
    height: int
    jpeg: bytes


def folder() -> Path:
    """The folder of media of this installation."""
    return Path(settings.MEDIA_ROOT)


def path_of(name: str, *, small: bool = False) -> Path:
    """Where a kept picture stands; names are random, two letters deep."""
    return folder() / name[:2] / f"{name}{'.small' if small else ''}.jpg"


def keep_photo(raw: bytes, *, owner: str, now: datetime) -> File:
    """Keep a photo and its thumbnail without metadata; raises Unfit with a sentence for the person.

    The files are on the disk before the row is; what a rolled-back transaction leaves behind is swept after a day.
    """
    if not raw:
        raise Unfit(_("The photo is empty. Take it again."))
    if len(raw) > MOST_BYTES:
        raise Unfit(_("The photo is larger than %(most)s MB. Take a smaller one.") % {"most": MOST_BYTES // 2**20})
    large, small = _reencoded(raw)
    name = secrets.token_hex(16)
    try:
        _write(path_of(name), large.jpeg)
        _write(path_of(name, small=True), small.jpeg)
        return File.objects.create(
            name=name, owner=owner, width=large.width, height=large.height, size=len(large.jpeg),
            digest=hashlib.sha256(large.jpeg).digest(), kept_at=now,
        )  # fmt: skip
    except OSError as problem:
        remove(name)
        log.error("photo not written", errno=problem.errno)  # noqa: TRY400 - the traceback would name the file
        raise Unfit(_("Photos cannot be kept at the moment. Send your report without them.")) from None
    except Exception:
        remove(name)
        raise


def remove(name: str) -> None:
    """Take both sizes of a picture off the disk."""
    path_of(name).unlink(missing_ok=True)
    path_of(name, small=True).unlink(missing_ok=True)


def wipe(ids: Sequence[int]) -> None:
    """Take pictures off the disk whose time is over; their rows are taken away with `forget`."""
    for name in File.objects.filter(pk__in=ids).values_list("name", flat=True):
        remove(name)


def forget(ids: Sequence[int]) -> int:
    """Remove the rows of pictures that nothing names any more; returns how many."""
    return File.objects.filter(pk__in=ids).delete()[0]


def sweep(*, now: datetime, age: timedelta = timedelta(days=1)) -> int:
    """Remove files older than `age` that no row names: their transaction was rolled back. Returns how many."""
    before, swept = (now - age).timestamp(), 0
    for place in sorted(folder().glob("??")):
        old = [path for path in place.iterdir() if path.stat().st_mtime < before]
        names = {path.name.split(".")[0] for path in old}
        kept = set(File.objects.filter(name__in=names).values_list("name", flat=True))
        for path in old:
            if path.name.split(".")[0] not in kept:
                path.unlink(missing_ok=True)
                swept += 1
    return swept


def _reencoded(raw: bytes) -> tuple[Picture, Picture]:
    """Both sizes, made by one child without our environment, our files or our secrets."""
    command = [sys.executable, "-I", reencode.__file__, str(LONGEST), str(THUMB)]
    try:
        with AT_ONCE:
            done = subprocess.run(
                command, input=raw, capture_output=True, timeout=SECONDS, check=False, env={}, cwd="/"
            )
    except subprocess.TimeoutExpired:
        raise Unfit(_("The photo could not be read in time. Take a smaller one.")) from None
    if done.returncode != 0:
        raise Unfit(_why(done.stderr.decode(errors="replace").strip()))
    head, _newline, rest = done.stdout.partition(b"\n")
    made, at = [], 0
    for size in json.loads(head):
        made.append(Picture(size["width"], size["height"], rest[at : at + size["bytes"]]))
        at += size["bytes"]
    return made[0], made[1]


def _why(rule: str) -> str:
    return {
        "kind": _("This file is not a photo we can read. Use JPEG, PNG or WebP."),
        "heic": _("This photo is in a format of Apple's (HEIC) that we cannot read. Send it as JPEG."),
        "size": _("The photo has too many pixels. Take a smaller one."),
    }.get(rule, _("The photo is damaged. Take it again."))


def _write(place: Path, content: bytes) -> None:
    """Write durably: the bytes and their name in the folder."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    for above in (place.parent, place.parent.parent):
        descriptor = os.open(above, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
