"""
The text of Word and PowerPoint files of 1997 to 2003 (MS-DOC, MS-PPT), out of their streams.

Word: the piece table, which tells where the text stands in the order in which
it is read; where rows of tables end and what is hidden or deleted stands in
the formatted pages (2.9.175, 2.9.32). PowerPoint: text atoms, older edits too.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from watcher.model import Why
from watcher.read.budget import Trouble

_CLX = 0x01A2  # offset and size of the piece table (FibRgFcLcb97)
_CHPX, _PAPX = 0x00FA, 0x0102  # of the formatted pages of characters and paragraphs
_ENCRYPTED, _SECOND = 0x0100, 0x0200  # flags at 0x0A: encrypted, 1Table
_LENGTHS = 0x4C  # characters of each story, in this order
STORIES = ("", "footnotes", "headers", "", "comments", "endnotes", "text boxes", "text boxes")
_PAGE = 512
_VANISH, _DELETED, _ROW_END = 0x083C, 0x0800, 0x2417
_LONG = (0xD608, 0xD606)  # their sizes have two bytes
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes, by the upper three bits (2.6); 0: the next byte says
_MARKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\x1f": "",
    "\x13": " ", "\x14": " ", "\x15": " ", "\x01": "", "\x02": "", "\x05": "", "\x08": ""})  # fmt: skip
_CELL_END = "\x07"

_CHARS, _BYTES, _CSTRING, _NOTES = 0x0FA0, 0x0FA8, 0x0FBA, 0x03F0
_CONTAINER = 0xF


class Said(NamedTuple):
    """A run of text: of which story, whether it is seen."""

    story: str
    text: str
    hidden: str  # "", "hidden text" or "deleted text"


def _unpacked(form: str, data: bytes, at: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(form, data, at)
    except struct.error:
        raise Trouble(Why.BROKEN) from None


def _sprms(data: bytes) -> Iterator[tuple[int, int]]:
    """Properties of one byte, by their numbers."""
    at = 0
    while at + 3 <= len(data):
        (sprm,) = struct.unpack_from("<H", data, at)
        size = _OPERANDS[sprm >> 13]
        at += 2
        if sprm in _LONG:
            if at + 2 > len(data):
                return
            size = struct.unpack_from("<H", data, at)[0] + 1
        elif not size:
            size = data[at] + 1
        elif size == 1:
            yield sprm, data[at]
        at += size


class _Formatted:
    """What the formatted pages say of the text, by where it stands in the stream."""

    def __init__(self, word: bytes, table: bytes, where: int, *, paragraphs: bool) -> None:
        self._starts: list[int] = []
        self._found: list[frozenset[int]] = []
        start, size = _unpacked("<II", word, where)
        plc = table[start : start + size]
        number = max(len(plc) - 4, 0) // 8
        pages = struct.unpack_from(f"<{number}I", plc, 4 * (number + 1)) if number else ()
        for page in dict.fromkeys(pages):  # a million places may name one
            held = word[(page & 0x3FFFFF) * _PAGE :][:_PAGE]
            if len(held) == _PAGE:
                self._page(held, paragraphs=paragraphs)
        order = sorted(range(len(self._starts)), key=self._starts.__getitem__)
        self._starts = [self._starts[each] for each in order]
        self._found = [self._found[each] for each in order]

    def _page(self, held: bytes, *, paragraphs: bool) -> None:
        number = held[-1]
        width = 13 if paragraphs else 1
        if 4 * (number + 1) + width * number > _PAGE - 1:
            return
        for at, start in enumerate(struct.unpack_from(f"<{number}I", held)):
            place = held[4 * (number + 1) + width * at] * 2
            data = b""
            if place and paragraphs:
                size = held[place] * 2 - 1 if held[place] else held[place + 1] * 2
                begin = place + (1 if held[place] else 2)
                data = held[begin + 2 : begin + size]
            elif place:
                data = held[place + 1 : place + 1 + held[place]]
            self._starts.append(start)
            self._found.append(frozenset(sprm for sprm, value in _sprms(data) if value == 1))

    def cuts(self, start: int, end: int) -> Iterator[tuple[int, int, frozenset[int]]]:
        """A stretch of the stream in pieces with the same properties."""
        at = bisect_right(self._starts, start) - 1
        while start < end:
            last = self._starts[at + 1] if at + 1 < len(self._starts) else end
            found = self._found[at] if at >= 0 else frozenset[int]()
            stop = max(min(last, end), start + 1)
            yield start, stop, found
            start = stop
            at += 1


def _pieces(word: bytes, table: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where text stands, in reading order: start, number of characters, whether of one byte each."""
    start, size = _unpacked("<II", word, _CLX)
    clx = table[start : start + size]
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + _unpacked("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        raise Trouble(Why.BROKEN)
    (length,) = _unpacked("<I", clx, at + 1)
    plc = clx[at + 5 : at + 5 + length]
    number = max(len(plc) - 4, 0) // 12
    places = struct.unpack_from(f"<{number + 1}I", plc) if number else (0,)
    for each in range(number):
        (place,) = struct.unpack_from("<I", plc, 4 * (number + 1) + 8 * each + 2)
        narrow = bool(place & 0x40000000)
        place &= 0x3FFFFFFF
        if places[each + 1] > places[each]:
            yield place // 2 if narrow else place, places[each + 1] - places[each], narrow


def table_of(word: bytes) -> str:
    """The name of the stream with the tables. Raises Trouble: encrypted, or no Word file of 1997."""
    ident, version = _unpacked("<HH", word, 0)
    (flags,) = _unpacked("<H", word, 0x0A)
    if ident != 0xA5EC or version < 0xC0:
        raise Trouble(Why.UNSUPPORTED)
    if flags & _ENCRYPTED:
        raise Trouble(Why.ENCRYPTED)
    return "1Table" if flags & _SECOND else "0Table"


def letters(word: bytes, table: bytes) -> Iterator[Said]:
    """A Word document's text in reading order; cells end with a tab, rows with a line feed."""
    looks = _Formatted(word, table, _CHPX, paragraphs=False)
    frames = _Formatted(word, table, _PAPX, paragraphs=True)
    ends: list[int] = []
    for length in _unpacked("<8I", word, _LENGTHS):
        ends.append((ends[-1] if ends else 0) + length)
    done = 0
    for start, told, narrow in _pieces(word, table):
        width = 1 if narrow else 2
        number = min(told, max(len(word) - start, 0) // width)
        for begin, end, found in looks.cuts(start, start + number * width):
            hidden = (
                "deleted text" if _DELETED in found else "hidden text" if _VANISH in found else ""
            )
            for first, last, frame in frames.cuts(begin, end):
                data = word[first:last]
                text = data.decode("cp1252" if narrow else "utf-16-le", "replace")
                mark = "\n" if _ROW_END in frame else "\t"
                text = text.replace(_CELL_END, mark).translate(_MARKS)
                story = STORIES[min(bisect_right(ends, done), len(STORIES) - 1)]
                yield Said(story, text, hidden)
                done += (last - first) // width


def slides(document: bytes) -> Iterator[Said]:
    """The texts of a presentation: of its slides, and of notes. Raises Trouble where its records are torn."""
    at, notes = 0, 0
    while at + 8 <= len(document):
        version, kind, size = struct.unpack_from("<HHI", document, at)
        at += 8
        if version & 0xF == _CONTAINER:
            if kind == _NOTES:
                notes = at + size
            continue
        data = document[at : at + size]
        if kind in (_CHARS, _CSTRING):
            text = data.decode("utf-16-le", "replace")
        elif kind == _BYTES:
            text = data.decode("latin-1")
        else:
            text = ""
        if text.strip("\0"):
            yield Said("notes" if at < notes else "", text.translate(_MARKS).strip("\0") + "\n", "")
        at += size
    if at > len(document) or document[at:].strip(b"\0"):
        raise Trouble(Why.BROKEN)
