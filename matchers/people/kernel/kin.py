"""
The surnames of those who have a number, as bits: most words near it are none of them.

One of 64 bits for each surname, which others share. What a number is for is
told by a word only that may be the surname of somebody who has it, and that is
seen without asking who has it.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.compile import inlined
from matchers.people.tables import Array

_ODD = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio


@inlined
def among(kin: np.uint64, surname: int) -> bool:
    """Whether the surname may be one of these; −1 is none."""
    return surname >= 0 and bool(kin >> bit(np.uint64(surname)) & np.uint64(1))


@inlined
def bit(surname: np.uint64) -> np.uint64:
    """The place of a surname's bit."""
    return (surname * np.uint64(_ODD)) >> np.uint64(58)


def kin(sur_start: Array, sur_officer: Array, number_start: Array, number_officer: Array) -> Array:
    """`number_names` of an index: for each number the bits of the surnames of those who have it."""
    place = np.arange(sur_start.size - 1, dtype=np.uint64) * np.uint64(_ODD) >> np.uint64(58)
    each = np.repeat(np.uint64(1) << place, np.diff(sur_start).astype(np.int64))
    officers = 1 + max(_most(sur_officer), _most(number_officer))
    names = np.zeros(officers, dtype=np.uint64)
    np.bitwise_or.at(names, sur_officer, each)
    numbers = number_start.size - 1
    if numbers <= 0:
        return np.zeros(0, dtype=np.uint64)
    return np.bitwise_or.reduceat(names[number_officer], number_start[:-1].astype(np.int64))


def _most(officers: Array) -> int:
    return int(officers.max()) if officers.size else -1
