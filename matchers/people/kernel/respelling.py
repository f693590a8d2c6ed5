"""
Other ways in which one word may have been meant: `sm1th`, `smiiith`, `ssmmiitthh`.

Digits stand for letters, runs are longer than they are written, every letter
is written twice.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.tables import Array

FEWEST_TWICE = 6  # letters of a word that may have every letter twice
_WAYS = 4  # of shortening: none, runs to two, runs to one, every second letter
MOST_ONES = 3  # ones that are read each for itself: i or l
_ONE, _NINE = ord("1"), ord("9")
_I, _L = ord("i"), ord("l")


@inlined
def is_odd(a: np.uint64, b: np.uint64, n: int) -> bool:
    """Whether a word may have other readings: a digit, or a letter twice in a row. Seldom wrong."""
    if n > 16:
        return True
    # the bit 0x40 tells letters from digits
    here = np.uint64(0x4040404040404040)
    if n < 8:
        one, two = here & ((np.uint64(1) << np.uint64(8 * n)) - np.uint64(1)), np.uint64(0)
    elif n < 16:
        one, two = here, here & ((np.uint64(1) << np.uint64(8 * (n - 8))) - np.uint64(1))
    else:
        one, two = here, here
    if a & here != one or b & here != two:
        return True
    # a byte of these is zero where a letter equals the next
    low = np.uint64(0x0101010101010101)
    high = np.uint64(0x8080808080808080)
    c = a ^ (a >> np.uint64(8) | b << np.uint64(56))
    d = b ^ (b >> np.uint64(8))
    if (c - low) & ~c & high & (one << np.uint64(1)):
        return True
    return bool((d - low) & ~d & high & (two << np.uint64(1)))


@inner
def made(letters: Array, start: int, n: int) -> tuple[bool, int, bool, int]:
    """
    Of a word: whether it mixes letters and digits, its longest run, if every letter is twice there.

    And how many numbers `respelled` is to be asked with, from 1 on.
    """
    digits, run, most = 0, 0, 0
    twice = n >= FEWEST_TWICE and n & 1 == 0
    for i in range(n):
        letter = letters[start + i]
        if letter <= _NINE:
            digits += 1
        if i and letter == letters[start + i - 1]:
            run += 1
        else:
            if twice and i & 1:
                twice = False
            run = 1
        most = max(most, run)
    odd = 0 < digits < n
    if not odd and most < 3 and not twice:
        return odd, most, twice, 0
    combined = 1 << min(ones(letters, start, n), MOST_ONES) if odd else 0
    return odd, most, twice, _WAYS * (combined + 1) - 1


@inner
def ones(letters: Array, start: int, n: int) -> int:
    """How many ones a word has."""
    count = 0
    for i in range(n):
        if letters[start + i] == _ONE:
            count += 1
    return count


@inner
def lettered(letters: Array, start: int, n: int, which: int, to: int) -> bool:
    """
    Write the word at `to` with letters for its digits. Whether any was one.

    The bits of `which` say of each of its ones whether it is l; of more than
    MOST_ONES the rest are as the last.
    """
    changed = False
    one = 0
    for i in range(n):
        letter = i8(letters[start + i])
        if letter <= _NINE:
            if letter == _ONE:
                letter = i8(_L if which >> min(one, MOST_ONES - 1) & 1 else _I)
                one += 1
            else:
                letter = meant(letter)
            changed = changed or letter > _NINE
        letters[to + i] = letter
    return changed


@inner
def meant(digit: int) -> int:
    """The letter that a digit other than 1 stands for, or the digit."""
    if digit == 48:
        return i8(111)  # o
    if digit == 51:
        return i8(101)  # e
    if digit == 52:
        return i8(97)  # a
    if digit == 53:
        return i8(115)  # s
    if digit == 55:
        return i8(116)  # t
    if digit == 56:
        return i8(98)  # b
    return i8(digit)


@inner
def shortened(letters: Array, start: int, n: int, longest: int) -> int:
    """Write `letters[start:start + n]` behind itself with runs of three or more cut to `longest`."""
    m = 0
    i = 0
    while i < n:
        end = i + 1
        while end < n and letters[start + end] == letters[start + i]:
            end += 1
        keep = end - i if end - i < 3 else longest
        for _ in range(keep):
            letters[start + n + m] = letters[start + i]
            m += 1
        i = end
    return m


@inner
def halved(letters: Array, start: int, n: int) -> None:
    """Write a word behind itself with every second letter."""
    for i in range(n >> 1):
        letters[start + n + i] = letters[start + 2 * i]


@inner
def respelled(
    letters: Array, start: int, n: int, free: int, which: int, odd: int, most: int, twice: int
) -> int:
    """
    Write reading `which` of a word at `free + n`. Its length, 0 if there is none.

    `free`: where 2 n letters may be written; `odd`, `most`, `twice` as by `made`.
    """
    way = which % _WAYS
    if (way in (1, 2) and most < 3) or (way == 3 and not twice):
        return i8(0)
    if which < _WAYS:
        for i in range(n):
            letters[free + i] = letters[start + i]
    elif not odd or not lettered(letters, start, n, which // _WAYS - 1, free):
        return i8(0)
    if way == 0:
        for i in range(n):
            letters[free + n + i] = letters[free + i]
        return i8(n)
    if way == 3:
        halved(letters, free, n)
        return i8(n >> 1)
    return shortened(letters, free, n, i8(3 - way))
