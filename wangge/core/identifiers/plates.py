"""Licence plates of vehicles (GA 36-2018)."""

import re

from wangge.core.identifiers.mistakes import BadIdentifier, Reason, check_length, plain

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
ENDINGS = "学警港澳挂领"
ELECTRIC = "ABCDEFGHJK"
"""Letters of new-energy plates: D and F from 2017, the others as these ran out (recall: hand in what is seen)."""

_SIGN = "[A-HJ-NP-Z0-9]"
_OFFICE = re.compile("[A-HJ-Z]")
_ORDINARY = re.compile(rf"(?=(?:.*[0-9]){{2}}){_SIGN}+")
_RESCUE = re.compile(r"[A-HJ-Z]?[XS][0-9]{4}应急")
_EMBASSY = re.compile(r"使[0-9]{6}|[0-9]{6}使")


def plate(typed: str, *, electric: str = ELECTRIC) -> str:
    """Return the normal form of a plate: "苏E12345", "苏ED12345", "粤Z1234港", "京A1234警".

    Ordinary plates have seven signs; of those that end in 学, 警, 港, 澳, 挂 or 领 that word is the seventh. Eight
    signs are new energy: one of the letters `electric` in the third place (small vehicles) or the last (large ones).
    Embassies (使) and rescue vehicles (应急) are read as far as we recall their shape; armed forces and temporary
    plates are not. Raises BadIdentifier.
    """
    sign = plain(typed)
    if _EMBASSY.fullmatch(sign):
        return f"使{sign.strip('使')}"
    if sign[0] not in PROVINCES:
        raise BadIdentifier(Reason.PLATE_PROVINCE)
    if not _OFFICE.match(sign[1:]):
        raise BadIdentifier(Reason.PLATE_OFFICE)
    if _RESCUE.fullmatch(sign[1:]):
        return sign
    if len(sign) == 8 and sign[-1] not in ENDINGS:
        return _new_energy(sign, electric)
    check_length(sign, 7, Reason.PLATE_SHORT, Reason.PLATE_LONG)
    if not _ORDINARY.fullmatch(sign[2:].rstrip(ENDINGS) if sign[-1] in ENDINGS else sign[2:]):
        raise BadIdentifier(Reason.PLATE_LETTERS)
    return sign


def _new_energy(sign: str, electric: str) -> str:
    small, large = rf"[{electric}]{_SIGN}[0-9]{{4}}", rf"[0-9]{{5}}[{electric}]"
    if not re.fullmatch(f"{small}|{large}", sign[2:]):
        raise BadIdentifier(Reason.PLATE_ELECTRIC)
    return sign
