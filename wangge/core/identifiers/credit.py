"""The unified social credit code of firms and organisations (GB 32100-2015)."""

import re

from wangge.core.identifiers.mistakes import BadIdentifier, Reason, check_length, plain

_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(rf"[{_SYMBOLS}]{{2}}[0-9]{{6}}[{_SYMBOLS}]{{10}}")


def credit_code(typed: str) -> str:
    """Return the normal form of a unified social credit code (GB 32100): shape and check character hold.

    Raises BadIdentifier.
    """
    code = plain(typed)
    check_length(code, 18, Reason.USCC_SHORT, Reason.USCC_LONG)
    if not _SHAPE.fullmatch(code):
        raise BadIdentifier(Reason.USCC_SHAPE)
    if code[17] != credit_check(code[:17]):
        raise BadIdentifier(Reason.USCC_CHECK)
    return code


def credit_check(symbols: str) -> str:
    """Return the check character for the first 17 symbols of a credit code (weights 3^i mod 31)."""
    total = sum(pow(3, place, 31) * _SYMBOLS.index(symbol) for place, symbol in enumerate(symbols))
    return _SYMBOLS[-total % 31]
