"""Names of persons and their accounts behind words that announce them (姓名, 联系人, 业主, 患者, 老人; 微信, QQ)."""

import re
from collections.abc import Iterator

from wangge.core.redaction.kinds import Kind, Span
from wangge.core.redaction.name_words import BEHIND, COMPOUND, FUNCTION, NO_NAMES, OFFICES, SURNAMES, TITLES

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_CUE = re.compile(
    r"(姓名|名字|联系人|联络人|业主|患者|病人|老人|户主|住户|居民|租客|租户|房东|房主|家属|监护人|当事人|申请人|报事人|投诉人"
    r"|反映人|受助人|志愿者|孕妇|产妇|独居|老伴|儿子|女儿|母亲|父亲|丈夫|妻子|名叫|叫做|我叫|他叫|她叫|就叫|本人)"
    r"(为|是|叫)?([:： ]{0,2})(?=[" + _HAN + "A-Z])"
)
_WORD = r"[A-Z][A-Z'.-]+"
_LATIN = re.compile(
    r"(?:姓名|联系人|(?<![A-Z])(?:NAME|CONTACT|PATIENT|OWNER|RESIDENT)) ?: ?"
    rf"({_WORD}(?: {_WORD}){{1,3}})(?![A-Z@\d.'-])"
)
_DOTTED = re.compile(rf"[{_HAN}]{{2,7}}(?:\.[{_HAN}]{{1,7}})+")
_RUN = re.compile(rf"[{_HAN}]+")


def names(text: str) -> Iterator[Span]:
    """Yield the names in a folded text that stand behind a word that announces them."""
    for match in _CUE.finditer(text):
        announced = bool(match[2]) or ":" in match[3]
        if length := _length(text, match.end(), announced=announced):
            yield match.end(), match.end() + length, Kind.NAME
    for match in _LATIN.finditer(text):
        yield match.start(1), match.end(1), Kind.NAME


def _length(text: str, at: int, *, announced: bool) -> int:
    """How many characters of a name begin at `at`: 0 when it is none. The longest that can be a name wins."""
    if (dotted := _DOTTED.match(text, at)) and not NO_NAMES.match(text, at):
        return len(dotted[0])
    found = _RUN.match(text, at)
    run = found[0] if found else ""
    surname = 2 if run.startswith(COMPOUND) else int(run[:1] in SURNAMES)
    if not (surname or announced) or NO_NAMES.match(run) or (not surname and run[-1:] in OFFICES):
        return 0
    longest = surname + 2 if surname else 4
    ends = [end for end in range(2, longest + 1) if end == len(run) or run.startswith(BEHIND, end)]
    if not ends and announced and surname:
        ends = [longest]
    return max((end for end in ends if _is_given(run[surname:end], surname)), default=0)


def _is_given(given: str, surname: int) -> bool:
    return len(given) > 0 and not FUNCTION & set(given) and not (surname and TITLES.fullmatch(given))


_CHAT = r"(?:微信|薇信|V信|WECHAT|(?<![A-Z])[VW]X|QQ|抖音|快手|微博|支付宝|企鹅)"
_ACCOUNTS = (
    re.compile(
        rf"{_CHAT}(?: ?ID|账号|帐号|号码|号)?[是为: ]{{0,3}}((?=[A-Z_-]*\d)[A-Z][A-Z0-9_-]{{5,19}})(?![A-Z0-9@])"
    ),
    re.compile(
        rf"{_CHAT}(?:(?: ?ID|账号|帐号|号码|号)[是为: ]{{0,3}}|[是为:] ?)([A-Z][A-Z0-9_-]{{5,19}})(?![A-Z0-9@])"
    ),
    re.compile(rf"{_CHAT}(?: ?ID|账号|帐号|号码|号)?[是为: ]{{0,3}}([1-9]\d{{4,10}})(?![\d人个元年万条])"),
    re.compile(r"(?<![A-Z])V ?: ?([A-Z][A-Z0-9_-]{5,19})(?![A-Z0-9@])"),
)


def accounts(text: str) -> Iterator[Span]:
    """Yield the accounts of chat programs in a folded text; groups (QQ群) and public accounts (公众号) are nobody's."""
    for pattern in _ACCOUNTS:
        for match in pattern.finditer(text):
            yield match.start(1), match.end(1), Kind.ACCOUNT
