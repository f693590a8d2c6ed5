"""
Archives that libarchive reads, where the system has it: RAR, cabinets, ISO 9660, LHA; lzip, LZ4 and .Z.

In this process, from memory, and only these formats: the library is asked for
a piece at a time, so that what it expands is bounded as everything else is.
Each call may be the last of the process (`Budget.dare`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from watcher.model import Unread, Why
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.names import Names
from watcher.read.stream import CHUNK, Item, Member, Stream

_LIBRARY = "libarchive.so.13"  # its name since version 3.0
_OK, _EOF, _WARN = 0, 1, -20  # archive.h
_FORMATS = ("rar", "rar5", "cab", "iso9660", "lha")
_FILTERS = ("compress", "lzip", "lz4")
_FILE, _KIND = 0o100000, 0o170000


def _library() -> ctypes.CDLL | None:
    """The library, its functions declared; None where the system has none."""
    try:
        found = ctypes.CDLL(_LIBRARY)
    except OSError:
        return None
    pointer, text, size = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
    found.archive_read_new.restype = pointer
    found.archive_read_free.argtypes = (pointer,)
    found.archive_read_open_memory.argtypes = (pointer, text, size)
    found.archive_read_next_header.argtypes = (pointer, ctypes.POINTER(pointer))
    found.archive_read_data.argtypes = (pointer, pointer, size)
    found.archive_read_data.restype = ctypes.c_ssize_t
    for name in ("pathname_utf8", "pathname", "symlink_utf8"):
        function = getattr(found, f"archive_entry_{name}")
        function.argtypes, function.restype = (pointer,), text
    found.archive_entry_filetype.argtypes = (pointer,)
    found.archive_entry_filetype.restype = ctypes.c_uint
    found.archive_entry_is_encrypted.argtypes = (pointer,)
    found.archive_error_string.argtypes, found.archive_error_string.restype = (pointer,), text
    for name in _asked():
        getattr(found, name).argtypes = (pointer,)
    return found


def _asked(*, pressed: bool | None = None) -> Iterator[str]:
    """What the library is to know: archives, or a stream that is compressed and nothing else."""
    if pressed is not True:
        yield from (f"archive_read_support_format_{name}" for name in _FORMATS)
    if pressed is not False:
        yield "archive_read_support_format_raw"
        yield from (f"archive_read_support_filter_{name}" for name in _FILTERS)


class Opened:
    """An archive in memory, in the order of its members. `pressed`: a stream, its only member."""

    def __init__(self, body: bytes, budget: Budget, *, pressed: bool = False) -> None:
        """Raises Trouble where there is no reader, or nothing that it can read."""
        library = _library()
        if library is None:
            raise Trouble(Why.UNSUPPORTED)
        self._library = library
        self._body = body
        self._budget = budget
        self._entry = ctypes.c_void_p()
        self._number = 0
        self._handle: int | None = library.archive_read_new()
        for name in _asked(pressed=pressed):
            getattr(library, name)(self._handle)
        self._daring()
        found = library.archive_read_open_memory(self._handle, body, len(body))
        budget.dared()
        if found not in (_OK, _WARN):
            self.close()
            raise Trouble(Why.BROKEN)

    def close(self) -> None:
        if self._handle:
            self._library.archive_read_free(self._handle)
        self._handle = None

    def _daring(self) -> None:
        if not self._budget.dare():
            raise Trouble(Why.LOST)

    def next(self) -> bool:
        """Whether there is another member. Raises Trouble."""
        self._number += 1
        self._daring()
        found = self._library.archive_read_next_header(self._handle, ctypes.byref(self._entry))
        self._budget.dared()
        if found in (_OK, _WARN):
            return True
        if found == _EOF:
            return False
        raise Trouble(self._why())

    def _why(self) -> Why:
        said = (self._library.archive_error_string(self._handle) or b"").lower()
        if b"encrypt" in said:
            return Why.ENCRYPTED
        if b"unsupported" in said or b"not supported" in said or b"multivolume" in said:
            return Why.UNSUPPORTED
        return Why.BROKEN

    @property
    def name(self) -> str:
        said = self._library.archive_entry_pathname_utf8(self._entry)
        if said is None:
            said = self._library.archive_entry_pathname(self._entry) or b""
        return bytes(said).decode("utf-8", "replace")

    @property
    def link(self) -> str:
        return bytes(self._library.archive_entry_symlink_utf8(self._entry) or b"").decode(
            "utf-8", "replace"
        )

    @property
    def is_file(self) -> bool:
        return int(self._library.archive_entry_filetype(self._entry)) & _KIND in (0, _FILE)

    @property
    def is_encrypted(self) -> bool:
        return bool(self._library.archive_entry_is_encrypted(self._entry))

    def content(self) -> Stream:
        """The bytes of the member in hand, until the next one is asked for."""
        mine, given = self._number, 0
        buffer = ctypes.create_string_buffer(CHUNK)

        def more(size: int) -> bytes:
            nonlocal given
            if mine != self._number or self._handle is None:
                return b""
            self._daring()
            got = self._library.archive_read_data(self._handle, buffer, min(size, CHUNK))
            self._budget.dared()
            if got < 0:
                raise Trouble(self._why())
            given += got
            self._budget.spend(got)
            self._budget.expanded(len(self._body), given, got)
            return buffer.raw[:got]

        return Stream(more)


def contents(body: bytes, budget: Budget, names: Names) -> Iterator[Item]:
    """The members of an archive; their names go to `names`. Raises Trouble where it ends in it."""
    opened = Opened(body, budget)
    try:
        while opened.next():
            name = opened.name
            yield from names.add(name, opened.link)
            if not opened.is_file:
                continue
            budget.member()
            if opened.is_encrypted:
                yield Unread(where=label(name), why=Why.ENCRYPTED)
            else:
                yield Member(name=label(name), stream=opened.content())
    finally:
        opened.close()


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """An archive of one of these formats, its names last."""
    body = stream.whole(budget.bounds.held)
    names = Names()
    why: Why | None = None
    try:
        yield from contents(body, budget, names)
    except Trouble as trouble:
        why = trouble.why
    yield from names.finish()
    if why is not None:
        yield Unread(where="", why=why)


def read_pressed(stream: Stream, budget: Budget) -> Iterator[Item]:
    """A compressed stream: the document itself in other clothes."""
    opened = Opened(stream.whole(budget.bounds.held), budget, pressed=True)
    try:
        budget.member()
        if not opened.next():
            return
        yield Member(name="", stream=opened.content())
    finally:
        opened.close()
