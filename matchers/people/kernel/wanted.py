"""
Names that were cut out of a text, and what is asked about them: all at once.

What is a name is settled by structure, before anything is looked up; a reader
puts its words here and remembers the request. Everything that asks the index
then stands in one function.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchers.people.kernel.arrays import (
    NEAR,
    OPENER,
    TITLE,
    WHOLE,
    Index,
    Names,
    Tokens,
    Words,
    Work,
)
from matchers.people.kernel.compile import compiled, i8, inlined, inner
from matchers.people.kernel.fetching import fetch
from matchers.people.kernel.joining import joined
from matchers.people.kernel.judging import AGAIN, judge
from matchers.people.kernel.lookup import ask_each
from matchers.people.kernel.pairing import MAIN, add
from matchers.people.kernel.pairs import home, row, word_of
from matchers.people.kernel.readings import begin, column_pair, columns_pairs, row_key
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
_MIDDLES = 8  # words of middle names beside which one reading is the main one whatever they are
_AHEAD = 4  # requests for which what they need is fetched before they are answered


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
        _fetch_words(words, tokens, wanted, at + 2 * _AHEAD)
        _fetch_pairs(index, words, tokens, wanted, at + _AHEAD)
        mode = i8(wanted.mode[at])
        first, stop = i8(wanted.start[at]), i8(wanted.start[at + 1])
        if mode == NOTHING:
            continue
        for turn in range(2):
            begin(work)
            fit, partly, run = True, False, i8(-1)
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
                        words.a, words.b, work.pairs, MAIN,
                        wanted.token[place], wanted.token[place + 1],
                    )  # fmt: skip
            elif mode == COLUMNS:
                if turn == 0 and _pair(words, tokens, wanted, at, work):
                    partly = stop - first > 2
                else:
                    fit = in_columns(words, tokens, wanted, at, work)
            else:
                run = i8(mode == RUN)
                chosen = wanted.token[first:stop]
                drop = i8(TITLE | OPENER) if run else i8(TITLE)
                units(words, tokens, chosen, stop - first, drop, work.plain)
                fit = row_key(words, work, run)
            if fit and not words.full[0]:
                found = judge(index, words, work, i8(wanted.least[at]), run, partly, names)
                if found == AGAIN:
                    continue
                wanted.found[at] = found
            break
        if names.full[0] or words.full[0]:
            return
    wanted.done[0] = wanted.count[0]


@inlined
def _pair(words: Words, tokens: Tokens, wanted: Wanted, at: int, work: Work) -> bool:
    """Read one word as the surname and one as the forename; False where the cells hold more."""
    first, stop = i8(wanted.start[at]), i8(wanted.start[at + 1])
    if (
        wanted.cut[0, at] != 1
        or wanted.cut[MOST_COLUMNS, at] != 2
        or wanted.initials[at]
        or stop - first > 2 + _MIDDLES
    ):
        return False
    return column_pair(words, tokens, i8(wanted.token[first]), i8(wanted.token[first + 1]), work)


@inlined
def _fetch_words(words: Words, tokens: Tokens, wanted: Wanted, at: int) -> None:
    """Fetch what is known of the words of a request."""
    if at < wanted.count[0] and wanted.mode[at] != SPELLED:
        for place in range(i8(wanted.start[at]), i8(wanted.start[at + 1])):
            word = i8(tokens.word[wanted.token[place]])
            fetch(words.a, word)  # and with it all that was told of it
            fetch(words.length, word)


@inlined
def _fetch_pairs(index: Index, words: Words, tokens: Tokens, wanted: Wanted, at: int) -> None:
    """Fetch what the index says of one word as a surname and one as a forename, and of those near them."""
    if at >= wanted.count[0] or wanted.mode[at] != COLUMNS:
        return
    first = i8(wanted.start[at])
    one = i8(tokens.word[wanted.token[first + wanted.cut[0, at]]])
    two = i8(tokens.word[wanted.token[first]])
    if words.asked[one] < NEAR or words.asked[two] < NEAR:
        return
    forename, surname = i8(words.forename[one]), i8(words.surname[two])
    sieve = index.pair_sieve
    if surname >= 0:
        begun = row(surname)
        fetch(index.rate[0], surname)
        fetch(index.sur_people, surname)
        fetch(index.edit_rate, surname)
        if forename >= 0:
            fetch(sieve, word_of(sieve, begun, forename))
            fetch(index.pair_slot, home(index.pair_slot, forename, surname))
        begin = i8(words.near_start[one])
        for near in range(begin, begin + words.near_fore[one]):
            fetch(sieve, word_of(sieve, begun, i8(words.near[near])))
    if forename >= 0:
        begin = i8(words.near_start[two] + words.near_fore[two])
        for near in range(begin, begin + words.near_sur[two]):
            fetch(sieve, word_of(sieve, row(i8(words.near[near])), forename))


@inner
def in_columns(words: Words, tokens: Tokens, wanted: Wanted, at: int, work: Work) -> bool:
    """All readings of a surname's cells and forenames'; whether there are any."""
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
