"""
The readings of a row that says which is which: the surname's cells beside a forename's.

A table may have several columns of forenames (what is called, what is known
as, initials): each is added to what the ones before it left in `work`.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.arrays import (
    CAPITALS,
    KEPT,
    LETTERS,
    PARTICLE,
    READINGS,
    UNITS,
    Tokens,
    Units,
    Words,
    Work,
)
from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.hashing import mixed
from matchers.people.kernel.joining import same
from matchers.people.kernel.pairing import MAIN, NARROWING, add, clear, forms, sift, together
from matchers.people.kernel.units import LONGEST, copy, is_letter, spell, units
from matchers.people.tables import Array

MOST = 12  # names in a surname and the forenames beside it
MOST_LINE = 5  # names of a line that may be one person's
_FORENAME, _SURNAME = i8(0), i8(1)  # what a name is read as, and the row it is put in
# Stand in a row's key for what is no word: any odd numbers would do.
_COMMA, _CELL = 5, 7


@inlined
def begin(work: Work) -> None:
    """Forget the row before."""
    clear(work.pairs)
    work.told[0] = 0
    work.key[0] = 0


@inlined
def row_key(words: Words, work: Work, run: int) -> bool:
    """
    Note what makes the names in `work.plain` equal to others: they, and their order.

    Of a `run` also whether a comma stands among capitals, for then it is read
    in another way. Whether one person's name may be there: two names, not
    initials alone, and in a line not too many, particles left out.
    """
    plain = work.plain
    count = plain.count[0]
    if not 2 <= count <= UNITS:
        return False
    initials = True
    loud = particles = 0
    state = work.key[0]
    for at in range(count):
        if plain.parts[at] == 1 and words.flags[plain.part[at, 0]] & PARTICLE:
            particles += 1
        initials = initials and is_letter(words, plain, at)
        loud |= plain.capitals[at]
        name = i8(plain.part[at, 0])
        if plain.parts[at] > 1:
            name = together(words, plain, 1 << at, i8(0))
        state = mixed(mixed(state, words.a[name]), words.b[name])
    if run and loud and plain.segment[count - 1] != plain.segment[0]:
        state = mixed(state, np.uint64(_COMMA))
    work.key[0] = state
    return not initials and (run != 0 or count - particles <= MOST_LINE)


@inner
def columns_pairs(
    words: Words,
    tokens: Tokens,
    last: Array,
    lasts: int,
    first: Array,
    firsts: int,
    middle: Array,
    middles: int,
    initials: int,
    work: Work,
) -> bool:
    """
    The readings of one column of forenames beside the surname, added to `work`.

    `initials`: that column holds initials, which are no third name of a row
    whose forename is told. Whether there are any readings.
    """
    _note(words, tokens, last, lasts, work)
    _note(words, tokens, first, firsts, work)
    for turn in range(3):
        cell, count, found = last, lasts, work.plain
        if turn == 1:
            cell, count, found = first, firsts, work.chosen
        elif turn == 2:
            cell, count, found = middle, middles, work.merged
        units(words, tokens, cell, count, i8(0), found)
    forename = work.chosen
    if work.plain.count[0] == 0 or forename.count[0] == 0:
        return False
    if initials:
        spell(words, work.chosen, work.merged)
        forename = work.merged
    else:
        for at in range(min(work.merged.count[0], UNITS)):
            if not is_letter(words, work.merged, at):
                copy(work.merged, at, forename)
    if work.plain.count[0] + forename.count[0] > MOST:
        return False  # a cell that long holds no name
    clear(work.fresh)
    _read(words, forename, _surname(words, work), work)
    _join(words, work)
    return True


@inlined
def column_pair(words: Words, tokens: Tokens, last: int, first: int, work: Work) -> bool:
    """
    The main reading of one word as a surname and another as a forename, as `columns_pairs` has it.

    False, and nothing is done, where these two tokens have other readings.
    """
    surname, forename = i8(tokens.word[last]), i8(tokens.word[first])
    length = i8(words.length[forename])
    if (
        not tokens.shape[last] & tokens.shape[first] & LETTERS
        or max(length, i8(words.length[surname])) > LONGEST
        or (tokens.shape[first] & CAPITALS and 2 <= length <= 3)
    ):
        return False
    state = mixed(mixed(work.key[0], words.a[surname]), words.b[surname])
    state = mixed(state, np.uint64(_CELL))
    state = mixed(mixed(state, words.a[forename]), words.b[forename])
    work.key[0] = mixed(state, np.uint64(_CELL))
    add(words.a, words.b, work.pairs, MAIN, forename, surname)
    return True


@inlined
def _note(words: Words, tokens: Tokens, cell: Array, count: int, work: Work) -> None:
    """The words of a cell, into the key of the row."""
    state = work.key[0]
    for i in range(count):
        word = tokens.word[cell[i]]
        state = mixed(mixed(state, words.a[word]), words.b[word])
    work.key[0] = mixed(state, np.uint64(_CELL))


@inlined
def _surname(words: Words, work: Work) -> int:
    """What the surname in `work.plain` may be, in `work.words[1]`: how many."""
    surname, out = work.plain, work.words
    count = surname.count[0]
    names = i8(0)
    # all its names as one, then each; `Mc` and `Mac` are never left out
    for at in range(-1, 0 if words.flags[surname.part[0, 0]] & KEPT else count):
        mask = (1 << count) - 1 if at < 0 else 1 << at
        if count == 1 and at >= 0:
            break
        end = forms(words, surname, mask, _SURNAME, out[_SURNAME], names)
        if at >= 0:
            end = _sifted(words, out, names, end)
        names = end
    return names


@inlined
def _sifted(words: Words, out: Array, begin: int, end: int) -> int:
    """Leave out of `out[1, begin:end]` particles and what stands before; the new end."""
    kept = begin
    for i in range(begin, end):
        word = i8(out[1, i])
        found = bool(words.flags[word] & PARTICLE)
        for j in range(kept):
            found = found or same(words.a, words.b, i8(out[1, j]), word)
        if not found:
            out[1, kept] = word
            kept += 1
    return kept


@inlined
def _read(words: Words, forename: Units, names: int, work: Work) -> None:
    """The readings of these forenames with the surnames in `work.words`, in `work.fresh`."""
    out, count = work.words, forename.count[0]
    initials = is_letter(words, forename, i8(0))
    both, told = i8(1), 1
    # the first is the main one; then each other, and all of them together
    for at in range(count + 1):
        mask, which = i8(1) << at, NARROWING if at else MAIN
        if at and initials:  # `J`, `JM`, `JMK`
            if at == count or told == 3 or not is_letter(words, forename, at):
                continue
            both |= mask
            mask = both
            told += 1
        elif at == count:
            if count == 1:
                break
            mask = (i8(1) << count) - 1
        firsts = forms(words, forename, mask, _FORENAME, out[_FORENAME], i8(0))
        for i in range(firsts):
            for j in range(names):
                add(
                    words.a, words.b, work.fresh, which, i8(out[0, i]), i8(out[1, j])
                )  # fmt: skip
    sift(words, work.fresh)


@inlined
def _join(words: Words, work: Work) -> None:
    """Add the fresh readings to those of the row's other forenames."""
    fresh, pairs = work.fresh, work.pairs
    told = 0
    for i in range(min(fresh.count[MAIN], READINGS)):
        if words.length[fresh.forename[MAIN, i]] > 1:
            told = 1
    if told and not work.told[0]:
        pairs.count[MAIN] = 0  # those by initials alone
        pairs.seen[MAIN] = 0
        work.told[0] = 1
    elif not told and (work.told[0] or pairs.count[MAIN]):
        fresh.count[MAIN] = 0
    for which in range(2):
        for i in range(min(fresh.count[which], READINGS)):
            add(
                words.a, words.b, pairs, which,
                i8(fresh.forename[which, i]), i8(fresh.surname[which, i]),
            )  # fmt: skip
