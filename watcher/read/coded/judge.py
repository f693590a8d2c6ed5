"""
Whether bytes that were written as letters are something: a text, a known format.

A hash, a key or a word that happens to be base64 decodes as well, to bytes
that mean nothing. What is a text is told by what chance hardly ever makes:
a byte at random is printable ASCII in 95 cases of 256, and about one in 2.4
goes on with well-formed UTF-8, so that twenty such bytes come once in 10^8.
"""

from __future__ import annotations

import enum
import re
import zlib

from watcher.read import sniff
from watcher.read.charsets import ebcdic
from watcher.read.charsets.charset import marked
from watcher.read.charsets.turns import patterned
from watcher.read.sniff import Kind

LEAST = 20  # bytes of a text
HEAD = 1 << 12  # bytes that are judged
_WIDE = 24  # bytes of UTF-16
_MIXED = 32  # bytes of a text in a code page of eight bits
_SIGNED = 33  # bytes of a known format, at least: more than most hashes have
_WORDS = (Kind.TEXT, Kind.TABLE, Kind.HTML, Kind.XML, Kind.EMPTY, Kind.UNKNOWN)

_CONTROL = re.compile(r"[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd-\uffff]")
_BYTE_CONTROL = bytes(each for each in range(32) if each not in (9, 10, 12, 13, 27)) + b"\x7f"
_PRINTABLE = bytes((9, 10, 12, 13, *range(32, 127)))
_WORD = re.compile(r"[^\W_]|[ \t\r\n]")
_FIGURES = re.compile(rb"[0-9A-Fa-f\s]")
# RFC 1950: what the compressors of this world write. RFC 1951 alone has no sign.
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_TRIED = 1 << 14


class Found(enum.Enum):
    """What bytes are: something as they stand, something deflated with or without a header, nothing."""

    NOTHING = "nothing"
    PLAIN = "plain"
    DEFLATED = "deflated"


def judged(head: bytes, *, complete: bool, opened: bool = True) -> Found:
    """
    What begins so. `complete`: the head is all of it.

    Not `opened`: nothing is inflated; what may be deflated is then said to be.
    """
    head = head[:HEAD] if not complete else head
    if is_text(head[:HEAD], complete=complete and len(head) <= HEAD) or is_signed(head):
        return Found.PLAIN
    if head[:2] in _ZLIB:
        return Found.DEFLATED if not opened or _inflates(head, zlib.MAX_WBITS) else Found.NOTHING
    # The first block has codes of its own (BTYPE 10); nobody deflates what is shorter.
    if len(head) >= 4 * LEAST and head[0] & 6 == 4:
        found = not opened or _inflates(head, -zlib.MAX_WBITS)
        return Found.DEFLATED if found else Found.NOTHING
    return Found.NOTHING


def hopeless(head: bytes) -> bool:
    """Whether the first bytes of a run show at a first look that it is nothing. Of many hashes each is asked."""
    size = len(head)
    above = size - len(head.translate(None, _PRINTABLE)) if size else 0
    if above * 3 >= size * 2 or head.count(0) * 4 >= size or goes_on(head):
        return False
    if size >= _SIGNED and (head[:2] in _ZLIB or is_signed(head)):
        return False
    if size >= 4 * LEAST and head[0] & 6 == 4:
        return False
    return size < 2 * _MIXED or not ebcdic.codec(head)


def is_signed(head: bytes) -> bool:
    """Whether this is the beginning of a known format, by its signature."""
    return len(head) >= _SIGNED and sniff.kind(head) not in _WORDS


def is_text(head: bytes, *, complete: bool) -> bool:
    """Whether this is the beginning of a text: UTF-8, UTF-16, UTF-32, a code page, EBCDIC."""
    mark, size = marked(head)
    wide = mark if mark.startswith("utf-") and mark != "utf-8" else patterned(head)
    if wide:
        return len(head) >= _WIDE and _reads(head[size:], wide)
    if len(head) < LEAST:
        return False
    if len(head) - len(head.translate(None, _BYTE_CONTROL)) > len(head) // 256:
        return bool(ebcdic.codec(head)) if len(head) >= 2 * _MIXED else False
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as problem:
        if problem.end < len(head) or complete or problem.start < LEAST:
            return _is_mixed(head) or (len(head) >= 2 * _MIXED and bool(ebcdic.codec(head)))
        text = head[: problem.start].decode("utf-8")
    return _means(text)


def _is_mixed(head: bytes) -> bool:
    """Text in a code page of eight bits: ASCII, with a letter above it here and there."""
    above = len(head.translate(None, _PRINTABLE))
    return len(head) >= _MIXED and above * 8 <= len(head) and _means(head.decode("latin-1"))


def _reads(data: bytes, kind: str) -> bool:
    width = 4 if kind.startswith("utf-32") else 2
    text = data[: len(data) // width * width].decode(kind, "replace")
    near = sum(each < "\u0250" for each in text)  # the letters of the languages around here
    return near * 5 >= len(text) * 4 and text.count("\0") == 0 and _means(text)


def _means(text: str) -> bool:
    """Whether characters are those of a text: few controls, letters and figures, more than a few."""
    size = len(text)
    return (
        len(_CONTROL.findall(text)) * 256 <= size
        and len(set(text)) >= min(6, size // 3)
        and len(_WORD.findall(text)) * 10 >= size * 3
    )


def figures(head: bytes) -> bool:
    """
    Whether bytes whose hexadecimal digits are all decimal may be a text.

    A row of numbers reads as such digits by accident; what a writer could mean
    with them is figures alone, or such digits once more.
    """
    return len(_FIGURES.findall(head)) * 100 >= len(head) * 95


def _inflates(head: bytes, wbits: int) -> bool:
    """Whether inflating comes to a text or a known format."""
    inflater = zlib.decompressobj(wbits)
    try:
        data = inflater.decompress(head, _TRIED)
    except zlib.error:
        return False
    least = LEAST if wbits > 0 else 2 * LEAST
    return len(data) >= least and (is_signed(data) or is_text(data[:HEAD], complete=False))


def goes_on(data: bytes) -> bool:
    """Whether a text can go on with these bytes."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        if problem.reason != "unexpected end of data":
            return False
        text = data[: problem.start].decode("utf-8")
    return not _CONTROL.search(text)
