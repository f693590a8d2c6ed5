"""
Whom several pairs of names mean together: lists of officers, rising, each once.

They grow at the end of `Names.officer`; what is out of room marks `full`.
"""

from __future__ import annotations

from matchers.people.kernel.arrays import Names
from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.sorting import sort
from matchers.people.tables import Array


@inlined
def gather(pair_start: Array, pair_officer: Array, at: int, names: Names) -> None:
    """Add all who have the pair at this place."""
    start, stop = i8(pair_start[at]), i8(pair_start[at + 1])
    end = names.count[1]
    if end + stop - start > names.officer.size:
        names.full[0] = 1
        return
    for i in range(start, stop):
        names.officer[end] = pair_officer[i]
        end += 1
    names.count[1] = end


@inner
def narrow(pair_start: Array, pair_officer: Array, at: int, names: Names, start: int) -> None:
    """Keep of those since `start` who have the pair at this place as well, unless that is nobody."""
    low, high = i8(pair_start[at]), i8(pair_start[at + 1])
    end = names.count[1]
    for turn in range(2):
        kept = start
        for i in range(start, end):
            officer = names.officer[i]
            if holds(pair_officer, low, high, i8(officer)):
                if turn:
                    names.officer[kept] = officer
                kept += 1
        if kept == start:
            return
        if turn:
            names.count[1] = kept


@inner
def settle(names: Names, start: int, lists: int) -> None:
    """What was gathered since `start` from so many lists, in order, and each once."""
    if lists < 2:
        return
    officer, end = names.officer, names.count[1]
    sort(officer, start, end)
    kept = start
    for i in range(start, end):
        if kept == start or officer[kept - 1] != officer[i]:
            officer[kept] = officer[i]
            kept += 1
    names.count[1] = kept


@inlined
def holds(values: Array, low: int, high: int, value: int) -> bool:
    """Whether `value` is in `values[low:high]`, rising."""
    end = high
    while low < high:
        middle = (low + high) // 2
        if values[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low < end and bool(values[low] == value)
