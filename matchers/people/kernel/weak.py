"""
Numbers that what is around them says are something else: a date, a time, a price, half a postcode.

What stands around a number is laid side by side in `Numbers.work`, without
marks: AROUND characters before it up to BEFORE, as many after it from BEFORE
on; 0 is nothing. What it is by itself, `written` says.
"""

from __future__ import annotations

from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.marks import LOW, ahead, back, is_digit, is_letter, is_word
from matchers.people.kernel.written import (
    LONG_RUN,
    MOST_WRITTEN,
    WRITTEN,
    digits_from,
    is_long,
)
from matchers.people.tables import Array

AROUND = 14
BEFORE = 48  # the place in `work` where what is before the number ends

_SPACE, _LINE = ord(" "), ord("\n")
_DOT, _COLON, _COMMA = ord("."), ord(":"), ord(",")
_MONEY, _PLUS, _PERCENT, _ZERO = ord("$"), ord("+"), ord("%"), ord("0")
_MONTHS = tuple(
    int.from_bytes(month, "big")
    for month in b"jan feb mar apr may jun jul aug sep oct nov dec".split()
)
_GBP = int.from_bytes(b"gbp", "big")
_POUND = ord("p")  # the last letter of it


@inner
def surround(cls: Array, start: int, end: int, low: int, high: int, n: int, work: Array) -> None:
    """Lay what is around a number into `work`; what is before `low` and from `high` on is nothing."""
    place = start
    for step in range(1, AROUND + 1):
        place = back(cls, place, low, n)
        work[BEFORE - step] = cls[place] & LOW if place >= low else 0
        place = max(place, low)
    place = end
    for step in range(AROUND):
        place = ahead(cls, place, high)
        work[BEFORE + step] = cls[place] & LOW if place < high else 0
        place = min(place + 1, high)


@inner
def _is_half_a_postcode(work: Array, at: int, size: int, end: int) -> bool:
    """`LS6` and `2QT`, each beside what may be the other half. `end`: where what is before it ends."""
    letters = 0
    while letters < size and is_letter(work[at + letters]):
        letters += 1
    if letters == 0:
        if size != 3 or not is_letter(work[at + 1]) or not is_letter(work[at + 2]):
            return False
    else:
        digits = digits_from(work, at + letters, at + size)
        left = size - letters - digits
        if letters > 2 or not 1 <= digits <= 2 or left > 1:
            return False
        if left == 1 and not is_letter(work[at + size - 1]):
            return False
    next_one = BEFORE
    if (
        work[next_one] == _SPACE
        and is_digit(work[next_one + 1])
        and is_letter(work[next_one + 2])
        and is_letter(work[next_one + 3])
        and not is_word(work[next_one + 4])
    ):
        return True
    return _outward_before(work, end)


@inner
def _outward_before(work: Array, end: int) -> bool:
    """Whether `LS6 ` or the like is all that stands before."""
    low = BEFORE - AROUND
    place = end - 1
    if work[place] != _SPACE:
        return False
    place -= 1
    if place >= low and is_letter(work[place]):
        place -= 1
    digits = letters = 0
    while place >= low and digits < 2 and is_digit(work[place]):
        digits += 1
        place -= 1
    if digits == 0:
        return False
    while place >= low and letters < 3 and is_letter(work[place]):
        letters += 1
        place -= 1
    if not 1 <= letters <= 2:
        return False
    return bool(place < low or not is_word(work[place]))


@inner
def _packed_at(work: Array, at: int) -> int:
    """Three characters as one number."""
    return i8(work[at]) << 16 | i8(work[at + 1]) << 8 | i8(work[at + 2])


@inner
def _is_month(work: Array, at: int) -> bool:
    return _packed_at(work, at) in _MONTHS


@inner
def _is_day(work: Array, end: int) -> bool:
    """Whether a month stands beside it."""
    low = BEFORE - AROUND
    if work[BEFORE] == _SPACE and _is_month(work, BEFORE + 1):
        return True
    place = end - 1
    gaps = 0
    while place >= low and gaps < 2 and work[place] in (_SPACE, _COMMA, _DOT):
        gaps += 1
        place -= 1
    if gaps == 0:
        return False
    while place - 2 >= low and is_letter(work[place]):
        if _is_month(work, place - 2):
            return True
        place -= 1
    return False


@inner
def _run_before(work: Array, end: int) -> int:
    """Digits of the groups before: `1234 5678 ` has eight."""
    low = BEFORE - AROUND
    total = 0
    place = end
    while place - 1 >= low and work[place - 1] == _SPACE:
        size = 0
        place -= 1
        while place - 1 >= low and size < 6 and is_digit(work[place - 1]):
            size += 1
            place -= 1
        if size < 2:
            break
        total += min(size, 5)
        if size > 5:
            break
    return total


@inner
def _run_after(work: Array) -> int:
    high = BEFORE + AROUND
    total = 0
    place = BEFORE
    while place < high and work[place] == _SPACE:
        size = min(6, digits_from(work, place + 1, high))
        if size < 2:
            break
        total += size
        place += 1 + size
    return total


@inlined
def is_clear(second: int, before: int, after: int, next_one: int, size: int) -> bool:
    """
    Whether nothing beside a number of this length says that it is something else.

    `before`, `after`: the characters beside it, `second` and `next_one`: those
    beyond them. False if more must be looked at.
    """
    if before in (_MONEY, _PLUS) or after == _PERCENT:
        return False
    if before == _LINE:
        before, second = second, _ZERO
    if size <= 5:  # half a postcode, a day of a month
        if before in (_SPACE, _COMMA, _DOT) and (size <= 2 or is_word(second)):
            return False
        if after == _SPACE and is_word(next_one):
            return False
    if before in (_SPACE, _DOT, _COLON) and (is_digit(second) or second == _POUND):
        return False
    return after not in (_SPACE, _DOT, _COLON) or not is_digit(next_one)


@inner
def is_weak(work: Array, size: int) -> bool:
    """Whether what `surround` laid out around a number says that it is something else."""
    end = i8(BEFORE)
    plain = size <= MOST_WRITTEN and digits_from(work, WRITTEN, WRITTEN + size) == size
    if work[end - 1] in (_MONEY, _PLUS) or work[BEFORE] == _PERCENT:
        return True
    if work[end - 1] == _LINE:
        end -= 1
    last = work[end - 1]
    if last in (_DOT, _COLON) and is_digit(work[end - 2]):
        return True
    if last == _SPACE and _packed_at(work, end - 4) == _GBP:
        return True
    if work[BEFORE] in (_DOT, _COLON) and is_digit(work[BEFORE + 1]):
        decimal = (
            work[BEFORE] == _DOT
            and work[BEFORE + 1] == _ZERO
            and not is_digit(work[BEFORE + 2])
            and work[BEFORE + 2] != _DOT
        )
        if not decimal:  # a spreadsheet's `123.0` is 123
            return True
    if not plain and size <= MOST_WRITTEN and _is_half_a_postcode(work, WRITTEN, size, end):
        return True
    if size <= 2 and _is_day(work, end):
        return True
    if not plain:
        return False
    left = _run_before(work, end)
    right = _run_after(work)
    if left or right:
        return size + left + right >= LONG_RUN
    return is_long(work, size)
