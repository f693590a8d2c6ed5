"""
The signs of an address, and the words that stand for them.

    @   [at]   (at)   _at_   at          .   [dot]   (.)   dot
"""

from __future__ import annotations

from matchers.people.kernel.compile import i8, inner
from matchers.people.kernel.marks import ahead, at_place, back, is_word
from matchers.people.tables import Array

# How sure a sign is.
NO = 0
PLAIN = 1
MEANT = 2  # in brackets: written so for an address
SPOKEN = 3  # a word like any other

_AT, _DOT, _SPACE, _UNDERSCORE = ord("@"), ord("."), ord(" "), ord("_")
_A, _D, _O, _T = ord("a"), ord("d"), ord("o"), ord("t")
_OPENING = tuple(b"([{<")
_CLOSING = tuple(b")]}>")
_SPACES = 2  # beside a sign in brackets
_LONGEST_DOT = 13  # characters: `  [  dot  ]  `


@inner
def is_label(char: int) -> bool:
    """Whether a character may stand in a domain's label."""
    return is_word(char) or char == ord("-")


@inner
def _over_spaces(cls: Array, place: int, n: int) -> int:
    for _ in range(_SPACES):
        if at_place(cls, place, n) != _SPACE:
            break
        place = ahead(cls, place + 1, n)
    return place


@inner
def _before_spaces(cls: Array, place: int, low: int, n: int) -> int:
    """The place before `place` (exclusive end) without the spaces that end there."""
    end = place
    for _ in range(_SPACES):
        last = back(cls, end, low, n)
        if last < low or cls[last] != _SPACE:
            break
        end = last
    return end


@inner
def _at_word(cls: Array, place: int, n: int) -> int:
    """The place after `at` or `@`, −1 if it is neither."""
    char = at_place(cls, place, n)
    if char == _AT:
        return ahead(cls, place + 1, n)
    if char != _A:
        return -1
    place = ahead(cls, place + 1, n)
    return ahead(cls, place + 1, n) if at_place(cls, place, n) == _T else -1


@inner
def _dot_word(cls: Array, place: int, n: int) -> int:
    """The place after `dot`, −1 if it is none."""
    if at_place(cls, place, n) != _D:
        return -1
    place = ahead(cls, place + 1, n)
    if at_place(cls, place, n) != _O:
        return -1
    place = ahead(cls, place + 1, n)
    return ahead(cls, place + 1, n) if at_place(cls, place, n) == _T else -1


@inner
def sign_at(cls: Array, place: int, low: int, n: int) -> tuple[int, int, int]:
    """
    The sign at this place: (how sure, where the local part ends, where the domain begins).

    Nothing before `low` belongs to it.
    """
    char = at_place(cls, place, n)
    after = _at_word(cls, place, n)
    if after < 0:
        return i8(NO), place, place
    follows = at_place(cls, after, n)
    last = back(cls, place, low, n)
    leads = at_place(cls, last, n) if last >= low else 0
    if char == _AT and is_label(follows):
        return i8(PLAIN), place, after
    start = _before_spaces(cls, place, low, n)
    stop = _over_spaces(cls, after, n)
    opened = back(cls, start, low, n)
    if (
        opened >= low
        and at_place(cls, opened, n) in _OPENING
        and at_place(cls, stop, n) in _CLOSING
    ):
        stop = _over_spaces(cls, ahead(cls, stop + 1, n), n)
        return i8(MEANT), _before_spaces(cls, opened, low, n), stop
    if leads == _SPACE and follows == _SPACE:
        return i8(SPOKEN), last, ahead(cls, after + 1, n)
    if leads == _UNDERSCORE and follows == _UNDERSCORE:
        return i8(SPOKEN), last, ahead(cls, after + 1, n)
    return i8(NO), place, place


@inner
def dot_after(cls: Array, place: int, n: int) -> tuple[int, int]:
    """
    The dot that begins at this place: (how sure, where what follows begins).

    What follows is a letter or a digit, or it is no dot.
    """
    char = at_place(cls, place, n)
    if char == _DOT:
        there = ahead(cls, place + 1, n)
        return (i8(PLAIN), there) if is_label(at_place(cls, there, n)) else (i8(NO), place)
    if char == _UNDERSCORE:
        there = _dot_word(cls, ahead(cls, place + 1, n), n)
        if there >= 0 and at_place(cls, there, n) == _UNDERSCORE:
            there = ahead(cls, there + 1, n)
            return (i8(SPOKEN), there) if is_word(at_place(cls, there, n)) else (i8(NO), place)
        return i8(NO), place
    there = _over_spaces(cls, place, n)
    if at_place(cls, there, n) in _OPENING:
        there = _over_spaces(cls, ahead(cls, there + 1, n), n)
        if at_place(cls, there, n) == _DOT:
            there = ahead(cls, there + 1, n)
        else:
            there = _dot_word(cls, there, n)
            if there < 0:
                return i8(NO), place
        there = _over_spaces(cls, there, n)
        if at_place(cls, there, n) not in _CLOSING:
            return i8(NO), place
        there = _over_spaces(cls, ahead(cls, there + 1, n), n)
        return (i8(MEANT), there) if is_word(at_place(cls, there, n)) else (i8(NO), place)
    if there == place:
        return i8(NO), place
    there = _dot_word(cls, there, n)
    if there < 0 or at_place(cls, there, n) != _SPACE:
        return i8(NO), place
    there = _over_spaces(cls, there, n)
    return (i8(SPOKEN), there) if is_word(at_place(cls, there, n)) else (i8(NO), place)


@inner
def is_closing(char: int) -> bool:
    return char in _CLOSING


@inner
def dot_before(cls: Array, end: int, low: int, n: int) -> tuple[int, int]:
    """(How sure a disguised dot is that ends at `end`, NO if there is none, where what it follows ends.)"""
    place = end
    for _ in range(_LONGEST_DOT):
        place = back(cls, place, low, n)
        if place < low:
            break
        sure, there = dot_after(cls, place, n)
        if sure > PLAIN and there == end:
            earlier = back(cls, place, low, n)
            if earlier >= low and is_word(at_place(cls, earlier, n)):
                return sure, earlier + 1
    return i8(NO), i8(end)
