"""The words of a text cut character by character: what `tokens.cut` must find, however it does it."""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.arrays import (
    CAMEL,
    CAPITAL,
    CAPITALS,
    DIGITS,
    LETTERS,
    LONG,
    OTHER,
    Tokens,
    Words,
)
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
from matchers.people.kernel.remembering import LONGEST, PACKED, remembered, spelled
from matchers.people.kernel.spacing import FEWEST, goes_on, join
from matchers.people.kernel.together import part
from matchers.people.kernel.tokens import _over, _possession
from matchers.people.tables import Array

_ROOM = 5 * LONGEST  # letters that one turn may need
_MORE = 4  # tokens that one turn may need
_HYPHEN, _CR, _LF = ord("-"), ord("\r"), ord("\n")
_LETTER, _CAPITAL, _NUMERAL = 1, 2, 4  # bits of SMALL, LARGE and DIGIT
_BOTH = LETTERS | DIGITS


def cut(cls: Array, n: int, until: Array, public: Public, words: Words, tokens: Tokens) -> None:
    """As `tokens.cut`."""
    kind = public.kind
    tokens.count[0] = 0
    room = tokens.start.size - _MORE
    left_out = 0
    limit = int(until[0, 0]) if until.shape[0] else n
    gap, between = 0, 0
    row = -1  # the first of the single letters that stand in a row
    i = 0
    while True:
        # ------------------------------------------------ between words
        while i < limit:
            c = int(cls[i])
            what = int(kind[c])
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
            i = max(i, int(until[left_out, 1]))
            left_out += 1
            limit = int(until[left_out, 0]) if left_out < until.shape[0] else n
            gap |= OTHER
            between += 2
            continue
        # ------------------------------------------------------ a word
        if tokens.count[0] >= room:
            tokens.full[0] = 1
            return
        if words.count[1] + _ROOM > words.letters.size:
            words.full[0] = 1
            return
        start, end = i, i
        length = 0
        a = b = np.uint64(0)
        seen = 0
        shape = 0
        before = 0
        base = int(words.count[1])
        owned = False
        while i < limit:
            c = int(cls[i])
            what = int(kind[c])
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
                            owned = True
                            break
                    i += 1
                    continue
                if length and not inside(cls, i, start, limit, kind):
                    break
                c = int(public.leet[c])
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
        # ------------------------------------------------------ is held
        if seen & (_LETTER | _CAPITAL):
            shape |= LETTERS
            if not seen & _LETTER:
                shape |= CAPITALS
        if seen & _NUMERAL:
            shape |= DIGITS
        word = 0
        if shape & LETTERS:
            if length > PACKED:
                a, b = map(np.uint64, spelled(words.letters, base, length))
            word = remembered(public, words, a, b, length)
            if not word:
                return
        count = int(tokens.count[0])
        tokens.start[count] = start
        tokens.end[count] = end
        tokens.word[count] = word
        tokens.shape[count] = shape
        tokens.gap[count] = gap | LONG if between > 1 else gap
        tokens.count[0] = count + 1
        gap, between = 0, 0
        # ------------------------------------------------ is more, or less
        if (shape & CAMEL or shape & _BOTH == _BOTH) and not owned:
            part(cls, public, words, tokens)
        if length == 1 and shape & LETTERS:
            if row < 0:
                row = int(count)
            elif not goes_on(cls, tokens.start, tokens.end, tokens.gap, row, int(count)):
                if count - row >= FEWEST:
                    join(public, words, tokens, row, int(count))
                row = int(tokens.count[0] - 1)
        elif row >= 0:
            if count - row >= FEWEST:
                join(public, words, tokens, row, int(count))
            row = -1
        if words.full[0]:
            return
    if row >= 0 and tokens.count[0] - row >= FEWEST:
        join(public, words, tokens, row, int(tokens.count[0]))
