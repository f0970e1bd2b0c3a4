"""The one file with cryptography in it: two suites, sealed values bound to their place and blind indexes."""

import hmac as constant_time
import os
from dataclasses import dataclass, field
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

VERSION: Final = 1
SECRET_LENGTH: Final = 32
KEY_ID_LENGTH: Final = 16
_NONCE: Final = 12
_TAG: Final = 16
_HEADER: Final = 2 + KEY_ID_LENGTH


class Unreadable(ValueError):
    """The bytes are not what was sealed here with this key; nothing is said about the contents."""


class CipherBroken(RuntimeError):
    """A known answer came out differently: this machine's cryptography must not be used."""


class Suite(Protocol):
    """A family of algorithms: authenticated encryption and a keyed digest."""

    @property
    def number(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def key_length(self) -> int: ...

    def encrypt(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes: ...
    def decrypt(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes: ...
    def mac(self, key: bytes, message: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _GcmSuite:
    number: int
    name: str
    key_length: int
    block: type[algorithms.AES] | type[algorithms.SM4]
    digest: type[hashes.SHA256] | type[hashes.SM3]

    def encrypt(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        encryptor = Cipher(self.block(key), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(bound)
        return encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    def decrypt(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        decryptor = Cipher(self.block(key), modes.GCM(nonce, sealed[-_TAG:])).decryptor()
        decryptor.authenticate_additional_data(bound)
        return decryptor.update(sealed[:-_TAG]) + decryptor.finalize()

    def mac(self, key: bytes, message: bytes) -> bytes:
        keyed = hmac.HMAC(key, self.digest())
        keyed.update(message)
        return keyed.finalize()


INTL: Final[Suite] = _GcmSuite(1, "intl", 32, algorithms.AES, hashes.SHA256)
GM: Final[Suite] = _GcmSuite(2, "gm", 16, algorithms.SM4, hashes.SM3)
SUITES: Final = {suite.name: suite for suite in (INTL, GM)}


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its public id, its suite, its secret (never printed). Subkeys for sealing and indexing are derived."""

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

    def sealing_key(self) -> bytes:
        return self.suite.mac(self.secret, b"wangge sealing 1")[: self.suite.key_length]

    def indexing_key(self) -> bytes:
        return self.suite.mac(self.secret, b"wangge indexing 1")


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
    header = bytes((VERSION, key.suite.number)) + key.id
    nonce = os.urandom(_NONCE)
    return header + nonce + key.suite.encrypt(key.sealing_key(), nonce, value, _bound(header, table, column, row))


def open_bytes(key: Key, sealed: bytes, *, table: str, column: str, row: str | int) -> bytes:
    """As `open_`, for bytes. Raises Unreadable."""
    header = bytes((VERSION, key.suite.number)) + key.id
    if len(sealed) < _HEADER + _NONCE + _TAG or not constant_time.compare_digest(sealed[:_HEADER], header):
        raise Unreadable("sealed with another key, suite or version")
    nonce, rest = sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
    try:
        return key.suite.decrypt(key.sealing_key(), nonce, rest, _bound(header, table, column, row))
    except InvalidTag:
        raise Unreadable("changed, or sealed for another place") from None


def key_id(sealed: bytes) -> bytes:
    """Return the id of the key that sealed these bytes, so that it can be fetched. Raises Unreadable."""
    if len(sealed) < _HEADER + _NONCE + _TAG or sealed[0] != VERSION:
        raise Unreadable("not a sealed value of a known version")
    return sealed[2:_HEADER]


def blind_index(key: Key, value: str, *, area: str | int | None = None) -> bytes:
    """Return 32 bytes that are equal for equal values (of one area, if given) and say nothing without the key.

    The caller brings the value into its normal form first. Frequent values (names) need an `area`, lest the
    frequencies give them away; indexes made with an area and without one never meet.
    """
    parts = (b"all",) if area is None else (b"area", str(area).encode())
    return key.suite.mac(key.indexing_key(), _joined(*parts, value.encode()))


def _bound(header: bytes, table: str, column: str, row: str | int) -> bytes:
    return header + _joined(table.encode(), column.encode(), str(row).encode())


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
        "SM4-GCM": (GM.encrypt(_SM4_KEY, _SM4_NONCE, _SM4_PLAIN, _AAD), _SM4_SEALED),
        "AES-256-GCM": (INTL.encrypt(_AES_KEY, _AES_NONCE, _AES_PLAIN, _AAD), _AES_SEALED),
        "HMAC-SHA256": (INTL.mac(b"Jefe", b"what do ya want for nothing?"), _HMAC_SHA256),
        "HMAC-SM3": (GM.mac(bytes(range(1, 38)), b"\xcd" * 50), _HMAC_SM3),
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
