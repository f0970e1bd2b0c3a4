"""Public numbers: the case number somebody reads out, and the token that opens a tracking page."""

import hashlib
import hmac
import re
import unicodedata
from base64 import urlsafe_b64encode
from datetime import date

DRAWS = 1_000_000
_TYPED = re.compile(r"(\d{6})(\d{6})")
_JOINTS = re.compile(r"[\s\-‐‑‒–—―−·.]+")


class BadNumber(ValueError):
    """A number that none of our cases can have."""


def case_number(day: date, draw: int) -> str:
    """Return "YYMMDD-NNNNNN" from the local day of the report and a random draw below DRAWS.

    The draw is random, not a sequence: numbers must not tell how many cases there are. Raises BadNumber.
    """
    if not 0 <= draw < DRAWS:
        raise BadNumber(f"a draw lies between 0 and {DRAWS - 1}, not {draw}")
    return f"{day:%y%m%d}-{draw:06d}"


def read_case_number(typed: str) -> str:
    """Return the case number somebody typed or pasted, with or without dash, spaces or full-width digits.

    Raises BadNumber when it is not twelve digits that begin with a day of this century.
    """
    match = _TYPED.fullmatch(_JOINTS.sub("", unicodedata.normalize("NFKC", typed)))
    if match is None or not match.group().isascii():
        raise BadNumber("a case number has twelve digits")
    try:
        date(2000 + int(match[1][:2]), int(match[1][2:4]), int(match[1][4:]))
    except ValueError:
        raise BadNumber("a case number begins with the day of the report, as in 261124") from None
    return f"{match[1]}-{match[2]}"


def grouped(code: str, size: int = 3) -> str:
    """Return a code in groups for reading aloud, left to right: "261124-004217" gives "261 124 004 217"."""
    plain = _JOINTS.sub("", code)
    return " ".join(plain[start : start + size] for start in range(0, len(plain), size))


def tracking_token(chance: bytes) -> str:
    """Return the token of a tracking link from at least 16 random bytes, in letters safe for an address."""
    if len(chance) < 16:
        raise BadNumber("a tracking token needs at least 16 random bytes")
    return urlsafe_b64encode(chance).rstrip(b"=").decode()


def token_digest(token: str) -> bytes:
    """Return the SHA-256 of a token: the database keeps this, never the token itself."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def is_token(token: str, digest: bytes) -> bool:
    """Say whether `digest` is that of `token`, in a time that does not depend on where they differ."""
    return hmac.compare_digest(token_digest(token), digest)
