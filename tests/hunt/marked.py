"""Invented people whose names and numbers occur nowhere else: whoever finds one has found a leak."""

import random
from dataclasses import dataclass
from functools import cache

from wangge.core.identifiers import id_check

FAMILY = (
    "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙",
    "司徒", "轩辕", "夏侯", "闻人",
)  # fmt: skip
GIVEN = (
    "澜璟霁翊霖煜琛曦晟钰婵媛珩瑾瑜璇玥蔚茗菁芷荷莲蕙薇蓉葵棠楠榕桐槐柏枫樱梓松岚岩峻崇嵩川洲涛浦渊淳清湛溪"
    "潇泽沐沛沁泓洋津浩涵鸿鹏鹤鸾凤麟麒骏驰骁骥虎豹狮龙星辰昊昕晖晗晨景晴暄暖朗朔望时春夏秋冬雪霜雾露雷电云"
)
LETTERS = 7


@dataclass(frozen=True)
class Marked:
    """One invented person; the number alone decides everything, so that a test can say whom it found."""

    number: int

    @property
    def draw(self) -> random.Random:
        return random.Random(f"marked {self.number}")

    @property
    def name(self) -> str:
        return _name(self.draw)

    @property
    def note(self) -> str:
        """Words that are said nowhere else."""
        draw = random.Random(f"noted {self.number}")
        return _name(draw) + _name(draw)

    @property
    def document(self) -> str:
        """A citizen ID of an invented person whose check letter is X: its last six occur in no hex and no count."""
        return _documents()[self.number % SPARE]

    @property
    def phone(self) -> str:
        return f"199{random.Random(f'reached {self.number}').randrange(10**8):08d}"

    @property
    def reporting(self) -> str:
        """The number they leave when they report something."""
        return f"198{random.Random(f'reported {self.number}').randrange(10**8):08d}"

    @property
    def values(self) -> dict[str, str]:
        return {
            "name": self.name,
            "document": self.document,
            "phone": self.phone,
            "phone of a report": self.reporting,
            "text": self.note,
        }


SPARE = 12_000


def _name(draw: random.Random) -> str:
    return draw.choice(FAMILY) + "".join(draw.choices(GIVEN, k=LETTERS))


@cache
def _documents() -> tuple[str, ...]:
    """Numbers with the letter X at the end, no two with the same last six, of people born from 1930 to 1999."""
    draw, found = random.Random("documents"), dict[str, str]()
    while len(found) < SPARE:
        born = f"{draw.randint(1930, 1999)}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}"
        bare = f"110101{born}{draw.randrange(1000):03d}"
        if id_check(bare) == "X":
            found.setdefault(bare[-5:], f"{bare}X")
    return tuple(found.values())
