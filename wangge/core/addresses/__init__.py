"""A grammar of Chinese addresses: text to parts, a normal form, and a key that finds a door by any of its spellings."""

from wangge.core.addresses.forms import Address, Kind, Span, Tail
from wangge.core.addresses.names import Names
from wangge.core.addresses.reading import parse, tail
from wangge.core.addresses.writing import key, normal

__all__ = ["Address", "Kind", "Names", "Span", "Tail", "key", "normal", "parse", "tail"]
