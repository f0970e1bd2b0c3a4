"""Rows on their way are very many small things that hold no rings: looking for rings among them takes half the time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def calm() -> Iterator[None]:
    """Let nothing be looked through for rings until the end of the block, unless nobody looks anyway."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
