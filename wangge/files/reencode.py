"""Run apart, with limits: read a picture from stdin, write it re-encoded and without metadata to stdout.

`python -I reencode.py 2048 320` prints a JSON line with the size of each picture asked for, then the JPEGs one after
the other. Exit 3 names the rule broken on stderr: `kind`, `heic`, `size` or `broken`. Nothing of wangge is imported.
"""

import io
import json
import resource
import sys
import warnings

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin

FORMATS = tuple(
    kind.format for kind in (JpegImagePlugin.JpegImageFile, PngImagePlugin.PngImageFile, WebPImagePlugin.WebPImageFile)
)
MOST_PIXELS = 40_000_000
MEMORY = 512 * 1024 * 1024
SECONDS = 8
APPLE = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"avif")


class NotAPicture(ValueError):
    """The rule that was broken: `kind`, `heic`, `size` or `broken`."""


def check_size(image: Image.Image) -> None:
    """Refuse by the size in the header, before a single pixel is unpacked."""
    if image.width * image.height > MOST_PIXELS:
        raise NotAPicture("size")


def upright(raw: bytes, longest: int) -> Image.Image:
    """The picture as pixels alone, turned as it was held, transparent parts white, at most `longest` on a side."""
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as image:
            check_size(image)
            image.draft("RGB", (longest, longest))
            if image.mode == "P":
                turned: Image.Image = image.convert("RGBA" if "transparency" in image.info else "RGB")
            else:
                turned = image
            turned.thumbnail((longest, longest))
            turned = ImageOps.exif_transpose(turned).convert("RGBA")
    except NotAPicture:
        raise
    except UnidentifiedImageError:
        raise NotAPicture("heic" if raw[4:8] == b"ftyp" and raw[8:12] in APPLE else "kind") from None
    except (MemoryError, Image.DecompressionBombError):
        raise NotAPicture("size") from None
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, OverflowError, EOFError):
        raise NotAPicture("broken") from None  # whatever a decoder says of bytes it cannot follow
    plain = Image.new("RGB", turned.size, "white")
    plain.paste(turned, mask=turned.getchannel("A"))
    return plain


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def reencode(raw: bytes, sides: list[int]) -> list[tuple[int, int, bytes]]:
    """Return width, height and JPEG for each longest side asked for; the largest first."""
    picture, made = upright(raw, sides[0]), []
    for side in sides:
        picture.thumbnail((side, side))
        made.append((picture.width, picture.height, jpeg(picture)))
    return made


def limit() -> None:
    """No more memory and time than a photo needs, no file, no core."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def main() -> int:
    limit()
    warnings.simplefilter("ignore")  # stderr is for the rule alone
    try:
        made = reencode(sys.stdin.buffer.read(), [int(side) for side in sys.argv[1:]])
    except (NotAPicture, MemoryError) as problem:
        sys.stderr.write(str(problem) or "size")
        return 3
    sizes = [{"width": width, "height": height, "bytes": len(content)} for width, height, content in made]
    sys.stdout.buffer.write(json.dumps(sizes).encode() + b"\n" + b"".join(content for *_, content in made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
