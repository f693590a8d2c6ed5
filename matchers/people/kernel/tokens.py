"""
Cutting words out of folded text.

A word is letters and digits; what may or may not be typed inside one is left
out, the `s` of possession too. Disguises that show in the shape of the text
are seen through here: signs for letters (`$mith`, `Sm!th`), letters spaced out
(`S m i t h`), and names written together (`JohnSmith`).
"""

from __future__ import annotations

import numpy as np

from matchers.people.fold import APOSTROPHE, SKIP
from matchers.people.kernel.arrays import (
    CAMEL,
    CAPITAL,
    CAPITALS,
    DIGITS,
    LETTERS,
    LONG,
    OTHER,
    SPACE,
    Tokens,
    Words,
)
from matchers.people.kernel.blocks import letters_and_digits, put
from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.kernel.leet import begins, inside
from matchers.people.kernel.publics import (
    DIGIT,
    LARGE,
    LEET,
    MARK,
    SKIPPED,
    SMALL,
    WORD,
    Public,
)
from matchers.people.kernel.remembering import LONGEST, PACKED, remember, spelled
from matchers.people.kernel.short import REACH, bounds, may_be_numbered, plain_word, read
from matchers.people.kernel.spacing import FEWEST, goes_on, join
from matchers.people.kernel.together import cuts_in, part
from matchers.people.tables import Array

_ROOM = 5 * LONGEST  # letters that one turn may need
_MORE = 4  # tokens that one turn may need
_S, _HYPHEN, _CR, _LF, _BLANK = ord("s"), ord("-"), ord("\r"), ord("\n"), ord(" ")
_LETTER, _CAPITAL, _NUMERAL = 1, 2, 4  # bits of SMALL, LARGE and DIGIT
_BOTH = LETTERS | DIGITS


@compiled
def cut(cls: Array, n: int, until: Array, public: Public, words: Words, tokens: Tokens) -> None:
    """
    The words of `cls[:n]`, folded text, in `tokens`.

    `until`: i4[k, 2], stretches (start, end) that are left out, in order. A
    token of digits alone has word 0. `words.full` or `tokens.full` is marked
    where there is no room.
    """
    kind = public.kind
    count = tokens.count[0] = i8(0)
    room = tokens.start.size - _MORE
    left_out = 0
    limit = i8(until[0, 0]) if until.shape[0] else n
    gap, between = i8(0), 0
    rest, last = i8(0), i8(0)  # letters of the names that are written to the one before
    row = i8(-1)  # the first of the single letters that stand in a row
    i = i8(0)
    while True:
        # ------------------------------------------------ between words
        while i < limit:
            c = cls[i]
            what = kind[c]
            if what < WORD:
                gap |= what
                if c != _CR or i + 1 >= limit or cls[i + 1] != _LF:  # one end of a line
                    between += 1
            elif what <= DIGIT:
                break
            elif what == LEET:
                if begins(cls, i, limit, kind):
                    break
                gap |= OTHER
                between += 1
            i += 1
        if i >= limit:
            if limit >= n:
                break
            i = max(i, i8(until[left_out, 1]))
            left_out += 1
            limit = i8(until[left_out, 0]) if left_out < until.shape[0] else n
            gap |= OTHER
            between += 2
            continue
        # ------------------------------------------------------ a word
        if count >= room:
            tokens.full[0] = 1
            return
        base = words.count[1]
        if base + _ROOM > words.letters.size:
            words.full[0] = 1
            return
        start = i
        if rest:
            length, bits = rest, letters_and_digits(cls, i)
        else:
            length, bits = plain_word(cls, i, limit, kind)
        shape, a, b = read(cls, i, length, bits)
        plain = length > 0
        parted = not plain
        if plain and shape & CAMEL and not rest:
            parted = shape & DIGITS != 0 or i + 2 * REACH > limit
            if not parted:
                length, rest, last = cuts_in(public, a, b, length, bounds(bits, length))
                if rest:
                    shape, a, b = read(cls, i, length, bits)
        else:
            rest, last = last, i8(0)
            if shape & _BOTH == _BOTH:
                parted = may_be_numbered(bits, length)
        end = i = start + length
        if not plain:
            seen = 0
            before = 0
            while i < limit:
                c = cls[i]
                what = i8(kind[c])
                if what < WORD:
                    if c == _HYPHEN and before == SMALL and length > 1:
                        after = _over(cls, i, limit, kind)
                        if after:
                            i = after
                            continue
                    break
                if what > DIGIT:
                    if what == SKIPPED:
                        i += 1
                        continue
                    if what == MARK:
                        if length >= 2 and before != DIGIT:
                            behind = _possession(cls, i, limit, kind)
                            if behind:
                                i = behind
                                parted = False
                                break
                        i += 1
                        continue
                    if length and not inside(cls, i, start, limit, kind):
                        break
                    c = public.leet[c]
                    what = SMALL if before in (SMALL, DIGIT) else LARGE
                seen |= what
                if what == LARGE:
                    if before == SMALL:
                        shape |= CAMEL
                    if not length:
                        shape |= CAPITAL
                letter = np.uint64(c & 0x7F)
                if length < 8:
                    a |= letter << np.uint64(8 * length)
                elif length < 16:
                    b |= letter << np.uint64(8 * (length - 8))
                if length < LONGEST:
                    words.letters[base + length] = letter
                    length += 1
                before = what
                i += 1
                end = i
            if seen & (_LETTER | _CAPITAL):
                shape |= LETTERS
                if not seen & _LETTER:
                    shape |= CAPITALS
            if seen & _NUMERAL:
                shape |= DIGITS
            if length > PACKED:
                a, b = spelled(words.letters, base, length)
        # ------------------------------------------------------ is held
        word = i8(0)
        if shape & LETTERS:
            word = remember(public, words, a, b, length)
            if not word:
                return
            if plain and words.count[1] != base:  # a new one
                put(words.letters, base, a)
                put(words.letters, base + 8, b)
        tokens.start[count] = start
        tokens.end[count] = end
        tokens.word[count] = word
        tokens.shape[count] = shape
        tokens.gap[count] = gap | LONG if between > 1 else gap
        here = count
        count += 1
        tokens.count[0] = count
        gap, between = i8(SPACE) if rest else i8(0), 0
        # ------------------------------------------------------ is more, or less
        if parted and (shape & CAMEL or shape & _BOTH == _BOTH):
            part(cls, public, words, tokens)
            count = i8(tokens.count[0])
        if length == 1 and shape & LETTERS:
            if row < 0:
                row = here
            elif not goes_on(cls, tokens.start, tokens.end, tokens.gap, row, here):
                if here - row >= FEWEST:
                    join(public, words, tokens, row, here)
                    count = i8(tokens.count[0])
                row = count - 1
        elif row >= 0:
            if here - row >= FEWEST:
                join(public, words, tokens, row, here)
                count = i8(tokens.count[0])
            row = i8(-1)
        if words.full[0]:
            return
    if row >= 0 and count - row >= FEWEST:
        join(public, words, tokens, row, count)


@inner
def _past(cls: Array, i: int, limit: int) -> int:
    """The first place from `i` on that is not skipped."""
    while i < limit and cls[i] == SKIP:
        i += 1
    return i


@inner
def _possession(cls: Array, i: int, limit: int, kind: Array) -> int:
    """Where the text goes on behind the `s` that the apostrophe at `i` begins; 0: it begins none."""
    at = _past(cls, i + 1, limit)
    if at >= limit or cls[at] & 0x7F != _S:
        return 0
    after = _past(cls, at + 1, limit)
    if after < limit and (cls[after] == APOSTROPHE or WORD <= kind[cls[after]] <= DIGIT):
        return 0
    return at + 1


@inner
def _over(cls: Array, i: int, limit: int, kind: Array) -> int:
    """Where a word goes on that is broken by the hyphen at `i` and an end of a line; 0: it is not."""
    at = i + 1
    if at < limit and cls[at] == _CR:
        at += 1
    if at >= limit or cls[at] != _LF:
        return 0
    at += 1
    while at < limit and cls[at] == _BLANK:
        at += 1
    return at if at < limit and kind[cls[at]] == SMALL else 0
