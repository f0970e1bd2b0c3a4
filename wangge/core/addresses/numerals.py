"""Numbers of houses, stairs and rooms in one form: 十二 is 12, 0502 is 502, 甲 stays a label."""

import re

_DIGITS = {
    **dict.fromkeys("零", 0),
    **dict.fromkeys("一壹", 1),
    **dict.fromkeys("二两贰", 2),
    **dict.fromkeys("三叁", 3),
    **dict.fromkeys("四肆", 4),
    **dict.fromkeys("五伍", 5),
    **dict.fromkeys("六陆", 6),
    **dict.fromkeys("七柒", 7),
    **dict.fromkeys("八捌", 8),
    **dict.fromkeys("九玖", 9),
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
HAN = "".join((*_DIGITS, *_TENS))
_NOUGHTS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def plain(number: str) -> str:
    """Return a number as it is compared: digits without leading noughts, large letters, Han numerals as digits."""
    if number.isascii():
        return number if number.isdigit() and number[0] != "0" else _NOUGHTS.sub("", number)
    return str(_value(number)) if all(letter in HAN for letter in number) else number


def _value(numeral: str) -> int:
    """Return the value of a Han numeral, spoken (二十一) or digit by digit (二一)."""
    if not any(letter in _TENS for letter in numeral):
        return int("".join(str(_DIGITS[letter]) for letter in numeral))
    total = digit = 0
    for letter in numeral:
        if letter in _TENS:
            total, digit = total + (digit or 1) * _TENS[letter], 0
        else:
            digit = _DIGITS[letter]
    return total + digit
