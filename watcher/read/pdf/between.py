"""
What a PDF holds in no object, and objects that none of its tables names.

A reader goes by the tables (ISO 32000-2, 7.5.4), so that whatever stands
before, between or behind the objects is seen by no program: another archive,
a text, an object that nothing points to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s{1,16}(\d{1,5})\s{1,16}obj\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_LENGTH = re.compile(rb"/Length\s{0,16}(\d{1,10})(?!\s{1,16}\d{1,5}\s{1,16}R)")
# All that stands between objects by the format's own rules: 7.5.2, 7.5.4, 7.5.5.
_OWN = re.compile(
    rb"\bend(?:obj|stream)\b|%PDF-\d\.\d(?:\s{0,4}%[^\r\n\w]{1,16}(?=[\r\n]))?|%%EOF|\bstartxref\s{1,16}\d{1,10}"
    rb"|\bxref\s{1,16}(?:\d{1,10}\s{1,4}\d{1,10}\s{1,4}[nf]?\s{0,4})*"
)
_TRAILER = re.compile(rb"\btrailer\s{0,16}<<")
_SIGN = re.compile(rb"<<|>>")
_BLANK = b"\0\t\n\f\r "  # 7.2.3
_FEWEST = 6  # bytes that may say something

Range = tuple[int, int]


def objects(body: bytes) -> Iterator[tuple[int, Range]]:
    """The number of each object that stands in a file by itself, and from where to where."""
    last = body.rfind(b"endstream")
    found = _OBJECT.search(body)
    while found:
        end, following = _end(body, found.end(), last)
        yield int(found[1]), (found.start(), end)
        found = following


def _end(body: bytes, at: int, last: int) -> tuple[int, re.Match[bytes] | None]:
    """
    Where the object ends that begins here, and the next one.

    With it goes its stream, however long that says it is; `last`: where the last one ends.
    """
    following = _OBJECT.search(body, at)
    limit = following.start() if following else len(body)
    close = body.find(b"endobj", at, limit)
    stream = _STREAM.search(body, at, close if close >= 0 else limit)
    if not stream:
        return (close if close >= 0 else limit), following
    said = _LENGTH.search(body, at, stream.start())
    end = stream.end() + int(said[1]) if said else -1
    if not said or not body[end : end + 16].lstrip(_BLANK).startswith(b"endstream"):
        end = body.find(b"endstream", stream.end()) if stream.end() <= last else -1
    if end < 0:
        return limit, following
    end = body.find(b"endstream", end)
    return end, following if following and following.start() >= end else _OBJECT.search(body, end)


def stray(body: bytes, found: list[Range]) -> Iterator[bytes]:
    """What stands in none of these places and is no part of the format."""
    at = 0
    for start, end in (*found, (len(body), len(body))):
        if at < start and (left := _told(body[at:start])):
            yield left
        at = max(at, end)


def _told(gap: bytes) -> bytes:
    gap = _untrailed(_OWN.sub(b"\n", gap)).lstrip(_BLANK)
    return gap if len(gap.rstrip(_BLANK)) >= _FEWEST else b""


def _untrailed(gap: bytes) -> bytes:
    """Without its trailers: dictionaries, which the reader of objects has read."""
    out: list[bytes] = []
    at = 0
    while found := _TRAILER.search(gap, at):
        out.append(gap[at : found.start()])
        depth, at = 1, found.end()
        while depth and (sign := _SIGN.search(gap, at)):
            depth += 1 if sign[0] == b"<<" else -1
            at = sign.end()
        if depth:
            return gap
    return b"".join((*out, gap[at:]))


def renumbered(body: bytes, found: list[Range], top: int) -> bytes:
    """These objects with the numbers from `top` on, as they would stand behind all others."""
    copies = (
        b"\n%d 0 obj%b%b" % (top + number, body[start:end].partition(b"obj")[2], _closed(body, end))
        for number, (start, end) in enumerate(found)
    )
    return b"".join(copies)


def _closed(body: bytes, end: int) -> bytes:
    return b"endstream\nendobj" if body.startswith(b"endstream", end) else b"\nendobj"
