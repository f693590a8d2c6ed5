"""
SipHash-2-4 (Aumasson and Bernstein, 2012), compiled: the tags of words as they are read.

Equal to `siphash`, which hashes many messages at once when a roster is enrolled.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.blocks import eight
from matchers.people.kernel.compile import i8, inner
from matchers.people.tables import Array

NONE = 1 << 30  # position of no letter
PACKED = 14  # letters of a word that `packed` takes: with its kind it fills two blocks


@inner
def _round(
    v0: np.uint64, v1: np.uint64, v2: np.uint64, v3: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    v0 += v1
    v1 = ((v1 << np.uint64(13)) | (v1 >> np.uint64(51))) ^ v0
    v0 = (v0 << np.uint64(32)) | (v0 >> np.uint64(32))
    v2 += v3
    v3 = ((v3 << np.uint64(16)) | (v3 >> np.uint64(48))) ^ v2
    v0 += v3
    v3 = ((v3 << np.uint64(21)) | (v3 >> np.uint64(43))) ^ v0
    v2 += v1
    v1 = ((v1 << np.uint64(17)) | (v1 >> np.uint64(47))) ^ v2
    v2 = (v2 << np.uint64(32)) | (v2 >> np.uint64(32))
    return v0, v1, v2, v3


@inner
def _finished(v0: np.uint64, v1: np.uint64, v2: np.uint64, v3: np.uint64) -> np.uint64:
    v2 ^= np.uint64(0xFF)
    v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    return v0 ^ v1 ^ v2 ^ v3


@inner
def sip(
    letters: Array, start: int, n: int, skip: int, kind: int, k0: np.uint64, k1: np.uint64
) -> np.uint64:
    """
    The tag of `letters[start:start + n]` without the one at `skip` (NONE: none), of this kind.

    `letters`: u1; `skip` counts from `start`; `kind`: siphash.Kind.
    """
    v0 = k0 ^ np.uint64(0x736F6D6570736575)
    v1 = k1 ^ np.uint64(0x646F72616E646F6D)
    v2 = k0 ^ np.uint64(0x6C7967656E657261)
    v3 = k1 ^ np.uint64(0x7465646279746573)
    word = np.uint64(kind)
    length = 1
    for i in range(n):
        if i == skip:
            continue
        word |= np.uint64(letters[start + i]) << np.uint64(8 * (length & 7))
        length += 1
        if length & 7 == 0:
            v3 ^= word
            for _ in range(2):
                v0, v1, v2, v3 = _round(v0, v1, v2, v3)
            v0 ^= word
            word = np.uint64(0)
    word |= np.uint64(length & 0xFF) << np.uint64(56)
    v3 ^= word
    for _ in range(2):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    v0 ^= word
    return _finished(v0, v1, v2, v3)


@inner
def sip_at_once(
    letters: Array, start: int, n: int, kind: int, k0: np.uint64, k1: np.uint64
) -> np.uint64:
    """As `sip` of all the letters, eight at a time: the array goes on for eight letters behind them."""
    v0 = k0 ^ np.uint64(0x736F6D6570736575)
    v1 = k1 ^ np.uint64(0x646F72616E646F6D)
    v2 = k0 ^ np.uint64(0x6C7967656E657261)
    v3 = k1 ^ np.uint64(0x7465646279746573)
    word = np.uint64(kind) | eight(letters, i8(start)) << np.uint64(8)
    at = i8(start) + 7
    rest = n + 1  # bytes of the message that are not hashed
    while rest >= 8:
        v3 ^= word
        for _ in range(2):
            v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        v0 ^= word
        word = eight(letters, at)
        at += 8
        rest -= 8
    word &= (np.uint64(1) << np.uint64(8 * rest)) - np.uint64(1)
    word |= np.uint64((n + 1) & 0xFF) << np.uint64(56)
    v3 ^= word
    for _ in range(2):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    v0 ^= word
    return _finished(v0, v1, v2, v3)


@inner
def packed(
    a: np.uint64, b: np.uint64, n: int, kind: int, k0: np.uint64, k1: np.uint64
) -> np.uint64:
    """
    The tag of a word of `n` ≤ PACKED letters, its first eight in `a` and the rest in `b`.

    Little-endian, as in `arrays.Words`: faster than letter by letter.
    """
    v0 = k0 ^ np.uint64(0x736F6D6570736575)
    v1 = k1 ^ np.uint64(0x646F72616E646F6D)
    v2 = k0 ^ np.uint64(0x6C7967656E657261)
    v3 = k1 ^ np.uint64(0x7465646279746573)
    one, two = np.uint64(a), np.uint64(b)
    word = np.uint64(kind) | (one << np.uint64(8))
    length = np.uint64(n + 1) << np.uint64(56)
    if n < 7:
        word |= length
    v3 ^= word
    for _ in range(2):
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
    v0 ^= word
    if n >= 7:
        word = (one >> np.uint64(56)) | (two << np.uint64(8)) | length
        v3 ^= word
        for _ in range(2):
            v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        v0 ^= word
    return _finished(v0, v1, v2, v3)


@inner
def without(a: np.uint64, b: np.uint64, i: int) -> tuple[np.uint64, np.uint64]:
    """The packed letters without the one at place `i` < 16."""
    one, two = np.uint64(a), np.uint64(b)
    if i < 8:
        low = (np.uint64(1) << np.uint64(8 * i)) - np.uint64(1)
        # the ninth letter moves up into the place that is free
        left = (one & low) | ((one >> np.uint64(8)) & ~low) | (two << np.uint64(56))
        return left, two >> np.uint64(8)
    low = (np.uint64(1) << np.uint64(8 * (i - 8))) - np.uint64(1)
    return one, (two & low) | ((two >> np.uint64(8)) & ~low)


@inner
def neighbourhood(a: np.uint64, b: np.uint64, n: int, kind: int, key: Array, work: Array) -> None:
    """
    Tags of a word of 1 < `n` ≤ PACKED letters (place 0) and of it without letter i (place i + 1).

    `work`: u8[3, 32]; the tags are left in its last row. Done side by side: the
    compiler makes vector instructions of it, which take a fifth of the time.
    """
    one, two = np.uint64(a), np.uint64(b)
    first, second = work[0], work[1]
    start = np.uint64(kind)
    length = np.uint64(n + 1) << np.uint64(56)
    first[0] = start | one << np.uint64(8)
    second[0] = one >> np.uint64(56) | two << np.uint64(8) | length
    if n < 7:
        first[0] |= length
    shorter = np.uint64(n) << np.uint64(56)
    for i in range(n):
        c, d = without(one, two, i)
        first[i + 1] = start | c << np.uint64(8)
        second[i + 1] = c >> np.uint64(56) | d << np.uint64(8) | shorter
        if n < 8:
            first[i + 1] |= shorter
    most = (n + 8) & ~7  # whole vectors: what is too much is never looked at
    if n < 8:
        _one_block(first, most, key[0], key[1], work[2])
        if n == 7:
            work[2, 0] = packed(one, two, n, kind, key[0], key[1])
    else:
        _two_blocks(first, second, most, key[0], key[1], work[2])


@inner
def _one_block(first: Array, count: int, k0: np.uint64, k1: np.uint64, tags: Array) -> None:
    for i in range(count):
        v0 = k0 ^ np.uint64(0x736F6D6570736575)
        v1 = k1 ^ np.uint64(0x646F72616E646F6D)
        v2 = k0 ^ np.uint64(0x6C7967656E657261)
        v3 = k1 ^ np.uint64(0x7465646279746573) ^ first[i]
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        tags[i] = _finished(v0 ^ first[i], v1, v2, v3)


@inner
def _two_blocks(
    first: Array, second: Array, count: int, k0: np.uint64, k1: np.uint64, tags: Array
) -> None:
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
        tags[i] = _finished(v0 ^ second[i], v1, v2, v3)


@inner
def side_by_side(count: int, n: int, kind: int, key: Array, work: Array) -> None:
    """
    The tags of `count` ≤ 32 words of `n` ≤ PACKED letters each, packed in the first two rows of `work`.

    They are left in its last row; the others hold nothing of use then.
    """
    first, second = work[0], work[1]
    start, length = np.uint64(kind), np.uint64(n + 1) << np.uint64(56)
    for i in range(count):
        a = first[i]
        second[i] = a >> np.uint64(56) | second[i] << np.uint64(8) | length
        first[i] = start | a << np.uint64(8)
        if n < 7:
            first[i] |= length
    if n < 7:
        _one_block(first, count, key[0], key[1], work[2])
    else:
        _two_blocks(first, second, count, key[0], key[1], work[2])


@inner
def mixed(a: np.uint64, b: np.uint64) -> np.uint64:
    """A public mix of two words, for tables in memory: no secret, and no defence."""
    word = (np.uint64(a) * np.uint64(0x9E3779B97F4A7C15)) ^ (
        np.uint64(b) * np.uint64(0xC2B2AE3D27D4EB4F)
    )
    word ^= word >> np.uint64(29)
    word *= np.uint64(0xBF58476D1CE4E5B9)
    return word ^ (word >> np.uint64(32))


@inner
def keyed(a: np.uint64, b: np.uint64, k0: np.uint64, k1: np.uint64) -> np.uint64:
    """SipHash-2-4 of two words: a keyed mix, for keys of what was read."""
    v0 = k0 ^ np.uint64(0x736F6D6570736575)
    v1 = k1 ^ np.uint64(0x646F72616E646F6D)
    v2 = k0 ^ np.uint64(0x6C7967656E657261)
    v3 = k1 ^ np.uint64(0x7465646279746573)
    for word in (np.uint64(a), np.uint64(b), np.uint64(16) << np.uint64(56)):
        v3 ^= word
        for _ in range(2):
            v0, v1, v2, v3 = _round(v0, v1, v2, v3)
        v0 ^= word
    return _finished(v0, v1, v2, v3)
