"""Keeping a picture: checked by its content, re-encoded in a limited child, the original dropped."""

import hashlib
import json
import os
import secrets
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from wangge.files.models import File

MOST_BYTES = 12 * 1024 * 1024
LONGEST, THUMB = 2048, 320
SECONDS = 15


class Unfit(ValueError):
    """The upload is not kept; the message says why and what to do."""


def _child(raw: bytes, longest: int) -> tuple[bytes, int, int]:
    command = [sys.executable, "-I", "-m", "wangge.files.reencode", str(longest)]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Unfit(_("The photo could not be read in time. Take a smaller one.")) from None
    if done.returncode != 0:
        raise Unfit(
            {
                "kind": _("This file is not a photo we can read. Use JPEG, PNG or WebP."),
                "size": _("The photo has too many pixels. Take a smaller one."),
            }.get(done.stderr.decode(errors="replace").strip(), _("The photo is damaged. Take it again."))
        )
    head, _newline, jpeg = done.stdout.partition(b"\n")
    size = json.loads(head)
    return jpeg, size["width"], size["height"]


def folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def path_of(name: str, *, small: bool = False) -> Path:
    """Where a kept picture stands; names are random, two letters deep."""
    return folder() / name[:2] / f"{name}{'.small' if small else ''}.jpg"


def keep_photo(raw: bytes, *, owner: str, now: datetime) -> File:
    """Keep a photo and its thumbnail without metadata; raises Unfit with a sentence for the person."""
    if not raw:
        raise Unfit(_("The photo is empty. Take it again."))
    if len(raw) > MOST_BYTES:
        raise Unfit(_("The photo is larger than %(most)s MB. Take a smaller one.") % {"most": MOST_BYTES // 2**20})
    jpeg, width, height = _child(raw, LONGEST)
    small, _w, _h = _child(jpeg, THUMB)
    name = secrets.token_hex(16)
    for content, place in ((jpeg, path_of(name)), (small, path_of(name, small=True))):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with place.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    return File.objects.create(
        name=name, owner=owner, width=width, height=height, size=len(jpeg),
        digest=hashlib.sha256(jpeg).digest(), kept_at=now,
    )  # fmt: skip
