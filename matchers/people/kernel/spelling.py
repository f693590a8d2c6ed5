"""A number spelled in one way for all ways of writing it: compiled `numbers.parse`."""

from __future__ import annotations

from matchers.people.kernel.compile import i8, inner
from matchers.people.kernel.marks import LOW, ahead, is_digit, is_letter
from matchers.people.kernel.shapes import MIXED, shape_of
from matchers.people.numbers import MOST_DIGITS
from matchers.people.tables import Array

MOST_LETTERS = 6  # before the digits
MOST_AFTER = 4
MOST_MIXED = 24  # letters and digits of a number that has no digits of its own
_ZERO = ord("0")


@inner
def _insert_zeros(work: Array, size: int, at: int, zeros: int) -> None:
    for place in range(size - 1, at - 1, -1):
        work[place + zeros] = work[place]
    for place in range(at, at + zeros):
        work[place] = _ZERO


@inner
def spell(cls: Array, start: int, end: int, work: Array) -> tuple[int, int, int]:
    """
    The number that folded text spells: (shape, core, length), shape 0 if it spells none.

    Its letters and digits, without leading zeros, are left in `work[:length]`.
    `core` is −1 where letters stand between the digits.
    """
    before = zeros = digits = after = numerals = size = core = i8(0)
    mixed = False
    place = ahead(cls, start, end)
    while place < end:
        char = i8(cls[place] & LOW)
        place = ahead(cls, place + 1, end)
        if is_digit(char):
            numerals += 1
            if after:
                mixed = True
            elif digits == 0 and char == _ZERO:
                zeros += 1
                continue
            else:
                digits += 1
                if digits <= MOST_DIGITS:
                    core = core * 10 + (char - _ZERO)
        elif is_letter(char):
            if numerals:
                after += 1
            else:
                before += 1
        else:
            continue
        if size < MOST_MIXED + 1:  # more is no number at all
            work[size] = char
        size += 1
    if numerals == 0:
        return i8(0), i8(-1), i8(0)
    alike = not mixed and before <= MOST_LETTERS and after <= MOST_AFTER
    if alike and digits <= MOST_DIGITS:
        if digits == 0:
            _insert_zeros(work, size, before, 1)
            digits = 1
            size += 1
        return shape_of(before, digits, after), core, size
    if size + zeros > MOST_MIXED:
        return i8(0), i8(-1), i8(0)
    _insert_zeros(work, size, before, zeros)
    size += zeros
    return shape_of(size - numerals, numerals, MIXED), i8(-1), size
