"""Where a few four-byte words stand in a text, in either case: one pass, two bytes a step, whatever their number."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np

from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.tables import Array

_SHIFT = np.uint32(24)
_SPREAD = np.uint32(2654435761)  # Knuth's multiplicative hash
_BYTE = np.uint32(8)
_BEGINS, _INSIDE = 1, 2


class Hints(NamedTuple):
    """
    The words that are looked for, in small letters.

    Wherever a word lies, two bytes that are a step of the pass are its first
    two or its middle two.
    """

    words: Array  # u4, their first byte highest
    falls: Array  # u1[256]: 1 where one of them falls by its hash
    pairs: Array  # u1[65536], by two bytes as they lie in memory: whether one BEGINS so, or they are INSIDE


def hints(words: tuple[bytes, ...]) -> Hints:
    """Words of four bytes, in small letters."""
    numbers = np.array([int.from_bytes(word, "big") for word in words], dtype=np.uint32)
    falls = np.zeros(256, dtype=np.uint8)
    with np.errstate(over="ignore"):
        falls[(numbers * _SPREAD) >> _SHIFT] = 1
    pairs = np.zeros(1 << 16, dtype=np.uint8)
    for word in words:
        for pair, what in ((word[:2], _BEGINS), (word[1:3], _INSIDE)):
            for spelled in itertools.product(*((each, each - 32) if 97 <= each <= 122 else (each,) for each in pair)):  # fmt: skip
                pairs[np.frombuffer(bytes(spelled), dtype=np.uint16)] |= what
    return Hints(numbers, falls, pairs)


def places(text: bytes, known: Hints, found: Array) -> int:
    """
    Put the offset of each of these words in a text, and which one it is, into `found` (i4[2, room]).

    How many there are, more than there is room for included.
    """
    steps = np.frombuffer(text, dtype=np.uint16, count=len(text) // 2)
    return _places(np.frombuffer(text, dtype=np.uint8), steps, known, found)


@compiled
def _places(text: Array, steps: Array, known: Hints, found: Array) -> int:
    count = i8(0)
    for at in range(steps.size):
        step = known.pairs[steps[at]]
        if step:
            if step & _INSIDE:
                count = _met(text, i8(2 * at - 1), known.words, known.falls, found, count)
            if step & _BEGINS:
                count = _met(text, i8(2 * at), known.words, known.falls, found, count)
    return count


@inner
def _met(text: Array, at: int, words: Array, falls: Array, found: Array, count: int) -> int:
    """How many are found with what stands at an offset."""
    if at < 0 or at + 4 > text.size:
        return count
    word = np.uint32(0)
    for offset in range(4):
        char = np.uint32(text[at + offset])
        if 0x41 <= char <= 0x5A:
            char |= np.uint32(0x20)
        word = np.uint32((word << _BYTE) | char)
    if falls[np.uint32(word * _SPREAD) >> _SHIFT]:
        for which in range(words.size):
            if words[which] == word:
                if count < found.shape[1]:
                    found[0, count], found[1, count] = at, which
                count += 1
    return count
