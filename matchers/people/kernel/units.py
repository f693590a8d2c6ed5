"""
The names in one stretch of text: words, what hyphens join, what particles are drawn to.

Whoever asks has taken ranks, numbers and their labels out; nothing is looked up.
"""

from __future__ import annotations

from matchers.people.kernel.arrays import (
    CAPITALS,
    COMMA,
    HYPHEN,
    KEPT,
    LETTERS,
    PARTICLE,
    UNITS,
    Tokens,
    Units,
    Words,
)
from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.joining import letter
from matchers.people.tables import Array

MOST_PARTS = 4  # that hyphens join
MOST_INITIALS = 5
LONGEST = 48  # letters of a word in a name


@inlined
def units(words: Words, tokens: Tokens, chosen: Array, count: int, drop: int, found: Units) -> None:
    """
    The names that the tokens `chosen[:count]` make, in `found`.

    Digits alone are none. Words with a flag of `drop` are left out where two
    names stay: `Ma` and `Ba` are names as well.
    """
    found.count[0] = 0
    segment = i8(0)
    before = i8(-2)  # the token that ended the last name
    last = i8(-1)  # the token chosen last
    for i in range(count):
        token = i8(chosen[i])
        if last >= 0:
            for between in range(last + 1, token + 1):
                if tokens.gap[between] & COMMA:
                    segment += 1
        last = token
        word = tokens.word[token]
        if not tokens.shape[token] & LETTERS or words.length[word] > LONGEST:
            continue
        capitals = i8(1 if tokens.shape[token] & CAPITALS else 0)
        at = found.count[0] - 1
        if (
            tokens.gap[token] == HYPHEN
            and before == token - 1
            and 0 <= at < UNITS
            and found.parts[at] < MOST_PARTS
        ):
            found.part[at, found.parts[at]] = word
            found.parts[at] += 1
            found.capitals[at] &= capitals
        else:
            append(found, i8(word), capitals, segment)
        before = token
    _without(words, drop, found)


@inlined
def append(found: Units, word: int, capitals: int, segment: int) -> None:
    """One name more, of one part; beyond UNITS it is only counted."""
    at = found.count[0]
    found.count[0] = at + 1
    if at < UNITS:
        found.part[at, 0] = word
        found.parts[at] = 1
        found.capitals[at] = capitals
        found.segment[at] = segment
        found.kept[at] = 0


@inlined
def copy(source: Units, at: int, target: Units) -> None:
    """One name of one stretch, as it is, at the end of another."""
    to = target.count[0]
    target.count[0] = to + 1
    if to < UNITS:
        for part in range(source.parts[at]):
            target.part[to, part] = source.part[at, part]
        target.parts[to] = source.parts[at]
        target.capitals[to] = source.capitals[at]
        target.segment[to] = source.segment[at]
        target.kept[to] = source.kept[at]


@inlined
def _without(words: Words, drop: int, found: Units) -> None:
    count = found.count[0]
    if not drop or count < 3 or count > UNITS:
        return
    dropped = 0
    for i in range(count):
        dropped += _has(words, found, i, drop)
    if not dropped or count - dropped < 2:
        return
    found.count[0] = 0
    for i in range(count):
        if not _has(words, found, i, drop):
            copy(found, i, found)


@inlined
def _has(words: Words, found: Units, at: int, flags: int) -> int:
    return 1 if found.parts[at] == 1 and words.flags[found.part[at, 0]] & flags else 0


@inlined
def may_draw(words: Words, plain: Units) -> bool:
    """Whether there is a particle among these names: else `draw` leaves them as they are."""
    for i in range(plain.count[0]):
        if _has(words, plain, i, i8(PARTICLE)):
            return True
    return False


@inner
def draw(words: Words, plain: Units, found: Units) -> None:
    """The same names with particles drawn to the name that follows them, in `found`."""
    found.count[0] = 0
    count = plain.count[0]
    begun = i8(0)  # the first particle that waits
    for i in range(count):
        if _has(words, plain, i, i8(PARTICLE)):
            continue
        if begun < i and plain.segment[begun] == plain.segment[i]:
            copy(plain, begun, found)
            at = found.count[0] - 1
            parts = 1
            for other in range(begun + 1, i + 1):
                for part in range(plain.parts[other]):
                    found.part[at, parts] = plain.part[other, part]
                    parts += 1
            found.parts[at] = parts
            found.capitals[at] = plain.capitals[i]
            found.segment[at] = plain.segment[i]
            found.kept[at] = 1 if words.flags[plain.part[i - 1, 0]] & KEPT else 0
        else:
            for other in range(begun, i + 1):
                copy(plain, other, found)
        begun = i + 1
    for other in range(begun, count):
        copy(plain, other, found)


@inlined
def is_letter(words: Words, found: Units, at: int) -> bool:
    """Whether it is an initial."""
    return bool(found.parts[at] == 1 and words.length[found.part[at, 0]] == 1)


@inlined
def letters_in(words: Words, found: Units, at: int) -> int:
    """How many letters its parts have together."""
    count = i8(0)
    for part in range(found.parts[at]):
        count += i8(words.length[found.part[at, part]])
    return count


@inlined
def spell(words: Words, initials: Units, found: Units) -> None:
    """What a column of initials holds, letter by letter: `JM`, `J.M.` and `J M` are one."""
    found.count[0] = 0
    count = initials.count[0]
    total = 0
    for i in range(min(count, UNITS)):
        total += letters_in(words, initials, i)
    for i in range(min(count, UNITS)):
        if total > MOST_INITIALS or count > UNITS:
            copy(initials, i, found)
            continue
        for part in range(initials.parts[i]):
            word = i8(initials.part[i, part])
            for place in range(i8(words.length[word])):
                append(found, letter(words, word, place), i8(1), i8(0))
    if count > UNITS:
        found.count[0] = count
