"""Letters spaced out: `S m i t h`, `S.m.i.t.h`, `J o h n   S m i t h` become the words that they spell."""

from __future__ import annotations

from matchers.people.kernel.arrays import (
    CAPITAL,
    CAPITALS,
    CELL,
    COMMA,
    LETTERS,
    LINE,
    LONG,
    SPACE,
    Tokens,
    Words,
)
from matchers.people.kernel.compile import apart, inner
from matchers.people.kernel.publics import Public
from matchers.people.kernel.remembering import LONGEST, remembered, spelled
from matchers.people.tables import Array

FEWEST = 4  # letters in a row that make a word
FEWEST_LOUD = 5  # the same, all capitals: `A B C D` may be initials
FEWEST_OF_TWO = 7  # the same, of two words or more
WIDEST = 4  # characters between two words whose letters are spaced out
_NOT_LONG = 0xFF ^ LONG


@inner
def goes_on(cls: Array, start: Array, end: Array, gap: Array, row: int, last: int) -> bool:
    """Whether token `last`, a single letter, goes on with the row of letters that begins at `row`."""
    if last == row:
        return True
    if gap[last] & (LINE | CELL | COMMA):
        return False
    width = start[last] - end[last - 1]
    sign = cls[end[row]]
    if width == 1:
        return bool(cls[end[last - 1]] == sign)
    return bool(
        last - row >= 2
        and width <= WIDEST
        and (gap[last] & _NOT_LONG == SPACE or cls[end[last - 1]] == sign)
    )


@inner
def _ends_word(start: Array, end: Array, shape: Array, t: int) -> bool:
    """Whether a word of spaced letters ends before token `t`."""
    return bool(start[t] - end[t - 1] > 1 or (shape[t] & CAPITAL and not shape[t - 1] & CAPITAL))


@inner
def _spells(start: Array, end: Array, shape: Array, row: int, stop: int) -> bool:
    """
    Whether these letters spell words.

    Capitals alone may be initials (`A B C D Smith`): then one word needs five
    letters, or two words seven.
    """
    words, shortest, longest = 1, stop - row, 0
    first = row
    for t in range(row, stop):
        if not shape[t] & CAPITAL:
            return True
        if t > row and _ends_word(start, end, shape, t):
            words += 1
            shortest, longest = min(shortest, t - first), max(longest, t - first)
            first = t
    shortest, longest = min(shortest, stop - first), max(longest, stop - first)
    return longest >= FEWEST_LOUD or (words >= 2 and shortest >= 3 and stop - row >= FEWEST_OF_TWO)


@inner
def join(public: Public, words: Words, tokens: Tokens, row: int, stop: int) -> None:
    """
    The tokens from `row` to `stop`, single letters, become words; what follows moves up.

    Nothing changes if they spell none. Marks `words.full` where there is no room.
    """
    apart()
    if not _spells(tokens.start, tokens.end, tokens.shape, row, stop):
        return
    to = row
    t = row
    while t < stop:
        end = t + 1
        while end < stop and not _ends_word(tokens.start, tokens.end, tokens.shape, end):
            end += 1
        if end - t == 1:
            _move(tokens, t, to)
        else:
            base = words.count[1]
            if base + LONGEST > words.letters.size:
                words.full[0] = 1
                return
            shape = LETTERS | (tokens.shape[t] & CAPITAL) | CAPITALS
            length = min(end - t, LONGEST)
            for i in range(length):
                words.letters[base + i] = words.letters[words.start[tokens.word[t + i]]]
                if not tokens.shape[t + i] & CAPITAL:
                    shape &= LETTERS | CAPITAL
            a, b = spelled(words.letters, base, length)
            word = remembered(public, words, a, b, length)
            if not word:
                return
            last = tokens.end[end - 1]
            _move(tokens, t, to)
            tokens.end[to] = last
            tokens.word[to] = word
            tokens.shape[to] = shape
        to += 1
        t = end
    for t in range(stop, tokens.count[0]):
        _move(tokens, t, to)
        to += 1
    tokens.count[0] = to


@inner
def _move(tokens: Tokens, t: int, to: int) -> None:
    tokens.start[to] = tokens.start[t]
    tokens.end[to] = tokens.end[t]
    tokens.word[to] = tokens.word[t]
    tokens.shape[to] = tokens.shape[t]
    tokens.gap[to] = tokens.gap[t]
