"""Inner loops as machine code: the one decorator of every function that numba compiles.

A loop takes and returns arrays and numbers, no objects. Python's lock is free while it runs, so that threads divide
cities side by side, and the machine code is kept on the disk. With `NUMBA_DISABLE_JIT=1` it runs as the plain Python it
is and can be stepped through.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Looping = TypeVar("Looping", bound=Callable[..., Any])


def loop(function: Looping) -> Looping:
    """Return a function compiled for the kinds of numbers it is called with, at the first such call."""
    return cast("Looping", njit(cache=True, nogil=True)(function))


def kinds(function: Callable[..., Any]) -> int:
    """Return for how many kinds of arguments a loop is ready here: compiled, or read from the disk."""
    return len(getattr(function, "signatures", ()))
