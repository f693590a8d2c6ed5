"""Whether the evidence files are still those that were entered in the chain. No key is needed."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

from watcher.record.sealed import PART, SUFFIX

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NAME = re.compile(rf"\d{{4}}/\d\d/{_UUID}{re.escape(SUFFIX)}")
_PART = re.compile(rf"\d{{4}}/\d\d/\.{_UUID}{re.escape(SUFFIX + PART)}")


class Filed(Protocol):
    """What was entered about a file: its name in the directory, SHA-256 and size of the encrypted bytes."""

    @property
    def file(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def size(self) -> int: ...


def verify(directory: Path, rows: Iterable[Filed]) -> list[str]:
    """
    What differs from what was entered, one line each: missing, altered or strange files.

    A well-named file without a row is no difference but `unclaimed`.
    """
    problems = []
    entered = set()
    for row in rows:
        entered.add(row.file)
        if problem := _differs(directory, row):
            problems.append(f"{row.file}: {problem}")
    problems += [
        f"{name}: not an evidence file; who put it there?"
        for name in _files(directory)
        if name not in entered and not _NAME.fullmatch(name) and not _PART.fullmatch(name)
    ]
    return problems


def unclaimed(directory: Path, rows: Iterable[Filed]) -> list[str]:
    """
    Evidence files that no alert rests on.

    A crash between recording and storing leaves one (the document is read
    again and recorded anew), and so does a store restored from an old backup.
    """
    entered = {row.file for row in rows}
    return [name for name in _files(directory) if name not in entered and _NAME.fullmatch(name)]


def _files(directory: Path) -> Iterator[str]:
    for folder, names, files in os.walk(directory):
        names.sort()
        for name in sorted(files):
            yield (Path(folder) / name).relative_to(directory).as_posix()


def _differs(directory: Path, row: Filed) -> str:
    if PurePosixPath(row.file).is_absolute() or ".." in PurePosixPath(row.file).parts:
        return "the name leads out of the evidence directory"
    try:
        handle = os.open(
            directory / row.file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
        )
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                return "no longer a file"
            if found.st_size != row.size:
                return f"altered: {found.st_size} bytes, {row.size} were written"
            if hashlib.file_digest(file, "sha256").hexdigest() != row.digest:
                return "altered: its SHA-256 is not the one entered"
    except FileNotFoundError:
        return "missing"
    except OSError as problem:
        return f"cannot be read: {problem.strerror}"
    return ""
