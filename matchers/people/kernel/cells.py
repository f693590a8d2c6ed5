"""
Where the cells of a table's rows lie: separated values, quoted or not.

    Smith,John,1234 · "Smith, John";1234 · cells that end with a separator of their own
"""

from __future__ import annotations

from matchers.people.kernel.blocks import WIDTH, lowest, same, within
from matchers.people.kernel.compile import i8, inner
from matchers.people.kernel.marks import LOW
from matchers.people.tables import Array

QUOTE = 0x22


@inner
def row_at(
    cls: Array,
    at: int,
    n: int,
    cell: int,
    row: int,
    quoted: bool,
    starts: Array,
    ends: Array,
) -> tuple[int, int]:
    """
    Cut one row that begins at `at`: (how many cells, where the next row begins).

    Cells beyond the room of `starts` and `ends` are counted and not kept. A
    quoted cell ends with its quote; one whose quote is never closed in its row
    is what it looks like.
    """
    count = 0
    base, bits = i8(at), _signs(cls, i8(at), n, cell, row)
    while True:
        start = at
        if quoted and at < n and cls[at] == QUOTE:
            close = _closed(cls, at + 1, n, cell, row)
            if close >= 0:
                start = at + 1
                if count < starts.size:
                    starts[count], ends[count] = start, close
                count += 1
                at = close + 1
                if at < n and cls[at] == cell:
                    at += 1
                    continue
                return count, at + 1
        if at >= base + WIDTH:
            base, bits = i8(at), _signs(cls, i8(at), n, cell, row)
        bits &= -(i8(1) << (at - base))
        while not bits:
            base += WIDTH
            bits = _signs(cls, base, n, cell, row)
        at = base + lowest(bits)
        if count < starts.size:
            starts[count], ends[count] = start, at
        count += 1
        if at < n and cls[at] == cell:
            at += 1
            continue
        return count, at + 1


@inner
def _signs(cls: Array, at: int, n: int, cell: int, row: int) -> int:
    """Which of WIDTH characters from `at` on end a cell or a row, as bits; the end of the text ends both."""
    if at + WIDTH <= n:
        return within(cls, at, cell, cell) | same(cls, at, row)
    bits = i8(1) << (n - at)
    for place in range(at, n):
        if cls[place] & LOW == cell or cls[place] == row:
            bits |= i8(1) << (place - at)
    return bits


@inner
def _closed(cls: Array, at: int, n: int, cell: int, row: int) -> int:
    """The quote that ends a quoted cell, −1 if the row ends before."""
    while at < n and cls[at] != row:
        if cls[at] == QUOTE:
            if at + 1 < n and cls[at + 1] == QUOTE:
                at += 2
                continue
            if at + 1 >= n or cls[at + 1] == cell or cls[at + 1] == row:
                return at
        at += 1
    return -1
