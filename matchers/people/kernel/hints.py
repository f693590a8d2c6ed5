"""Where words of four letters stand in a folded text: one pass, two bytes a step, however many they are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.tables import Array

_SHIFT = np.uint32(16)
_SPREAD = np.uint32(2654435761)  # Knuth's multiplicative hash
_BYTE = np.uint32(8)
_BEGINS, _INSIDE = 1, 2
FEW = 1 << 12  # places of which there is room at first


class Hints(NamedTuple):
    """
    The words that are looked for, in small letters.

    Wherever a word lies, two bytes that are a step of the pass are its first
    two or its middle two.
    """

    words: Array  # u4, their first byte highest
    first: Array  # i4[a power of two]: by hash one of these words, −1 for none
    following: Array  # i4: by word the next one of the same hash, −1 for none
    pairs: Array  # u1[65536], by two bytes as they lie in memory: whether one BEGINS so, or they are INSIDE


def hints(words: tuple[bytes, ...]) -> Hints:
    """Different words of four bytes, in small letters."""
    numbers = np.array([int.from_bytes(word, "big") for word in words], dtype=np.uint32)
    first = np.full(1 << (4 * len(words)).bit_length(), -1, dtype=np.int32)
    following = np.full(len(words), -1, dtype=np.int32)
    with np.errstate(over="ignore"):
        slots = ((numbers * _SPREAD) >> _SHIFT) & np.uint32(first.size - 1)
    for which, slot in enumerate(slots.tolist()):
        following[which], first[slot] = first[slot], which
    pairs = np.zeros(1 << 16, dtype=np.uint8)
    for word in words:
        for pair, what in ((word[:2], _BEGINS), (word[1:3], _INSIDE)):
            pairs[np.frombuffer(pair, dtype=np.uint16)] |= what
    return Hints(numbers, first, following, pairs)


def places(text: Array, known: Hints) -> tuple[Array, Array]:
    """The offset of each of these words in folded text without capitals (u1), in order, and which one it is."""
    steps = text[: text.size // 2 * 2].view(np.uint16)
    found = np.zeros((2, FEW), dtype=np.int32)
    while (count := _places(text, steps, known, found)) > found.shape[1]:
        found = np.zeros((2, count), dtype=np.int32)
    return found[0, :count], found[1, :count]


@compiled
def _places(text: Array, steps: Array, known: Hints, found: Array) -> int:
    """How many there are, more than there is room for included."""
    count = i8(0)
    for at in range(steps.size):
        step = known.pairs[steps[at]]
        if step:
            if step & _INSIDE:
                count = _met(text, i8(2 * at - 1), known, found, count)
            if step & _BEGINS:
                count = _met(text, i8(2 * at), known, found, count)
    return count


@inner
def _met(text: Array, at: int, known: Hints, found: Array, count: int) -> int:
    """How many are found with what stands at an offset."""
    if at < 0 or at + 4 > text.size:
        return count
    word = np.uint32(0)
    for offset in range(4):
        word = np.uint32((word << _BYTE) | np.uint32(text[at + offset]))
    slot = (np.uint32(word * _SPREAD) >> _SHIFT) & np.uint32(known.first.size - 1)
    which = i8(known.first[slot])
    while which >= 0:
        if known.words[which] == word:
            if count < found.shape[1]:
                found[0, count], found[1, count] = at, which
            count += 1
        which = i8(known.following[which])
    return count
