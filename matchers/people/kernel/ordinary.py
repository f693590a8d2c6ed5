"""
Addresses written as most are, read at once: `j.smith@force.example` in plain characters, nothing disguised.

What is long, or has a mark in or beside it, or might go on behind a disguised
dot, `addresses` reads character by character.
"""

from __future__ import annotations

import numpy as np

from matchers.people.fold import APOSTROPHE
from matchers.people.kernel.blocks import WIDTH, eight, highest, how_many, lowest, put, within
from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.marks import LOW, is_word
from matchers.people.kernel.signs import NO, dot_after, dot_before, is_closing
from matchers.people.tables import Array

MOST_LABELS = 9
_OPENING = tuple(b"([{<")
_EVERY = (1 << WIDTH) - 1
_EIGHT = np.uint64(0x7F7F7F7F7F7F7F7F)  # of eight characters, without the bit of capitals
_SPACE = ord(" ")
_AT, _DOT, _DASH, _PLUS = ord("@"), ord("."), ord("-"), ord("+")
_UNDERSCORE, _PERCENT = ord("_"), ord("%")
_ZERO, _NINE = ord("0"), ord("9")
_A, _Z, _P, _N = ord("a"), ord("z"), ord("p"), ord("n")


@inner
def is_legacy(work: Array, start: int, end: int) -> bool:
    """Whether a label is `pnn`, under which every address of a force exists as well."""
    return bool(
        end - start == 3 and work[start] == _P and work[start + 1] == _N and work[start + 2] == _N
    )


@inlined
def _local_bits(cls: Array, at: int) -> int:
    bits = within(cls, at, _A, _Z) | within(cls, at, _ZERO, _NINE) | within(cls, at, _DASH, _DOT)
    signs = within(cls, at, _PLUS, _PLUS) | within(cls, at, _UNDERSCORE, _UNDERSCORE)
    return bits | signs | within(cls, at, _PERCENT, _PERCENT)


@inner
def _ends_plainly(cls: Array, start: int, end: int, low: int, n: int) -> bool:
    """Whether no disguised dot stands beside an address of plain characters, nor a mark behind it."""
    if start > low:
        char = cls[start - 1] & LOW
        if char in (_SPACE, _UNDERSCORE) or is_closing(char):
            dot, _ = dot_before(cls, start, low, n)
            if dot != NO:
                return False
    char = cls[end]
    if char <= APOSTROPHE or (char == _DOT and cls[end + 1] <= APOSTROPHE):
        return False
    if char in (_SPACE, _UNDERSCORE) or char in _OPENING:
        dot, _ = dot_after(cls, end, n)
        return bool(dot == NO)
    return True


@inner
def ordinary(cls: Array, at: int, low: int, n: int, work: Array) -> tuple[int, int, int, int]:
    """
    As `_spelled`, of an address as most are: (where it begins, its end, length of its local part, its own).

    Its beginning is −1 if it must be read character by character: it is long, or
    disguised, or a mark stands in or beside it.
    """
    none = i8(-1)
    if at - WIDTH < 0 or at + WIDTH + 2 > n:
        return none, none, none, none
    # ---------------------------------------------------- the local part
    others = ~_local_bits(cls, at - WIDTH) & _EVERY
    if not others or cls[at - WIDTH + highest(others)] <= APOSTROPHE:
        return none, none, none, none
    start = max(at - WIDTH + highest(others) + 1, low)
    while start < at and not is_word(cls[start] & LOW):
        start += 1
    # -------------------------------------------------------- the domain
    first = at + 1
    labels = within(cls, first, _A, _Z) | within(cls, first, _ZERO, _NINE)
    labels |= within(cls, first, _DASH, _DASH)
    dots = within(cls, first, _DOT, _DOT) & labels >> 1
    length = lowest(~(labels | dots) | 1 << (WIDTH - 1))
    dots &= (1 << length) - 1
    if (
        start >= at
        or not labels & 1
        or not dots
        or how_many(dots) >= MOST_LABELS
        or length >= WIDTH - 1
        or not _ends_plainly(cls, start, first + length, low, n)
    ):
        return none, none, none, none
    # ------------------------------------------------ what they spell
    for eighth in range(0, WIDTH, 8):
        put(work, i8(eighth), eight(cls, start + eighth) & _EIGHT)
    local = at - start
    pluses = within(cls, at - WIDTH, _PLUS, _PLUS) >> (start - at + WIDTH)
    if pluses:
        local = lowest(pluses)
    while local > 0 and work[local - 1] == _DOT:
        local -= 1
    if local == 0:
        return none, none, none, none
    work[local] = _AT
    legacy = within(cls, first, _P, _P) & within(cls, first, _N, _N) >> 1
    if not legacy & (1 << length) - 1:
        for eighth in range(0, WIDTH, 8):
            put(work, local + 1 + eighth, eight(cls, first + eighth) & _EIGHT)
        return start, first + length, local, local + 1 + length
    size = local + 1
    label = size
    for place in range(first, first + length):
        char = cls[place] & LOW
        if char == _DOT:
            if is_legacy(work, label, size):
                size = label
                continue
            label = size + 1
        work[size] = char
        size += 1
    if is_legacy(work, label, size):
        size = max(label - 1, local + 1)
    if size <= local + 1:
        return none, none, none, none
    return start, first + length, local, size
