"""
In which order a name is written: the readings of a line, a cell or a run of words.

`SURNAME, Forename` · `Forename Surname` · `SURNAME Forename Middle` · `Surname F`
· `F. M. Surname` · `Surname,F.` · `F.M.Surname`. No look-up here: what a row may
mean is settled by its structure. First a plan is made of which names may be
forename and surname, then it is carried out: a compiler copies what is called
in many places into each of them.
"""

from __future__ import annotations

from matchers.people.kernel.arrays import UNITS, Units, Words, Work
from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.pairing import FIRST, MAIN, NARROWING, carry_out, clear, note, sift
from matchers.people.kernel.units import draw, may_draw
from matchers.people.tables import Array

MOST_UNITS = 6
SHORT = 3  # letters of a word in capitals that may be initials


@inlined
def _between(begin: int, end: int) -> int:
    """The mask of the names from one to before another."""
    return (1 << end) - (1 << begin)


@inner
def _by_case(plan: Array, loud: int, short: int, names: int) -> bool:
    """Plan names some of which are in capitals: those are the surname."""
    last = names & loud
    first = names & ~loud
    if not last or not first or (last & (last - 1) == 0 and last & short):
        return False
    forename = first & -first
    for at in range(UNITS):
        surname = last & 1 << at
        if not surname:
            continue
        note(plan, MAIN, forename, surname)
        for other in range(UNITS):
            if (first ^ forename) & 1 << other:
                note(plan, NARROWING, 1 << other, surname)
    if last & (last - 1):
        note(plan, MAIN, forename, last)
    return True


@inner
def _in_order(plan: Array, loud: int, short: int, begin: int, end: int) -> None:
    """Plan names between which there is no comma."""
    if end - begin < 2 or _by_case(plan, loud, short, _between(begin, end)):
        return
    first, second, last = 1 << begin, 2 << begin, 1 << (end - 1)
    note(plan, MAIN, first, last)
    if end - begin > 2:
        note(plan, MAIN, second, first)
        note(plan, MAIN, first, second)
    note(plan, MAIN, last, first)
    for at in range(begin + 1, end - 1):
        note(plan, MAIN, first | FIRST, 3 << at)
    for at in range(begin + 1, end - 1):
        note(plan, NARROWING, 1 << at, last)
        note(plan, NARROWING, 1 << at, first)


@inner
def _with_comma(plan: Array, comma: int, end: int) -> None:
    """Plan names of which the one at `comma` stands behind a comma."""
    for at in range(comma - 1, -1, -1):
        note(plan, MAIN, 1 << comma, 1 << at)
        for other in range(comma + 1, end):
            note(plan, NARROWING, 1 << other, 1 << at)
    if comma > 1:
        note(plan, MAIN, 1 << comma, (1 << comma) - 1)


@inner
def _by_initials(plan: Array, letters: int, count: int) -> None:
    """`J M Smith` as `jm` too: with a second initial fewer people are meant."""
    name = i8(0)
    for at in range(count):
        if not letters & 1 << at:
            name = 1 << at
    both, told = i8(0), 0
    for at in range(count):
        if letters & 1 << at and told < 3 and name:
            both |= 1 << at
            told += 1
            if told > 1:
                note(plan, NARROWING, both, name)


@inlined
def _of_two(plan: Array, loud: int, short: int, comma: int) -> None:
    """Plan the commonest case, as the others would have it: nothing narrows it."""
    if not comma and not (loud == 1 and not short & 1):
        note(plan, MAIN, i8(1), i8(2))
    if comma or not (loud == 2 and not short & 2):
        note(plan, MAIN, i8(2), i8(1))


@inlined
def _segment_end(found: Units, begin: int) -> int:
    """Where the names end that no comma divides from this one."""
    end = begin + 1
    while end < found.count[0] and found.segment[end] == found.segment[begin]:
        end += 1
    return end


@inlined
def _planned(words: Words, found: Units, plan: Array, run: int) -> None:
    """Plan how these names may be read as one person's."""
    plan[0, 0] = 0
    count = found.count[0]
    letters = loud = short = i8(0)
    for at in range(count):
        size = 0
        for part in range(found.parts[at]):
            size += words.length[found.part[at, part]]
        if found.parts[at] == 1 and size == 1:
            letters |= 1 << at
        elif found.capitals[at]:
            loud |= 1 << at
        if size <= SHORT:
            short |= 1 << at
    comma = _segment_end(found, i8(0))
    if count == 2:
        _of_two(plan, loud, short, comma < count)
    elif 2 < count <= MOST_UNITS:
        if comma < count:
            _with_comma(plan, comma, _segment_end(found, comma))
        begin = i8(0)
        while begin < count:
            end = _segment_end(found, begin)
            _in_order(plan, loud, short, begin, end)
            begin = end
        _by_initials(plan, letters, count)
    if run and count > 2:
        for at in range(count - 1):
            note(plan, MAIN, 1 << at, 2 << at)


@inlined
def readings(words: Words, work: Work, run: int, which: int) -> None:
    """
    How the names of `work.plain` may be read as one person's, in `work.pairs`.

    First MAIN, then NARROWING ones: those that tell nobody apart need not be made.
    Names of several parts have both at once, for they may have too many.

    In a `run` of capitalised words some may be no names, so every two
    neighbours are read as well.
    """
    if which == MAIN:
        clear(work.pairs)
    plain = work.plain
    count = plain.count[0]
    if not 2 <= count <= UNITS or (which == NARROWING and count == 2):
        return
    drawn = count > 2 and may_draw(words, plain)
    every = drawn
    for at in range(count):
        every = every or plain.parts[at] > 1
    if every and which == NARROWING:
        return
    if drawn:
        draw(words, plain, work.merged)
    for turn in range(2):
        found = plain if turn else work.merged
        if turn or (drawn and work.merged.count[0] != count):
            _planned(words, found, work.plan, run & turn)
            carry_out(words, found, work, which, every)
    if count > 2 and (every or which == NARROWING):
        sift(words, work.pairs)
