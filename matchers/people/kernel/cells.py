"""
Where the cells of a table's rows lie: separated values, quoted or not.

    Smith,John,1234 · "Smith, John";1234 · cells that end with a separator of their own
"""

from __future__ import annotations

from matchers.people.kernel.compile import inner
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
        while at < n and (cls[at] & LOW) != cell and cls[at] != row:
            at += 1
        if count < starts.size:
            starts[count], ends[count] = start, at
        count += 1
        if at < n and cls[at] == cell:
            at += 1
            continue
        return count, at + 1


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
