"""
Pieces of text that hold one entry each: which they are, and what they hold.

A piece (a line, or what stands between two semicolons) is taken for an entry
by its shape alone, before anything is looked up. Where most of the pieces
around it are entries it is one row of a list; everything else is running text,
and read by `runs`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchers.people.kernel.arrays import (
    CAPITAL,
    CAPITALS,
    PARTICLE,
    Mails,
    Numbers,
    Tokens,
    Words,
)
from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.kernel.entries import MOST_UNITS, entry, is_sentence, looks_written, units_in
from matchers.people.kernel.publics import Public
from matchers.people.kernel.rows import NAMED, RANKED, RUNNING, Rows, added
from matchers.people.kernel.wanted import LINE, NOTHING, WORDS, Wanted, want
from matchers.people.tables import Array

LONGEST = 160  # characters of a line that may be one person's
SHORTEST = 3  # letters of a mistyped name on a line of its own (G of the law)
AROUND = 4  # lines on each side that tell whether a line belongs to a list
FEWEST = 3  # lines of a list
FEWEST_AT_END = 6  # lines that make one at its beginning or end: a signature is none
MOST_WRITTEN = 4  # names of a line that may be an entry without looking like one
MOST_ALONE = 4  # words that may be one surname: `de la Cruz`, `Smith Jones`

# What a piece is.
EMPTY = 0
TEXT = 1
HALF = 2  # one capitalised name: with the next line it may be somebody's
QUIET = 3  # an entry without capitals, number or address: `john smith`, `import os`
ENTRY = 4

# What a piece is in a list.
MEMBER = 1
FIRST = 2  # of two pieces that are one entry
SECOND = 3
TOLD = 4  # an entry whose identifiers agree
FEWEST_PAIRS = 3


class Pieces(NamedTuple):
    """
    The pieces of a window. `start`: of each, and the end of the text.

    `request`: of the name in it (see `wanted`), −1: none; `alone`: of a surname
    beside a rank. `rank`: offsets. `full` and `loud` are for counting.
    """

    start: Array  # i4, one more than there are pieces
    kind: Array  # u1
    member: Array  # u1
    request: Array  # i4
    alone: Array  # i4
    units: Array  # u1
    rank: Array  # i4[2, pieces]
    full: Array  # i4
    loud: Array  # i4


def pieces(start: Array) -> Pieces:
    """Room for what is seen of these."""
    size = start.size - 1
    return Pieces(
        start,
        np.zeros(size, dtype=np.uint8),
        np.zeros(size, dtype=np.uint8),
        np.full(size, -1, dtype=np.int32),
        np.full(size, -1, dtype=np.int32),
        np.zeros(size, dtype=np.uint8),
        np.zeros((2, size), dtype=np.int32),
        np.zeros(size + 1, dtype=np.int32),
        np.zeros(size + 1, dtype=np.int32),
    )


@inner
def after(places: Array, count: int, offset: int, at: int) -> int:
    """The first of these places, from `at` on, that lies at the offset or behind it."""
    while at < count and places[at] < offset:
        at += 1
    return at


@compiled
def shapes(
    found: Pieces,
    words: Words,
    tokens: Tokens,
    public: Public,
    numbers: Numbers,
    mails: Mails,
    chosen: Array,
    rank: Array,
    wanted: Wanted,
) -> None:
    """What each piece is, and a request for the name in it."""
    t, number, mail = i8(0), i8(0), i8(0)
    for line in range(found.start.size - 1):
        start, end = i8(found.start[line]), i8(found.start[line + 1])
        first, id_first, mail_first = t, number, mail
        t = after(tokens.start, i8(tokens.count[0]), end, t)
        number = after(numbers.start, i8(numbers.count[0]), end, number)
        mail = after(mails.start, i8(mails.count[0]), end, mail)
        if t == first and mail == mail_first:
            found.kind[line] = EMPTY
            continue
        found.kind[line] = TEXT
        if end - start > 4 * LONGEST:
            continue
        beside = number > id_first or mail > mail_first
        if not beside and is_sentence(words, tokens, first, t):
            continue
        named = entry(words, tokens, public, first, t, numbers, id_first, number, chosen, rank)
        units = units_in(tokens, chosen, named)
        spoken = units  # of names: a particle is no other one
        for place in range(named):
            spoken -= (words.flags[tokens.word[chosen[place]]] & PARTICLE) != 0
        found.units[line] = min(max(spoken, min(units, 1)), 255)
        found.rank[0, line], found.rank[1, line] = rank[0], rank[1]
        is_name = 2 <= units < MOST_UNITS
        if units == 1 and not beside and not rank[1]:
            if _is_half(words, tokens, i8(chosen[0])):
                found.kind[line] = HALF
        if is_name or found.kind[line] == HALF:
            found.request[line] = want(wanted, i8(LINE), i8(SHORTEST), chosen, named)
        if rank[1] and beside and 0 < named <= MOST_ALONE:
            found.alone[line] = want(wanted, i8(WORDS), i8(0), chosen, named)
        if wanted.full[0]:
            return
        if end - start > LONGEST or found.kind[line] == HALF:
            continue
        if mail == mail_first and not (units == 0 and number > id_first):
            alone = units and named <= MOST_ALONE and number > id_first and rank[1]
            if not is_name and not alone:
                continue
            if units > 3 and not rank[1] and number == id_first:
                continue
            if not looks_written(tokens, first, t, units, beside):
                continue
        loud = beside
        for place in range(named):
            loud = loud or tokens.shape[chosen[place]] & (CAPITAL | CAPITALS) != 0
        found.kind[line] = ENTRY if loud else QUIET


@inner
def _is_half(words: Words, tokens: Tokens, t: int) -> bool:
    return bool(tokens.shape[t] & (CAPITAL | CAPITALS) and words.length[tokens.word[t]] >= 2)


@compiled
def listed(found: Pieces) -> None:
    """
    Which pieces are rows of a list.

    Where half of all are entries all of them are; elsewhere those that stand
    among louder entries.
    """
    lines, entries, shouted = i8(0), i8(0), i8(0)
    for line in range(found.kind.size):
        if found.kind[line] != EMPTY:
            found.full[lines] = line
            lines += 1
            entries += found.kind[line] >= QUIET
            shouted += found.kind[line] == ENTRY
            found.loud[lines] = shouted
    if lines < FEWEST:
        return
    everything = entries * 2 >= lines
    for at in range(lines):
        line = found.full[at]
        if found.kind[line] < QUIET and not (
            found.alone[line] >= 0
            or (found.request[line] >= 0 and found.units[line] <= MOST_WRITTEN)
        ):
            continue  # a sentence in a list is running text
        among = False
        if found.kind[line] == ENTRY:
            for begin in (at - 2 * AROUND, at - AROUND, at):  # a list begins and ends somewhere
                first, last = max(0, begin), min(lines, begin + 2 * AROUND + 1)
                among |= (
                    last - first >= (FEWEST if begin == at - AROUND else FEWEST_AT_END)
                    and (found.loud[last] - found.loud[first]) * 3 >= (last - first) * 2
                )
        if everything or among:
            found.member[line] = MEMBER


@compiled
def paired(found: Pieces, wanted: Wanted, chosen: Array) -> None:
    """
    Make entries of two pieces each out of lines that hold one name.

    `Paul`, `Jones` and an empty line, again and again; or without empty lines.
    """
    pairs = 0
    for dry in range(2):
        if dry == 1 and pairs < FEWEST_PAIRS:
            return
        line, pairs = 0, 0
        while line < found.kind.size:
            stop = line
            while stop < found.kind.size and found.kind[stop] == HALF:
                stop += 1
            length = stop - line
            if length == 2 or (length >= 2 * FEWEST_PAIRS and length % 2 == 0):
                for at in range(line, stop, 2):
                    pairs += 1
                    if dry == 1:
                        found.member[at], found.member[at + 1] = FIRST, SECOND
                        count = i8(0)
                        for which in range(2):
                            each = found.request[at + which]
                            for place in range(wanted.start[each], wanted.start[each + 1]):
                                chosen[count] = wanted.token[place]
                                count += 1
                        found.request[at] = want(wanted, i8(LINE), i8(SHORTEST), chosen, count)
                        if wanted.full[0]:
                            return
            line = stop + 1


@compiled
def read(
    found: Pieces,
    behind: int,
    tokens: Tokens,
    numbers: Numbers,
    mails: Mails,
    wanted: Wanted,
    rows: Rows,
) -> None:
    """
    A row for each entry of a list that ends after the offset `behind`, its name a request.

    Requests of pieces that are no entries are withdrawn.
    """
    t, number, mail = i8(0), i8(0), i8(0)
    for line in range(found.kind.size):
        start, end = i8(found.start[line]), i8(found.start[line + 1])
        first, id_first, mail_first = t, number, mail
        t = after(tokens.start, i8(tokens.count[0]), end, t)
        number = after(numbers.start, i8(numbers.count[0]), end, number)
        mail = after(mails.start, i8(mails.count[0]), end, mail)
        kind = found.member[line]
        if kind == FIRST:
            end = i8(found.start[line + 2])
        if not kind or kind == SECOND or end <= behind or end - start > 4 * LONGEST:
            for request in (found.request[line], found.alone[line]):
                if request >= 0:
                    wanted.mode[request] = NOTHING
            continue
        if t == first and mail == mail_first:
            continue
        row = added(rows, i8(line), start, end)
        if row < 0:
            return
        rows.ids[0, row], rows.ids[1, row] = id_first, number
        rows.mails[0, row], rows.mails[1, row] = mail_first, mail
        rows.rank[0, row], rows.rank[1, row] = found.rank[0, line], found.rank[1, line]
        if found.rank[1, line]:
            rows.shown[row] |= RANKED
        if found.units[line]:
            rows.shown[row] |= NAMED
        rows.name[row], rows.alone[row] = found.request[line], found.alone[line]
        if kind == MEMBER and found.kind[line] == HALF:
            wanted.mode[found.request[line]] = NOTHING


@compiled
def addresses(found: Pieces, behind: int, mails: Mails, rows: Rows) -> None:
    """A row for each address outside lists that ends after the offset `behind`."""
    line, lines = i8(0), found.kind.size
    for mail in range(mails.count[0]):
        start = i8(mails.start[mail])
        while line + 1 < lines and found.start[line + 1] <= start:
            line += 1
        if found.member[line] or mails.end[mail] <= behind:
            continue
        row = added(rows, i8(line), start, i8(mails.until[mail]))
        if row < 0:
            return
        rows.mails[0, row], rows.mails[1, row] = mail, mail + 1
        rows.shown[row] |= RUNNING
