"""What is looked for, and what stands in its place."""

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int, "Kind"]
"""From, to before, what; in places of the folded text."""


class Kind(StrEnum):
    """What was found."""

    CITIZEN_ID = "citizen_id"
    PHONE = "phone"
    PLATE = "plate"
    EMAIL = "email"
    PASSPORT = "passport"
    PERMIT = "permit"
    BANK_CARD = "bank_card"
    ACCOUNT = "account"
    NAME = "name"
    DOOR = "door"


PLACEHOLDERS = {
    Kind.CITIZEN_ID: "〔证件号〕",
    Kind.PHONE: "〔电话〕",
    Kind.PLATE: "〔车牌〕",
    Kind.EMAIL: "〔邮箱〕",
    Kind.PASSPORT: "〔护照号〕",
    Kind.PERMIT: "〔证件号〕",
    Kind.BANK_CARD: "〔卡号〕",
    Kind.ACCOUNT: "〔账号〕",
    Kind.NAME: "〔姓名〕",
    Kind.DOOR: "〔门牌〕",
}
EVERYTHING = frozenset(Kind)
NUMBERS = EVERYTHING - {Kind.NAME, Kind.DOOR}
"""What no note needs. Names and doors stay in notes, where people work with them; published is nothing of either."""


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the text, `text[start:end]`, and what it is."""

    kind: Kind
    start: int
    end: int
    text: str
