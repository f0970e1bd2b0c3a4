"""One spelling for what people write in many: width, case, dashes, Chinese numerals, blanks; names and door numbers."""

import re
import unicodedata
from functools import lru_cache

VALUES = dict(zip("〇零一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
NUMERALS = re.compile("[〇零一二两三四五六七八九十][〇零一二两三四五六七八九十百]*")
DASHES = re.compile("[‐‑‒–—―−_~〜～ー]")
BETWEEN = re.compile(r"(?<=[0-9a-z])[\s,，、.．/]+(?=[0-9a-z])")
OUT = re.compile(r"[^\w#-]|_")
EDGES = re.compile(r"^-+|-+$|-(?=-)")
LABELS = re.compile("号楼|单元|号院|[幢栋座号楼层室房户组队社院门弄梯第#]")
AT_DOOR = re.compile("[0-9a-z甲乙丙丁东西南北中]+")
LEADING = re.compile(r"^0+(?=.)")


def number_of(numerals: str) -> str:
    """Return Chinese numerals as digits: 二十三 is 23, 五〇二 is 502, 一百零二 is 102."""
    if not set(numerals) & set("十百"):
        return "".join(str(VALUES[each]) for each in numerals)
    total = held = 0
    for each in numerals:
        if each == "百":
            total, held = total + (held or 1) * 100, 0
        elif each == "十":
            total, held = total + (held or 1) * 10, 0
        else:
            held = VALUES[each]
    return str(total + held)


def fold(text: str) -> str:
    """Return the text as it is compared: half width, lower case, digits, one kind of dash, no blanks.

    Blanks and commas between two numbers or words of Latin letters become a dash, since they part them.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = NUMERALS.sub(lambda found: number_of(found[0]), DASHES.sub("-", plain))
    return EDGES.sub("", OUT.sub("", BETWEEN.sub("-", plain)))


@lru_cache(maxsize=4096)
def doors(tail: str) -> tuple[str, ...]:
    """Return the numbers of a door in their order, without the words between them: 3幢2单元502室 is 3, 2, 502."""
    bare = LABELS.sub("-", fold(tail))
    return tuple(LEADING.sub("", part) for part in AT_DOOR.findall(bare))


@lru_cache(maxsize=4096)
def building_key(name: str) -> str:
    """Return what tells a building from its neighbours: 3幢, 三号楼 and 3# are all 3; 4组18号 is 4-18."""
    return "-".join(doors(name)) or fold(name)
