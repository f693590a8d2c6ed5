"""
yEnc (yenc.org, 1.3): articles of a newsgroup with a file in them, byte for byte.

Its letters are all bytes but four, so it is read before any charset is. A
file that was cut, or is not what its check sum says, is told.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.charsets.charset import Decoder
from watcher.read.label import label
from watcher.read.names import fields
from watcher.read.stream import Item, Member, Stream
from watcher.read.text import Windows

_BEGIN = re.compile(rb"=ybegin [^\r\n]{0,400}")
_NAME = re.compile(rb" name=([^\r\n]{1,300})")
_SUM = re.compile(rb" (?:p)?crc32=0*([0-9A-Fa-f]{1,8})")
_SIZE = re.compile(rb" size=(\d{1,15})")
_LINE = 1 << 16
_SHIFT = bytes((each - 42) & 255 for each in range(256))
_ESCAPED = re.compile(rb"=(.)", re.DOTALL)


class _Lines:
    """The lines of a stream, each with its end; a longer one in pieces."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._held = b""
        self._at = 0

    def next(self) -> bytes:
        """b"" at the end."""
        while True:
            end = self._held.find(b"\n", self._at) + 1
            if not end and len(self._held) - self._at < _LINE:
                data = self._stream.read()
                if data:
                    self._held = self._held[self._at :] + data
                    self._at = 0
                    continue
            end = end or len(self._held)
            line, self._at = self._held[self._at : end], end
            return line


class _File:
    """The bytes of one file between `=ybegin` and `=yend`."""

    def __init__(self, lines: _Lines, budget: Budget) -> None:
        self._lines = lines
        self._budget = budget
        self._rest = b""
        self._size = 0
        self._sum = 0
        self._ended = False

    def more(self, size: int) -> bytes:
        """At most so many. Raises Trouble."""
        while not self._rest and not self._ended:
            line = self._lines.next()
            if line.startswith(b"=yend"):
                self._ended = True
                self._check(line)
            elif not line:
                self._ended = True
                raise Trouble(Why.BROKEN)
            elif not line.startswith(b"=ypart"):
                self._rest = _decoded(line)
                self._size += len(self._rest)
                self._sum = zlib.crc32(self._rest, self._sum)
                self._budget.spend(len(self._rest))
        data, self._rest = self._rest[:size], self._rest[size:]
        return data

    def drain(self) -> None:
        try:
            while self.more(_LINE):
                pass
        except Trouble:
            self._rest = b""

    def _check(self, line: bytes) -> None:
        size, check = _SIZE.search(line), _SUM.search(line)
        if (size and int(size[1]) != self._size) or (check and int(check[1], 16) != self._sum):
            raise Trouble(Why.BROKEN)


def _decoded(line: bytes) -> bytes:
    data = line.rstrip(b"\r\n")
    if data.startswith(b".."):
        data = data[1:]  # NNTP (RFC 3977 §3.1.1) doubled it
    if b"=" in data:
        data = _ESCAPED.sub(lambda found: bytes(((found[1][0] - 64) & 255,)), data)
    return data.translate(_SHIFT)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The text around, and each file as a member."""
    lines = _Lines(stream)
    decoder = Decoder(b"", stream.declared)
    windows = Windows()
    while line := lines.next():
        if not _BEGIN.match(line):
            yield from windows.feed(decoder.feed(line))
            continue
        found = _NAME.search(line)
        name = found[1].decode("utf-8", "replace").strip() if found else ""
        yield from windows.feed(decoder.feed(fields(name).encode() + b"\n"))
        budget.member()
        file = _File(lines, budget)
        yield Member(name=label(name) if name else "yEnc", stream=Stream(file.more))
        file.drain()
    yield from windows.feed(decoder.finish())
    yield from windows.finish()
    if decoder.foreign:
        stream.trouble = stream.trouble or Why.UNSUPPORTED
