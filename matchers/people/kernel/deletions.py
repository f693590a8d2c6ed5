"""
Tags of words of more letters than two blocks hold: whole, and without each letter.

Two names joined have as many (`vanderberg` and `smithjones` are asked as one
word). Equal to `hashing.sip`, side by side as in `hashing.neighbourhood`.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.compile import inlined, inner
from matchers.people.kernel.hashing import NONE, _finished, _round, _two_blocks, sip
from matchers.people.tables import Array

SIDE_BY_SIDE = 23  # letters: without one of them, and with its kind, a word fills three blocks
_TWO_BLOCKS = 15  # letters of a word that without one of them fills two


@inlined
def _packed(letters: Array, begin: int, end: int) -> np.uint64:
    """At most eight letters, the first in the lowest byte."""
    word = np.uint64(0)
    for i in range(begin, end):
        word |= np.uint64(letters[i]) << np.uint64(8 * (i - begin))
    return word


@inlined
def _less(word: np.uint64, i: int, following: np.uint64) -> np.uint64:
    """Eight letters without the one at `i`: the first of the following ones moves up."""
    low = (np.uint64(1) << np.uint64(8 * i)) - np.uint64(1)
    return (word & low) | ((word >> np.uint64(8)) & ~low) | (following << np.uint64(56))


@inner
def longer(letters: Array, start: int, n: int, kind: int, key: Array, work: Array) -> None:
    """
    Tags of the word of 14 < `n` ≤ SIDE_BY_SIDE letters from `start` on (place 0), and of it
    without letter i (place i + 1).

    `work`: u8[3, 32]; the tags are left in its last row.
    """
    eight = np.uint64(8)
    a = _packed(letters, start, start + 8)
    b = _packed(letters, start + 8, start + min(n, 16))
    c = _packed(letters, start + 16, start + n)
    first, second, third = work[0], work[1], work[2]
    begin = np.uint64(kind) | a << eight
    size = np.uint64(n) << np.uint64(56)
    first[0] = begin
    second[0] = a >> np.uint64(56) | b << eight
    third[0] = b >> np.uint64(56) | c << eight | np.uint64(n + 1) << np.uint64(56)
    d, e = b >> eight | c << np.uint64(56), c >> eight
    for i in range(8):
        left = _less(a, i, b)
        first[i + 1] = np.uint64(kind) | left << eight
        second[i + 1] = left >> np.uint64(56) | d << eight
        third[i + 1] = d >> np.uint64(56) | e << eight | size
    for i in range(8, min(n, 16)):
        left = _less(b, i - 8, c)
        first[i + 1] = begin
        second[i + 1] = a >> np.uint64(56) | left << eight
        third[i + 1] = left >> np.uint64(56) | e << eight | size
    for i in range(16, n):
        left = _less(c, i - 16, np.uint64(0))
        first[i + 1] = begin
        second[i + 1] = second[0]
        third[i + 1] = b >> np.uint64(56) | left << eight | size
    most = (n + 8) & ~7  # whole vectors: what is too much is never looked at
    if n == _TWO_BLOCKS:
        for i in range(n + 1):
            second[i] |= size
        _two_blocks(first, second, most, key[0], key[1], third)
    else:
        _three_blocks(first, second, most, key[0], key[1], third)
    if n in (_TWO_BLOCKS, SIDE_BY_SIDE):  # as a whole it fills one block more
        third[0] = sip(letters, start, n, NONE, kind, key[0], key[1])


@inner
def _three_blocks(
    first: Array, second: Array, count: int, k0: np.uint64, k1: np.uint64, tags: Array
) -> None:
    """The third blocks stand where the tags are left."""
    for i in range(count):
        v0 = k0 ^ np.uint64(0x736F6D6570736575)
        v1 = k1 ^ np.uint64(0x646F72616E646F6D)
        v2 = k0 ^ np.uint64(0x6C7967656E657261)
        v3 = k1 ^ np.uint64(0x7465646279746573) ^ first[i]
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        v0 ^= first[i]
        v3 ^= second[i]
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        v0 ^= second[i]
        v3 ^= tags[i]
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        tags[i] = _finished(v0 ^ tags[i], v1, v2, v3)
