"""Inner loops as machine code: the one decorator of every function that numba compiles.

A loop takes and returns arrays and numbers, no objects. Python's lock is free while it runs, so that threads divide
cities side by side. What is compiled is kept (machine_code.py). With `NUMBA_DISABLE_JIT=1` a loop runs as the plain
Python it is and can be stepped through.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import config, njit, types
from numba.core.caching import CompileResultCacheImpl, FunctionCache, UserProvidedCacheLocator
from numba.core.sigutils import normalize_signature

from wangge.core import machine_code

Looping = TypeVar("Looping", bound=Callable[..., Any])
KEPT = None if config.DISABLE_JIT else machine_code.folder()  # type: ignore[attr-defined] # made at run time
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
"""No loop divides by zero, so none asks before each division; and none is called from C, which would need an entry."""


class _Place(UserProvidedCacheLocator):
    """Where the loops of a file are kept; numba's own finders know no folder that can only be read."""

    @classmethod
    def from_function(cls, py_func: Callable[..., Any], py_file: str) -> "_Place":
        return cls(py_func, py_file)

    def get_cache_path(self) -> str:
        return str((KEPT or Path()) / Path(self._py_file).parent.name)

    def ensure_cache_path(self) -> None:
        Path(self.get_cache_path()).mkdir(parents=True, exist_ok=True)


class _Result(CompileResultCacheImpl):
    """How a compiled loop is written, found by `_Place`."""

    _locator_classes = [_Place]  # noqa: RUF012 - numba's


class _Kept(FunctionCache):
    """The compiled kinds of one loop. One that cannot be written is compiled again by the next process."""

    _impl_class = _Result

    def save_overload(self, sig: Any, data: Any) -> None:
        with suppress(OSError):
            super().save_overload(sig, data)  # type: ignore[no-untyped-call] # numba's


def loop(function: Looping) -> Looping:
    """Return a function compiled for the kinds of numbers it is called with, at the first such call."""
    made: Any = njit(**OPTIONS)(function)
    if config.DISABLE_JIT:  # type: ignore[attr-defined] # made at run time
        return function
    compiling = made.compile

    def compile_once(kind: Any) -> Any:
        """A number written in a call is an int like any other: numba would compile for each anew."""
        given: Any = normalize_signature(kind)[0]  # type: ignore[no-untyped-call] # numba's
        return compiling(tuple(types.unliteral(one) for one in given))  # type: ignore[no-untyped-call] # numba's

    made.compile = compile_once
    if KEPT is not None:
        made._cache = _Kept(function)  # type: ignore[no-untyped-call] # noqa: SLF001 - set by `enable_caching` else
    return cast("Looping", made)
