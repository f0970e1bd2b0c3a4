"""Mistakes in numbers as sentences, in Chinese and in English."""

from wangge.core.identifiers.mistakes import BadIdentifier, Reason
from wangge.core.labels import Language

_NUMERALS = "零一两三四五六七八九十"


def explain(error: BadIdentifier, language: Language) -> str:
    """Return a mistake as a sentence for the person who typed: "手机号少一位：要 11 位"."""
    chinese, english = _SENTENCES[error.reason]
    if language == "en":
        many = "" if error.by == 1 else "s"
        return english.format(by=error.by, digits=f"digit{many}", signs=f"sign{many}")
    return chinese.format(by=_NUMERALS[error.by] if error.by < len(_NUMERALS) else f" {error.by} ")


_SENTENCES = {
    Reason.EMPTY: ("还没有填号码", "No number has been entered"),
    Reason.ID_SHORT: ("身份证号少{by}位：要 18 位", "The ID number is {by} {digits} short: it has 18"),
    Reason.ID_LONG: ("身份证号多{by}位：要 18 位", "The ID number has {by} {digits} too many: it has 18"),
    Reason.ID_SHAPE: (
        "身份证号前 17 位是数字，最后一位是数字或 X",
        "An ID number is 17 digits and a last digit or X",
    ),
    Reason.ID_START: (
        "以 9 开头的是外国人永久居留身份证的号码，请选对证件种类",
        "A number that begins with 9 is that of a foreigner's permanent residence card, please choose that kind",
    ),
    Reason.ID_DATE: (
        "身份证号里的出生日期不对，请核对第 7 到 14 位",
        "The birth date in the ID number, digits 7 to 14, is wrong",
    ),
    Reason.ID_CHECK: ("身份证号有一位不对，请再核对一遍", "One digit of the ID number is wrong, please check it again"),
    Reason.USCC_SHORT: ("信用代码少{by}位：要 18 位", "The credit code is {by} {digits} short: it has 18"),
    Reason.USCC_LONG: ("信用代码多{by}位：要 18 位", "The credit code has {by} {digits} too many: it has 18"),
    Reason.USCC_SHAPE: (
        "信用代码是数字和大写字母，没有 I、O、S、V、Z，第 3 到 8 位是数字",
        "A credit code is digits and letters without I, O, S, V, Z; places 3 to 8 are digits",
    ),
    Reason.USCC_CHECK: (
        "信用代码有一位不对，请再核对一遍",
        "One place of the credit code is wrong, please check it again",
    ),
    Reason.PHONE_LETTERS: ("电话号码里有不是数字的字", "The telephone number holds something that is no digit"),
    Reason.PHONE_ABROAD: ("只能填中国大陆的电话号码", "Only telephone numbers of mainland China can be used here"),
    Reason.MOBILE_SHORT: ("手机号少{by}位：要 11 位", "The mobile number is {by} {digits} short: it has 11"),
    Reason.MOBILE_LONG: ("手机号多{by}位：要 11 位", "The mobile number has {by} {digits} too many: it has 11"),
    Reason.MOBILE_START: (
        "手机号第二位是 3 到 9，请核对",
        "The second digit of a mobile number is 3 to 9, please check it",
    ),
    Reason.LANDLINE_AREA: ("座机号要带区号，例如 0512", "A landline number needs its area code, such as 0512"),
    Reason.LANDLINE_SHORT: (
        "座机号少{by}位：区号后面要 7 到 8 位",
        "The landline number is {by} {digits} short: 7 or 8 follow the area code",
    ),
    Reason.LANDLINE_LONG: (
        "座机号多{by}位：区号后面要 7 到 8 位",
        "The landline number has {by} {digits} too many: 7 or 8 follow the area code",
    ),
    Reason.RESIDENCE_START: (
        "港澳台居民居住证号码以 810000、820000 或 830000 开头，请核对",
        "A residence permit of Hong Kong, Macao or Taiwan begins with 810000, 820000 or 830000, please check it",
    ),
    Reason.SETTLED_LENGTH: (
        "永久居留身份证号码是 15 位（旧证）或 18 位（新证），请核对",
        "A permanent residence card has 15 places (old) or 18 (new), please check it",
    ),
    Reason.SETTLED_SHAPE: (
        "永久居留身份证号码：旧证是 3 个字母加 12 位数字，新证以 9 开头",
        "A permanent residence card is 3 letters and 12 digits (old) or begins with 9 (new)",
    ),
    Reason.PASSPORT_SHORT: ("护照号少{by}位", "The passport number is {by} {digits} short"),
    Reason.PASSPORT_LONG: (
        "护照号多{by}位：最多 9 位。照页面右上角的号码填，不填最下面两行",
        "The passport number has {by} {digits} too many: it has at most 9. Take the one at the top right of the page",
    ),
    Reason.PASSPORT_SHAPE: (
        "护照号只有字母和数字，至少有一位数字",
        "A passport number is letters and digits, at least one of them a digit",
    ),
    Reason.PASSPORT_SERIES: (
        "这不像中国护照的号码：一个字母加 8 位数字，或两个字母加 7 位数字，请核对",
        "This does not look like a Chinese passport: one letter and 8 digits, or two and 7, please check it",
    ),
    Reason.HOME_START: (
        "回乡证号码以 H（香港）或 M（澳门）开头，请核对",
        "A permit of Hong Kong or Macao residents begins with H or M, please check it",
    ),
    Reason.HOME_SHAPE: (
        "回乡证号码是一个字母加 8 位或 10 位数字，非中国籍的以 HA、MA 开头加 7 位数字",
        "The permit is a letter and 8 or 10 digits; without Chinese nationality HA or MA and 7 digits",
    ),
    Reason.STRAIT_SHAPE: (
        "台胞证号码是 8 位数字（旧证 10 位，后面可能有一个字母）",
        "The permit of Taiwan residents is 8 digits (old ones 10, a letter may follow)",
    ),
    Reason.PLATE_PROVINCE: (
        "车牌第一个字是省份简称，例如苏、沪、京",
        "A plate begins with the short name of a province, such as 苏, 沪 or 京",
    ),
    Reason.PLATE_OFFICE: (
        "车牌第二位是字母，没有 I",
        "The second sign of a plate is a letter, never I",
    ),
    Reason.PLATE_SHORT: ("车牌少{by}位", "The plate is {by} {signs} short"),
    Reason.PLATE_LONG: ("车牌多{by}位", "The plate has {by} {signs} too many"),
    Reason.PLATE_LETTERS: (
        "车牌后面几位是数字和字母，没有 I 和 O，至少有两位数字",
        "The rest of a plate is digits and letters without I and O, at least two of them digits",
    ),
    Reason.PLATE_ELECTRIC: (
        "8 位的是新能源车牌：字母 D、F 等在第三位或最后一位，其余多是数字，请核对",
        "Eight signs are a new-energy plate: a letter such as D or F in the third or the last place, please check it",
    ),
}
