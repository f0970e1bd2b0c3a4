"""The one file with cryptography in it: two suites, sealed values bound to their place and blind indexes."""

import hmac as constant_time
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION: Final = 1
SECRET_LENGTH: Final = 32
KEY_ID_LENGTH: Final = 16
_NONCE: Final = 12
_TAG: Final = 16
_HEADER: Final = 2 + KEY_ID_LENGTH
_TEXT: Final = _HEADER + _NONCE
_SHORTEST: Final = _TEXT + _TAG


class Unreadable(ValueError):
    """The bytes are not what was sealed here with this key; nothing is said about the contents."""


class CipherBroken(RuntimeError):
    """A known answer came out differently: this machine's cryptography must not be used."""


class Sealer(Protocol):
    """Authenticated encryption under one key, made ready once: nonce, text, and what is bound to it."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...


class Suite(Protocol):
    """A family of algorithms: authenticated encryption and a keyed digest."""

    @property
    def number(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def key_length(self) -> int: ...

    def sealer(self, key: bytes) -> Sealer: ...
    def keyed(self, key: bytes) -> hmac.HMAC: ...


@dataclass(frozen=True, slots=True)
class _Sm4Gcm:
    """SM4-GCM (RFC 8998) from the block cipher: the library has no call of its own for it, which costs five times."""

    block: algorithms.SM4

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        encryptor = Cipher(self.block, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        decryptor = Cipher(self.block, modes.GCM(nonce, data[-_TAG:])).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-_TAG]) + decryptor.finalize()


@dataclass(frozen=True, slots=True)
class _GcmSuite:
    number: int
    name: str
    key_length: int
    sealer: Callable[[bytes], Sealer]
    digest: type[hashes.SHA256] | type[hashes.SM3]

    def keyed(self, key: bytes) -> hmac.HMAC:
        return hmac.HMAC(key, self.digest())


INTL: Final[Suite] = _GcmSuite(1, "intl", 32, AESGCM, hashes.SHA256)
GM: Final[Suite] = _GcmSuite(2, "gm", 16, lambda key: _Sm4Gcm(algorithms.SM4(key)), hashes.SM3)
SUITES: Final = {suite.name: suite for suite in (INTL, GM)}


def _mac(keyed: hmac.HMAC, message: bytes) -> bytes:
    """The digest of a message under a key made ready; the key stays ready."""
    fresh = keyed.copy()
    fresh.update(message)
    return fresh.finalize()


@dataclass(frozen=True)
class Key:
    """A key: its public id, its suite, its secret (never printed). Subkeys to seal and to index are derived once."""

    id: bytes
    suite: Suite
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.id) != KEY_ID_LENGTH or len(self.secret) != SECRET_LENGTH:
            raise ValueError(f"a key has an id of {KEY_ID_LENGTH} bytes and a secret of {SECRET_LENGTH}")

    @classmethod
    def new(cls, suite: Suite) -> "Key":
        """Return a fresh key from the system's randomness."""
        return cls(os.urandom(KEY_ID_LENGTH), suite, os.urandom(SECRET_LENGTH))

    @cached_property
    def header(self) -> bytes:
        """What each value sealed with this key begins with: version, suite, key id."""
        return bytes((VERSION, self.suite.number)) + self.id

    @cached_property
    def sealer(self) -> Sealer:
        secret = _mac(self.suite.keyed(self.secret), b"wangge sealing 1")
        return self.suite.sealer(secret[: self.suite.key_length])

    @cached_property
    def indexer(self) -> hmac.HMAC:
        return self.suite.keyed(_mac(self.suite.keyed(self.secret), b"wangge indexing 1"))


def seal(key: Key, value: str, *, table: str, column: str, row: str | int) -> bytes:
    """Return `value` sealed for one place: version | suite | key id | nonce | ciphertext and tag.

    The place, the key id, the suite and the version are authenticated, so the bytes open nowhere else. The nonce is
    random; one key may seal 2**32 values (NIST SP 800-38D 8.3).
    """
    return seal_bytes(key, value.encode(), table=table, column=column, row=row)


def open_(key: Key, sealed: bytes, *, table: str, column: str, row: str | int) -> str:
    """Return the value sealed for this very place with this very key. Raises Unreadable."""
    return open_bytes(key, sealed, table=table, column=column, row=row).decode()


def seal_bytes(key: Key, value: bytes, *, table: str, column: str, row: str | int) -> bytes:
    """As `seal`, for bytes: another key's secret, facts of the ledger."""
    nonce = os.urandom(_NONCE)
    bound = key.header + _joined(table.encode(), column.encode(), str(row).encode())
    return key.header + nonce + key.sealer.encrypt(nonce, value, bound)


def seal_many(key: Key, places: Sequence[tuple[str, str, str, str]]) -> list[bytes]:
    """Seal (value, table, column, row) each for its place, as `seal` does; about 2.5 µs a value in the suite intl."""
    header, encrypt, columns = key.header, key.sealer.encrypt, _Columns(key.header)
    nonces, at, sealed = os.urandom(_NONCE * len(places)), 0, []
    for value, table, column, row in places:
        nonce = nonces[at : at + _NONCE]
        at += _NONCE
        named = row.encode()
        bound = columns[table, column] + len(named).to_bytes(4, "big") + named
        sealed.append(header + nonce + encrypt(nonce, value.encode(), bound))
    return sealed


class _Columns(dict[tuple[str, str], bytes]):
    """What is bound to the values of a column, up to the row."""

    def __init__(self, header: bytes) -> None:
        super().__init__()
        self.header = header

    def __missing__(self, place: tuple[str, str]) -> bytes:
        table, column = place
        self[place] = self.header + _joined(table.encode(), column.encode())
        return self[place]


def open_bytes(key: Key, sealed: bytes, *, table: str, column: str, row: str | int) -> bytes:
    """As `open_`, for bytes. Raises Unreadable."""
    if len(sealed) < _SHORTEST or not constant_time.compare_digest(sealed[:_HEADER], key.header):
        raise Unreadable("sealed with another key, suite or version")
    nonce, rest = sealed[_HEADER:_TEXT], sealed[_TEXT:]
    try:
        return key.sealer.decrypt(nonce, rest, key.header + _joined(table.encode(), column.encode(), str(row).encode()))
    except InvalidTag:
        raise Unreadable("changed, or sealed for another place") from None


def open_many(key_of: Callable[[bytes], Key], places: Iterable[tuple[bytes | None, str, str, str]]) -> list[str | None]:
    """Open (sealed, table, column, row) each for its place, as `open_` does; nothing stays nothing.

    `key_of` returns the key some bytes name; it is asked once for each. Raises Unreadable.
    """
    ready: dict[bytes, tuple[Callable[[bytes, bytes, bytes], bytes], _Columns]] = {}
    opened: list[str | None] = []
    for held, table, column, row in places:
        if held is None:
            opened.append(None)
            continue
        sealed, named = bytes(held), row.encode()
        header = sealed[:_HEADER]
        if header not in ready:
            ready[header] = _opening(key_of(sealed), header)
        decrypt, columns = ready[header]
        bound = columns[table, column] + len(named).to_bytes(4, "big") + named
        if len(sealed) < _SHORTEST:
            raise Unreadable("too short to be a sealed value")
        try:
            opened.append(decrypt(sealed[_HEADER:_TEXT], sealed[_TEXT:], bound).decode())
        except InvalidTag:
            raise Unreadable("changed, or sealed for another place") from None
    return opened


def _opening(key: Key, header: bytes) -> tuple[Callable[[bytes, bytes, bytes], bytes], _Columns]:
    if header != key.header:
        raise Unreadable("sealed with another key, suite or version")
    return key.sealer.decrypt, _Columns(header)


def key_id(sealed: bytes) -> bytes:
    """Return the id of the key that sealed these bytes, so that it can be fetched. Raises Unreadable."""
    if len(sealed) < _SHORTEST or sealed[0] != VERSION:
        raise Unreadable("not a sealed value of a known version")
    return sealed[2:_HEADER]


def blind_index(key: Key, value: str, *, area: str | int | None = None) -> bytes:
    """Return 32 bytes that are equal for equal values (of one area, if given) and say nothing without the key.

    The caller brings the value into its normal form first. Frequent values (names) need an `area`, lest the
    frequencies give them away; indexes made with an area and without one never meet.
    """
    parts = (b"all",) if area is None else (b"area", str(area).encode())
    return _mac(key.indexer, _joined(*parts, value.encode()))


def blind_index_many(key: Key, values: Sequence[tuple[str, str | int | None]]) -> list[bytes]:
    """As `blind_index` for (value, area) each; what is the same for an area is made once."""
    starts: dict[str | int | None, bytes] = {}
    found, keyed = [], key.indexer
    for value, area in values:
        start = starts.get(area)
        if start is None:
            start = starts[area] = _joined(b"all") if area is None else _joined(b"area", str(area).encode())
        plain = value.encode()
        fresh = keyed.copy()
        fresh.update(start + len(plain).to_bytes(4, "big") + plain)
        found.append(fresh.finalize())
    return found


def _joined(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def self_test() -> None:
    """Compare both suites with published answers; called once at start. Raises CipherBroken.

    Sources: SM3 GB/T 32905 example 1, SM4-GCM RFC 8998 A.1, AES-256-GCM McGrew and Viega case 16,
    HMAC-SHA256 RFC 4231 case 2, HMAC-SM3 the key and message of GM/T 0042 A.1.
    """
    abc = hashes.Hash(hashes.SM3())
    abc.update(b"abc")
    answers = {
        "SM3": (abc.finalize(), _SM3_ABC),
        "SM4-GCM": (GM.sealer(_SM4_KEY).encrypt(_SM4_NONCE, _SM4_PLAIN, _AAD), _SM4_SEALED),
        "AES-256-GCM": (INTL.sealer(_AES_KEY).encrypt(_AES_NONCE, _AES_PLAIN, _AAD), _AES_SEALED),
        "HMAC-SHA256": (_mac(INTL.keyed(b"Jefe"), b"what do ya want for nothing?"), _HMAC_SHA256),
        "HMAC-SM3": (_mac(GM.keyed(bytes(range(1, 38))), b"\xcd" * 50), _HMAC_SM3),
    }
    for name, (found, known) in answers.items():
        if found != known:
            raise CipherBroken(f"{name} gives a wrong answer on this machine; no value may be sealed with it")


_hex = bytes.fromhex
_AAD: Final = _hex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
_SM3_ABC: Final = _hex("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
_SM4_KEY: Final = _hex("0123456789abcdeffedcba9876543210")
_SM4_NONCE: Final = _hex("00001234567800000000abcd")
_SM4_PLAIN: Final = b"".join(
    byte * 8 for byte in (b"\xaa", b"\xbb", b"\xcc", b"\xdd", b"\xee", b"\xff", b"\xee", b"\xaa")
)
_SM4_SEALED: Final = _hex(
    "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
    "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec"
)
_AES_KEY: Final = _hex("feffe9928665731c6d6a8f9467308308") * 2
_AES_NONCE: Final = _hex("cafebabefacedbaddecaf888")
_AES_PLAIN: Final = _hex(
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
)
_AES_SEALED: Final = _hex(
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
)
_HMAC_SHA256: Final = _hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
_HMAC_SM3: Final = _hex("220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae")
