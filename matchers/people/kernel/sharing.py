"""
Which of a few people have both of two words as their names, each within one edit.

For names beside a second identifier, which says who it is about: there an edit
in both names may count.
"""

from __future__ import annotations

import math

from matchers.people.kernel.arrays import Index, Names, Words
from matchers.people.kernel.compile import i8, inner
from matchers.people.kernel.hashing import keyed, mixed
from matchers.people.kernel.judging import MOST, SAFETY
from matchers.people.kernel.lookup import ask
from matchers.people.kernel.meeting import holds
from matchers.people.kernel.pairs import paired, row
from matchers.people.kernel.weighing import FULL, ONE_EDIT
from matchers.people.tables import Array


@inner
def shared(
    index: Index,
    words: Words,
    forename: int,
    surname: int,
    officers: Array,
    start: int,
    stop: int,
    names: Names,
) -> int:
    """
    A row of `names`: who of `officers[start:stop]` these words name, with the fewest edits.

    −1: nobody (or no room). `edits`: 0 to 2, one in each name. `chance`: that a
    stranger has names so near to anybody's. An initial is no forename here.
    """
    for word in (surname, forename):
        ask(index, words, word)
    this = names.count[0]
    begun = names.count[1]
    if this >= names.chance.size or begun + stop - start > names.officer.size:
        names.full[0] = 1
        return i8(-1)
    if words.length[forename] == 1:
        return i8(-1)
    least = 3
    end = begun
    for i in range(start, stop):
        officer = i8(officers[i])
        edits = _edits(index, words, forename, surname, officer)
        if edits < least:
            least, end = edits, begun
        if edits == least and edits < 3 and not holds(names.officer, begun, end, officer):
            at = end
            while at > begun and names.officer[at - 1] > officer:
                names.officer[at] = names.officer[at - 1]
                at -= 1
            names.officer[at] = officer
            end += 1
    if least == 3 or words.full[0]:
        return i8(-1)
    names.count[0], names.count[1] = this + 1, end
    names.chance[this] = _chance(index, words, forename, surname)
    names.edits[this] = least
    names.rule[this] = ONE_EDIT if least else FULL
    state = mixed(mixed(words.a[forename], words.b[forename]), words.a[surname])
    names.key[this] = keyed(state, words.b[surname], index.key[0], index.key[1])
    names.start[this], names.stop[this] = begun, end
    return i8(this)


@inner
def _edits(index: Index, words: Words, forename: int, surname: int, officer: int) -> int:
    """Edits between these words and the nearest names that this officer has; 3: none is near."""
    least = i8(3)
    last = i8(words.surname[surname])
    if last >= 0:
        least = min(least, _with(index, words, forename, last, officer))
    begin = i8(words.near_start[surname]) + i8(words.near_fore[surname])
    for i in range(begin, begin + i8(words.near_sur[surname])):
        if least <= 1:
            break
        least = min(least, 1 + _with(index, words, forename, i8(words.near[i]), officer))
    return min(least, i8(3))


@inner
def _with(index: Index, words: Words, forename: int, surname: int, officer: int) -> int:
    """Edits in the forename, with this surname: 0, 1, or 3 if the officer has no such name."""
    low, high = i8(index.sur_start[surname]), i8(index.sur_start[surname + 1])
    if not holds(index.sur_officer, low, high, officer):
        return i8(3)
    first = i8(words.forename[forename])
    if first >= 0 and not index.fore_initial[first] and _has(index, first, surname, officer):
        return i8(0)
    begin = i8(words.near_start[forename])
    for i in range(begin, begin + i8(words.near_fore[forename])):
        if _has(index, i8(words.near[i]), surname, officer):
            return i8(1)
    return i8(3)


@inner
def _has(index: Index, forename: int, surname: int, officer: int) -> bool:
    at = paired(
        index.pair_sieve, index.pair_slot, index.pair_at, row(surname), forename, surname
    )  # fmt: skip
    return at >= 0 and holds(
        index.pair_officer,
        i8(index.pair_start[at]),
        i8(index.pair_start[at + 1]),
        officer,
    )


@inner
def _chance(index: Index, words: Words, forename: int, surname: int) -> float:
    """1 − exp(−n_s · n_f / N) of all carriers within an edit of either."""
    n_f, n_s = words.fore_people[forename], words.sur_people[surname]
    if words.forename[forename] >= 0:
        n_f += i8(index.fore_people[words.forename[forename]])
    if words.surname[surname] >= 0:
        n_s += i8(index.sur_people[words.surname[surname]])
    return min(MOST, -SAFETY * math.expm1(-float(n_f) * float(n_s) / index.scale[0]))
