"""
What a number is by itself, however it stands: a year, a date, an ordinal, a telephone number.

It is laid out in `Numbers.work` as it is written, without marks, from WRITTEN on.
"""

from __future__ import annotations

from matchers.people.kernel.compile import i8, inner
from matchers.people.kernel.marks import LOW, ahead, is_digit
from matchers.people.tables import Array

WRITTEN = 64
MOST_WRITTEN = 32  # longer ones are no year, date or ordinal
LONG_RUN = 10  # digits of a telephone or card number

_DASH, _SLASH = ord("-"), ord("/")
_S, _ZERO, _ONE, _TWO, _FOUR, _NINE = ord("s"), ord("0"), ord("1"), ord("2"), ord("4"), ord("9")
_UNITS = tuple(
    int.from_bytes(unit, "big")
    for unit in b"st nd rd th am pm km kg mm cm mph gb mb kb ml m k bn px".split()
)


@inner
def written(cls: Array, start: int, end: int, work: Array) -> int:
    """Lay the number into `work` as it is written; its length, cut at MOST_WRITTEN + 1."""
    size = i8(0)
    place = ahead(cls, start, end)
    while place < end and size <= MOST_WRITTEN:
        work[WRITTEN + size] = cls[place] & LOW
        size += 1
        place = ahead(cls, place + 1, end)
    return size


@inner
def digits_of(cls: Array, start: int, end: int, work: Array) -> int:
    """Lay the digits alone into `work`; how many, cut at MOST_WRITTEN + 1."""
    size = i8(0)
    for place in range(start, end):
        if is_digit(cls[place]) and size <= MOST_WRITTEN:
            work[WRITTEN + size] = cls[place]
            size += 1
    return size


@inner
def digits_from(work: Array, at: int, end: int) -> int:
    """How many digits stand in `work` from `at` on."""
    size = 0
    while at + size < end and is_digit(work[at + size]):
        size += 1
    return size


@inner
def _is_year(work: Array, at: int, size: int) -> bool:
    first, second = work[at], work[at + 1]
    if size == 5 and work[at + 4] != _S:
        return False
    if size not in (4, 5) or digits_from(work, at, at + 4) < 4:
        return False
    if first == _ONE:
        return bool(second == _NINE)
    if first != _TWO:
        return False
    return bool(second == _ZERO or (second == _ONE and work[at + 2] == _ZERO == work[at + 3]))


@inner
def is_phone(work: Array, at: int, size: int) -> bool:
    """Whether digits alone are a British telephone number; `00…` is padded."""
    if work[at] == _ZERO:
        return bool(size in (10, 11) and work[at + 1] != _ZERO)
    return bool(work[at] == _FOUR and work[at + 1] == _FOUR and size in (11, 12))


@inner
def _is_date(work: Array, at: int, size: int) -> bool:
    """`31/12/1999`, `1-2-99`, `1999-12`, `2001/1/31`."""
    end = at + size
    first = digits_from(work, at, end)
    place = at + first
    if place >= end or work[place] not in (_DASH, _SLASH):
        return False
    second = digits_from(work, place + 1, end)
    if not 1 <= second <= 2:
        return False
    place += 1 + second
    if first == 4 and (
        (work[at] == _ONE and work[at + 1] == _NINE) or (work[at] == _TWO and work[at + 1] == _ZERO)
    ):
        if place == end:
            return True
        if work[place] not in (_DASH, _SLASH):
            return False
        third = digits_from(work, place + 1, end)
        return 1 <= third <= 2 and place + 1 + third == end
    if not 1 <= first <= 2 or place >= end or work[place] not in (_DASH, _SLASH):
        return False
    third = digits_from(work, place + 1, end)
    return third in (2, 4) and place + 1 + third == end


@inner
def _is_ordinal(work: Array, at: int, size: int) -> bool:
    """`21st`, `5pm`, `70mph`."""
    digits = digits_from(work, at, at + size)
    if digits == 0 or not 1 <= size - digits <= 3:
        return False
    unit = 0
    for place in range(at + digits, at + size):
        unit = unit << 8 | i8(work[place])
    return unit in _UNITS


@inner
def is_other(work: Array, size: int) -> bool:
    """Whether a number is a year, a date, an ordinal or a telephone number, whatever is around it."""
    if size > MOST_WRITTEN:
        return False
    if _is_year(work, WRITTEN, size):
        return True
    if digits_from(work, WRITTEN, WRITTEN + size) < size:
        return _is_date(work, WRITTEN, size) or _is_ordinal(work, WRITTEN, size)
    return is_phone(work, WRITTEN, size)


@inner
def is_long(work: Array, size: int) -> bool:
    """Whether a number is of digits alone, and of too many."""
    if size > MOST_WRITTEN or digits_from(work, WRITTEN, WRITTEN + size) < size:
        return False
    zeros = 0
    while zeros < size and work[WRITTEN + zeros] == _ZERO:
        zeros += 1
    return size - zeros >= LONG_RUN
