"""A corpus of photos and of things that only call themselves photos, made in the test."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw, TiffImagePlugin

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def scene(width: int = 640, height: int = 480) -> Image.Image:
    """A picture in which left, right, top and bottom can be told apart."""
    image = Image.new("RGB", (width, height), "grey")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2, height // 2), fill="red")
    draw.rectangle((width // 2, 0, width, height // 2), fill="blue")
    return image


def saved(image: Image.Image, kind: str, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def from_a_telephone() -> bytes:
    """A JPEG as telephones make them: place, maker, colour profile, notes, XMP, turned by 90 degrees."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "InventedPhone 9"
    exif[GPS] = {1: "N", 2: tuple(TiffImagePlugin.IFDRational(n) for n in (31, 27, 30)), 3: "E",
                 4: tuple(TiffImagePlugin.IFDRational(n) for n in (121, 6, 45))}  # fmt: skip
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(
        scene(), "JPEG", exif=exif, icc_profile=profile, comment=b"kept secret", xmp=b"<x:xmpmeta>secret</x:xmpmeta>"
    )


def with_a_zip_behind() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("payload.html", "<script>alert(1)</script>")
    return saved(scene(), "JPEG") + out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, body: bytes = b"", *extra: bytes) -> bytes:
    """A PNG of one bit per pixel whose header says what we like."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def bomb(side: int) -> bytes:
    """A few kilobytes that unpack to side times side pixels."""
    row = b"\0" * (side // 8 + 2)
    return png(side, side, zlib.compress(row * side, 9))


def text_bomb() -> bytes:
    """A small picture with a compressed note of 200 MB."""
    packed = zlib.compressobj(9)
    note = b"".join(packed.compress(b"a" * 2**20) for _ in range(200)) + packed.flush()
    return png(8, 8, zlib.compress(b"\0\0" * 8), chunk(b"zTXt", b"note\0\0" + note))


Make = Callable[[], bytes]
GOOD: dict[str, Make] = {
    "telephone": from_a_telephone,
    "png": lambda: saved(scene(), "PNG"),
    "transparent png": lambda: saved(Image.new("RGBA", (50, 40), (0, 0, 0, 0)), "PNG"),
    "palette png": lambda: saved(scene().convert("P"), "PNG", transparency=0),
    "16 bit png": lambda: saved(Image.new("I;16", (50, 40), 40_000), "PNG"),
    "one pixel": lambda: saved(Image.new("L", (1, 1)), "PNG"),
    "long and thin": lambda: saved(Image.new("RGB", (8000, 2)), "PNG"),
    "webp": lambda: saved(scene(), "WEBP"),
    "moving webp": lambda: saved(scene(), "WEBP", save_all=True, append_images=[scene().rotate(90)], duration=100),
    "cmyk jpeg": lambda: saved(scene().convert("CMYK"), "JPEG"),
    "progressive jpeg": lambda: saved(scene(2000, 1500), "JPEG", progressive=True),
    "jpeg and zip": with_a_zip_behind,
    "40 megapixels": lambda: saved(Image.new("RGB", (7300, 5470)), "JPEG", quality=60),
}
KIND, SIZE, BROKEN = "This file is not a photo", "The photo has too many pixels", "The photo is damaged"
EMPTY, LARGE, APPLE = "The photo is empty", "The photo is larger than 12 MB", "This photo is in a format of Apple's"
BAD: dict[str, tuple[Make, str]] = {
    "nothing": (lambda: b"", EMPTY),
    "one byte": (lambda: b"\xff", KIND),
    "words": (lambda: "楼道漏水".encode() * 100, KIND),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', KIND),
    "gif": (lambda: saved(scene(), "GIF"), KIND),
    "bmp": (lambda: saved(scene(), "BMP"), KIND),
    "tiff": (lambda: saved(scene(), "TIFF"), KIND),
    "postscript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n", KIND),
    "pdf": (lambda: b"%PDF-1.7\n1 0 obj\n", KIND),
    "zip": (lambda: with_a_zip_behind()[len(saved(scene(), "JPEG")):], KIND),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", KIND),
    "heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200, APPLE),
    "cut jpeg": (lambda: saved(scene(), "JPEG")[:2000], BROKEN),
    "cut png": (lambda: saved(scene(), "PNG")[:500], BROKEN),
    "cut webp": (lambda: saved(scene(), "WEBP")[:200], BROKEN),
    "jpeg head alone": (lambda: b"\xff\xd8\xff\xe0", KIND),
    "png head alone": (lambda: b"\x89PNG\r\n\x1a\n", KIND),
    "png bomb": (lambda: bomb(13_000), SIZE),
    "png of a whole city": (lambda: png(2**31 - 1, 2**31 - 1), SIZE),
    "png without pixels": (lambda: png(4000, 4000), BROKEN),
    "png with a text bomb": (text_bomb, BROKEN),
    "webp bomb": (lambda: saved(Image.new("RGB", (16_000, 16_000)), "WEBP", method=0, lossless=True), SIZE),
    "20 MB": (lambda: saved(scene(), "JPEG") + b"\0" * (20 * 2**20), LARGE),
}  # fmt: skip


@pytest.fixture(scope="session")
def good() -> dict[str, bytes]:
    return {name: make() for name, make in GOOD.items()}


@pytest.fixture(scope="session")
def bad() -> dict[str, tuple[bytes, str]]:
    return {name: (make(), said) for name, (make, said) in BAD.items()}
