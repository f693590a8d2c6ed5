"""
Numbers in running text, and whose name stands beside them.

A number points at somebody; the question is whether that officer's name is
near: as a run of capitalised words, as two words in any case, or as a surname
alone beside a rank.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchers.people.kernel.arrays import (
    LETTERS,
    PARTICLE,
    RANK,
    RANKISH,
    WEAK,
    Index,
    Mails,
    Names,
    Numbers,
    Tokens,
    Words,
)
from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.kernel.joining import joined
from matchers.people.kernel.lines import TOLD, Pieces, after
from matchers.people.kernel.pairs import place
from matchers.people.kernel.publics import Public
from matchers.people.kernel.rows import AGREES, Rows, meets
from matchers.people.kernel.runs import rank_before
from matchers.people.kernel.wanted import EACH, SPELLED, Wanted, want
from matchers.people.tables import Array

WINDOW = 100  # characters within which identifiers belong together
NEXT = 6  # words within which forename and surname stand
CLOSE = 24  # characters before a number within which a surname alone must stand
SHORTEST = 4  # letters of a mistyped name (G of the law)


class Beside(NamedTuple):
    """
    Numbers whose officer's name stands near in no run.

    `request`: of the words near it; later `name` is a row of Names (−1: the
    surname alone, whose id is `surname`). `rank`: its offsets. `first`: the
    token from which on words are near.
    """

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[2]: numbers, and how often a name and a number stood together
    full: Array  # u1[1]
    number: Array  # i4
    request: Array  # i4
    name: Array  # i4
    surname: Array  # i4
    first: Array  # i4
    rank: Array  # i4[2, room]


def beside(room: int) -> Beside:
    """Room for so many numbers."""
    return Beside(  # type: ignore[call-arg]  # as many as there are fields
        np.zeros(2, dtype=np.int64),
        np.zeros(1, dtype=np.uint8),
        *(np.zeros(room, dtype=np.int32) for _ in range(5)),
        np.zeros((2, room), dtype=np.int32),
    )


@compiled
def look(
    pieces: Pieces,
    behind: int,
    index: Index,
    public: Public,
    words: Words,
    tokens: Tokens,
    numbers: Numbers,
    mails: Mails,
    runs: Rows,
    chosen: Array,
    wanted: Wanted,
    names: Names,
    found: Beside,
) -> None:
    """Mark the runs that agree with a number near them, and ask for the words near other numbers."""
    found.count[0] = found.count[1] = 0
    line, low, high, t = i8(0), i8(0), i8(0), i8(0)
    for number in range(numbers.count[0]):
        start, end = i8(numbers.start[number]), i8(numbers.end[number])
        if end <= behind - WINDOW:
            continue
        told = end <= behind  # with the names before it; those behind the overlap are new
        while line + 2 < pieces.start.size and pieces.start[line + 1] <= start:
            line += 1
        # what a row of a list does not tell may belong to the words around it
        listed = pieces.member[line] == TOLD
        low = after(runs.start, i8(runs.count[0]), start - WINDOW - 60, low)
        high = after(runs.start, i8(runs.count[0]), end + WINDOW + 1, max(low, high))
        if numbers.weak[number] == 0 and not told:
            near = 0
            for row in range(low, high):
                near += runs.start[row] >= start - WINDOW
            # a row of a list is a try of its own, counted with the rows
            found.count[1] += near if pieces.member[line] else max(1, near)
        if listed:
            continue
        group = i8(numbers.group[number])
        if group < 0:
            continue
        t = after(tokens.start, i8(tokens.count[0]), start - WINDOW, t)
        at = after(tokens.start, i8(tokens.count[0]), start, t)
        rank_low, rank_high = i8(0), i8(0)
        if at < tokens.count[0] and tokens.start[at] == start and _is_rank(words, tokens, at):
            rank_low, rank_high = start, i8(tokens.end[at])  # `PC57460`
        elif at and words.flags[tokens.word[at - 1]] & RANKISH:
            rank_low, rank_high = rank_before(public, words, tokens, at)
        if numbers.weak[number] == WEAK and not rank_high:
            continue
        mark = _marked(index, names, group)
        agreed = False
        for row in range(low, high):
            name = runs.name[row]
            if meets(
                names.stamp,
                mark,
                names.officer,
                i8(names.start[name]),
                i8(names.stop[name]),
            ):
                runs.shown[row] |= AGREES
                agreed = True
        if agreed:
            continue
        _note(i8(number), t, end, rank_low, rank_high, words, tokens, chosen, wanted, found)
        if wanted.full[0] or found.full[0] or words.full[0]:
            return
    mail_low = i8(0)
    for mail in range(mails.count[0]):
        if mails.start[mail] > behind:
            first, last = i8(mails.start[mail]), i8(mails.end[mail])
            mail_low = after(runs.start, i8(runs.count[0]), first - WINDOW, mail_low)
            stop = after(runs.start, i8(runs.count[0]), last + WINDOW + 1, mail_low)
            found.count[1] += stop - mail_low


@inner
def _is_rank(words: Words, tokens: Tokens, t: int) -> bool:
    return bool(words.flags[tokens.word[t]] & RANK)


@inner
def _marked(index: Index, names: Names, group: int) -> int:
    """Mark those whom a number means; the mark by which they are known."""
    names.mark[0] += 1
    for at in range(index.number_start[group], index.number_start[group + 1]):
        names.stamp[index.number_officer[at]] = names.mark[0]
    return i8(names.mark[0])


@inner
def _note(
    number: int, t: int, end: int, rank_low: int, rank_high: int, words: Words, tokens: Tokens,
    chosen: Array, wanted: Wanted, found: Beside,
) -> None:  # fmt: skip
    at = found.count[0]
    if at >= found.number.size:
        found.full[0] = 1
        return
    found.number[at], found.first[at] = number, t
    found.rank[0, at], found.rank[1, at] = rank_low, rank_high
    found.name[at] = found.surname[at] = -1
    count = i8(0)
    stop = after(tokens.start, i8(tokens.count[0]), end + WINDOW, t)
    for one in range(t, stop):
        if not tokens.shape[one] & LETTERS or count + 3 > chosen.size:
            continue
        word = i8(tokens.word[one])
        if words.flags[word] & PARTICLE:  # `mc donald`, `de la cruz`
            for following in range(one + 1, min(stop, one + 3)):
                word = i8(joined(words, word, i8(tokens.word[following])))
                if words.full[0]:
                    return
                chosen[count] = -word
                count += 1
        chosen[count] = one
        count += 1
    found.request[at] = want(wanted, i8(EACH), i8(0), chosen, count)
    found.count[0] = at + 1


@compiled
def match(
    behind: int,
    index: Index,
    public: Public,
    words: Words,
    tokens: Tokens,
    numbers: Numbers,
    chosen: Array,
    wanted: Wanted,
    names: Names,
    found: Beside,
) -> None:
    """
    Two words, or a surname beside a rank, that name an officer of the number: a request for them.

    Numbers of which no such words stand near are left out.
    """
    kept = i8(0)
    for at in range(found.count[0]):
        number, request = i8(found.number[at]), i8(found.request[at])
        mark = _marked(index, names, i8(numbers.group[number]))
        first, stop = i8(wanted.start[request]), i8(wanted.start[request + 1])
        name, surname = i8(-1), i8(-1)
        rank_low, rank_high = i8(found.rank[0, at]), i8(found.rank[1, at])
        least = behind if numbers.end[number] <= behind else i8(0)
        for one in range(first, stop):
            left = _word(tokens, i8(wanted.token[one]))
            for other in range(one + 1, min(stop, one + NEXT)):
                token = i8(wanted.token[other])
                if name >= 0 or (token >= 0 and tokens.end[token] <= least):
                    continue
                right = _word(tokens, i8(wanted.token[other]))
                way = _pair(index, words, names, mark, left, right)
                if way:
                    chosen[0] = right if way == 2 else left
                    chosen[1] = left if way == 2 else right
                    name = want(wanted, i8(SPELLED), i8(SHORTEST), chosen, i8(2))
                    if name < 0:
                        return
        if name < 0:
            start, end = numbers.start[number], numbers.end[number]
            for one in range(first, stop):
                t = i8(wanted.token[one])
                if t < 0 or tokens.end[t] <= least:
                    continue
                if surname >= 0 or not start - CLOSE <= tokens.start[t] <= end + 3:
                    continue
                last = i8(words.surname[tokens.word[t]])
                if last < 0 or not meets(
                    names.stamp, mark, index.sur_officer, i8(index.sur_start[last]),
                    i8(index.sur_start[last + 1]),
                ):  # fmt: skip
                    continue
                if not rank_high:
                    rank_low, rank_high = rank_before(public, words, tokens, t)
                if rank_high:
                    surname = last
        if name < 0 and surname < 0:
            continue
        found.number[kept], found.name[kept], found.surname[kept] = number, name, surname
        found.rank[0, kept], found.rank[1, kept] = rank_low, rank_high
        kept += 1
    found.count[0] = kept


@inner
def _word(tokens: Tokens, token: int) -> int:
    """The word of a token; a negative one is a word made of several."""
    return i8(tokens.word[token]) if token >= 0 else -token


@inner
def _pair(index: Index, words: Words, names: Names, mark: int, left: int, right: int) -> int:
    """1 if two words are the name of somebody who bears the mark, 2 the other way round, else 0."""
    for way in range(2):
        one, other = (right, left) if way else (left, right)
        forename, surname = i8(words.forename[one]), i8(words.surname[other])
        if forename < 0 or surname < 0 or words.length[one] == 1:
            continue  # `a` and `i` are words; initials are found where they are capitals
        at = i8(place(index.pair_slot, index.pair_at, forename, surname))
        if at >= 0 and meets(
            names.stamp, mark, index.pair_officer, i8(index.pair_start[at]),
            i8(index.pair_start[at + 1]),
        ):  # fmt: skip
            return i8(way + 1)
    return i8(0)
