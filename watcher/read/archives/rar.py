"""
RAR archives, versions 3 to 5: names by rarfile, contents by libarchive where the system has it.

Both read the headers for themselves, so that names are told where the content
cannot be had: no reader, an encrypted member, a volume that is not there.
Volumes that follow one another in one body are one archive.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from watcher.model import Unread, Why
from watcher.read.archives import foreign
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.names import Names
from watcher.read.stream import Item, Stream
from watcher.read.text import windows

# What a parser raises on bytes that are no archive.
_FAULTS = (OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


_SEVERAL = frozenset(bytes((flags,)) for flags in range(1, 256, 2))  # flags of a volume
_MARK = b"Rar!\x1a\x07"


class _Rest(io.RawIOBase):
    """The bytes from a place on, as a file of their own."""

    def __init__(self, body: bytes, at: int) -> None:
        self._body = memoryview(body)[at:]
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        piece = self._body[self._at : self._at + len(into)]
        into[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def seek(self, at: int, whence: int = 0) -> int:
        self._at = max(0, at + (0, self._at, len(self._body))[whence])
        return self._at

    def tell(self) -> int:
        return self._at


def _listed(body: bytes) -> tuple[list[tuple[str, bool]], str, Why | None]:
    """
    (name, whether it is encrypted) of each member, the comment, and what is wrong.

    Volumes of one archive may follow one another; one that is not here is
    wrong: what lies in it would be missing without a word.
    """
    import struct

    import rarfile

    found: list[tuple[str, bool]] = []
    comments: list[str] = []
    at = 0
    while True:
        seen: list[Any] = []
        try:
            with rarfile.RarFile(
                _Rest(body, at), errors="stop", part_only=True, info_callback=seen.append
            ) as archive:
                comments.append(str(archive.comment or ""))
                locked = archive.needs_password()
        except (rarfile.Error, struct.error, *_FAULTS):
            raise Trouble(Why.BROKEN) from None
        files = [info for info in seen if info.type == rarfile.RAR_BLOCK_FILE]
        begun = bool(files and files[0].flags & rarfile.RAR_FILE_SPLIT_BEFORE)
        found += [
            (str(info.filename or ""), bool(info.needs_password()))
            for info in files[1 if begun and at else 0 :]
            if not info.is_dir()
        ]
        if not files and locked:
            return found, "".join(comments), Why.ENCRYPTED  # the headers themselves
        if not seen or seen[-1].type != rarfile.RAR_BLOCK_ENDARC or (begun and not at):
            return found, "".join(comments), Why.BROKEN
        if not seen[-1].flags & rarfile.RAR_ENDARC_NEXT_VOLUME:
            return found, "".join(comments), None
        at += seen[-1].data_offset + seen[-1].add_size
        if not body.startswith(_MARK, at):
            return found, "".join(comments), Why.BROKEN


def is_volume(head: bytes) -> bool:
    """Whether an archive that begins so says that it is one of several (both formats' main headers)."""
    if head.startswith(_MARK + b"\1\0"):
        # Checksum, size, kind 1, flags, how much is extra if flag 1 says so, the archive's flags.
        kind = 13 if head[12:13] < b"\x80" else 14
        at = kind + 2 + (head[kind + 1 : kind + 2] == b"\1")
        return head[kind : kind + 1] == b"\1" and head[at : at + 1] in _SEVERAL
    return head.startswith(_MARK + b"\0") and head[9:10] == b"s" and head[10:11] in _SEVERAL


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The names, the comment, the members."""
    body = stream.whole(budget.bounds.held)
    names = Names()
    listed: list[tuple[str, bool]] = []
    whys: list[Why] = []
    try:
        listed, comment, why = _listed(body)
        for name, _ in listed:
            yield from names.add(name)
        yield from names.finish()
        yield from windows([comment], "comments of the archive", hidden=True)
        if why:
            raise Trouble(why)
        if all(locked for _, locked in listed) and listed:
            yield from (Unread(where=label(name), why=Why.ENCRYPTED) for name, _ in listed)
            return
    except Trouble as trouble:
        whys.append(trouble.why)
    if Why.ENCRYPTED not in whys:
        # Its own names were told, or else those that libarchive sees.
        others = Names()
        try:
            yield from foreign.contents(body, budget, others)
        except Trouble as trouble:
            whys.append(trouble.why)
        if not listed:
            yield from others.finish()
    yield from (Unread(where="", why=why) for why in dict.fromkeys(whys))
