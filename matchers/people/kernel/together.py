"""Words written together: `JohnSmith`, `JohnSmith4321`, `PC4321` become the tokens that they are made of."""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.arrays import (
    CAMEL,
    CAPITAL,
    CAPITALS,
    DIGITS,
    LETTERS,
    RANK,
    SPACE,
    Tokens,
    Words,
)
from matchers.people.kernel.blocks import lowest
from matchers.people.kernel.compile import apart, i8, inner
from matchers.people.kernel.publics import DIGIT, LARGE, SMALL, Public, is_particle
from matchers.people.kernel.remembering import LONGEST, remembered, spelled
from matchers.people.tables import Array

SHORTEST = 2  # letters of each name
SHORTEST_OF_LONGEST = 4  # letters of one of them: `SmItH` is one word
MOST_CUTS = 2
FEWEST_DIGITS = 3
MOST_RANK = 4  # letters of a rank that a number is written to
_PARTICLE = 4  # letters of a particle, at most
_SMALL = 1  # bit of SMALL that LARGE has not


@inner
def part(cls: Array, public: Public, words: Words, tokens: Tokens) -> None:
    """
    The last token, if names are written together in it, becomes one token for each.

    Each has SHORTEST letters or more. A particle stays with what follows it
    (`McDonald`). Digits at the end are a token of their own, also behind a rank.
    """
    apart()
    last = tokens.count[0] - 1
    start, end = i8(tokens.start[last]), i8(tokens.end[last])
    digits = _digits(cls, public.kind, start, end)
    if digits < 0:
        return
    gap = i8(tokens.gap[last])
    if not tokens.shape[last] & CAMEL:
        if digits < end and _is_rank(cls, public, words, tokens, start, digits):
            tokens.count[0] = last
            _piece(cls, public, words, tokens, start, digits, gap)
            _number(tokens, digits, end)
        return
    cuts, one, two = _cuts(cls, public, start, digits)
    if not 1 <= cuts <= MOST_CUTS:
        return
    tokens.count[0] = last
    _piece(cls, public, words, tokens, start, one, gap)
    if cuts == 1:
        two = digits
    _piece(cls, public, words, tokens, one, two, i8(SPACE))
    if cuts == MOST_CUTS:
        _piece(cls, public, words, tokens, two, digits, i8(SPACE))
    if digits < end:
        _number(tokens, digits, end)


@inner
def _digits(cls: Array, kind: Array, start: int, end: int) -> int:
    """Where the digits at the end of a token begin, `end` if there are none; −1: some stand before."""
    first = i8(-1)
    count = 0
    for i in range(start, end):
        what = kind[cls[i]]
        if what == DIGIT:
            if first < 0:
                first = i
            count += 1
        elif what in (SMALL, LARGE) and first >= 0:
            return i8(-1)
    if first < 0:
        return i8(end)
    return first if count >= FEWEST_DIGITS else i8(-1)


@inner
def _is_rank(
    cls: Array, public: Public, words: Words, tokens: Tokens, start: int, end: int
) -> bool:
    """Whether these letters, two to four, are a rank by themselves."""
    base = words.count[1]
    length = _copy(cls, public.kind, start, end, words.letters, base)
    if not SHORTEST <= length <= MOST_RANK:
        return False
    a, b = spelled(words.letters, base, length)
    word = remembered(public, words, a, b, length)
    return bool(words.flags[word] & RANK)


@inner
def _cuts(cls: Array, public: Public, start: int, end: int) -> tuple[int, int, int]:
    """How many cuts a token takes, and the first two places; 0 where it is one word."""
    none = i8(0)
    cuts, longest = none, none
    count, size, one, two = none, none, none, none
    letters = np.uint64(0)
    before = none
    for i in range(start, end):
        what = i8(public.kind[cls[i]])
        if what not in (SMALL, LARGE):
            continue
        if what == LARGE and before == SMALL:
            if size > _PARTICLE or not is_particle(public, letters):
                if count < SHORTEST:
                    return none, none, none
                longest = max(longest, count)
                cuts += 1
                if cuts == 1:
                    one = i8(i)
                else:
                    two = i8(i)
                count = none
            size, letters = none, np.uint64(0)
        if size < 8:
            letters |= np.uint64(cls[i] & 0x7F) << np.uint64(8 * size)
        size += 1
        count += 1
        before = what
    if count < SHORTEST or max(longest, count) < SHORTEST_OF_LONGEST:
        return none, none, none
    return cuts, one, two


@inner
def cuts_in(
    public: Public, a: np.uint64, b: np.uint64, length: int, bounds: int
) -> tuple[int, int, int]:
    """
    The letters of each name that is written together with others in a word; all, 0, 0 if it is one word.

    Of a word of PACKED letters or less, in `a` and `b` as by `spelled`, and
    nothing else. `bounds`: bits of the capitals that stand behind small letters.
    """
    none = i8(0)
    cuts = longest = one = two = none
    begun = since = none
    while bounds:
        at = lowest(bounds)
        bounds &= bounds - 1
        size = at - since
        if size > _PARTICLE or not is_particle(public, _letters(a, b, since, size)):
            if at - begun < SHORTEST:
                return i8(length), none, none
            longest = max(longest, at - begun)
            cuts += 1
            if cuts == 1:
                one = at
            else:
                two = at
            begun = at
        since = at
    size = length - begun
    if cuts > MOST_CUTS or size < SHORTEST or max(longest, size) < SHORTEST_OF_LONGEST:
        return i8(length), none, none
    if cuts == MOST_CUTS:
        return one, two - one, length - two
    return (one, length - one, none) if cuts else (i8(length), none, none)


@inner
def _letters(a: np.uint64, b: np.uint64, start: int, size: int) -> np.uint64:
    """At most eight letters from `start` on."""
    shift = np.uint64(8 * (start & 7))
    if start >= 8:
        word = b >> shift
    else:
        word = a >> shift
        if start:
            word |= b << (np.uint64(64) - shift)
    return word & (~np.uint64(0) >> np.uint64(64 - 8 * size))


@inner
def _copy(cls: Array, kind: Array, start: int, end: int, letters: Array, base: int) -> int:
    """Write the letters of a stretch at `base`. How many there are."""
    length = i8(0)
    for i in range(start, end):
        what = kind[cls[i]]
        if what in (SMALL, LARGE) and length < LONGEST:
            letters[base + length] = cls[i] & 0x7F
            length += 1
    return length


@inner
def _number(tokens: Tokens, start: int, end: int) -> None:
    """A token of digits, nothing between it and the one before."""
    count = tokens.count[0]
    tokens.start[count] = start
    tokens.end[count] = end
    tokens.word[count] = 0
    tokens.shape[count] = DIGITS
    tokens.gap[count] = SPACE
    tokens.count[0] = count + 1


@inner
def _piece(
    cls: Array, public: Public, words: Words, tokens: Tokens, start: int, end: int, gap: int
) -> None:
    """A token of the letters of this stretch."""
    base = words.count[1]
    length = _copy(cls, public.kind, start, end, words.letters, base)
    shape, seen = LETTERS, 0
    before, last = 0, start
    for i in range(start, end):
        what = i8(public.kind[cls[i]])
        if what not in (SMALL, LARGE):
            continue
        if what == LARGE and not seen:
            shape |= CAPITAL
        if what == LARGE and before == SMALL:
            shape |= CAMEL
        seen |= what
        before, last = what, i
    if not seen & _SMALL:
        shape |= CAPITALS
    a, b = spelled(words.letters, base, length)
    word = remembered(public, words, a, b, length)
    count = tokens.count[0]
    tokens.start[count] = start
    tokens.end[count] = last + 1
    tokens.word[count] = word
    tokens.shape[count] = shape
    tokens.gap[count] = gap
    tokens.count[0] = count + 1
