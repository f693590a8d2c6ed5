"""
Numbers of an enrolled shape, found in folded text and looked up: compiled `numbers.find`.

One of no enrolled shape is dropped before it is hashed. Two readings are
possible of digits in groups in open text (`PC 288 177`) and of digits at the
end of a handle (`smith4321`): the second is marked SECOND.
"""

from __future__ import annotations

from matchers.people.kernel.arrays import DIGITS, SECOND, Index, Mails, Numbers, Tokens
from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.kernel.extents import beginning, is_simple, joined_end, word_end
from matchers.people.kernel.grouping import ALONE, groups
from matchers.people.kernel.marks import LOW, ahead, at_place, back, char_at, is_digit, is_letter
from matchers.people.kernel.places import shift_of
from matchers.people.kernel.seeking import is_known, sought, sought_later
from matchers.people.kernel.shapes import DIGITS_ALONE
from matchers.people.kernel.spelling import spell
from matchers.people.kernel.weak import is_clear, is_weak, surround
from matchers.people.kernel.written import (
    WRITTEN,
    digits_of,
    is_long,
    is_other,
    is_phone,
    written,
)
from matchers.people.tables import Array

FEWEST_IN_TAIL = 4  # digits at the end of a handle
_SPACE, _DOT, _ZERO = ord(" "), ord("."), ord("0")


@inner
def _probably(cls: Array, start: int, end: int, low: int, high: int, n: int, work: Array) -> bool:
    """Whether a number is probably something else."""
    size = written(cls, start, end, work)
    if is_other(work, size):
        return True
    first = back(cls, start, low, n)
    second = back(cls, max(first, low), low, n)
    third = ahead(cls, end, high)
    fourth = ahead(cls, third + 1, high)
    if is_clear(
        char_at(cls, second, low, n),
        char_at(cls, first, low, n),
        at_place(cls, third, high),
        at_place(cls, fourth, high),
        size,
    ):
        return is_long(work, size)
    surround(cls, start, end, low, high, n, work)
    return is_weak(work, size)


@inner
def _tail(cls: Array, start: int, end: int) -> int:
    """Where the digits begin that end a handle, −1 if there are too few."""
    place = back(cls, end, start, end)
    size = 0
    while place >= start and is_digit(cls[place]):
        size += 1
        first = place
        place = back(cls, place, start, end)
    if size < FEWEST_IN_TAIL or place < start or not is_letter(cls[place] & LOW):
        return i8(-1)
    return first


@inner
def _extent(
    cls: Array, token: tuple[int, int], first: int, low: int, high: int, n: int
) -> tuple[int, int, int, int]:
    """
    Of the number whose first digit this is: (its beginning, −1 if it is none, its end, the end of its groups, how they stand).
    """
    none = i8(0)
    if is_simple(cls, token[0], token[1], low, high):
        return token[0], token[1], none, none
    start, word, letters = beginning(cls, first, low, n)
    if start < 0:
        return start, first + 1, none, none
    end, place, may_be = word_end(cls, first, letters, high)
    grouped, how = none, none
    if letters == 0 and start == word:
        grouped, how = groups(cls, first, low, high, n)
    if not may_be:
        return i8(-1), end, none, none
    joined = joined_end(cls, end, place, high)
    if joined < 0:
        return joined, end, none, none
    return start, joined, grouped, how


@compiled
def numbers(cls: Array, n: int, tokens: Tokens, mails: Mails, index: Index, found: Numbers) -> None:
    """
    All numbers of an enrolled shape in `cls[:n]`, in order, as rows of `found`.

    What lies inside `mails` (an address and the secret beside it) is not read.
    Marks `found.full` when there is no room for a row.
    """
    work, shapes = found.work, index.shape
    shift = shift_of(index.number_bucket)
    n = i8(n)
    done = low = i8(0)
    stretch = row = 0
    found.count[0] = 0
    for token in range(tokens.count[0]):
        if not tokens.shape[token] & DIGITS:
            continue
        first, stop = i8(tokens.start[token]), i8(tokens.end[token])
        while stretch < mails.count[0] and mails.start[stretch] < first:
            low = max(low, i8(mails.until[stretch]))
            stretch += 1
        high = i8(mails.start[stretch]) if stretch < mails.count[0] else n
        bounds = (first, stop)
        while first < stop:
            if first < done or not is_digit(cls[first]):
                first += 1
                continue
            start, end, grouped, how = _extent(cls, bounds, first, low, high, n)
            first = max(first + 1, end)
            if start < 0:
                continue
            done = end
            for reading in range(2):
                if reading == 0 and not how:
                    continue
                weak = i8(0)
                begin, finish = start, end if reading else grouped
                shape, core, size = spell(cls, begin, finish, work)
                if not is_known(shapes, shape, core):
                    begin = _tail(cls, start, end) if reading else i8(-1)
                    if begin < 0:
                        continue
                    shape, core, size = spell(cls, begin, finish, work)
                    if not is_known(shapes, shape, core):
                        continue
                    weak = i8(SECOND)
                if row >= found.start.size:
                    found.full[0] = 1
                    return
                found.key[row], found.group[row], found.chance[row], found.bits[row] = sought(
                    index.key, index.number_bucket, index.number_tag, shift,
                    shapes, index.shape_span, index.shape_bits, work, shape, core, size,
                )  # fmt: skip
                if reading and not weak:
                    weak = i8(_probably(cls, begin, finish, low, high, n, work))
                else:
                    size = digits_of(cls, begin, finish, work)
                    if how == ALONE:
                        weak = i8(is_phone(work, WRITTEN, size))
                    elif is_other(work, size) or is_long(work, size):
                        continue
                    else:
                        weak = i8(SECOND)
                found.start[row], found.end[row] = begin, finish
                found.shape[row], found.core[row] = shape, core
                found.weak[row] = weak
                row += 1
                found.count[0] = row
                if not reading and how == ALONE:
                    done = first = grouped
                    break


@inner
def _cell_end(cls: Array, start: int, end: int) -> int:
    """Where the number in a cell ends: before the `.0` of a column of numbers with gaps, exported."""
    place = back(cls, end, start, end)
    while place >= start and cls[place] == _SPACE:
        place = back(cls, place, start, end)
    if place <= start or cls[place] != _ZERO:
        return end
    point = back(cls, place, start, end)
    if point <= start or cls[point] != _DOT:
        return end
    for each in range(start, point):
        if not is_digit(cls[each]) and cls[each] != _SPACE:
            return end
    return point


@compiled
def cell_number(cls: Array, start: int, end: int, index: Index, found: Numbers) -> int:
    """
    The row of `found` for a whole cell read as one number, −1 if it is none (or there is no room).

    One of no enrolled shape has group −1 and chance 0. Of digits alone the group
    is LATER (see `places.settle`).
    """
    start, end = i8(start), i8(end)
    end = _cell_end(cls, start, end)
    shape, core, size = spell(cls, start, end, found.work)
    if shape == 0:
        return i8(-1)
    row = i8(found.count[0])
    if row >= found.start.size:
        found.full[0] = 1
        return i8(-1)
    if shape == shape & DIGITS_ALONE:
        found.key[row], found.group[row], found.chance[row], found.bits[row] = sought_later(
            index.key, index.shape, index.shape_span, index.shape_bits, found.work, shape, core, size
        )  # fmt: skip
    else:
        shift = shift_of(index.number_bucket)
        found.key[row], found.group[row], found.chance[row], found.bits[row] = sought(
            index.key, index.number_bucket, index.number_tag, shift,
            index.shape, index.shape_span, index.shape_bits, found.work, shape, core, size,
        )  # fmt: skip
    found.start[row], found.end[row] = start, end
    found.shape[row], found.core[row] = shape, core
    found.weak[row] = 0
    found.count[0] = row + 1
    return row
