"""
Where a number begins and ends in folded text: compiled `numbers`' pattern.

A number is a run of letters and digits with what is joined to it by a dash or
a slash: `C-12345`, `1234/CN`, `12-34-56`.
"""

from __future__ import annotations

from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.marks import (
    LOW,
    ahead,
    at_place,
    back,
    char_at,
    is_digit,
    is_letter,
    is_word,
)
from matchers.people.kernel.spelling import MOST_AFTER, MOST_LETTERS
from matchers.people.tables import Array

MOST_WORD = 20  # letters and digits before and after a digit of a number
_MOST_GROUPS = 3
_MOST_GROUP = 8
_DASH, _SLASH, _DOT, _AT = ord("-"), ord("/"), ord("."), ord("@")
_COMMA, _SPACE = ord(","), ord(" ")


@inlined
def is_simple(cls: Array, start: int, end: int, low: int, high: int) -> bool:
    """Whether the token is all of its number: nothing is joined to it, and no mark is in or beside it."""
    if end - start > MOST_WORD:
        return False
    for place in range(start, end):
        if not is_word(cls[place] & LOW):
            return False
    if start > low:
        char = cls[start - 1] & LOW
        if is_word(char) or char < _SPACE or char in (_DASH, _SLASH, _DOT, _AT):
            return False
    if end < high:
        char = cls[end] & LOW
        if is_word(char) or char in (_DASH, _SLASH, _AT):
            return False
        if end - start <= (6 if char == _SPACE else 3) and char in (_COMMA, _DOT, _SPACE):
            return end + 1 >= high or bool(cls[end + 1] >= _SPACE and not is_digit(cls[end + 1]))
        return bool(char >= _SPACE)
    return True


@inner
def beginning(cls: Array, first: int, low: int, n: int) -> tuple[int, int, int]:
    """
    Where the number begins whose first digit this is: (its beginning, that of its word, letters).

    −1 if these are not the first digits of a word, or stand where no number does.
    """
    word = i8(first)
    letters = i8(0)
    while True:
        place = back(cls, word, low, n)
        char = char_at(cls, place, low, n)
        if not is_letter(char):
            break
        letters += 1
        if letters > MOST_WORD:
            return i8(-1), word, letters
        word = place
    if char == _AT and letters and not is_word(char_at(cls, back(cls, place, low, n), low, n)):
        return word, word, letters  # `@JaneSmith1234`, no part of an address
    if is_digit(char) or char in (_DOT, _AT):
        return i8(-1), word, letters
    if char not in (_DASH, _SLASH):
        return word, word, letters
    start = place
    before = i8(0)
    while True:
        place = back(cls, start, low, n)
        char = char_at(cls, place, low, n)
        if not is_letter(char):
            break
        before += 1
        if before > MOST_LETTERS:
            return word, word, letters
        start = place
    if before == 0 or is_digit(char):
        return word, word, letters
    if char in (_DOT, _AT):
        return i8(-1), word, letters
    return start, word, letters


@inner
def word_end(cls: Array, first: int, letters: int, high: int) -> tuple[int, int, bool]:
    """Where the word ends whose first digit this is: (its end, the next place, whether it may be a number)."""
    offset = i8(letters)
    last = offset
    end = place = i8(first)
    while place < high and is_word(cls[place] & LOW):
        if offset <= MOST_WORD and is_digit(cls[place]):
            last = offset
        offset += 1
        end = place + 1
        place = ahead(cls, end, high)
    return end, place, offset - 1 - last <= MOST_WORD


@inner
def digits_end(cls: Array, place: int, high: int) -> tuple[int, int, int]:
    """Of the digits from here on: (where they end, the next place, how many)."""
    end = place
    size = i8(0)
    while place < high and is_digit(cls[place]):
        size += 1
        end = place + 1
        place = ahead(cls, end, high)
    return end, place, size


@inner
def joined_end(cls: Array, end: int, place: int, high: int) -> int:
    """
    Where the number ends whose word ends here, −1 if it is none.

    Up to three groups of digits may be joined to it, and a few letters after them.
    """
    for _ in range(_MOST_GROUPS):
        char = at_place(cls, place, high)
        if char not in (_DASH, _SLASH):
            break
        stop, there, size = digits_end(cls, ahead(cls, place + 1, high), high)
        if not 1 <= size <= _MOST_GROUP:
            break
        char = at_place(cls, there, high)
        if is_letter(char) or char == _AT:
            return end  # what is before this group is a number by itself
        end, place = stop, there
    char = at_place(cls, place, high)
    if char == _AT:
        return i8(-1)
    if char in (_DASH, _SLASH):
        size = i8(0)
        stop = end
        place = ahead(cls, place + 1, high)
        while place < high and is_letter(cls[place] & LOW):
            size += 1
            stop = place + 1
            place = ahead(cls, stop, high)
        char = at_place(cls, place, high)
        if 1 <= size <= MOST_AFTER and not is_digit(char) and char != _AT:
            return stop
    return end
