"""
Rows of a table: one person each, by the columns that say who.

`Layout` tells which column holds what; the rows are cut, and each cell that
says who is read where it stands.
"""

from __future__ import annotations

from typing import NamedTuple

from matchers.people.kernel.arrays import WEAK, Index, Mails, Numbers, Tokens, Words
from matchers.people.kernel.cells import row_at
from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.kernel.digits import cell_number
from matchers.people.kernel.entries import MOST_UNITS, entry, units_in
from matchers.people.kernel.lines import MOST_ALONE, SHORTEST, after
from matchers.people.kernel.places import settle
from matchers.people.kernel.publics import Public
from matchers.people.kernel.rows import NAMED, RANKED, Rows, added, copied
from matchers.people.kernel.wanted import (
    COLUMNS,
    LINE,
    MOST_COLUMNS,
    WORDS,
    Wanted,
    want,
)
from matchers.people.tables import Array

MOST = 12  # words of a cell that are looked at as a name


class Layout(NamedTuple):
    """Columns by what they hold, i4 arrays, and what ends cells and rows."""

    surname: Array
    forename: Array  # forename, known-as and initials columns
    initials: Array  # u1, by place in `forename`: it is a column of initials
    middle: Array
    whole: Array  # names in one cell
    number: Array
    mail: Array
    ends: Array  # i8[4]: class that ends a cell, that ends a row, 1 if cells may be quoted, fewest cells of a row


@compiled
def read(
    cls: Array,
    n: int,
    skip: int,
    behind: int,
    layout: Layout,
    index: Index,
    public: Public,
    words: Words,
    tokens: Tokens,
    found: Numbers,
    numbers: Numbers,
    mails: Mails,
    starts: Array,
    ends: Array,
    chosen: Array,
    rank: Array,
    wanted: Wanted,
    rows: Rows,
    left: Array,
) -> int:
    """
    A row for each row of the table from the `skip`th on that ends after the offset `behind`.

    Rows with fewer cells than `layout.ends[3]` are no rows of it: their places
    are put into `left` (i4[2, room]: number, offset); how many they are.

    `found`: the numbers of the window where cells hold names and numbers
    together; `numbers` gets those that the rows hold. `starts` and `ends` have
    room for all columns of the layout.
    """
    cell, end_row, quoted = layout.ends[0], layout.ends[1], layout.ends[2] != 0
    last, first = chosen[0], chosen[1]
    least, others = layout.ends[3], i8(0)
    at, number, t = i8(0), i8(-1), i8(0)
    free, mail = i8(0), i8(0)
    while at < n:
        begins = at
        width, at = row_at(cls, at, n, cell, end_row, quoted, starts, ends)
        number += 1
        if width < least:
            if others < left.shape[1] and at > begins + 1 and at > behind:
                left[0, others], left[1, others] = number, begins
                others += 1
            continue
        width = min(width, starts.size)
        t = after(tokens.start, i8(tokens.count[0]), begins, t)
        mail = after(mails.start, i8(mails.count[0]), begins, mail)
        free = after(found.start, i8(found.count[0]), begins, free)
        if number < skip or at <= behind:
            continue
        until = after(tokens.start, i8(tokens.count[0]), at, t)
        if until == t and (mail >= mails.count[0] or mails.start[mail] >= at):
            continue
        row = added(rows, number, begins, at - 1)
        if row < 0:
            return others
        rows.ids[0, row] = numbers.count[0]
        _mails(layout, mails, mail, at, starts, ends, width, rows, row)
        if layout.surname.size and layout.forename.size:
            rows.name[row] = _columns(tokens, t, until, layout, starts, ends, width, last, wanted)
            rows.shown[row] |= NAMED
        for place in range(layout.whole.size):
            column = layout.whole[place]
            if column >= width or ends[column] <= starts[column]:
                continue
            begun = after(tokens.start, until, i8(starts[column]), t)
            ended = after(tokens.start, until, i8(ends[column]), begun)
            low = after(found.start, i8(found.count[0]), i8(starts[column]), free)
            high = after(found.start, i8(found.count[0]), i8(ends[column]), low)
            count = entry(words, tokens, public, begun, ended, found, low, high, first, rank)
            if rank[1] and not rows.rank[1, row]:
                rows.rank[0, row], rows.rank[1, row] = rank[0], rank[1]
                rows.shown[row] |= RANKED
            for each in range(low, high):
                if found.weak[each] != WEAK:
                    kept = copied(found, each, numbers)
                    if kept >= 0:
                        rows.column[kept] = column
            units = units_in(tokens, first, count)
            spoken = False
            if units:
                rows.shown[row] |= NAMED
            if rows.name[row] < 0 and 2 <= units < MOST_UNITS:
                rows.name[row] = want(wanted, i8(LINE), i8(SHORTEST), first, count)
                # `Pc Abernathy`: a rank, or a name that looks like one
                spoken = rank[1] != 0 and count <= MOST_ALONE
            elif rows.name[row] < 0:
                spoken = units > 0
            if spoken and (high > low or layout.number.size):
                rows.alone[row] = want(wanted, i8(WORDS), i8(0), first, count)
        for place in range(layout.number.size):
            column = layout.number[place]
            if column < width and ends[column] > starts[column]:
                kept = cell_number(cls, i8(starts[column]), i8(ends[column]), index, numbers)
                if kept >= 0:
                    rows.column[kept] = column
        rows.ids[1, row] = numbers.count[0]
        if rows.name[row] < 0 and layout.surname.size and rows.alone[row] < 0:
            lasts = _tokens(tokens, t, until, layout.surname, starts, ends, width, last, i8(0))
            if lasts:
                rows.alone[row] = want(wanted, i8(WORDS), i8(0), last, lasts)
        if wanted.full[0] or numbers.full[0]:
            return others
    settle(index.number_bucket, index.number_tag, numbers.key, numbers.group, i8(numbers.count[0]))
    return others


@inner
def _columns(
    tokens: Tokens, first: int, stop: int, layout: Layout, starts: Array, ends: Array, width: int,
    chosen: Array, wanted: Wanted,
) -> int:  # fmt: skip
    """A request for the name in a surname's cells and forenames'; −1 if one of them is empty."""
    lasts = _tokens(tokens, first, stop, layout.surname, starts, ends, width, chosen, i8(0))
    if not lasts:
        return i8(-1)
    at = i8(wanted.count[0])
    if at + 1 >= wanted.mode.size:
        wanted.full[0] = 1
        return i8(-1)
    wanted.cut[0, at] = lasts
    wanted.initials[at] = 0
    held = lasts
    for place in range(MOST_COLUMNS):
        if place < layout.forename.size:
            one = layout.forename[place : place + 1]
            held = _tokens(tokens, first, stop, one, starts, ends, width, chosen, held)
            wanted.initials[at] |= layout.initials[place] << place
        wanted.cut[1 + place, at] = held
    if held == lasts:
        return i8(-1)
    held = _tokens(tokens, first, stop, layout.middle, starts, ends, width, chosen, held)
    return want(wanted, i8(COLUMNS), i8(SHORTEST), chosen, held)


@inner
def _tokens(
    tokens: Tokens, first: int, stop: int, columns: Array, starts: Array, ends: Array, width: int,
    chosen: Array, held: int,
) -> int:  # fmt: skip
    """Append the tokens of these cells, in the order of the columns; how many are held."""
    for place in range(columns.size):
        column = i8(columns[place])
        if column >= width:
            continue
        t = after(tokens.start, stop, i8(starts[column]), first)
        most = min(held + MOST, chosen.size)
        while t < stop and tokens.start[t] < ends[column] and held < most:
            chosen[held] = t
            held += 1
            t += 1
    return held


@inner
def _mails(
    layout: Layout, mails: Mails, first: int, stop: int, starts: Array, ends: Array, width: int,
    rows: Rows, row: int,
) -> None:  # fmt: skip
    """The stretch of addresses from the first that a mail column holds to the last."""
    low, high = -1, -1
    at = first
    while at < mails.count[0] and mails.start[at] < stop:
        for place in range(layout.mail.size):
            column = layout.mail[place]
            if column < width and starts[column] <= mails.start[at] < ends[column]:
                low = at if low < 0 else low
                high = at + 1
        at += 1
    if low >= 0:
        rows.mails[0, row], rows.mails[1, row] = low, high
