r"""
Hexadecimal in pairs: `41 42`, `41:42`, `0x41, 0x42`, `\x41\x42`; and dumps of xxd and hexdump.

A dump's lines say where they stand; `*` stands for lines like the one before
(hexdump(1)). A line that does not follow ends the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watcher.read.coded.cursor import Cursor

_AHEAD = 400
_BARE = re.compile(
    r"(?:(?:[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4}|[0-9A-Fa-f]{8})"
    r"(?:[ :,;\t-]{1,3}(?=[0-9A-Fa-f]{2})"
    r"|[ :,;\t-]{0,3}\r?\n[ \t]{0,24}(?=(?:[0-9A-Fa-f]{2}){1,4}(?:[ :,;\t-]{1,3}[0-9A-Fa-f]{2}|\s*\Z|\r?\n))))++"
)
_BARE_LAST = re.compile(r"(?:[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4}|[0-9A-Fa-f]{8})(?![0-9A-Za-z])")
# Signs stand before a pair, so that a cut between two of them ends nothing.
_MARKED = re.compile(r"""(?:[\s,;"'+]{0,24}(?:0[xX]|\\x)[0-9A-Fa-f]{2}(?![0-9A-Fa-f]))++""")

_OFFSET = re.compile(r"\s*([0-9A-Fa-f]{6,16})\s*")
_XXD = re.compile(
    r"([0-9A-Fa-f]{6,16}): {1,2}([0-9A-Fa-f]{2}(?: ?[0-9A-Fa-f]{2})*+)"  # one way only to cut it in groups
    r"(?:\s*| {2,}[^\n]*\n?)"
)
_HEXDUMP = re.compile(
    r"([0-9A-Fa-f]{6,16})[ \t]{1,3}((?:[0-9A-Fa-f]{2}[ \t]{1,2})*[0-9A-Fa-f]{2})"
    r"(?:\s*|[ \t]+[|>,][^\n]*\n?)"  # a comma where the line was taken for a row
)
_LONGEST = 400
_FILL = 1 << 16


def bare(cursor: Cursor) -> Iterator[str]:
    """Pairs, or groups of four or eight digits, with signs between them. Moves to their end."""
    yield from _run(cursor, _BARE)
    if last := _BARE_LAST.match(cursor.text, cursor.at, cursor.end):
        cursor.at = last.end()
        yield last[0]


def marked(cursor: Cursor) -> Iterator[str]:
    """Pairs each of which is marked as hexadecimal."""
    yield from _run(cursor, _MARKED)


def _run(cursor: Cursor, pattern: re.Pattern[str]) -> Iterator[str]:
    while True:
        cursor.ahead(_AHEAD)
        # What is near the end of what is in hand may go on.
        found = pattern.match(cursor.text, cursor.at, cursor.end)
        if not found:
            return
        cursor.at = found.end()
        yield found[0]


def is_dump(line: str) -> bool:
    """Whether a line is one of a dump."""
    return bool(_read(line))


def _read(line: str) -> re.Match[str] | None:
    return _XXD.fullmatch(line) or _HEXDUMP.fullmatch(line)


def dumped(cursor: Cursor) -> Iterator[bytes]:
    """The bytes of a dump that begins at the cursor. Moves to its end."""
    offset = -1
    before = b""
    starred = False
    for line in cursor.lines(_LONGEST):
        found = _read(line)
        if not found:
            if line.strip() == "*" and before:
                starred = True
                continue
            last = _OFFSET.fullmatch(line)
            if last and starred:
                yield from _filled(before, int(last[1], 16) - offset)
            if not last or offset < 0:
                cursor.at -= len(line)
            return
        at = int(found[1], 16)
        if offset < 0:
            offset = at
        if starred:
            yield from _filled(before, at - offset)
            offset = max(at, offset)
            starred = False
        if at != offset:
            cursor.at -= len(line)
            return
        before = bytes.fromhex(found[2])
        offset += len(before)
        yield before


def _filled(line: bytes, size: int) -> Iterator[bytes]:
    """So many bytes of a line that is repeated."""
    block = line * (_FILL // len(line))
    while size > 0:
        yield block[:size]
        size -= len(block)
