"""Names of persons: their normal form, what looks strange in one, whether two are probably one."""

from wangge.core.personal_names.alike import Why, alike
from wangge.core.personal_names.normal import normal
from wangge.core.personal_names.plausible import Hint, explain_hint, hints

__all__ = ["Hint", "Why", "alike", "explain_hint", "hints", "normal"]
