"""
Whose number it is, as the words near it say: two that are a name, or a surname beside a rank.

Only those count whom the number means.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.arrays import (
    LETTERS,
    PARTICLE,
    WHOLE,
    Index,
    Names,
    Numbers,
    Tokens,
    Words,
)
from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.joining import joined
from matchers.people.kernel.kin import among
from matchers.people.kernel.lookup import ask_each
from matchers.people.kernel.pairs import place
from matchers.people.kernel.publics import Public
from matchers.people.kernel.rows import marked, meets
from matchers.people.kernel.runs import rank_before
from matchers.people.kernel.wanted import SPELLED, Wanted, want
from matchers.people.tables import Array

NEXT = 6  # words within which forename and surname stand
CLOSE = 24  # characters before a number within which a surname alone must end
SHORTEST = 4  # letters of a mistyped name (G of the law)


@inner
def drawn(words: Words, tokens: Tokens, t: int, stop: int, out: Array, count: int) -> int:
    """The words that a particle makes with one and with two that follow: `mc donald`, `de la cruz`."""
    word = i8(tokens.word[t])
    for following in range(t + 1, min(stop, t + 3)):
        word = i8(joined(words, word, i8(tokens.word[following])))
        if words.full[0]:
            return count
        out[count] = word
        count += 1
    return count


@inner
def named(
    number: int, t: int, stop: int, least: int, rank_low: int, rank_high: int, index: Index,
    public: Public, words: Words, tokens: Tokens, numbers: Numbers, chosen: Array, wanted: Wanted,
    names: Names,
) -> tuple[int, int, int, int]:  # fmt: skip
    """
    A request for two of the words from token `t` to `stop` that name an officer of the number.

    −1: none do; then the id of a surname that does beside a rank, −1: none; and
    the offsets of the rank. Words that end at `least` or before are the second of
    no two, and no surname alone. `chosen`: i4[3, n], to lay words side by side in;
    of so many characters as WINDOW allows there are never n.
    """
    none = i8(-1)
    group = i8(numbers.group[number])
    kin = index.number_names[group]
    # the last token of each word, the words, and their first tokens
    where, held, begun = chosen[0], chosen[1], chosen[2]
    count = i8(0)
    for one in range(t, stop):
        if not tokens.shape[one] & LETTERS or count + 3 > where.size:
            continue
        word = i8(tokens.word[one])
        if words.flags[word] & PARTICLE:
            end = drawn(words, tokens, i8(one), stop, held, count)
            for at in range(count, end):
                where[at], begun[at] = one + 1 + at - count, one
            count = end
        where[count], held[count], begun[count] = one, word, one
        count += 1
    ask_each(index, words, held, count, i8(WHOLE))
    if words.full[0]:
        return none, none, rank_low, rank_high
    mark = marked(
        names,
        index.number_officer,
        i8(index.number_start[group]),
        i8(index.number_start[group + 1]),
    )
    two = _two(index, words, tokens, names, mark, kin, least, where, held, count)
    if two:
        where[0], where[1] = held[two & 0xFFFF], held[two >> 16]
        name = want(wanted, i8(SPELLED), i8(SHORTEST), where, i8(2))
        return name, none, rank_low, rank_high
    start, end = numbers.start[number], numbers.end[number]
    for at in range(count):
        one = i8(where[at])
        if tokens.end[one] <= least:
            continue
        if tokens.end[one] < start - CLOSE or tokens.start[one] > end + 3:
            continue
        last = i8(words.surname[held[at]])
        if not among(kin, last) or not meets(
            names.stamp, mark, index.sur_officer, i8(index.sur_start[last]),
            i8(index.sur_start[last + 1]),
        ):  # fmt: skip
            continue
        if not rank_high:
            rank_low, rank_high = rank_before(public, words, tokens, i8(begun[at]))
        if rank_high:
            return none, last, rank_low, rank_high
    return none, none, rank_low, rank_high


@inlined
def _two(
    index: Index, words: Words, tokens: Tokens, names: Names, mark: int, kin: np.uint64, least: int,
    where: Array, held: Array, count: int,
) -> int:  # fmt: skip
    """The first two of these words that name one who bears the mark: place of the forename, and 65,536 times the surname's; 0 for none."""
    for one in range(count):
        for other in range(one + 1, min(count, one + NEXT)):
            if tokens.end[where[other]] <= least:
                continue
            for way in range(2):
                first, last = (other, one) if way else (one, other)
                forename = i8(words.forename[held[first]])
                surname = i8(words.surname[held[last]])
                if forename < 0 or not among(kin, surname) or words.length[held[first]] == 1:
                    continue  # `a` and `i` are words; initials are found where they are capitals
                pair = i8(place(index.pair_slot, index.pair_key, forename, surname))
                if pair >= 0 and meets(
                    names.stamp, mark, index.pair_officer, i8(index.pair_start[pair]),
                    i8(index.pair_start[pair + 1]),
                ):  # fmt: skip
                    return i8(first | last << 16)
    return i8(0)
