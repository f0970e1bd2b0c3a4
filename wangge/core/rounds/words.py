"""What stands on a printed round, in both languages: paper leaves the house without a program to translate it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language; braces are filled in."""

    drawing: str
    drawing_says: str
    stop_says: str
    north: str
    metres: str
    start: str
    households: str
    about: str
    crew: str
    part: str
    split: str
    whole: str
    name: str
    day: str
    began: str
    ended: str
    ask: str
    never: str
    order: str
    door: str
    reminder: str
    outcomes: tuple[str, ...]
    writing: str
    stop: str
    count: str
    arrives: str
    at_the_door: str
    walked: str
    minute: str
    late: str
    rules: str
    page: str


CHINESE = Words(
    drawing="走访图：{households} 户，约 {minutes} 分钟",
    drawing_says="上北下南。按走的先后：{stops}。",
    stop_says="{number} {name}，{households} 户",
    north="北",
    metres="{count} 米",
    start="起点",
    households="{count} 户",
    about="约 {minutes} 分钟",
    crew="（{count} 人）",
    part="（{part}/{parts}）",
    split="第 {number} 次，共 {count} 次",
    whole="一次走完要 {minutes} 分钟，超过 {limit} 分钟，分成 {count} 次走。",
    name="姓名",
    day="日期",
    began="开始",
    ended="结束",
    ask="问：",
    never="不拍人，不拍屋内，不看不收身份证。",
    order="序",
    door="门",
    reminder="提醒",
    outcomes=("问完", "电话", "代答", "没人", "不答", "空置", "搬走"),
    writing="要帮什么、人数变化",
    stop="楼、单元",
    count="户数",
    arrives="到",
    at_the_door="在这里",
    walked="走过来",
    minute="{count} 分",
    late="赶不上开门的时间",
    rules="没人：留卡，换半天再去，满 3 次交社区电话。不答：谢谢，不记名，不影响服务。",
    page="第 {number} / {count} 页",
)
ENGLISH = Words(
    drawing="Plan of the round: {households} households, about {minutes} minutes",
    drawing_says="North is up. In walking order: {stops}.",
    stop_says="{number} {name}, {households} households",
    north="N",
    metres="{count} m",
    start="start",
    households="{count} households",
    about="about {minutes} minutes",
    crew=" ({count} people)",
    part=" ({part}/{parts})",
    split="round {number} of {count}",
    whole="In one go this takes {minutes} minutes, more than {limit}: walk it in {count} rounds.",
    name="Name",
    day="Date",
    began="Began",
    ended="Ended",
    ask="Ask:",
    never="No photo of people or rooms. Do not ask for or take an identity card.",
    order="No.",
    door="Door",
    reminder="Reminder",
    outcomes=("done", "by phone", "by proxy", "not in", "said no", "empty", "moved"),
    writing="Help wanted, who came or left",
    stop="Building, stairwell",
    count="Homes",
    arrives="Arrive",
    at_the_door="Stay",
    walked="Walk",
    minute="{count} min",
    late="cannot be reached while it is open",
    rules="Not in: leave a card, come at another half-day; after 3 times the community calls. "
    "Said no: say thank you, write no name; services stay the same.",
    page="page {number} of {count}",
)
LANGUAGES: Mapping[str, Words] = MappingProxyType({"zh-Hans": CHINESE, "en": ENGLISH})


def words_of(language: str) -> Words:
    """Return the words of a language. Raises ValueError naming those there are."""
    if language not in LANGUAGES:
        raise ValueError(f"no words in {language!r}; there are {', '.join(LANGUAGES)}")
    return LANGUAGES[language]


def name_of(building: str, stop: str, part: int, parts: int, words: Words) -> str:
    """Return what a stop is called on paper: its building where that is not in its name already, and its part."""
    called = stop if not building or building in stop else f"{building} {stop}"
    return called + (words.part.format(part=part, parts=parts) if parts > 1 else "")
