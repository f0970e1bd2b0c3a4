"""The matter for which somebody is looked for or a field is opened, as the book may keep it: a number, never words."""

import re

from django.utils.translation import gettext as _

from wangge.access.action import Refused
from wangge.core.numbers import BadNumber, read_case_number

MATTER = re.compile(r"[a-z_]{1,20}:[0-9]{1,9}(?:-[0-9]{1,6})?")


def matter(typed: str) -> str:
    """Return what was typed as a code such as `case:261123-000001`; nothing stays nothing. Raises Refused.

    The book forgets nothing: a name or a telephone number typed here by mistake would stand in it for ever.
    """
    plain = typed.strip()
    if not plain or MATTER.fullmatch(plain):
        return plain
    try:
        return f"case:{read_case_number(plain)}"
    except BadNumber:
        raise Refused(
            _("The number of a matter looks like 261123-000001. Leave it empty when there is none; names and telephone"
              " numbers do not belong here.")
        ) from None  # fmt: skip
