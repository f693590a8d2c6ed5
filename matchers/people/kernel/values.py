"""What rows of a table are grouped by: a keyed hash of each one's value in a column."""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.cells import row_at
from matchers.people.kernel.compile import compiled
from matchers.people.kernel.hashing import NONE, sip
from matchers.people.kernel.marks import LOW
from matchers.people.tables import Array

TEXT = 4  # siphash.Kind.TEXT
_SPACE = 0x20


@compiled
def values(
    cls: Array, n: int, ends_with: Array, columns: Array, key: Array, starts: Array, ends: Array,
    spelled: Array, found: Array,
) -> None:  # fmt: skip
    """
    Into `found` (u8[columns, rows]) the hash of every row's folded cell; 0 for an empty one.

    `spelled`: room for one cell; what is longer counts by its beginning.
    """
    at, number = 0, 0
    while at < n and number < found.shape[1]:
        width, at = row_at(cls, at, n, ends_with[0], ends_with[1], ends_with[2] != 0, starts, ends)
        for place in range(columns.size):
            column = columns[place]
            if column >= min(width, starts.size):
                continue
            count = 0
            for offset in range(starts[column], ends[column]):
                char = cls[offset] & LOW
                if char > _SPACE and count < spelled.size:
                    spelled[count] = char
                    count += 1
            if count:
                found[place, number] = sip(
                    spelled, 0, count, NONE, TEXT, np.uint64(key[0]), np.uint64(key[1])
                ) | np.uint64(1)
        number += 1
