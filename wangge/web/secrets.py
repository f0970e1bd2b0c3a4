"""The installation's own secrets: made at the first start, kept 0600 under `home/secrets`."""

import os
import secrets
from pathlib import Path


def keep(folder: Path, name: str) -> bytes:
    """Return the secret of that name; make it (32 random bytes, hex) when it is not there yet."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip().encode()
