"""Run apart, with limits: read a picture from stdin, write it re-encoded and without metadata to stdout.

`python -m wangge.files.reencode LONGEST` prints a JSON line with the size, then the JPEG. Exit 3 names the rule broken.
"""

import io
import json
import resource
import sys

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
MEMORY = 512 * 1024 * 1024
SECONDS = 10


class NotAPicture(ValueError):
    """The rule that was broken: `kind`, `size` or `broken`."""


def check_size(image: Image.Image) -> None:
    """Refuse by the size in the header, before a single pixel is unpacked."""
    if image.width * image.height > MOST_PIXELS:
        raise NotAPicture("size")


def reencode(raw: bytes, longest: int) -> tuple[bytes, int, int]:
    """Return the picture as JPEG, upright, at most `longest` pixels on a side, and its width and height."""
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as image:
            check_size(image)
            image.draft("RGB", (longest, longest))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((longest, longest))
            plain = Image.new("RGB", upright.size, "white")
            plain.paste(upright.convert("RGBA"), mask=upright.convert("RGBA").getchannel("A"))
    except NotAPicture:
        raise
    except UnidentifiedImageError:
        raise NotAPicture("kind") from None
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        raise NotAPicture("broken") from None
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue(), plain.width, plain.height


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY * 2, MEMORY * 2))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        jpeg, width, height = reencode(sys.stdin.buffer.read(), int(sys.argv[1]))
    except NotAPicture as problem:
        sys.stderr.write(str(problem))
        return 3
    sys.stdout.buffer.write(json.dumps({"width": width, "height": height}).encode() + b"\n" + jpeg)
    return 0


if __name__ == "__main__":
    sys.exit(main())
