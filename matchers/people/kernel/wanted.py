"""
Names that were cut out of a text, and what is asked about them: all at once.

What is a name is settled by structure, before anything is looked up; a reader
puts its words here and remembers the request. Everything that asks the index
then stands in one function.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchers.people.kernel.arrays import OPENER, TITLE, WHOLE, Index, Names, Tokens, Words, Work
from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.kernel.joining import joined
from matchers.people.kernel.judging import judge
from matchers.people.kernel.lookup import ask_each
from matchers.people.kernel.pairing import MAIN, add
from matchers.people.kernel.readings import begin, columns_pairs, row_key
from matchers.people.kernel.units import units
from matchers.people.tables import Array

# What is asked.
NOTHING = 0
RUN = 1  # a run of capitalised words
LINE = 2  # the name in a line or a cell
COLUMNS = 3  # a surname's cells and forenames'
SPELLED = 4  # words (not tokens) as forename and surname, two and two
WORDS = 5  # each word alone, and all of them as one: which names they are
MOST_COLUMNS = 3  # columns of forenames


class Wanted(NamedTuple):
    """
    Requests. Their tokens: `token[start[r]:start[r + 1]]`.

    `cut`: in COLUMNS where the surname's tokens end, and those of each column
    of forenames; middle names follow. `initials`: a bit for each such column.
    `found`: the row of Names that answers, −1: nothing name-shaped; of WORDS
    the word that all of them make.
    """

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[1]
    full: Array  # u1[1]
    mode: Array  # u1
    least: Array  # i4: letters of what may be mistyped
    start: Array  # i4, one more than there are requests
    token: Array  # i4
    cut: Array  # i4[1 + MOST_COLUMNS, requests]
    initials: Array  # u1
    found: Array  # i4
    done: Array  # i8[1]: requests that are answered


def wanted(room: int) -> Wanted:
    """Room for so many requests."""
    return Wanted(
        np.zeros(1, dtype=np.int64),
        np.zeros(1, dtype=np.uint8),
        np.zeros(room, dtype=np.uint8),
        np.zeros(room, dtype=np.int32),
        np.zeros(room + 1, dtype=np.int32),
        np.zeros(4 * room, dtype=np.int32),
        np.zeros((1 + MOST_COLUMNS, room), dtype=np.int32),
        np.zeros(room, dtype=np.uint8),
        np.full(room, -1, dtype=np.int32),
        np.zeros(1, dtype=np.int64),
    )


@inner
def want(wanted: Wanted, mode: int, least: int, chosen: Array, count: int) -> int:
    """A request with these tokens; −1 if there is no room."""
    at = i8(wanted.count[0])
    begun = i8(wanted.start[at])
    if at + 1 >= wanted.mode.size or begun + count > wanted.token.size:
        wanted.full[0] = 1
        return i8(-1)
    wanted.mode[at], wanted.least[at] = mode, least
    for place in range(count):
        wanted.token[begun + place] = chosen[place]
    wanted.start[at + 1] = begun + count
    wanted.found[at] = -1
    wanted.count[0] = at + 1
    return at


@compiled
def asked(
    index: Index, words: Words, tokens: Tokens, wanted: Wanted, work: Work, names: Names
) -> None:
    """Answer the requests that are not answered yet."""
    for at in range(wanted.done[0], wanted.count[0]):
        mode = i8(wanted.mode[at])
        first, stop = i8(wanted.start[at]), i8(wanted.start[at + 1])
        if mode == NOTHING:
            continue
        begin(work)
        fit, run = True, i8(-1)
        if mode == WORDS:
            whole, count = i8(0), i8(0)
            for place in range(first, stop):
                word = i8(tokens.word[wanted.token[place]])
                whole = i8(joined(words, whole, word)) if whole else word
                work.words[2, count] = word
                count += 1
            work.words[2, count] = whole
            ask_each(index, words, work.words[2], count + 1, i8(WHOLE))
            wanted.found[at] = whole
            fit = False
        elif mode == SPELLED:
            for place in range(first, stop, 2):
                add(
                    words.a, words.b, work.pairs, MAIN, wanted.token[place], wanted.token[place + 1]
                )
        elif mode == COLUMNS:
            fit = _columns(words, tokens, wanted, at, work)
        else:
            run = i8(mode == RUN)
            chosen = wanted.token[first:stop]
            drop = i8(TITLE | OPENER) if run else i8(TITLE)
            units(words, tokens, chosen, stop - first, drop, work.plain)
            fit = row_key(words, work, run)
        if fit and not words.full[0]:
            wanted.found[at] = judge(index, words, work, i8(wanted.least[at]), run, names)
        if names.full[0] or words.full[0]:
            return
    wanted.done[0] = wanted.count[0]


@inner
def _columns(words: Words, tokens: Tokens, wanted: Wanted, at: int, work: Work) -> bool:
    first, stop = i8(wanted.start[at]), i8(wanted.start[at + 1])
    lasts = i8(wanted.cut[0, at])
    end = i8(wanted.cut[MOST_COLUMNS, at])
    named = False
    for column in range(MOST_COLUMNS):
        low, high = i8(wanted.cut[column, at]), i8(wanted.cut[column + 1, at])
        if high > low and columns_pairs(
            words, tokens,
            wanted.token[first : first + lasts], lasts,
            wanted.token[first + low : first + high], high - low,
            wanted.token[first + end : stop], stop - first - end,
            i8(wanted.initials[at] >> column & 1), work,
        ):  # fmt: skip
            named = True
    return named
