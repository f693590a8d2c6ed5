"""
What stands before the @ of an address at a force's own domain: a number, or somebody's name.

`forename.surname@` · `f.surname2@` · `fsurname@` · `number@`; elsewhere a local
part says nothing, whoever has that name.
"""

from __future__ import annotations

from matchers.people.kernel.addresses import spell_local
from matchers.people.kernel.arrays import Index, Mails, Numbers, Words
from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.kernel.marks import is_digit, is_letter
from matchers.people.kernel.places import shift_of
from matchers.people.kernel.publics import Public
from matchers.people.kernel.remembering import remembered
from matchers.people.kernel.remembering import spelled as packed
from matchers.people.kernel.seeking import sought
from matchers.people.kernel.spelling import spell
from matchers.people.kernel.wanted import SPELLED, Wanted, want
from matchers.people.tables import Array

NEVER = i8(1 << 30)  # letters: nothing in an address is read with an edit
FEWEST_DIGITS = 3  # of a number with letters in a local part
LONGEST_INITIALS = 2  # letters: a longer word is no part of a number
SHORTEST_JOINED = 4  # letters of an initial and a surname in one


@inner
def _word(public: Public, words: Words, part: Array, start: int, end: int) -> int:
    """The word that the letters of `part[start:end]` make, whatever stands between them."""
    place = i8(words.count[1])
    if place + end - start > words.letters.size:
        words.full[0] = 1
        return i8(0)
    size = i8(0)
    for at in range(start, end):
        if is_letter(part[at]):
            words.letters[place + size] = part[at]
            size += 1
    a, b = packed(words.letters, place, size)
    return remembered(public, words, a, b, size)


@inner
def _measured(part: Array, size: int) -> tuple[int, int, int, int, int, bool]:
    """
    The runs of letters of a local part: (how many, where the first ends, where
    the second and the last begin, the longest, whether all are digits).
    """
    runs = longest = length = first_end = second = last = i8(0)
    digits = True
    for at in range(size):
        if is_letter(part[at]):
            digits = False
            if length == 0:
                runs += 1
                last = i8(at)
                if runs == 2:
                    second = last
            length += 1
            longest = max(longest, length)
            if runs == 1:
                first_end = i8(at + 1)
        else:
            length = i8(0)
            digits = digits and is_digit(part[at])
    return runs, first_end, second, last, longest, digits


@inner
def _number(index: Index, part: Array, size: int, digits: bool, found: Numbers) -> int:
    """The row of `found` for the number that a local part spells, −1 if it spells none: `js2` is initials."""
    shape, core, length = spell(part, i8(0), size, found.work)
    if core < 0 or not (digits or shape >> 8 & 0xFF >= FEWEST_DIGITS):
        return i8(-1)
    row = i8(found.count[0])
    if row >= found.start.size:
        found.full[0] = 1
        return i8(-1)
    found.key[row], found.group[row], found.chance[row], found.bits[row] = sought(
        index.key, index.number_bucket, index.number_tag, shift_of(index.number_bucket),
        index.shape, index.shape_span, index.shape_bits, found.work, shape, core, length,
    )  # fmt: skip
    found.shape[row], found.core[row] = shape, core
    found.weak[row] = 0
    found.count[0] = row + 1
    return row


@inner
def _readings(public: Public, words: Words, part: Array, size: int, spelled: Array) -> int:
    """Put into `spelled` the words that a local part may be, forename and surname by turns; how many."""
    runs, first_end, second, last, longest, _ = _measured(part, size)
    if runs == 0 or (runs == 1 and longest < SHORTEST_JOINED):
        return i8(0)
    first = i8(0)
    while not is_letter(part[first]):
        first += 1
    end = first_end
    if runs == 1:
        first_end, second = first + 1, first + 1
        last = end - 1
    else:
        end = i8(size)
    one = _word(public, words, part, first, first_end)
    two = _word(public, words, part, second if runs == 1 else last, end)
    three = four = i8(0)
    if runs == 1:  # `jsmith` and `smithj`
        three = _word(public, words, part, last, end)
        four = _word(public, words, part, first, last)
    elif runs > 2:
        four = _word(public, words, part, second, end)
    if words.full[0]:
        return i8(0)
    spelled[0], spelled[1] = one, two
    if runs == 1:
        spelled[2], spelled[3] = three, four
        return i8(4)
    spelled[2], spelled[3] = two, one
    if runs == 2:
        return i8(4)
    spelled[4], spelled[5] = one, four
    return i8(6)


@compiled
def local_parts(
    cls: Array,
    index: Index,
    public: Public,
    words: Words,
    mails: Mails,
    numbers: Numbers,
    wanted: Wanted,
    spelled: Array,
    local: Array,
) -> None:
    """
    For each address a row of `numbers` and a request for a name, −1 for neither, into `local` (i4[2, n]).

    Of those at a force's domain. One that spells a number is that number once
    more and no name; one that is enrolled itself needs no name. Marks `full`
    where there is no room.
    """
    n = i8(cls.size)
    for row in range(mails.count[0]):
        local[0, row] = local[1, row] = -1
    for row in range(mails.count[0]):
        if not mails.force[row]:
            continue
        start, stop = i8(mails.start[row]), i8(mails.at[row])
        size = spell_local(cls, start, stop, n, mails.work)
        _, _, _, _, longest, digits = _measured(mails.work, size)
        if longest <= LONGEST_INITIALS:
            number = _number(index, mails.work, size, digits, numbers)
            if number >= 0:
                numbers.start[number], numbers.end[number] = start, stop
                local[0, row] = number
                continue
        if mails.group[row] < 0:
            count = _readings(public, words, mails.work, size, spelled)
            if count:
                local[1, row] = want(wanted, i8(SPELLED), NEVER, spelled, count)
        if words.full[0] or wanted.full[0] or numbers.full[0]:
            return
