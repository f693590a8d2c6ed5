"""
What a line, a row or a run of words turned out to hold, in arrays.

`Rows` is filled by the readers (`lines`, `grid`, `runs`) and weighed by
`rolling`; what is worth a record of its own is told by `agree`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchers.people.kernel.arrays import Index, Mails, Names, Numbers
from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.tables import Array

# What a row shows, as bits of `shown`.
RANKED = 1  # a rank stands in it, or right before it
NAMED = 2  # some name stands in it, ours or not
AGREES = 4  # two of its identifiers mean one officer
MET = 8  # one of its identifiers is ours
RUNNING = 16  # it stands in running text


class Rows(NamedTuple):
    """
    A row each. `number`: its place among the lines or rows of the window, from 0.

    `name`: its row in Names, −1 without one; `alone`: that of a surname which
    stands there by itself (see `alone`). `ids` and `mails`: its half-open
    stretches of Numbers and Mails. `rank`: offsets of the rank in it, (0, 0)
    without one. `column`: for each number, the column it stands in, −1: none.
    """

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[1]
    full: Array  # u1[1]
    number: Array  # i4
    start: Array  # i4
    end: Array  # i4
    name: Array  # i4
    alone: Array  # i4
    ids: Array  # i4[2, rows]
    mails: Array  # i4[2, rows]
    rank: Array  # i4[2, rows]
    shown: Array  # u1
    column: Array  # i4, by row of Numbers


def rows(room: int, numbers: int) -> Rows:
    """Room for so many rows, and numbers in them."""
    return Rows(  # type: ignore[call-arg]  # as many as there are fields
        np.zeros(1, dtype=np.int64),
        np.zeros(1, dtype=np.uint8),
        *(np.zeros(room, dtype=np.int32) for _ in range(5)),
        *(np.zeros((2, room), dtype=np.int32) for _ in range(3)),
        np.zeros(room, dtype=np.uint8),
        np.full(numbers, -1, dtype=np.int32),
    )


@inner
def added(rows: Rows, number: int, start: int, end: int) -> int:
    """A new row without anything in it; −1 if there is no room."""
    at = rows.count[0]
    if at >= rows.number.size:
        rows.full[0] = 1
        return -1
    rows.count[0] = at + 1
    rows.number[at] = number
    rows.start[at] = start
    rows.end[at] = end
    rows.name[at] = -1
    rows.alone[at] = -1
    rows.ids[0, at] = 0
    rows.ids[1, at] = 0
    rows.mails[0, at] = 0
    rows.mails[1, at] = 0
    rows.rank[0, at] = 0
    rows.rank[1, at] = 0
    rows.shown[at] = 0
    return int(at)


@inner
def copied(found: Numbers, at: int, numbers: Numbers) -> int:
    """The number again as the last of `numbers`; −1 if there is no room."""
    row = numbers.count[0]
    if row >= numbers.start.size:
        numbers.full[0] = 1
        return -1
    numbers.start[row], numbers.end[row] = found.start[at], found.end[at]
    numbers.shape[row], numbers.core[row] = found.shape[at], found.core[at]
    numbers.weak[row], numbers.group[row] = found.weak[at], found.group[at]
    numbers.chance[row], numbers.bits[row] = found.chance[at], found.bits[at]
    numbers.key[row] = found.key[at]
    numbers.count[0] = row + 1
    return int(row)


@inner
def meets(stamp: Array, mark: int, officers: Array, start: int, stop: int) -> bool:
    """Whether any of these officers bears the mark."""
    for at in range(start, stop):
        if stamp[officers[at]] == mark:
            return True
    return False


@compiled
def agree(
    index: Index,
    names: Names,
    numbers: Numbers,
    mails: Mails,
    spelled: Numbers,
    local: Array,
    rows: Rows,
) -> None:
    """
    Mark the rows of which two identifiers mean one officer.

    `local`: i4[2, mails], what the local part of an address at a force's
    domain is: a row of `spelled`, a row of `names` (−1: neither).
    """
    for row in range(rows.count[0]):
        name = i8(rows.name[row])
        mark = i8(0)
        if name >= 0 and names.stop[name] > names.start[name]:
            rows.shown[row] |= MET
            mark = marked(names, names.officer, i8(names.start[name]), i8(names.stop[name]))
        for at in range(rows.mails[0, row], rows.mails[1, row]):
            kind, start, stop = _of_mail(index, names, mails, spelled, local, i8(at))
            if kind == 0:
                continue
            rows.shown[row] |= MET
            officers = names.officer
            if kind == 1:
                officers = index.mail_officer
            elif kind == 2:
                officers = index.number_officer
            if mark and meets(names.stamp, mark, officers, start, stop):
                rows.shown[row] |= AGREES
        # With the name first, then with each address: namesakes may stand beside both.
        first, last = i8(rows.mails[0, row]), i8(rows.mails[1, row])
        for turn in range(first - 1, last):
            if rows.ids[1, row] == rows.ids[0, row] or (turn >= first and rows.shown[row] & AGREES):
                break
            if turn >= first:
                kind, start, stop = _of_mail(index, names, mails, spelled, local, i8(turn))
                if kind != 1 and kind != 3:
                    continue
                officers = index.mail_officer if kind == 1 else names.officer
                mark = marked(names, officers, start, stop)
            for at in range(rows.ids[0, row], rows.ids[1, row]):
                group = i8(numbers.group[at])
                if group < 0:
                    continue
                rows.shown[row] |= MET
                if mark and meets(
                    names.stamp, mark, index.number_officer, i8(index.number_start[group]),
                    i8(index.number_start[group + 1]),
                ):  # fmt: skip
                    rows.shown[row] |= AGREES


@inner
def marked(names: Names, officers: Array, start: int, stop: int) -> int:
    """Mark these officers and nobody else; the mark by which `meets` knows them."""
    names.mark[0] += 1
    return also_marked(names, officers, start, stop)


@inner
def also_marked(names: Names, officers: Array, start: int, stop: int) -> int:
    """Mark these officers as those before them."""
    for at in range(start, stop):
        names.stamp[officers[at]] = names.mark[0]
    return i8(names.mark[0])


@inner
def _of_mail(
    index: Index, names: Names, mails: Mails, spelled: Numbers, local: Array, at: int
) -> tuple[int, int, int]:
    """Where those stand whom an address means (0 nobody, 1 addresses, 2 numbers, 3 names), from, to."""
    group, number, name = i8(mails.group[at]), local[0, at], i8(local[1, at])
    if group >= 0:
        return 1, i8(index.mail_start[group]), i8(index.mail_start[group + 1])
    if number >= 0:
        group = i8(spelled.group[number])
        if group < 0:
            return 0, i8(0), i8(0)
        return 2, i8(index.number_start[group]), i8(index.number_start[group + 1])
    if name >= 0 and names.stop[name] > names.start[name]:
        return 3, i8(names.start[name]), i8(names.stop[name])
    return 0, i8(0), i8(0)
