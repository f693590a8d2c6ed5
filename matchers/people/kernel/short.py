"""
Words of less than SIXTEEN characters, which most are, read at once.

What might be typed inside a word, or break it, or stand for a letter of it is
not read here: `tokens` takes such a word character by character.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.arrays import (
    CAMEL,
    CAPITAL,
    CAPITALS,
    DIGITS,
    HYPHEN,
    LETTERS,
    LINE,
)
from matchers.people.kernel.blocks import (
    LOUD,
    NUMERALS,
    SIXTEEN,
    eight,
    letters_and_digits,
    lowest,
)
from matchers.people.kernel.compile import i8, inlined
from matchers.people.kernel.publics import SKIPPED, WORD
from matchers.people.kernel.together import FEWEST_DIGITS, MOST_RANK, SHORTEST
from matchers.people.tables import Array

REACH = SIXTEEN + 2  # characters that tell of a short word that it is one
_ALL = (1 << SIXTEEN) - 1
_LOWS = np.uint64(0x7F7F7F7F7F7F7F7F)


@inlined
def plain_word(cls: Array, i: int, limit: int, kind: Array) -> tuple[int, int]:
    """
    The length of the word that begins at `i`, and its characters as `letters_and_digits`.

    0 if it must be read character by character: it is long, or what follows may
    belong to it.
    """
    if i + REACH > limit:
        return i8(0), i8(0)
    bits = letters_and_digits(cls, i)
    length = lowest(~(bits | bits >> NUMERALS) & _ALL | 1 << SIXTEEN)
    what, after = kind[cls[i + length]], kind[cls[i + length + 1]]
    if what < WORD:
        plain = what != HYPHEN or after != LINE  # else it may be broken there
    else:
        plain = what != SKIPPED and after < WORD and after != HYPHEN
    if not plain or length == SIXTEEN:
        return i8(0), bits
    return length, bits


@inlined
def read(cls: Array, i: int, length: int, bits: int) -> tuple[int, np.uint64, np.uint64]:
    """The shape of a word of so many characters, and its letters as by `spelled`."""
    none = np.uint64(0)
    if not length:
        return i8(0), none, none
    whole = (1 << length) - 1
    letters, digits = bits & whole, bits >> NUMERALS & whole
    capitals = bits >> LOUD & letters
    shape = i8(LETTERS)
    if capitals or digits:
        shape = i8(0)
        if letters:
            shape |= LETTERS
            if capitals == letters:
                shape |= CAPITALS
        if capitals & 1:
            shape |= CAPITAL
        if capitals & (letters & ~capitals) << 1:
            shape |= CAMEL
        if digits:
            shape |= DIGITS
    if length <= 8:
        return shape, eight(cls, i) & _LOWS >> np.uint64(64 - 8 * length), none
    b = eight(cls, i + 8) & _LOWS >> np.uint64(128 - 8 * length)
    return shape, eight(cls, i) & _LOWS, b


@inlined
def bounds(bits: int, length: int) -> int:
    """The capitals behind small letters in a word of so many characters, as bits."""
    letters = bits & ((1 << length) - 1)
    capitals = bits >> LOUD & letters
    return capitals & (letters & ~capitals) << 1


@inlined
def may_be_numbered(bits: int, length: int) -> bool:
    """Whether `part` may find a number written to a rank in a word of letters and digits."""
    digits = bits >> NUMERALS & ((1 << length) - 1)
    letters = lowest(digits)
    return (
        SHORTEST <= letters <= MOST_RANK
        and length - letters >= FEWEST_DIGITS
        and digits == (1 << length) - (1 << letters)
    )
