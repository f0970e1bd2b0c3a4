"""A made-up community for the workbench: two blocks too large at present, six grids that fit in the draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

BOX = (760, 470)
LOW, HIGH = 300, 500
PRESENT, DRAFT = {1: "01", 2: "02", 3: "03", 4: "04"}, {1: "01", 2: "02", 5: "03", 3: "04", 6: "05", 4: "06"}
TINTS = {1: 0, 2: 1, 5: 2, 3: 3, 6: 4, 4: 5}
NAMES = {"zh": ("第 {} 网格", "合适", "超出 {}", "不足 {}"), "en": ("Grid {}", "fits", "{} over", "{} short")}


@dataclass(frozen=True)
class Block:
    """A compound, or a side of one, drawn as rows of houses."""

    name: str
    first: int
    present: int
    draft: int
    left: int
    top: int
    wide: int
    rows: int
    columns: int
    households: int
    high: int = 190

    @property
    def path(self) -> str:
        return f"M{self.left} {self.top}h{self.wide}v{self.high}h-{self.wide}Z"


BLOCKS = (
    Block("柳园新村", 1, 1, 1, 30, 24, 250, 5, 2, 452),
    Block("望江苑", 1, 2, 2, 290, 24, 190, 4, 2, 318),
    Block("望江苑", 9, 2, 5, 490, 24, 240, 4, 2, 344),
    Block("映荷里", 1, 3, 3, 30, 256, 125, 4, 2, 348),
    Block("映荷里", 9, 3, 6, 155, 256, 125, 4, 2, 354),
    Block("水文站宿舍", 1, 4, 4, 290, 256, 440, 5, 2, 426),
)


class Submission(forms.Form):
    """What a submission asks."""

    effective_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    basis = forms.CharField()
    note = forms.CharField(required=False)


def houses(block: Block) -> Iterable[dict[str, Any]]:
    """The houses of a block, row by row, without their pieces."""
    n = block.rows * block.columns
    wide, high = block.wide / block.columns, block.high / block.rows
    for at in range(n):
        row, column = divmod(at, block.columns)
        x, y = block.left + wide * (column + 0.18), block.top + high * (row + 0.28)
        across, deep = wide * 0.64, high * 0.44
        yield {
            "name": f"{block.name} {block.first + at} 幢",
            "path": f"M{x:.1f} {y:.1f}h{across:.1f}v{deep:.1f}h-{across:.1f}Z",
            "x": round(x + across / 2, 1),
            "y": round(y + deep / 2, 1),
            "households": block.households * (at + 1) // n - block.households * at // n,
        }


def made_up(language: str = "zh") -> dict[str, Any]:
    """The `bench` of the page."""
    drawn: list[dict[str, Any]] = []
    pieces: list[dict[str, Any]] = []
    sides: dict[str, list[int]] = {"present": [], "draft": [], "micro": []}
    for number, block in enumerate(BLOCKS):
        for at, house in enumerate(houses(block)):
            parts = [len(pieces), len(pieces) + 1]
            half = house["households"] // 2
            pieces += [
                {"name": "1 单元", "households": half},
                {"name": "2 单元", "households": house["households"] - half},
            ]
            for name, key in (("present", block.present), ("draft", block.draft)):
                sides[name] += [key, key]
            sides["micro"] += [100 * number + at // block.columns] * 2
            moved = block.present != block.draft
            now, then = PRESENT[block.present], DRAFT[block.draft]
            house |= {"id": 17 + len(drawn), "pieces": parts, "is_moved": moved, "now": now, "then": then}
            drawn.append(house)
    held = [piece["households"] for piece in pieces]
    return {
        "box": list(BOX), "metres": 1.25, "origin": [0, 600], "ground": GROUND, "houses": drawn, "pieces": pieces,
        "present": side(PRESENT, sides["present"], [-1] * len(pieces), held, language),
        "draft": side(DRAFT, sides["draft"], sides["micro"], held, language),
        "band": [LOW, HIGH], "micro_max": 100, "minutes": 180, "may_edit": True, "version": 7,
        "undo": "移了映荷里 9 幢", "redo": "",
    }  # fmt: skip


GROUND = [
    {
        "kind": "water",
        "path": "M0 226C200 214 300 248 480 230S700 222 760 232V246C700 238 620 250 480 246S200 232 0 244Z",
    },
    {"kind": "road", "path": "M0 12H760"},
    {"kind": "road", "path": "M14 0V470"},
    {"kind": "road", "path": "M285 0V470"},
    {"kind": "road", "path": "M745 0V470"},
    {"kind": "lane", "path": "M485 24V214"},
    {"kind": "road", "path": "M0 458H760"},
    {"kind": "green", "path": "M640 410h80v30h-80Z"},
]


def side(
    shorts: dict[int, str], general: list[int], micro_of: list[int], held: list[int], language: str
) -> dict[str, Any]:
    """One division: its grids, and its micro-grids row by row where it has them."""
    blocks = {key: [b for b in BLOCKS if key == (b.draft if len(shorts) > 4 else b.present)] for key in shorts}
    return {
        "grids": [grid(key, short, blocks[key], general, held, language) for key, short in shorts.items()],
        "micro": [
            micro(key, shorts[general[micro_of.index(key)]], general[micro_of.index(key)], micro_of, held)
            for key in sorted(set(micro_of) - {-1})
        ],
        "general": general,
        "micro_of": micro_of,
    }


def said(households: int, language: str) -> str:
    """How a general grid stands to its band."""
    _, fits, over, short = NAMES[language]
    if households > HIGH:
        return over.format(households - HIGH)
    return fits if households >= LOW else short.format(LOW - households)


def grid(
    key: int, short: str, blocks: list[Block], general: list[int], held: list[int], language: str
) -> dict[str, Any]:
    """One general grid over its blocks."""
    households = sum(n for n, of in zip(held, general, strict=True) if of == key)
    left, right = min(b.left for b in blocks), max(b.left + b.wide for b in blocks)
    return {
        "key": key, "short": short, "name": NAMES[language][0].format(short), "number": f"A0{short}",
        "households": households, "minutes": 0,
        "micro": sum(b.rows for b in blocks), "is_within": LOW <= households <= HIGH,
        "says": said(households, language), "tint": TINTS[key], "path": "".join(b.path for b in blocks),
        "x": (left + right) / 2, "y": blocks[0].top + blocks[0].high / 2, "is_locked": key == 1, "kind": "general_grid",
    }  # fmt: skip


def micro(key: int, short: str, outer: int, micro_of: list[int], held: list[int]) -> dict[str, Any]:
    """One row of a block."""
    number, row = divmod(key, 100)
    block = BLOCKS[number]
    high = block.high / block.rows
    households = sum(n for n, of in zip(held, micro_of, strict=True) if of == key)
    path = f"M{block.left + 8} {block.top + row * high + 4:.1f}h{block.wide - 16}v{high - 8:.1f}h-{block.wide - 16}Z"
    return {
        "key": key, "outer": outer, "short": f"{short}-{row + 1:02}", "households": households,
        "minutes": round(households * 1.7), "is_within": households <= 100, "says": "", "path": path,
    }  # fmt: skip


def moved(bench: dict[str, Any], pieces: list[int], to: int, language: str = "zh") -> dict[str, Any]:
    """The draft after pieces were moved to a grid; outlines stay where they were."""
    held = [piece["households"] for piece in bench["pieces"]]
    general = [to if at in pieces else key for at, key in enumerate(bench["draft"]["general"])]
    return side(DRAFT, general, bench["draft"]["micro_of"], held, language)


def context(language: str = "zh") -> dict[str, Any]:
    """Everything `places/draft.html` needs, but for the frame."""
    row, change = ("label", "now", "then", "look"), ("icon", "text", "look")
    return {
        "bench": made_up(language),
        "draft": {
            "community": {"name": "桂花社区"}, "number": 3, "made_by": "自动算出 14 秒，手工改 2 幢",
            "note": "依据：映荷里 702 户交付", "state": "未提交",
            "urls": {name: f"/divisions/3/{name}/" for name in
                     ("edit", "submit", "handover", "explain", "discard", "back", "settings")},
        },
        "sheet": [dict(zip(row, each, strict=True)) for each in SHEET],
        "changes": [dict(zip(change, each, strict=True)) for each in CHANGES],
        "steps": [
            {"label": label, "state": state}
            for label, state in zip(("自动算 14 秒", "手工调整", "社区确认", "镇两人审批", "公示 7 天", "12-01 生效"),
                                    ("done", "now", "todo", "todo", "todo", "todo"), strict=True)
        ],
        "may_submit": True, "why_not": "", "form": Submission(),
    }  # fmt: skip


SHEET = (
    ("一般网格数", "4", "6", ""),
    ("户数在 300–500", "2 / 4", "6 / 6", "good"),
    ("微网格数", None, "26", ""),
    ("微网格 ≤ 100 户", None, "26 / 26", "good"),
    ("一圈 ≤ 3 小时（2 人）", "未测", "26 / 26，最长 2 小时 51 分", "good"),
    ("跨河、跨主路", "1", "0", "good"),
    ("换网格员的住户", None, "698 户（31%）", "warn"),
    ("要补的网格员", None, "一般 2 名，微 6 名", "warn"),
)
CHANGES = (
    ("plus", "映荷里由 1 个网格拆成 04、05 两个，以中心景观路为界。", ""),
    ("arrows-split-2", "望江苑 344 户从 02 分出，单成 03：中间隔着学府路。", ""),
    ("equal", "柳园新村不动，网格员不换。", ""),
    ("alert-triangle", "在办案件 11 件、未完入户 38 户随楼换手，名单见“换手清单”。", "warn"),
    ("history", "11 月底以前的数字仍按现行网格查。", ""),
)
