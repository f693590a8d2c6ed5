"""
Where machine code is kept, and what it is good for.

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
from typing import Any

import numba.core.config
from numba.core import caching
from numba.core.compiler import CompileResult

from matchers.people.kernel.linking import Part, Program

IN_MEMORY = "memory"

# What reading a file may raise that was cut short, or written by another version.
_BROKEN = (
    OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip
_Result: Any = CompileResult
_settings: Any = numba.core.config  # its names are made when it is imported
_HERE = os.path.dirname(os.path.realpath(__file__))  # noqa: PTH120  # a Path for each of some hundred names takes longer than to read the files
_ROOT = _HERE.rsplit(os.sep, 3)[0]
_IMPORT = re.compile(rb"^\s*from (matchers\.[\w.]+) import (?:\(([^)]*)\)|([^\n]*))", re.MULTILINE)
_NAME = re.compile(rb"\w+")


@cache
def _read(path: str) -> tuple[bytes, frozenset[str]]:
    """The digest of a file, and which files of ours it imports. Its text is searched: parsing them all takes as long as a small scan."""
    with open(path, "rb") as file:  # noqa: PTH123
        text = file.read()
    found = set()
    for module, several, one in _IMPORT.findall(text):
        base = os.path.join(_ROOT, *module.decode().split("."))  # noqa: PTH118
        found.add(base + ".py")
        found.update(
            os.path.join(base, name.decode() + ".py")  # noqa: PTH118
            for name in _NAME.findall(several or one)
        )
    return hashlib.sha256(text).digest(), frozenset(filter(_is_file, found))


_is_file = cache(os.path.isfile)


@cache
def stamp(path: str) -> bytes:
    """
    Digest of a file and of all files of ours that it imports.

    numba looks at the function's own file alone, and would run yesterday's
    version of what it calls.
    """
    seen: set[str] = set()
    waiting = [os.path.realpath(path)]
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            waiting.extend(_read(each)[1])
    return hashlib.sha256(b"".join(_read(each)[0] for each in sorted(seen))).digest()


@cache
def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


@cache
def _holds(folder: Path, mark: bytes) -> bool:
    """Whether a folder that cannot be written holds code of this stamp."""
    try:
        return any(mark in index.read_bytes() for index in folder.glob("*.nbi"))
    except OSError:
        return False


@cache
def _folders(first: str) -> list[Path]:
    """Where the code may be kept, the best place first."""
    digest = hashlib.sha256(_HERE.encode()).hexdigest()[:16]
    folders = [Path(_HERE, "__pycache__")]
    if first:
        folders.insert(0, Path(first) / f"watcher_{digest}")
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not home:
        try:
            home = str(Path.home() / ".cache")
        except RuntimeError:  # an account without a home
            return folders
    folders.append(Path(home) / "numba" / f"watcher_{digest}")
    return folders


def place_of(source: str) -> Path | None:
    """The folder in which the code of this source is kept."""
    if not _is_file(source):
        return None
    for folder in _folders(_settings.CACHE_DIR):
        if _is_writable(folder) or _holds(folder, stamp(source)):
            return folder
    return None


class _Place:
    """Where the code of one function is kept: what numba calls a cache locator."""

    kind = ""  # of code: numba itself does not tell one from another

    def __init__(self, function: Callable[..., Any], source: str, folder: Path) -> None:
        self._py_file = source  # numba's warnings name it
        self._line = function.__code__.co_firstlineno
        self._folder = folder

    @classmethod
    def from_function(cls, function: Callable[..., Any], source: str) -> _Place | None:
        folder = place_of(source)
        return None if folder is None else cls(function, source, folder)

    def ensure_cache_path(self) -> None:
        """The folder was made when it was chosen."""

    def get_cache_path(self) -> str:
        return str(self._folder)

    def get_source_stamp(self) -> bytes:
        return stamp(self._py_file)

    def get_disambiguator(self) -> str:
        """Part of the file's name: code with bounds checks is another thing than code without."""
        return f"{self._line}{self.kind}{'-checked' if _settings.BOUNDSCHECK else ''}"


class _PartPlace(_Place):
    kind = "-inner"


class _Kept(caching.CompileResultCacheImpl):
    """A compiled function as it is written to disk, and back."""

    _locator_classes = [_Place]  # type: ignore[list-item]  # noqa: RUF012  # as numba has it

    def reduce(self, cres: Any) -> tuple[Any, ...]:
        described = cres.fndesc
        described.typemap = described.calltypes = None  # as numba does: they cannot be pickled
        environments = [each for _, each in cres.library.environments() if each.can_cache()]
        return (
            cres.library.reduced(),
            described,
            cres.environment,
            cres.signature,
            tuple(cres.reload_init),
            environments,
        )

    def rebuild(self, target_context: Any, payload: tuple[Any, ...]) -> Any:
        _, described, environment, signature, reload_init, environments = payload
        library, entry = self._entered(target_context, payload)
        return _Result(
            typing_context=target_context.typing_context,
            target_context=target_context,
            entry_point=entry,
            typing_error=None,
            type_annotation="",
            signature=signature,
            library=library,
            call_helper=None,
            environment=environment,
            fndesc=described,
            objectmode=False,
            lifted=(),
            reload_init=reload_init,
            metadata=None,
            referenced_envs=environments,
        )

    def _entered(self, target_context: Any, payload: tuple[Any, ...]) -> tuple[Any, Any]:
        """The machine code, ready to run, and the door of it for Python."""
        reduced, described, environment, _, reload_init, environments = payload
        for begin in reload_init:
            begin()
        door = described.llvm_cpython_wrapper_name
        program = Program.rebuilt(target_context, reduced, door)
        entry = target_context.get_executable(program, described, environment)
        for each in environments:
            program.codegen.set_env(each.env_name, each)
        return program, entry


class _KeptPart(_Kept):
    _locator_classes = [_PartPlace]  # type: ignore[list-item]  # noqa: RUF012  # as numba has it

    def _entered(self, target_context: Any, payload: tuple[Any, ...]) -> tuple[Any, Any]:
        part = Part.rebuilt(target_context.codegen(), payload[0])
        return part, part


class Cache(caching.FunctionCache):
    """The code of one function on disk. What cannot be read is compiled again, what cannot be written is not kept."""

    _impl_class = _Kept

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._opened: bool | None = None

    def _open(self) -> bool:
        """Find the place, now that it is needed: most functions are part of others, and never asked for."""
        if self._opened is None:
            try:
                super().__init__(self._function)  # type: ignore[no-untyped-call]  # numba's
                self._opened = True
            except RuntimeError:  # no place to keep it
                self._opened = False
        return self._opened

    @property
    def cache_path(self) -> str | None:
        return str(super().cache_path) if self._open() else None

    def load_overload(self, sig: object, target_context: Any) -> object:
        if not self._open():
            return None
        try:
            # numba's own way first makes all ready that it would need to compile: .2 s
            return self._load_overload(sig, target_context)  # type: ignore[no-untyped-call]  # numba's
        except _BROKEN:
            with contextlib.suppress(OSError):
                self.flush()  # type: ignore[no-untyped-call]  # numba's
            return None

    def save_overload(self, sig: object, data: object) -> None:
        if not self._open():
            return
        try:
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]  # numba's
        except _BROKEN:  # or full, or read-only
            return


class PartCache(Cache):
    _impl_class = _KeptPart


def where_cached() -> str:
    """The folder in which compiled code is kept, or IN_MEMORY."""
    folder = place_of(__file__)
    return IN_MEMORY if folder is None else str(folder)


def note_of(source: str) -> Path | None:
    """
    A file that may say that everything which this source needs is compiled; None without a cache.

    Its name changes with the source and all of ours that it imports.
    """
    folder = place_of(source)
    if folder is None:
        return None
    digest = hashlib.sha256(stamp(source)).hexdigest()[:16]
    python = f"{sys.version_info.major}{sys.version_info.minor}"
    return folder / f"compiled-{python}-{digest}"
