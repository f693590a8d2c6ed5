"""
The three streams of the process, made fit for any surroundings.

A stream may be closed, full or without a reader, and a locale may know no
letter beyond ASCII. None of that is a fault of the program, and none of it may
end a command with a code that says something else.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

from watcher.errors import ConfigError, WatcherError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

STDIN_LIMIT = 1 << 30  # bytes held of standard input; a longer input is a file's job
PIECE = 1 << 20


class NoReader(Exception):
    """Whoever read our output has gone. No OSError: click and rich end with 1 at EPIPE."""


class Unwritable(WatcherError):
    """What a command prints cannot be written."""


class _Output(io.FileIO):
    """Standard output. Raises once if it fails, and swallows what was buffered then."""

    def __init__(self) -> None:
        super().__init__(1, "wb", closefd=False)
        self._ended = False

    def write(self, data: ReadableBuffer, /) -> int:
        if self._ended:
            return memoryview(data).nbytes
        try:
            return super().write(data)
        except BrokenPipeError:
            self._ended = True
            raise NoReader from None
        except OSError as problem:
            self._ended = True
            raise Unwritable(
                f"standard output: {problem.strerror}; not all was printed"
            ) from problem


class _Messages(io.FileIO):
    """Standard error. Nobody need be there to read it."""

    def __init__(self) -> None:
        super().__init__(2, "wb", closefd=False)

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def prepare() -> None:
    """
    Make stdout and stderr usable, whatever they are; called once, before anything is printed.

    A letter that the locale does not know is written as an escape. Output into
    a closed stream goes nowhere; elsewhere it raises NoReader or Unwritable.
    """
    for number in range(3):
        _occupy(number)
    sys.stdout = _text(_Output(), sys.stdout)
    sys.stderr = _text(_Messages(), sys.stderr, line_buffering=True)


def standard_input() -> bytes:
    """All of standard input. Raises ConfigError if it is closed, cannot be read, or is too long."""
    if sys.stdin is None:
        raise ConfigError("standard input: is closed; send something, or name a file")
    data = bytearray()
    try:
        # Piece by piece: one long read looks for Ctrl-C only when it waits already.
        while piece := os.read(sys.stdin.fileno(), PIECE):
            data += piece
            if len(data) > STDIN_LIMIT:
                raise ConfigError(
                    f"standard input: more than {STDIN_LIMIT >> 20} MiB; write it to a file and "
                    "name that"
                )
    except OSError as problem:
        raise ConfigError(f"standard input: {problem.strerror}") from problem
    return bytes(data)


def _occupy(number: int) -> None:
    """A closed descriptor would be given to the next file opened: the store, perhaps."""
    try:
        os.fstat(number)
    except OSError:
        opened = os.open(os.devnull, os.O_RDWR)
        os.dup2(opened, number)  # which makes it one that children inherit
        if opened != number:
            os.close(opened)
        else:
            os.set_inheritable(number, True)  # noqa: FBT003  # positional only


def _text(raw: io.FileIO, before: TextIO | None, *, line_buffering: bool = False) -> TextIO:
    """A text stream on `raw` like the one before, if there was one."""
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=before.encoding if before is not None else "utf-8",
        errors="backslashreplace",
        line_buffering=line_buffering or raw.isatty(),
        write_through=getattr(before, "write_through", False),
    )
