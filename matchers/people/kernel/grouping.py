"""
Digits written in groups: `5991 5480`, `59 91 54 80`, `59,915,480`, `59.915.480`.

All that is on a line or in a cell is one number. In open text the groups are
numbers themselves, and the whole is a second way to read them.
"""

from __future__ import annotations

from matchers.people.kernel.compile import apart, i8, inner
from matchers.people.kernel.extents import digits_end
from matchers.people.kernel.marks import ahead, at_place, back, char_at, is_digit, is_letter
from matchers.people.tables import Array

ALONE = 2
AMONG = 1
_MOST_GROUPS = 4
_SPACE, _COMMA, _DOT = ord(" "), ord(","), ord(".")
_LINE, _RETURN, _TAB, _CELL, _ROW = ord("\n"), ord("\r"), ord("\t"), 0x1F, 0x1E
_MONEY, _PLUS, _PERCENT, _AT = ord("$"), ord("+"), ord("%"), ord("@")
_DASH, _SLASH, _COLON = ord("-"), ord("/"), ord(":")


@inner
def is_cut(char: int) -> bool:
    """Whether a line or a cell ends here; 0 is the end of the text, or an address beside it."""
    return char in (_LINE, _RETURN, _TAB, _CELL, _ROW, 0)


@inner
def _begins(cls: Array, first: int, low: int, n: int) -> int:
    """Whether groups may begin here: NO (0), AMONG other text, or ALONE so far."""
    place = back(cls, first, low, n)
    char = char_at(cls, place, low, n)
    if char in (_MONEY, _PLUS):
        return i8(0)
    if char in (_SPACE, _COMMA):
        earlier = back(cls, place, low, n)
        if is_digit(char_at(cls, earlier, low, n)):
            return i8(0)  # in the middle of a run
    while place >= low and char == _SPACE:
        place = back(cls, place, low, n)
        char = char_at(cls, place, low, n)
    return i8(ALONE) if is_cut(char) else i8(AMONG)


@inner
def _ends(cls: Array, place: int, high: int) -> bool:
    """Whether groups may end before this place: `12 34-56`, `1,200.50` and `1,200%` are something else."""
    char = at_place(cls, place, high)
    if is_letter(char) or char in (_DASH, _SLASH, _AT, _PERCENT):
        return False
    if char in (_DOT, _COLON, _COMMA):
        return not is_digit(at_place(cls, ahead(cls, place + 1, high), high))
    return True


@inner
def groups(cls: Array, first: int, low: int, high: int, n: int) -> tuple[int, int]:
    """
    The groups that begin with the digit at `first`: (where they end, AMONG or ALONE).

    (−1, 0) if there are none.
    """
    apart()
    end, place, size = digits_end(cls, first, high)
    between = at_place(cls, place, high)
    if between not in (_SPACE, _COMMA, _DOT):
        return i8(-1), i8(0)
    spaced = between == _SPACE
    if size > (6 if spaced else 3) or (spaced and size < 2):
        return i8(-1), i8(0)
    how = _begins(cls, first, low, n)
    if not how:
        return i8(-1), i8(0)
    count = i8(1)
    while at_place(cls, place, high) == between:
        there = ahead(cls, place + 1, high)
        stop, after, size = digits_end(cls, there, high)
        if size == 0:
            break
        count += 1
        if count > _MOST_GROUPS or not (2 <= size <= 6 if spaced else size == 3):
            return i8(-1), i8(0)
        end, place = stop, after
    if count < (3 if between == _DOT else 2) or not _ends(cls, place, high):
        return i8(-1), i8(0)
    if how == ALONE:
        while at_place(cls, place, high) == _SPACE:
            place = ahead(cls, place + 1, high)
        char = at_place(cls, place, high)
        if not is_cut(char) or (between == _COMMA and count < 3):
            how = i8(AMONG)
    return end, how
