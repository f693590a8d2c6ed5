"""Where a few four-byte words stand in a text: one pass, whatever their number."""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.compile import compiled
from matchers.people.tables import Array

_SHIFT = np.uint32(24)
_SPREAD = np.uint32(2654435761)  # Knuth's multiplicative hash


def table(words: Array) -> Array:
    """u1[256]: 1 where one of these words (u4, their first byte highest) falls."""
    found = np.zeros(256, dtype=np.uint8)
    with np.errstate(over="ignore"):
        found[(words * _SPREAD) >> _SHIFT] = 1
    return found


@compiled
def places(low: Array, words: Array, table: Array, found: Array) -> int:
    """
    Put the offset of each of these words in `low` (u1), and which one it is, into `found` (i4[2, room]).

    How many there are, more than there is room for included.
    """
    count = 0
    word = np.uint32(0)
    for at in range(low.size):
        word = np.uint32((word << np.uint32(8)) | np.uint32(low[at]))
        if table[np.uint32(word * _SPREAD) >> _SHIFT]:
            for which in range(words.size):
                if words[which] == word and at >= 3:
                    if count < found.shape[1]:
                        found[0, count], found[1, count] = at - 3, which
                    count += 1
    return count
