"""
Whom readings mean in the roster, and with what chance: as they are, narrowed, with one edit.

What is found is gathered at the end of `Names.officer`.
"""

from __future__ import annotations

from matchers.people.kernel.arrays import NEAR, Index, Names, Pairs, Words, Work
from matchers.people.kernel.compile import i8, inlined
from matchers.people.kernel.lookup import ask_each
from matchers.people.kernel.meeting import gather, narrow
from matchers.people.kernel.pairing import MAIN, NARROWING
from matchers.people.kernel.pairs import paired, row
from matchers.people.kernel.weighing import FULL, INITIAL, bare, edited, exact


@inlined
def look_up(index: Index, words: Words, work: Work, which: int) -> None:
    """Ask for the surnames, and for the forenames beside those that somebody may have."""
    pairs, waiting = work.pairs, work.words[2]
    for side in range(2):
        count = i8(0)
        for i in range(pairs.count[which]):
            word = i8(pairs.surname[which, i])
            if side:
                if words.surname[word] < 0 and not words.near_sur[word]:
                    continue
                word = i8(pairs.forename[which, i])
            if words.asked[word] < NEAR:
                waiting[count] = word
                count += 1
        if count:
            ask_each(index, words, waiting, count, i8(NEAR))
        if words.full[0]:
            return


@inlined
def as_they_are(
    index: Index, words: Words, pairs: Pairs, names: Names
) -> tuple[float, int, int, bool]:
    """Gather whom the main readings mean: (p, lists gathered, rule, not all initials)."""
    chance, rule, told = 0.0, INITIAL, False
    lists = i8(0)
    for i in range(pairs.count[MAIN]):
        forename, surname = pairs.forename[MAIN, i], pairs.surname[MAIN, i]
        last = i8(words.surname[surname])
        if last < 0:
            continue
        first = i8(words.forename[forename])
        length = i8(words.length[forename])
        told = told or length > 1
        chance += exact(index, first, length, last)
        # of some no more than an initial is known; a plain letter means them already
        only = i8(words.only[forename]) if length > 1 else i8(-1)
        if only >= 0:
            chance += bare(index, only, last)
        begun = row(last)
        for name in (first, only):
            at = paired(
                index.pair_sieve, index.pair_slot, index.pair_key, begun, name, last
            )  # fmt: skip
            if at >= 0:
                gather(index.pair_start, index.pair_officer, at, names)
                lists += 1
                if name == first and length > 1 and not index.fore_initial[first]:
                    rule = FULL
    return chance, lists, rule, told


@inlined
def narrowed(index: Index, words: Words, pairs: Pairs, names: Names, start: int) -> None:
    """Keep of those gathered since `start` whom narrowing readings mean as well."""
    for i in range(pairs.count[NARROWING]):
        first = i8(words.forename[pairs.forename[NARROWING, i]])
        last = i8(words.surname[pairs.surname[NARROWING, i]])
        if last >= 0:
            at = paired(
                index.pair_sieve, index.pair_slot, index.pair_key, row(last), first, last
            )  # fmt: skip
            if at >= 0:
                narrow(index.pair_start, index.pair_officer, at, names, start)


@inlined
def by_one_edit(
    index: Index, words: Words, pairs: Pairs, shortest: int, names: Names
) -> tuple[float, int]:
    """Gather whom the main readings mean with one edit: (p, lists gathered)."""
    chance = 0.0
    lists = i8(0)
    for i in range(pairs.count[MAIN]):
        forename = i8(pairs.forename[MAIN, i])
        surname = i8(pairs.surname[MAIN, i])
        if words.length[forename] == 1:  # an initial and a mistyped surname say nothing
            continue
        first, last = i8(words.forename[forename]), i8(words.surname[surname])
        lasts = i8(words.near_sur[surname]) if words.length[surname] >= shortest else 0
        if not lasts and last < 0:
            continue
        firsts = i8(words.near_fore[forename]) if words.length[forename] >= shortest else 0
        if not lasts and not firsts:
            continue
        chance += edited(index, words, forename, surname)
        if first >= 0 and index.fore_initial[first]:
            first = i8(-1)
        for side in range(2):
            if side:  # a mistyped forename
                begin, count = i8(words.near_start[forename]), firsts
            else:
                begin = i8(words.near_start[surname] + words.near_fore[surname])
                count = lasts
            if (last if side else first) < 0:
                continue
            for near in range(begin, begin + count):
                name = i8(words.near[near])
                one, two = (name, last) if side else (first, name)
                at = paired(
                    index.pair_sieve, index.pair_slot, index.pair_key, row(two), one, two
                )  # fmt: skip
                if at >= 0:
                    gather(index.pair_start, index.pair_officer, at, names)
                    lists += 1
    return chance, lists
