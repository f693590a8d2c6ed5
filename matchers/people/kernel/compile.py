"""
The door to the compiler: how a function of the kernel becomes machine code, and where that is kept.

In NUMBA_CACHE_DIR, else beside the source, else in the user's cache: the first
that can be written, or that holds this very code already (a cache built at
installation may be read-only to the service). Where there is none, each process
compiles in memory, which costs it some seconds. A cache that cannot be
written or read is never an error.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import re
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba
import numba.core.config
import numpy as np
from numba.core import caching, types
from numba.core.registry import CPUDispatcher
from numba.extending import intrinsic

IN_MEMORY = "memory"

if TYPE_CHECKING:

    def i8(value: Any) -> int:
        """The number as compiled code holds it: a literal would be a type of its own."""
        ...
else:
    i8 = np.int64

# What reading a file may raise that was cut short, or written by another version.
_BROKEN = (
    OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, ValueError,
)  # fmt: skip
_settings: Any = numba.core.config  # its names are made when it is imported
_Function = TypeVar("_Function", bound=Callable[..., Any])
_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[2]
_IMPORT = re.compile(r"^\s*from (matchers\.[\w.]+) import (?:\(([^)]*)\)|([^\n]*))", re.MULTILINE)
_NAME = re.compile(r"\w+")


@cache
def _imports(path: Path) -> frozenset[Path]:
    """The files of this package that a file imports. Its text is searched: parsing them all takes as long as a small scan."""
    found: set[Path] = set()
    for module, several, one in _IMPORT.findall(path.read_text("utf-8")):
        base = _ROOT.joinpath(*module.split("."))
        names = _NAME.findall(several or one)
        files = [base.with_suffix(".py"), *(base / f"{name}.py" for name in names)]
        found.update(each for each in files if each.is_file())
    return frozenset(found)


@cache
def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


@cache
def _stamp(path: Path) -> bytes:
    """
    Digest of a file and of all files of ours that it imports.

    numba looks at the function's own file alone, and would run yesterday's
    version of what it calls.
    """
    seen: set[Path] = set()
    waiting = [path]
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            waiting.extend(_imports(each))
    digest = hashlib.sha256()
    for each in sorted(seen):
        digest.update(_digest(each))
    return digest.digest()


@cache
def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


@cache
def _holds(folder: Path, stamp: bytes) -> bool:
    """Whether a folder that cannot be written holds code of this stamp."""
    try:
        return any(stamp in index.read_bytes() for index in folder.glob("*.nbi"))
    except OSError:
        return False


def _folders() -> list[Path]:
    """Where the code may be kept, the best place first."""
    digest = hashlib.sha256(str(_HERE).encode()).hexdigest()[:16]
    folders = [_HERE / "__pycache__"]
    if _settings.CACHE_DIR:
        folders.insert(0, Path(_settings.CACHE_DIR) / f"watcher_{digest}")
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not home:
        try:
            home = str(Path.home() / ".cache")
        except RuntimeError:  # an account without a home
            return folders
    folders.append(Path(home) / "numba" / f"watcher_{digest}")
    return folders


class _Place:
    """Where the code of one function is kept: what numba calls a cache locator."""

    kind = ""  # of code: numba itself does not tell one from another

    def __init__(self, function: Callable[..., Any], source: str, folder: Path) -> None:
        self._py_file = source  # numba's warnings name it
        self._line = function.__code__.co_firstlineno
        self._folder = folder

    @classmethod
    def from_function(cls, function: Callable[..., Any], source: str) -> _Place | None:
        if not Path(source).is_file():
            return None
        for folder in _folders():
            if _is_writable(folder) or _holds(folder, _stamp(Path(source).resolve())):
                return cls(function, source, folder)
        return None

    def ensure_cache_path(self) -> None:
        """The folder was made when it was chosen."""

    def get_cache_path(self) -> str:
        return str(self._folder)

    def get_source_stamp(self) -> bytes:
        return _stamp(Path(self._py_file).resolve())

    def get_disambiguator(self) -> str:
        """Part of the file's name: code with bounds checks is another thing than code without."""
        return f"{self._line}{self.kind}{'-checked' if _settings.BOUNDSCHECK else ''}"


class _InnerPlace(_Place):
    kind = "-inner"


class _Kept(caching.CompileResultCacheImpl):
    _locator_classes = [_Place]  # type: ignore[list-item]  # noqa: RUF012  # as numba has it


class _InnerKept(_Kept):
    _locator_classes = [_InnerPlace]  # type: ignore[list-item]  # noqa: RUF012  # as numba has it


class _Cache(caching.FunctionCache):
    """Machine code on disk. What cannot be read is compiled again, what cannot be written is not kept."""

    _impl_class = _Kept

    def load_overload(self, sig: object, target_context: object) -> object:
        try:
            return super().load_overload(sig, target_context)  # type: ignore[no-untyped-call]  # numba's
        except _BROKEN:
            with contextlib.suppress(OSError):
                self.flush()  # type: ignore[no-untyped-call]  # numba's
            return None

    def save_overload(self, sig: object, data: object) -> None:
        try:
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]  # numba's
        except _BROKEN:  # or full, or read-only
            return


class _InnerCache(_Cache):
    _impl_class = _InnerKept


class _Inner(CPUDispatcher):
    """A function for compiled code alone. Called by Python (by a test) it is compiled a second time."""

    _twin: Callable[..., Any] | None = None

    def __call__(self, *arguments: object) -> object:
        if self._twin is None:
            self._twin = compiled(self.py_func)
        return self._twin(*arguments)


# Divisions are never by zero here, and nobody calls these from C.
_ALL: Any = {"nogil": True, "no_cfunc_wrapper": True, "error_model": "numpy"}


def compiled(function: _Function) -> _Function:
    """
    The function as machine code that runs without the interpreter lock, kept on disk.

    For what Python calls. It may not allocate arrays: what is passed to it is
    not counted as held (numba's `nrt`), which would cost a call with a named tuple of
    arrays some 100 ns. With NUMBA_DISABLE_JIT=1 it stays the Python that it is.
    """
    return _made(function, _Cache, _nrt=False, **_ALL)


def inner(function: _Function) -> _Function:
    """The same for what compiled functions call: without the door for Python it takes half the time."""
    return _made(
        function,
        _InnerCache,
        _nrt=False,
        **_ALL,
        no_cpython_wrapper=True,
    )


def inlined(function: _Function) -> _Function:
    """
    The same, made part of whatever calls it.

    For what is done for each word: a call passes every array of its tuples by
    value, 2 ns each. Its code stands once more wherever it is called.
    """
    return _made(
        function,
        _InnerCache,
        _nrt=False,
        **_ALL,
        no_cpython_wrapper=True,
        forceinline=True,
    )


def allocating(function: _Function) -> _Function:
    """As `compiled`, for a function that allocates arrays and is called seldom."""
    return _made(function, _Cache, **_ALL)


def _made(function: _Function, kept: type[_Cache], **options: Any) -> _Function:
    if _settings.DISABLE_JIT:
        return function
    dispatcher: Any = numba.njit(**options)(function)
    if kept is _InnerCache:
        dispatcher.__class__ = _Inner
    with contextlib.suppress(RuntimeError):  # no place to keep it: compiled in memory
        dispatcher._cache = kept(function)
    return cast(_Function, dispatcher)


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


def where_cached() -> str:
    """The folder in which compiled code is kept, or IN_MEMORY."""
    place = _Place.from_function(compiled, sys.modules[__name__].__file__ or "")
    return IN_MEMORY if place is None else place.get_cache_path()


def note_of(source: str) -> Path | None:
    """
    A file that may say that everything which this source needs is compiled; None without a cache.

    Its name changes with the source and all of ours that it imports.
    """
    place = _Place.from_function(compiled, source)
    if place is None:
        return None
    digest = hashlib.sha256(_stamp(Path(source).resolve())).hexdigest()[:16]
    python = f"{sys.version_info.major}{sys.version_info.minor}"
    return Path(place.get_cache_path()) / f"compiled-{python}-{digest}"
