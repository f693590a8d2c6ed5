"""
The rows of a window counted: one entry for each distinct name, number or address.

What is counted is settled by structure; a hit keeps its chance and whom it may
mean, rows that did not match are only counted, between one hit and the next.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from matchers.people.chance import SAFETY
from matchers.people.kernel.arrays import SECOND, Index, Mails, Names, Numbers
from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.kernel.crowding import Crowd, crowd, crowded
from matchers.people.kernel.rows import RANKED, Rows
from matchers.people.tables import Array

# Where the officers of a hit stand.
NONE = 0
NAME = 1  # a row of Names
NUMBER = 2  # a group of numbers
MAIL = 3  # a group of addresses

ANY = -2
MOST_CROWDED = 0.9999
LEAST = 1e-9
FLOOR = 1e-6  # no row is worth more than 20 bits
CEILING = 1 - 1e-9
LESS = 1.0 - np.array([0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97])
RUN_PRICE = 3.0


class Counted(NamedTuple):
    """
    Entries of one kind in order: `source` and `at` say where their officers stand.

    `crowd`: what is known of the neighbours of numbers.
    """

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[1]
    key: Array  # u8
    chance: Array  # f8
    number: Array  # i4
    source: Array  # u1
    at: Array  # i4
    crowd: Crowd


class Kept(NamedTuple):
    """A segment: distinct hits, and the rows between them that did not match."""

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[4]: hits, officers, distinct rows after the last hit, entries
    expected: Array  # f8[1]
    key: Array  # u8
    chance: Array  # f8
    number: Array  # u8
    gap: Array  # u4
    start: Array  # u4, one more than there are hits
    officer: Array  # u4
    taken: Array  # i4: which entry each hit was


def counted(room: int) -> Counted:
    """Room for so many entries."""
    return Counted(
        np.zeros(1, dtype=np.int64),
        np.zeros(room, dtype=np.uint64),
        np.zeros(room, dtype=np.float64),
        np.zeros(room, dtype=np.int32),
        np.zeros(room, dtype=np.uint8),
        np.zeros(room, dtype=np.int32),
        crowd(),
    )


def kept(room: int, held: int) -> Kept:
    """Room for so many hits and officers of them."""
    return Kept(
        np.zeros(4, dtype=np.int64),
        np.zeros(1, dtype=np.float64),
        np.zeros(room, dtype=np.uint64),
        np.zeros(room, dtype=np.float64),
        np.zeros(room, dtype=np.uint64),
        np.zeros(room, dtype=np.uint32),
        np.zeros(room + 1, dtype=np.uint32),
        np.zeros(held, dtype=np.uint32),
        np.zeros(room, dtype=np.int32),
    )


@inner
def _add(counted: Counted, key: int, chance: float, number: int, source: int, at: int) -> None:
    place = counted.count[0]
    counted.key[place] = key
    counted.chance[place] = chance
    counted.number[place] = number
    counted.source[place] = source
    counted.at[place] = at
    counted.count[0] = place + 1


@compiled
def count_names(rows: Rows, names: Names, counted: Counted) -> None:
    """One more entry for each row that holds what may be a name."""
    for row in range(rows.count[0]):
        name = rows.name[row]
        if name >= 0:
            hit = names.stop[name] > names.start[name]
            _add(
                counted,
                names.key[name],
                names.chance[name],
                rows.number[row],
                NAME if hit else NONE,
                name,
            )


@compiled
def count_mails(
    rows: Rows,
    mails: Mails,
    names: Names,
    local: Array,
    likely: float,
    one: bool,
    counted: Counted,
) -> None:
    """
    An entry for each address that spells no number.

    `likely`: the chance of a whole address by accident. `one`: the first of each row alone.
    """
    counted.count[0] = 0
    for row in range(rows.count[0]):
        for at in range(rows.mails[0, row], rows.mails[1, row]):
            if local[0, at] < 0:
                spelled = local[1, at]
                if mails.group[at] >= 0:
                    _add(counted, mails.key[at], likely, rows.number[row], MAIL, mails.group[at])
                elif spelled >= 0:
                    hit = names.stop[spelled] > names.start[spelled]
                    chance = max(likely, names.chance[spelled])
                    _add(
                        counted,
                        mails.key[at],
                        chance,
                        rows.number[row],
                        NAME if hit else NONE,
                        spelled,
                    )
                else:
                    _add(counted, mails.key[at], likely, rows.number[row], NONE, 0)
            if one:
                break


@compiled
def count_numbers(
    rows: Rows,
    index: Index,
    numbers: Numbers,
    spelled: Numbers,
    local: Array,
    column: int,
    counted: Counted,
) -> None:
    """
    An entry for each row with a number: the one whose shape says most.

    `column`: only numbers that stand in it count, ANY: in any place, and what the
    local part of an address spells as well.
    """
    counted.count[0] = 0
    for row in range(rows.count[0]):
        best = -1
        for at in range(rows.ids[0, row], rows.ids[1, row]):
            if column >= 0 and rows.column[at] != column:
                continue
            weak = numbers.weak[at]
            if weak == SECOND or (weak and not rows.shown[row] & RANKED):
                continue
            if best < 0 or numbers.bits[at] > numbers.bits[best]:
                best = at
        other = -1
        if column == ANY:
            for at in range(rows.mails[0, row], rows.mails[1, row]):
                number = local[0, at]
                if number >= 0 and (other < 0 or spelled.bits[number] > spelled.bits[other]):
                    other = number
        if other >= 0 and (best < 0 or spelled.bits[other] > numbers.bits[best]):
            _number(index, spelled, other, rows.number[row], counted)
        elif best >= 0:
            _number(index, numbers, best, rows.number[row], counted)


@inner
def _number(index: Index, numbers: Numbers, at: int, number: int, counted: Counted) -> None:
    group, chance = numbers.group[at], numbers.chance[at]
    if group >= 0:
        chance = max(chance, crowded(index, counted.crowd, i8(numbers.core[at])), LEAST)
    chance = min(MOST_CROWDED, SAFETY * chance)
    _add(counted, numbers.key[at], chance, number, NUMBER if group >= 0 else NONE, group)


@compiled
def keep(
    counted: Counted, index: Index, names: Names, seen: Array, first: Array, kept: Kept
) -> bool:
    """
    The distinct entries as a segment; False if their officers have no room.

    Equal keys count once, at the first place.

    `seen`: room for twice as many keys as there are entries, a power of two.
    `first`: u1 by entry, gets 1 for those that count.
    """
    seen[:] = 0
    mask = np.uint64(seen.size - 1)
    hits, held, gap, expected = 0, 0, 0, 0.0
    for at in range(counted.count[0]):
        key = counted.key[at] | np.uint64(1)
        place = (key >> np.uint64(20)) & mask
        known = False
        while seen[place] != np.uint64(0):
            if seen[place] == key:
                known = True
                break
            place = (place + np.uint64(1)) & mask
        first[at] = 0
        if known:
            continue
        seen[place] = key
        first[at] = 1
        if counted.source[at] == NONE:
            gap += 1
            expected += counted.chance[at]
            continue
        kept.key[hits] = counted.key[at]
        kept.chance[hits] = counted.chance[at]
        kept.number[hits] = counted.number[at]
        kept.gap[hits] = gap
        kept.start[hits] = held
        kept.taken[hits] = at
        held = _officers(counted.source[at], counted.at[at], index, names, kept, held)
        if held < 0:
            return False
        gap = 0
        hits += 1
    kept.start[hits] = held
    kept.count[0], kept.count[1], kept.count[2] = hits, held, gap
    kept.count[3] = counted.count[0]
    kept.expected[0] = expected
    return True


@inner
def _officers(source: int, at: int, index: Index, names: Names, kept: Kept, held: int) -> int:
    """Append the distinct officers of a hit; how many are held then, −1 without room."""
    if source == NAME:
        officers, start, stop = names.officer, i8(names.start[at]), i8(names.stop[at])
    elif source == NUMBER:
        officers = index.number_officer
        start, stop = i8(index.number_start[at]), i8(index.number_start[at + 1])
    else:
        officers = index.mail_officer
        start, stop = i8(index.mail_start[at]), i8(index.mail_start[at + 1])
    names.mark[0] += 1
    mark = names.mark[0]
    for place in range(start, stop):
        officer = officers[place]
        if names.stamp[officer] != mark:
            if held >= kept.officer.size:
                return -1
            names.stamp[officer] = mark
            kept.officer[held] = officer
            held += 1
    return held


@compiled
def promise(kept: Kept) -> float:
    """
    About how many bits this segment would say alone (see the judging of lists).

    The whole of it or its best run of rows, over several coverages.
    """
    hits, tail = kept.count[0], kept.count[2]
    total = hits + tail
    for at in range(hits):
        total += kept.gap[at]
    price = RUN_PRICE + math.log2(total * (total + 1.0) / 2.0 + 1.0)
    best = -math.inf
    for less in LESS:
        missed = math.log2(less)
        whole, run, most = tail * missed, 0.0, -math.inf
        for at in range(hits):
            p = min(CEILING, max(FLOOR, kept.chance[at]))
            worth = math.log2((1.0 - less + less * p) / p)
            whole += worth + kept.gap[at] * missed
            run = max(0.0, run + kept.gap[at] * missed) + worth
            most = max(most, run)
        best = max(best, whole, most - price)
    return best - math.log2(LESS.size)


@compiled
def grouped(counted: Counted, first: Array, value: Array, slots: Array, misses: Array) -> int:
    """
    Count the rows without a match by the value that they have in a column.

    `value`: u8 by entry, 0 for none. `slots` (u8) and `misses` (u4) are an open
    table, zeroed here; how many values it holds, −1 if it is full.
    """
    slots[:] = 0
    misses[:] = 0
    mask = np.uint64(slots.size - 1)
    held = 0
    for at in range(counted.count[0]):
        if not first[at] or counted.source[at] != NONE or value[at] == np.uint64(0):
            continue
        place = (value[at] >> np.uint64(20)) & mask
        while slots[place] != np.uint64(0) and slots[place] != value[at]:
            place = (place + np.uint64(1)) & mask
        if slots[place] == np.uint64(0):
            held += 1
            if held * 2 > slots.size:
                return -1
            slots[place] = value[at]
        misses[place] += 1
    return held
