"""
Where entries may begin: at each line, and inside lines that hold many of them.

    SMITH, J; JONES, P; … · John Smith | Jane Jones | … · 59915480, 59915481, …
"""

from __future__ import annotations

from matchers.people.kernel.arrays import UPPER
from matchers.people.kernel.blocks import WIDTH, any_of, how_many, lowest, same
from matchers.people.kernel.compile import compiled, i8, inlined, inner
from matchers.people.kernel.marks import LOW
from matchers.people.tables import Array

FEWEST = 2  # semicolons or bars of a line that is cut there
FEWEST_COMMAS = 4
MOST_LETTERS = 32  # characters between two commas, in the mean, of a line that is cut there

_NEWLINE, _SEMICOLON, _BAR, _COMMA, _SPACE = 0x0A, 0x3B, 0x7C, 0x2C, 0x20
_EQUALS, _COLON = 0x3D, 0x3A
_ZERO, _NINE, _A, _Z = 0x30, 0x39, 0x61, 0x7A


@compiled
def cut(cls: Array, n: int, starts: Array, lines: Array) -> int:
    """
    Put the beginning of each piece into `starts` and the line it stands in into `lines`.

    How many there are; the end of the text follows them. More than there is
    room for are told, and not put.
    """
    count, line, at = i8(0), i8(0), i8(0)
    while at <= n:
        end, marks = _line(cls, at, i8(n))
        mark = i8(_mark(cls, at, end)) if marks >= FEWEST else i8(0)
        count = _put(starts, lines, count, at, line)
        if mark:
            for place in range(at, end):
                if cls[place] == mark:
                    count = _put(starts, lines, count, place + 1, line)
        line += 1
        at = end + 1
    if count < starts.size:
        starts[count] = n
    return count


@inlined
def _line(cls: Array, at: int, n: int) -> tuple[int, int]:
    """Where the line ends that begins here, and how many semicolons, bars and commas it holds."""
    marks = i8(0)
    while at + WIDTH <= n:
        found = any_of(cls, at, _SEMICOLON, _BAR, _COMMA)
        ends = same(cls, at, _NEWLINE)
        if ends:
            size = lowest(ends)
            return at + size, marks + how_many(found & ((1 << size) - 1))
        marks += how_many(found)
        at += WIDTH
    while at < n and cls[at] != _NEWLINE:
        marks += cls[at] in (_SEMICOLON, _BAR, _COMMA)
        at += 1
    return at, marks


@inner
def _mark(cls: Array, at: int, end: int) -> int:
    """The character between the entries of a line, 0 if it is one."""
    semicolons, bars, commas, keys = 0, 0, 0, 0
    for place in range(at, end):
        char = cls[place]
        semicolons += char == _SEMICOLON
        bars += char == _BAR
        commas += char == _COMMA
        keys += (char == _EQUALS) | (char == _COLON)
    if keys >= FEWEST and keys >= semicolons and keys >= bars:
        return 0  # `name=Jane Smith; warrant=123456` is one entry
    if semicolons >= FEWEST:
        return _SEMICOLON
    if bars >= FEWEST:
        return _BAR
    if commas >= FEWEST_COMMAS and end - at <= MOST_LETTERS * (commas + 1):
        return _COMMA if _are_entries(cls, at, end) else 0
    return 0


@inner
def _put(starts: Array, lines: Array, count: int, at: int, line: int) -> int:
    if count < lines.size:
        starts[count], lines[count] = at, line
    return count + 1


@inner
def _are_entries(cls: Array, first: int, stop: int) -> bool:
    """Whether most stretches between commas are two or more capitalised words, or numbers alone."""
    pieces, fitting, at = 0, 0, first
    while at < stop:
        words, loud, digits, inside = 0, 0, 0, False
        while at < stop and cls[at] != _COMMA:
            char = cls[at] & LOW
            letter = _A <= char <= _Z
            if (letter or _ZERO <= char <= _NINE) and not inside:
                words += 1
                loud += cls[at] >= UPPER
                digits += not letter
                inside = True
            elif char == _SPACE:
                inside = False
            at += 1
        at += 1
        pieces += 1
        fitting += (words >= 2 and loud == words and words <= 4) or (words == 1 and digits == 1)
    return fitting * 4 >= pieces * 3
