"""
The readings of a name: words taken as forename and surname, each pair once.

Hyphens and particles (`Mc Donald`, `de la Cruz`) are read whole and in parts.
`MAIN` readings decide who it is and how likely by chance; `NARROWING` ones tell
namesakes apart. Names of a stretch are given as a mask: bit n is name n.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.arrays import PARTICLE, READINGS, UNITS, Pairs, Units, Words, Work
from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.joining import joined, letter, same
from matchers.people.tables import Array

MAIN, NARROWING = i8(0), i8(1)
FIRST = i8(1 << 30)  # in a mask: no more than the first part of the name
# To spread bits: any odd numbers would do.
_ODD, _OTHER = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F


@inlined
def clear(pairs: Pairs) -> None:
    for which in range(2):
        pairs.count[which] = 0
        pairs.seen[which] = 0


@inlined
def _bit(a: Array, b: Array, forename: int, surname: int) -> np.uint64:
    """The bit of `Pairs.seen` that these words have; `a` and `b` of the words."""
    one = np.uint64(a[forename] + b[forename] * np.uint64(_ODD))
    two = np.uint64(a[surname] + b[surname] * np.uint64(_ODD))
    turned = (one ^ two * np.uint64(_OTHER)) * np.uint64(_ODD)
    return np.uint64(1) << (turned >> np.uint64(58))


@inlined
def has(a: Array, b: Array, pairs: Pairs, which: int, forename: int, surname: int) -> bool:
    """Whether this reading is there; `a` and `b` of the words."""
    if not pairs.seen[which] & _bit(a, b, forename, surname):
        return False
    for i in range(min(pairs.count[which], READINGS)):
        if same(a, b, i8(pairs.forename[which, i]), forename) and same(
            a, b, i8(pairs.surname[which, i]), surname
        ):
            return True
    return False


@inlined
def add(a: Array, b: Array, pairs: Pairs, which: int, forename: int, surname: int) -> None:
    """One reading more, if it is not there; beyond READINGS it is only counted."""
    if not has(a, b, pairs, which, forename, surname):
        count = pairs.count[which]
        if count < READINGS:
            pairs.forename[which, count], pairs.surname[which, count] = forename, surname
        pairs.count[which] = count + 1
        pairs.seen[which] |= _bit(a, b, forename, surname)


@inner
def sift(words: Words, pairs: Pairs) -> None:
    """Leave out the narrowing readings that are main ones, and those by an initial."""
    kept = 0
    for i in range(min(pairs.count[NARROWING], READINGS)):
        forename = i8(pairs.forename[NARROWING, i])
        surname = i8(pairs.surname[NARROWING, i])
        if words.length[forename] > 1 and not has(words.a, words.b, pairs, MAIN, forename, surname):
            pairs.forename[NARROWING, kept], pairs.surname[NARROWING, kept] = forename, surname
            kept += 1
    pairs.count[NARROWING] = kept


@inlined
def together(words: Words, found: Units, mask: int, begin: int) -> int:
    """The word that all parts of these names make, of the first from part `begin` on."""
    word, at = i8(0), i8(0)
    rest = mask & ((1 << UNITS) - 1)
    while rest:
        if rest & 1:
            for part in range(begin, found.parts[at]):
                piece = i8(found.part[at, part])
                word = joined(words, word, piece) if word else piece
            begin = i8(0)
        rest >>= 1
        at += 1
    return word


@inlined
def forms(words: Words, found: Units, mask: int, surname: int, out: Array, count: int) -> int:
    """
    What these names may be as a forename or a `surname`, in `out` from `count` on; its end.

    Of a single one its parts as well; several are one word.
    """
    at = 0
    while not mask >> at & 1:
        at += 1
    single = mask & ((1 << UNITS) - 1) == 1 << at
    parts = found.parts[at] if single else 1
    first = i8(found.part[at, 0])
    begins = parts  # places at which the last parts of a surname begin
    if single and (parts == 1 or not surname):
        out[count] = first
        count += 1
        if surname or mask & FIRST:
            return count
        if parts == 1:
            if found.capitals[at] and 2 <= words.length[first] <= 3:
                out[count] = letter(words, first, i8(0))  # `JM` of `Smith JM`
                count += 1
            return count
        begins = 1
    elif not single or found.kept[at]:
        begins = 1
    for begin in range(begins):
        out[count] = together(words, found, mask, begin)
        count += 1
    if begins > 1:
        for part in range(parts - 1):
            if not words.flags[found.part[at, part]] & PARTICLE:
                out[count] = found.part[at, part]
                count += 1
    return count


@inlined
def note(plan: Array, which: int, forename: int, surname: int) -> None:
    """Plan to read these names as a forename with these as a surname."""
    count = plan[0, 0] + 1
    plan[0, 0] = count
    plan[count, 0], plan[count, 1], plan[count, 2] = which, forename, surname


@inlined
def carry_out(words: Words, found: Units, work: Work, which: int, every: bool) -> None:
    """Add the readings that are planned to `work.pairs`: those of `which`, or all."""
    first, last = work.words[0], work.words[1]
    for at in range(1, work.plan[0, 0] + 1):
        step = work.plan[at]
        if not every and step[0] != which:
            continue
        firsts = lasts = i8(0)
        for side in range(2):
            out = last if side else first
            count = forms(words, found, i8(step[1 + side]), side, out, i8(0))
            if side:
                lasts = count
            else:
                firsts = count
        for i in range(firsts):
            for j in range(lasts):
                add(words.a, words.b, work.pairs, i8(step[0]), i8(first[i]), i8(last[j]))
