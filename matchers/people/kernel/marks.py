"""
Folded text read over the marks that a writer may or may not type inside a word.

`words.clean` takes them out; here they are stepped over, so that every place
stays a place in the text: SKIP, apostrophes, and the `s` of possession.
"""

from __future__ import annotations

from matchers.people.fold import APOSTROPHE, SKIP
from matchers.people.kernel.compile import apart, i8, inlined, inner
from matchers.people.tables import Array

_A, _S, _Z = ord("a"), ord("s"), ord("z")
_NINE, _ZERO = ord("9"), ord("0")
LOW = 0x7F  # without the bit of capitals


@inlined
def is_letter(char: int) -> bool:
    return _A <= char <= _Z


@inlined
def is_digit(char: int) -> bool:
    return _ZERO <= char <= _NINE


@inlined
def is_word(char: int) -> bool:
    return _A <= char <= _Z or _ZERO <= char <= _NINE


@inner
def _possession(cls: Array, at: int, n: int) -> int:
    """Place of the `s` that belongs to the apostrophe at `at` (`Smith's`), −1 if none does."""
    letters = 0
    place = at - 1
    while letters < 2:
        if place < 0:
            return -1
        char = cls[place] & LOW
        if is_letter(char):
            letters += 1
        elif char != SKIP:
            return -1
        place -= 1
    place = at + 1
    while place < n and cls[place] == SKIP:
        place += 1
    if place >= n or cls[place] & LOW != _S:
        return -1
    after = place + 1
    while after < n and cls[after] == SKIP:
        after += 1
    if after < n and (is_word(cls[after] & LOW) or cls[after] == APOSTROPHE):
        return -1
    return place


@inner
def _over(cls: Array, at: int, n: int) -> int:
    apart()
    while at < n:
        char = cls[at]
        if char == SKIP:
            at += 1
        elif char == APOSTROPHE:
            owned = _possession(cls, at, n)
            at = owned + 1 if owned >= 0 else at + 1
        else:
            return at
    return n


@inner
def _behind(cls: Array, place: int, low: int, n: int) -> int:
    apart()
    while place >= low:
        char = cls[place] & LOW
        if char in (SKIP, APOSTROPHE):
            place -= 1
        elif char == _S and place > low and cls[place - 1] & LOW <= APOSTROPHE:
            sign = place - 1
            while sign >= low and cls[sign] == SKIP:
                sign -= 1
            if sign < low or cls[sign] != APOSTROPHE or _possession(cls, sign, n) != place:
                return place
            place = sign - 1
        else:
            return place
    return low - 1


@inlined
def ahead(cls: Array, at: int, n: int) -> int:
    """The first place from `at` on that holds no mark, `n` at the end."""
    if at < n and cls[at] > APOSTROPHE:
        return at
    return _over(cls, at, n)


@inlined
def back(cls: Array, at: int, low: int, n: int) -> int:
    """The last place before `at` and not before `low` that holds no mark, else `low` − 1."""
    place = at - 1
    if place >= low and cls[place] > APOSTROPHE and cls[place] & LOW != _S:
        return place
    return _behind(cls, place, low, n)


@inlined
def char_at(cls: Array, place: int, low: int, high: int) -> int:
    """The class at a place without the bit of capitals, 0 before `low` and from `high` on."""
    return i8(cls[place] & LOW) if low <= place < high else i8(0)


@inlined
def at_place(cls: Array, place: int, n: int) -> int:
    """The class at a place without the bit of capitals, 0 from `n` on."""
    return i8(cls[place] & LOW) if place < n else i8(0)
