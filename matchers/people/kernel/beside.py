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
    PARTICLE,
    RANK,
    RANKISH,
    WEAK,
    WHOLE,
    Index,
    Mails,
    Names,
    Numbers,
    Tokens,
    Words,
)
from matchers.people.kernel.compile import compiled, i8, inlined
from matchers.people.kernel.kin import among
from matchers.people.kernel.lines import TOLD, Pieces, after
from matchers.people.kernel.lookup import ask_each
from matchers.people.kernel.publics import Public
from matchers.people.kernel.rows import AGREES, Rows, marked, meets
from matchers.people.kernel.runs import rank_before
from matchers.people.kernel.wanted import Wanted
from matchers.people.kernel.whose import drawn, named
from matchers.people.tables import Array

WINDOW = 100  # characters within which identifiers belong together


class Beside(NamedTuple):
    """
    Numbers whose officer's name stands near in no run.

    `name`: a request for it, later a row of Names (−1: the surname alone, whose
    id is `surname`). `rank`: its offsets.
    """

    count: Array  # type: ignore[assignment]  # hides the tuple's own; i8[2]: numbers, and how often a name and a number stood together
    full: Array  # u1[1]
    number: Array  # i4
    name: Array  # i4
    surname: Array  # i4
    rank: Array  # i4[2, room]


def beside(room: int) -> Beside:
    """Room for so many numbers."""
    return Beside(  # type: ignore[call-arg]  # as many as there are fields
        np.zeros(2, dtype=np.int64),
        np.zeros(1, dtype=np.uint8),
        *(np.zeros(room, dtype=np.int32) for _ in range(3)),
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
    """
    Mark the runs that agree with a number near them, and find the words near other numbers that do.

    `chosen`: i4[2, n], to lay words side by side in.
    """
    found.count[0] = found.count[1] = 0
    line, low, high, t, at, asked = i8(0), i8(0), i8(0), i8(0), i8(0), i8(0)
    count = i8(tokens.count[0])
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
        if numbers.weak[number] != WEAK and not told:
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
        t = after(tokens.start, count, start - WINDOW, t)
        if at and tokens.start[at - 1] >= start:
            at = t
        at = after(tokens.start, count, start, max(t, at))
        rank_low, rank_high = i8(0), i8(0)
        if at < count and tokens.start[at] == start and words.flags[tokens.word[at]] & RANK:
            rank_low, rank_high = start, i8(tokens.end[at])  # `PC57460`
        elif at and words.flags[tokens.word[at - 1]] & RANKISH:
            rank_low, rank_high = rank_before(public, words, tokens, at)
        if numbers.weak[number] == WEAK and not rank_high:
            continue
        if _agreed(index, names, runs, low, high, group):
            continue
        stop = after(tokens.start, count, end + WINDOW, at)
        asked = _ask(index, words, tokens, max(asked, t), stop, chosen[0])
        kin = index.number_names[group]
        if words.full[0] or not _is_kin_near(words, tokens, t, stop, kin, chosen[1]):
            continue
        place = found.count[0]
        if place >= found.number.size:
            found.full[0] = 1
            return
        name, surname, rank_low, rank_high = named(
            i8(number), t, stop, behind if told else i8(0), rank_low, rank_high, index, public,
            words, tokens, numbers, chosen, wanted, names,
        )  # fmt: skip
        if wanted.full[0] or words.full[0]:
            return
        if name >= 0 or surname >= 0:
            found.number[place], found.name[place], found.surname[place] = number, name, surname
            found.rank[0, place], found.rank[1, place] = rank_low, rank_high
            found.count[0] = place + 1
    mail_low = i8(0)
    for mail in range(mails.count[0]):
        if mails.start[mail] > behind:
            first, last = i8(mails.start[mail]), i8(mails.end[mail])
            mail_low = after(runs.start, i8(runs.count[0]), first - WINDOW, mail_low)
            stop = after(runs.start, i8(runs.count[0]), last + WINDOW + 1, mail_low)
            found.count[1] += stop - mail_low


@inlined
def _agreed(index: Index, names: Names, runs: Rows, low: int, high: int, group: int) -> bool:
    """Mark those of these runs that mean an officer of the number; whether any does."""
    mark = i8(0)
    agreed = False
    for row in range(low, high):
        name = runs.name[row]
        start, stop = i8(names.start[name]), i8(names.stop[name])
        if start < stop:
            if not mark:
                mark = marked(
                    names, index.number_officer, i8(index.number_start[group]),
                    i8(index.number_start[group + 1]),
                )  # fmt: skip
            if meets(names.stamp, mark, names.officer, start, stop):
                runs.shown[row] |= AGREES
                agreed = True
    return agreed


@inlined
def _ask(index: Index, words: Words, tokens: Tokens, t: int, stop: int, waiting: Array) -> int:
    """Ask which names the words of these tokens are, and what particles make; gives `stop`."""
    count, until = i8(0), i8(tokens.count[0])
    for one in range(t, stop):
        word = tokens.word[one]
        if words.asked[word] < WHOLE:
            waiting[count] = word
            count += 1
        if words.flags[word] & PARTICLE:
            count = drawn(words, tokens, one, until, waiting, count)
        if count + 3 > waiting.size or (count and one + 1 == stop):
            ask_each(index, words, waiting, count, i8(WHOLE))
            count = i8(0)
    return stop


@inlined
def _is_kin_near(
    words: Words, tokens: Tokens, t: int, stop: int, kin: np.uint64, held: Array
) -> bool:
    """Whether one of these words may be the surname of somebody whose number it is."""
    for one in range(t, stop):
        word = i8(tokens.word[one])
        if among(kin, i8(words.surname[word])):
            return True
        if words.flags[word] & PARTICLE:
            for place in range(drawn(words, tokens, one, stop, held, i8(0))):
                word = i8(held[place])
                # one that was forgotten meanwhile is made anew, and not asked
                if words.asked[word] < WHOLE or among(kin, i8(words.surname[word])):
                    return True
    return False
