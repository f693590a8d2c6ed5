"""
Records of workbooks before 2007 (MS-XLS, BIFF5 and BIFF8): their bytes, strings, numbers and styles.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.spreadsheets.sheetstyle import WHITE, Styles

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
BIFF8 = 0x0600
_HIGH, _EXTENDED, _RICH = 1, 4, 8

Record = tuple[int, int, bytes]


def records(body: bytes) -> Iterator[Record]:
    """Type, place and bytes of each record. Raises Trouble where one ends beyond the stream."""
    at, end = 0, len(body)
    while at + 4 <= end:
        kind = body[at] | body[at + 1] << 8
        size = body[at + 2] | body[at + 3] << 8
        if not kind and not size:
            at += 4
            if not body[at : at + 4096].strip(b"\0"):
                return  # padding
            continue
        if at + 4 + size > end:
            raise Trouble(Why.BROKEN)
        yield kind, at, body[at + 4 : at + 4 + size]
        at += 4 + size


def text(data: bytes, at: int, *, width: int, codec: str) -> str:
    """
    A string with its length, of so many bytes, before it.

    `codec`: of one byte for each character, "" for BIFF8, where a flag says how they are written.
    """
    size = int.from_bytes(data[at : at + width], "little")
    at += width
    if codec:
        return data[at : at + size].decode(codec, "replace")
    if at >= len(data):
        return ""
    flags = data[at]
    at += 1 + (2 if flags & _RICH else 0) + (4 if flags & _EXTENDED else 0)
    if flags & _HIGH:
        return data[at : at + 2 * size].decode("utf-16-le", "replace")
    return data[at : at + size].decode("latin-1")


class _Segments:
    """The bytes of a record and of those that continue it, read on across their ends."""

    def __init__(self, segments: list[bytes]) -> None:
        self._segments = segments
        self._number = 0
        self._at = 0

    def _left(self) -> int:
        while self._number < len(self._segments):
            if left := len(self._segments[self._number]) - self._at:
                return left
            self._number, self._at = self._number + 1, 0
        raise Trouble(Why.BROKEN)

    def bytes(self, size: int) -> bytes:
        """So many bytes. Raises Trouble at the end."""
        found = b""
        while size:
            take = min(self._left(), size)
            found += self._segments[self._number][self._at : self._at + take]
            self._at += take
            size -= take
        return found

    def skip(self, size: int) -> None:
        """Leave out so many bytes. Raises Trouble at the end."""
        while size:
            take = min(self._left(), size)
            self._at += take
            size -= take

    def characters(self, size: int, *, high: bool) -> str:
        """So many characters; where they are continued a flag says anew how they are written."""
        found: list[str] = []
        while size:
            if self._at and self._at == len(self._segments[self._number]):
                high = bool(self.bytes(1)[0] & _HIGH)
            left = self._left()
            take = min(size, max(left >> 1, 1) if high else left)
            data = self.bytes(2 * take if high else take)
            found.append(data.decode("utf-16-le" if high else "latin-1", "replace"))
            size -= take
        return "".join(found)


def shared(segments: list[bytes], budget: Budget) -> Iterator[str]:
    """The strings of a table of shared strings (2.4.265). Raises Trouble where it ends early."""
    left = _Segments(segments)
    (number,) = struct.unpack("<4xI", left.bytes(8))
    for _ in range(number):
        size, flags = struct.unpack("<HB", left.bytes(3))
        runs = struct.unpack("<H", left.bytes(2))[0] if flags & _RICH else 0
        more = struct.unpack("<I", left.bytes(4))[0] if flags & _EXTENDED else 0
        found = left.characters(size, high=bool(flags & _HIGH))
        budget.spend(size)
        yield found
        left.skip(4 * runs + more)


def _colour(number: int) -> str:
    if number in (64, 0x7FFF):
        return ""
    return {0: "000000", 1: WHITE, 8: "000000", 9: WHITE, 65: WHITE}.get(
        number, f"indexed {number}"
    )


def style(styles: Styles, kind: int, data: bytes, codec: str) -> None:
    """Take one record of fonts, number formats or styles."""
    if kind == 0x31 and len(data) >= 6:
        height, _, ink = struct.unpack_from("<3H", data)
        styles.fonts.append((_colour(ink), height / 20))
        if len(styles.fonts) == 4:
            styles.fonts.append(("", 11.0))  # there is no font 4 (2.5.129)
    elif kind == 0x41E and len(data) >= 4:
        wide = 1 if codec else 2
        styles.codes[data[0] | data[1] << 8] = text(data, 2, width=wide, codec=codec)
    elif kind == 0xE0 and len(data) >= (16 if codec else 20):
        font, code = struct.unpack_from("<2H", data)
        if codec:
            (colours,) = struct.unpack_from("<I", data, 8)
            pattern, ground = colours >> 16 & 0x3F, colours & 0x7F
        else:
            pattern, ground = data[17] >> 2, data[18] & 0x7F
        shown = WHITE if not pattern else _colour(ground) if pattern == 1 else "pattern"
        styles.add(code=code, font=font, ground=shown)
