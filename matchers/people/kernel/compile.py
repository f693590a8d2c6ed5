"""
The door to the compiler: how a function of the kernel becomes machine code.

`linking` says how functions are put together, `kept` where the result is kept.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba
import numba.core.config
import numpy as np
from numba.core import types
from numba.core.registry import CPUDispatcher
from numba.extending import intrinsic

from matchers.people.kernel.kept import Cache, PartCache
from matchers.people.kernel.linking import PartCompiler, ProgramCompiler

if TYPE_CHECKING:

    def i8(value: Any) -> int:
        """The number as compiled code holds it: a literal would be a type of its own."""
        ...
else:
    i8 = np.int64

_settings: Any = numba.core.config  # its names are made when it is imported
_Function = TypeVar("_Function", bound=Callable[..., Any])
# Divisions are never by zero here, and nobody calls these from C.
_ALL: Any = {"nogil": True, "no_cfunc_wrapper": True, "error_model": "numpy"}
_PART: Any = {**_ALL, "_nrt": False, "no_cpython_wrapper": True}


def compiled(function: _Function) -> _Function:
    """
    The function as machine code that runs without the interpreter lock, kept on disk.

    For what Python calls. It may not allocate arrays: what is passed to it is
    not counted as held (numba's `nrt`), which would cost a call with a named tuple of
    arrays some 100 ns. With NUMBA_DISABLE_JIT=1 it stays the Python that it is.
    """
    return function if _settings.DISABLE_JIT else _program(function, _nrt=False, **_ALL)


def inner(function: _Function) -> _Function:
    """The same for what compiled functions call: it becomes code as part of those."""
    return function if _settings.DISABLE_JIT else cast(_Function, _Inner(function, _PART))


def inlined(function: _Function) -> _Function:
    """
    The same, made part of whatever calls it.

    For what is done for each word: a call passes every array that is read there by
    value, 2 ns each. Its code stands once more wherever it is called.
    """
    options = {**_PART, "forceinline": True}
    return function if _settings.DISABLE_JIT else cast(_Function, _Inner(function, options))


def _program(function: _Function, **options: Any) -> _Function:
    dispatcher: Any = numba.njit(pipeline_class=ProgramCompiler, **options)(function)
    dispatcher._cache = Cache(function)
    return cast(_Function, dispatcher)


class _Inner:
    """
    A function for compiled code alone, told to numba when something that calls it is compiled.

    Called by Python (by a test) it is compiled a second time.
    """

    def __init__(self, function: Callable[..., Any], options: dict[str, Any]) -> None:
        functools.update_wrapper(self, function)
        self.py_func = function
        self._options = options

    @property
    def _numba_type_(self) -> Any:
        return self._dispatcher._numba_type_

    @functools.cached_property
    def _dispatcher(self) -> Any:
        dispatcher: Any = numba.njit(pipeline_class=PartCompiler, **self._options)(self.py_func)
        dispatcher.__class__ = _PartDispatcher
        dispatcher._cache = PartCache(self.py_func)
        return dispatcher

    @functools.cached_property
    def _twin(self) -> Callable[..., Any]:
        return compiled(self.py_func)

    def __call__(self, *arguments: object) -> object:
        return self._twin(*arguments)


class _PartDispatcher(CPUDispatcher):
    """What numba calls a dispatcher, without a door for Python."""

    def add_overload(self, cres: Any) -> None:
        self.overloads[tuple(cres.signature.args)] = cres


if _settings.DISABLE_JIT:

    def apart() -> None:
        """Nothing: see below."""

else:

    @intrinsic
    def apart(typingctx: Any) -> Any:
        """Called in a function: its code stands once in each program, not at every call of it."""

        def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            builder.function.attributes.discard("alwaysinline")
            builder.function.attributes.add("noinline")
            return context.get_dummy_value()

        return types.none(), codegen
